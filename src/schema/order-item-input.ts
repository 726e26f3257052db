import { builder } from './builder.ts';
import { DiscountInfoInput } from './discounts.ts';
import { OrderItemOptionInput } from './order-item-option.ts';
import { AppliedTaxInput, OrderItemTaxInput } from './taxes.ts';

const ProductDimensionsInput = builder.inputType('ProductDimensionsInput', {
  description: 'The size of one piece, in the unit that the store has set.',
  fields: (t) => ({
    length: t.float({ description: 'From front to back.' }),
    width: t.float({ description: 'From side to side.' }),
    height: t.float({ description: 'From bottom to top.' }),
  }),
});

const OrderItemDiscountInput = builder.inputType('OrderItemDiscountInput', {
  description: "A line's share of a promotion. Ecwid computes these anew where it calculates.",
  fields: (t) => ({
    discountInfo: t.field({ type: DiscountInfoInput, required: true, description: 'The promotion.' }),
    total: t.field({ type: 'Money', required: true, description: 'What it takes off this line.' }),
  }),
});

export const OrderItemInput = builder.inputType('OrderItemInput', {
  description: 'One line of an order. Ecwid takes prices as they are given, whatever the catalogue says.',
  fields: (t) => ({
    price: t.field({ type: 'Money', required: true, description: 'Price of one piece, before discounts.' }),
    quantity: t.int({ required: true, description: 'How many pieces, 1 or more.' }),
    id: t.id({ description: 'Id of the line, where it has one already; a calculation echoes it.' }),
    productId: t.id({ description: "Ecwid's id of the product. Stock is counted down by it." }),
    categoryId: t.id({ description: 'The category it is bought from.' }),
    combinationId: t.id({ description: 'Id of the variation that was chosen.' }),
    sku: t.string({ description: "The merchant's own number of the product or variation." }),
    name: t.string({ description: 'Name of the product.' }),
    nameTranslated: t.field({ type: 'JSONObject', description: 'The name by language code.' }),
    shortDescription: t.string({ description: 'The beginning of the description, up to 120 characters.' }),
    shortDescriptionTranslated: t.field({ type: 'JSONObject', description: 'The same by language code.' }),
    productPrice: t.field({ type: 'Money', description: 'Price of one piece in the catalogue.' }),
    isCustomerSetPrice: t.boolean({ description: 'True where the customer names the price.' }),
    selectedPrice: t.field({ type: 'Money', description: 'The price that the customer named.' }),
    needCalculateWholesalePrice: t.boolean({
      description: "Has a calculation lower the price by the store's wholesale prices.",
    }),
    weight: t.float({ description: "Weight of one piece in the store's unit." }),
    dimensions: t.field({ type: ProductDimensionsInput, description: 'The size of one piece.' }),
    isShippingRequired: t.boolean({ description: 'Ecwid takes true where it is left out.' }),
    shipping: t.field({
      type: 'Money',
      description: "The line's share of shipping; computed by a calculation.",
    }),
    fixedShippingRate: t.field({
      type: 'Money',
      description: 'What shipping one piece costs where that is fixed.',
    }),
    fixedShippingRateOnly: t.boolean({ description: "Whether that rate replaces the store's." }),
    handlingFee: t.field({
      type: 'Money',
      description: "The line's share of the fee; computed by a calculation.",
    }),
    quantityInStock: t.int({ description: 'Pieces in stock.' }),
    trackQuantity: t.boolean({ description: 'Whether the stock is counted.' }),
    digital: t.boolean({ description: 'Whether it has files to download.' }),
    giftCard: t.boolean({ description: 'Whether it is a gift card.' }),
    isPreorder: t.boolean({ description: 'Whether it is ordered before it is there.' }),
    tax: t.field({ type: 'Money', description: 'All taxes on the line; computed by a calculation.' }),
    taxes: t.field({ type: [OrderItemTaxInput], description: 'Each tax on the line.' }),
    taxesOnShipping: t.field({
      type: [AppliedTaxInput],
      description: "Taxes on the line's share of shipping.",
    }),
    taxable: t.boolean({ description: 'Whether taxes are charged on it.' }),
    taxClassCode: t.string({ description: "Code of the product's tax class." }),
    taxAlreadyDeductedFromPrice: t.boolean({
      description: 'True where `price` comes without the tax that the store includes in prices.',
    }),
    recurringTaxIds: t.idList({ description: 'Ids of the taxes on the further charges of a subscription.' }),
    couponApplied: t.boolean({ description: 'Whether the coupon is applied to it.' }),
    couponAmount: t.field({ type: 'Money', description: "The line's share of the coupon discount." }),
    discounts: t.field({ type: [OrderItemDiscountInput], description: "The line's shares of promotions." }),
    discountsAllowed: t.boolean({ description: 'False takes the product out of all discounts.' }),
    selectedOptions: t.field({
      type: [OrderItemOptionInput],
      description: "The customer's answers to the product's options.",
    }),
    externalReferenceId: t.string({ description: "The line's id in the system that the order comes from." }),
  }),
});
