import { isPresentId, readSelectedPrice } from '../ecwid/tolerant.ts';
import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type * as wire from '../ecwid/wire-item.ts';
import { builder, staffMatter } from './builder.ts';
import { OrderDetails } from './order-details.ts';
import { OrderItemOption } from './order-item-option.ts';
import {
  CompositeComponent,
  OrderItemAttribute,
  OrderItemDiscount,
  OrderItemProductFile,
  ProductDimensions,
  RecurringChargeSettings,
} from './order-item-parts.ts';
import { Product } from './product.ts';
import { reads } from './selected-fields.ts';
import { AppliedTax, OrderItemTax } from './taxes.ts';
import { wireFields } from './wire-fields.ts';

const item = wireFields<wire.OrderItem>();

const OrderItem = builder.objectRef<wire.OrderItem>('OrderItem').implement({
  description: 'One line of a cart or order: a product, with its options, in some quantity.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'Id of the line, unique within its order; it may change when the cart is placed.',
    }),
    productId: t.exposeID('productId', { description: "Ecwid's id of the product." }),
    product: t.field({
      type: Product,
      description: 'The product as an entity of a larger graph; null where the line has no product id.',
      extensions: reads<keyof wire.OrderItem>('productId'),
      resolve: ({ productId }) => (isPresentId(productId) ? { id: productId } : null),
    }),
    categoryId: t.exposeID('categoryId', {
      description: 'The category it was bought from: 0 for none, -1 where a Buy Now button added it.',
    }),
    combinationId: t.exposeID('combinationId', { description: 'Id of the variation that was chosen.' }),
    sku: t.exposeString('sku', { description: "The merchant's own number of the product or variation." }),
    name: t.exposeString('name', { description: "The product's name when it was put into the cart." }),
    nameTranslated: t.field({
      type: 'JSONObject',
      description: 'The name by language code.',
      ...item.value('nameTranslated'),
    }),
    shortDescription: t.exposeString('shortDescription', {
      description: "The beginning of the product's description, cut at 120 characters.",
    }),
    shortDescriptionTranslated: t.field({
      type: 'JSONObject',
      description: 'The same by language code.',
      ...item.value('shortDescriptionTranslated'),
    }),
    imageUrl: t.exposeString('imageUrl', { description: "The product's picture." }),
    smallThumbnailUrl: t.exposeString('smallThumbnailUrl', {
      description: 'The same, small enough for a list.',
    }),
    hdThumbnailUrl: t.exposeString('hdThumbnailUrl', { description: 'The same for dense screens.' }),
    quantity: t.exposeInt('quantity', { description: 'How many pieces.' }),
    price: t.expose('price', {
      type: 'Money',
      description: 'Price of one piece with option and wholesale modifiers, before discounts.',
    }),
    priceWithoutTax: t.expose('priceWithoutTax', {
      type: 'Money',
      description: 'The price less the taxes inside it.',
    }),
    productPrice: t.expose('productPrice', {
      type: 'Money',
      description: 'Price of one piece in the catalogue, before options and wholesale prices.',
    }),
    costPrice: t.expose('costPrice', { type: 'Money', ...staffMatter('What one piece costs the merchant.') }),
    isCustomerSetPrice: t.exposeBoolean('isCustomerSetPrice', {
      description: 'True where the customer names the price.',
    }),
    selectedPrice: t.field({
      type: 'Money',
      description: 'The price that the customer named; null where they could not.',
      extensions: reads<keyof wire.OrderItem>('selectedPrice'),
      resolve: readSelectedPrice,
    }),
    quantityInStock: t.exposeInt('quantityInStock', {
      description: 'Pieces in stock before this order; meaningless where `trackQuantity` is false.',
    }),
    trackQuantity: t.exposeBoolean('trackQuantity', {
      description: 'Whether the merchant keeps count of the stock.',
    }),
    productAvailable: t.exposeBoolean('productAvailable', {
      description: 'Whether the product can still be bought.',
    }),
    digital: t.exposeBoolean('digital', { description: 'True where it has files to download.' }),
    giftCard: t.exposeBoolean('giftCard', { description: 'True where it is a gift card.' }),
    isPreorder: t.exposeBoolean('isPreorder', {
      description: 'True where it was ordered before it is there.',
    }),
    weight: t.exposeFloat('weight', { description: "Weight of one piece in the store's unit." }),
    dimensions: t.field({
      type: ProductDimensions,
      description: 'The size of one piece; null where the merchant gave none.',
      ...item.object('dimensions', 'productDimensions'),
    }),
    isShippingRequired: t.exposeBoolean('isShippingRequired', {
      description: 'False for goods that need no shipping, such as services.',
    }),
    shipping: t.expose('shipping', {
      type: 'Money',
      description: "The line's share of the shipping cost, after discounts on shipping.",
    }),
    fixedShippingRate: t.expose('fixedShippingRate', {
      type: 'Money',
      description: 'What shipping one piece costs where the merchant has fixed it.',
    }),
    fixedShippingRateOnly: t.exposeBoolean('fixedShippingRateOnly', {
      description: 'True where the fixed rate replaces the rates of the store, false where it adds to them.',
    }),
    handlingFee: t.expose('handlingFee', {
      type: 'Money',
      description: "The line's share of the handling fee.",
    }),
    tax: t.expose('tax', { type: 'Money', description: 'All taxes on the line together.' }),
    taxes: t.field({
      type: [OrderItemTax],
      nullable: false,
      description: 'Each tax on the line; their totals add up to `tax`.',
      ...item.objects('taxes'),
    }),
    taxesOnShipping: t.field({
      type: [AppliedTax],
      nullable: false,
      description: "Taxes on the line's share of shipping and handling fee.",
      ...item.objects('taxesOnShipping'),
    }),
    taxable: t.exposeBoolean('taxable', { description: 'Whether taxes are charged on it.' }),
    taxClassCode: t.exposeString('taxClassCode', { description: "Code of the product's tax class." }),
    taxAlreadyDeductedFromPrice: t.exposeBoolean('taxAlreadyDeductedFromPrice', {
      description: 'True where `price` was sent without the tax that the store includes in prices.',
    }),
    recurringTaxIds: t.field({
      type: ['ID'],
      nullable: false,
      description: 'Ids of the taxes on the further charges of a subscription.',
      ...item.ids('recurringTaxIds'),
    }),
    couponApplied: t.exposeBoolean('couponApplied', {
      description:
        'Whether the coupon was applied to it; may be false although the order has a coupon discount.',
    }),
    couponAmount: t.expose('couponAmount', {
      type: 'Money',
      description: "The line's share of the coupon discount; null where it has none.",
    }),
    discounts: t.field({
      type: [OrderItemDiscount],
      nullable: false,
      description: "The line's shares of promotions.",
      ...item.objects('discounts'),
    }),
    discountsAllowed: t.exposeBoolean('discountsAllowed', {
      description: 'False where the merchant has taken the product out of all discounts.',
    }),
    selectedOptions: t.field({
      type: [OrderItemOption],
      nullable: false,
      description: "The customer's answers to the product's options.",
      ...item.objects('selectedOptions'),
    }),
    attributes: t.field({
      type: [OrderItemAttribute],
      nullable: false,
      description: "The product's attributes, such as its brand.",
      ...item.objects('attributes'),
    }),
    files: t.field({
      type: [OrderItemProductFile],
      nullable: false,
      description: 'What the customer may download; empty for goods that are not digital.',
      ...item.objects('files'),
    }),
    compositeComponents: t.field({
      type: [CompositeComponent],
      nullable: false,
      description: 'What a bundle is made of; empty for other products.',
      ...item.objects('compositeComponents'),
    }),
    recurringChargeSettings: t.field({
      type: RecurringChargeSettings,
      description: 'How a subscription is charged; null for what is bought once.',
      ...item.object('recurringChargeSettings'),
    }),
    subscriptionId: t.exposeID('subscriptionId', { description: "Ecwid's id of that subscription." }),
    externalReferenceId: t.exposeString('externalReferenceId', {
      description: "The line's id in the system that the order came from.",
    }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  items: t.field({
    type: [OrderItem],
    nullable: false,
    description: 'The lines: what is bought, and how much of it.',
    ...order.objects('items'),
  }),
}));
