import type * as wire from '../ecwid/wire-item.ts';
import { builder } from './builder.ts';
import { DiscountInfo } from './discounts.ts';
import { RecurringInterval } from './enums.ts';
import { wireFields } from './wire-fields.ts';

export const ProductDimensions = builder.objectRef<wire.ProductDimensions>('ProductDimensions').implement({
  description: 'The size of one piece, for computing shipping; in the unit that the store has set.',
  fields: (t) => ({
    length: t.exposeFloat('length', { description: "From front to back, in the store's unit." }),
    width: t.exposeFloat('width', { description: "From side to side, in the store's unit." }),
    height: t.exposeFloat('height', { description: "From bottom to top, in the store's unit." }),
  }),
});

export const OrderItemProductFile = builder
  .objectRef<wire.OrderItemProductFile>('OrderItemProductFile')
  .implement({
    description: 'A file that a digital product gives to its buyer.',
    fields: (t) => ({
      productFileId: t.exposeID('productFileId', { description: "The file's id in the store." }),
      name: t.exposeString('name', { description: 'File name that the customer sees.' }),
      description: t.exposeString('description', { description: 'What the merchant tells about the file.' }),
      size: t.expose('size', { type: 'SafeInt', description: 'Size in bytes.' }),
      maxDownloads: t.exposeInt('maxDownloads', {
        description:
          'How often the customer may download it; 0 in every example, presumably without a limit.',
      }),
      remainingDownloads: t.exposeInt('remainingDownloads', {
        description: 'Downloads that the customer has left; 0 also where `maxDownloads` is.',
      }),
      expire: t.expose('expire', {
        type: 'DateTime',
        description: "When the customer's link stops working.",
      }),
      customerUrl: t.exposeString('customerUrl', {
        description:
          "Where the customer downloads the file. Ecwid's adminUrl carries an access token and is not part of " +
          'this schema.',
      }),
    }),
  });

const itemDiscount = wireFields<wire.OrderItemDiscount>();

export const OrderItemDiscount = builder.objectRef<wire.OrderItemDiscount>('OrderItemDiscount').implement({
  description: "A line's share of a promotion.",
  fields: (t) => ({
    discountInfo: t.field({
      type: DiscountInfo,
      description: 'The promotion.',
      ...itemDiscount.object('discountInfo'),
    }),
    total: t.expose('total', { type: 'Money', description: 'What it takes off this line.' }),
  }),
});

const attribute = wireFields<wire.OrderItemAttribute>();

export const OrderItemAttribute = builder.objectRef<wire.OrderItemAttribute>('OrderItemAttribute').implement({
  description: 'Something told of a product, such as its brand or colour.',
  fields: (t) => ({
    id: t.exposeID('id', { description: "Ecwid's id of the attribute." }),
    name: t.exposeString('name', { description: 'Name of the attribute.' }),
    nameTranslated: t.field({
      type: 'JSONObject',
      description: 'The name by language code.',
      ...attribute.value('nameTranslated'),
    }),
    value: t.exposeString('value', { description: 'What the product has for it.' }),
    valueTranslated: t.field({
      type: 'JSONObject',
      description: 'The value by language code.',
      ...attribute.value('valueTranslated'),
    }),
  }),
});

const recurring = wireFields<wire.RecurringChargeSettings>();

export const RecurringChargeSettings = builder
  .objectRef<wire.RecurringChargeSettings>('RecurringChargeSettings')
  .implement({
    description: 'How a subscription is charged.',
    fields: (t) => ({
      recurringInterval: t.field({
        type: RecurringInterval.type,
        description: 'The unit of time between two charges.',
        ...recurring.enumValue(RecurringInterval, 'recurringInterval'),
      }),
      recurringIntervalCount: t.exposeInt('recurringIntervalCount', {
        description: 'How many of those: 3 with MONTH is every three months.',
      }),
      subscriptionPriceWithSignUpFee: t.expose('subscriptionPriceWithSignUpFee', {
        type: 'Money',
        description: 'What the first charge comes to.',
      }),
      signUpFee: t.expose('signUpFee', { type: 'Money', description: 'What the first charge has on top.' }),
    }),
  });

export const CompositeComponent = builder.objectRef<wire.CompositeComponent>('CompositeComponent').implement({
  description: 'One of the products that a bundle is made of.',
  fields: (t) => ({
    productId: t.exposeID('productId', { description: "Ecwid's id of the product." }),
    combinationId: t.exposeID('combinationId', { description: 'Id of its variation.' }),
    quantity: t.exposeInt('quantity', { description: 'How many pieces of it are in one bundle.' }),
  }),
});
