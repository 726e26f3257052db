import { isObject, isPresentId, isScalar, readList, readObject } from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';
import { Product } from './entities.ts';
import { OptionType } from './enums.ts';
import { reads, readsObject } from './selected-fields.ts';
import { OrderItemTax } from './taxes.ts';

const ProductDimensions = builder.objectRef<wire.ProductDimensions>('ProductDimensions').implement({
  description: 'The size of one piece, for computing shipping; in the unit that the store has set.',
  fields: (t) => ({
    length: t.exposeFloat('length', { description: "The longest side, in the store's unit." }),
    width: t.exposeFloat('width', { description: "The second side, in the store's unit." }),
    height: t.exposeFloat('height', { description: "The third side, in the store's unit." }),
  }),
});

const OrderItemProductFile = builder.objectRef<wire.OrderItemProductFile>('OrderItemProductFile').implement({
  description: 'A file that a digital product gives to its buyer.',
  fields: (t) => ({
    productFileId: t.exposeID('productFileId', { description: "The file's id in the store." }),
    name: t.exposeString('name', { description: 'File name that the customer sees.' }),
    description: t.exposeString('description', { description: 'What the merchant tells about the file.' }),
    size: t.expose('size', { type: 'SafeInt', description: 'Size in bytes.' }),
    maxDownloads: t.exposeInt('maxDownloads', {
      description: 'How often the customer may download it; 0 where there is no limit.',
    }),
    remainingDownloads: t.exposeInt('remainingDownloads', {
      description: 'Downloads that the customer has left; 0 also where there is no limit.',
    }),
    expire: t.expose('expire', { type: 'DateTime', description: "When the customer's link stops working." }),
    customerUrl: t.exposeString('customerUrl', {
      description:
        "Where the customer downloads the file. Ecwid's adminUrl carries an access token and is not part of " +
        'this schema.',
    }),
  }),
});

const OrderItemOptionFile = builder.objectRef<wire.OrderItemOptionFile>('OrderItemOptionFile').implement({
  description: 'A file that the customer uploaded for a product option.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the upload.' }),
    name: t.exposeString('name', { description: "File name on the customer's side." }),
    size: t.expose('size', { type: 'SafeInt', description: 'Size in bytes.' }),
    url: t.exposeString('url', { description: 'Where the merchant downloads the upload.' }),
  }),
});

const OrderItemOption = builder.objectRef<wire.OrderItemOption>('OrderItemOption').implement({
  description: "A customer's answer to one of a product's options, such as its size or an engraving.",
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the option, such as `Size`.' }),
    type: t.field({
      type: OptionType.type,
      description: 'How the option was answered, and so which of the fields below are filled.',
      resolve: (option) => OptionType.read(option.type),
    }),
    value: t.exposeString('value', {
      description: 'The answer as one text; several choices are joined by commas. Null for uploads.',
    }),
    valuesArray: t.field({
      type: ['String'],
      nullable: false,
      description: 'Each chosen value on its own; empty for free text, dates and uploads.',
      resolve: ({ valuesArray }, _args, { log }) =>
        readList(valuesArray, isScalar, 'OrderItemOption.valuesArray', log),
    }),
    files: t.field({
      type: [OrderItemOptionFile],
      nullable: false,
      description: 'What the customer uploaded; empty for every type but FILES.',
      resolve: ({ files }, _args, { log }) => readList(files, isObject, 'OrderItemOption.files', log),
    }),
  }),
});

export const OrderItem = builder.objectRef<wire.OrderItem>('OrderItem').implement({
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
    sku: t.exposeString('sku', { description: "The merchant's own number of the product or variation." }),
    name: t.exposeString('name', { description: "The product's name when it was put into the cart." }),
    quantity: t.exposeInt('quantity', { description: 'How many pieces.' }),
    price: t.expose('price', {
      type: 'Money',
      description: 'Price of one piece with option and wholesale modifiers, before discounts.',
    }),
    productPrice: t.expose('productPrice', {
      type: 'Money',
      description: 'Price of one piece in the catalogue, before options and wholesale prices.',
    }),
    tax: t.expose('tax', { type: 'Money', description: 'All taxes on the line together.' }),
    shipping: t.expose('shipping', {
      type: 'Money',
      description: "The line's share of the shipping cost, after discounts on shipping.",
    }),
    quantityInStock: t.exposeInt('quantityInStock', {
      description: 'Pieces in stock before this order; meaningless where stock is not tracked.',
    }),
    isShippingRequired: t.exposeBoolean('isShippingRequired', {
      description: 'False for goods that need no shipping, such as services.',
    }),
    selectedOptions: t.field({
      type: [OrderItemOption],
      nullable: false,
      description: "The customer's answers to the product's options.",
      resolve: ({ selectedOptions }, _args, { log }) =>
        readList(selectedOptions, isObject, 'OrderItem.selectedOptions', log),
    }),
    taxes: t.field({
      type: [OrderItemTax],
      nullable: false,
      description: 'Each tax on the line; their totals add up to `tax`.',
      resolve: ({ taxes }, _args, { log }) => readList(taxes, isObject, 'OrderItem.taxes', log),
    }),
    files: t.field({
      type: [OrderItemProductFile],
      nullable: false,
      description: 'What the customer may download; empty for goods that are not digital.',
      resolve: ({ files }, _args, { log }) => readList(files, isObject, 'OrderItem.files', log),
    }),
    dimensions: t.field({
      type: ProductDimensions,
      description: 'The size of one piece; null where the merchant gave none.',
      extensions: readsObject<keyof wire.OrderItem>('dimensions', 'productDimensions'),
      resolve: (item) => readObject(item.dimensions ?? item.productDimensions),
    }),
  }),
});
