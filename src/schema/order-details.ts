import type * as wire from '../ecwid/wire.ts';
import { builder, staffMatter } from './builder.ts';
import { FulfillmentStatus, OrderType, PaymentStatus } from './enums.ts';
import { wireFields } from './wire-fields.ts';

const order = wireFields<wire.OrderDetails>();

/** Its fields of an object type are in the file of that type; those that go together in files of their own. */
export const OrderDetails = builder.interfaceRef<wire.OrderDetails>('OrderDetails').implement({
  description:
    'What a cart, an order and a calculated order have in common, so that one fragment serves all three.',
  fields: (t) => ({
    subtotal: t.expose('subtotal', {
      type: 'Money',
      description:
        'Price times quantity of all items, before discounts, shipping and fees, and before taxes that are added.',
    }),
    subtotalWithoutTax: t.expose('subtotalWithoutTax', {
      type: 'Money',
      description: 'The subtotal less the taxes inside the prices, where prices include them.',
    }),
    total: t.expose('total', {
      type: 'Money',
      description: 'What the customer pays: subtotal less discounts, with shipping, fees and taxes.',
    }),
    totalWithoutTax: t.expose('totalWithoutTax', { type: 'Money', description: 'The total less `tax`.' }),
    usdTotal: t.exposeFloat('usdTotal', {
      description: 'The total in US dollars, not rounded; 0 in a calculation.',
    }),
    tax: t.expose('tax', { type: 'Money', description: 'All taxes on items, shipping and fees together.' }),
    pricesIncludeTax: t.exposeBoolean('pricesIncludeTax', {
      description: 'True where prices are gross, with their taxes inside; this flag decides the arithmetic.',
    }),
    paymentStatus: t.field({
      type: PaymentStatus.type,
      description:
        'How far the payment has come: INCOMPLETE for a cart, AWAITING_PAYMENT right after placing.',
      ...order.enumValue(PaymentStatus, 'paymentStatus'),
    }),
    fulfillmentStatus: t.field({
      type: FulfillmentStatus.type,
      description: 'How far the delivery has come; placing a cart keeps it.',
      ...order.enumValue(FulfillmentStatus, 'fulfillmentStatus'),
    }),
    orderType: t.field({
      type: OrderType.type,
      description: "Whether a company or a private person buys: Ecwid's `b2b_b2c`.",
      ...order.enumValue(OrderType, 'b2b_b2c'),
    }),
    hidden: t.exposeBoolean('hidden', {
      description:
        "True where the merchant has removed a cart from the admin's list; orders cannot be hidden.",
    }),
    lang: t.exposeString('lang', {
      description: 'ISO 639-1 code of the language in which the customer is written to.',
    }),
    orderComments: t.exposeString('orderComments', { description: 'What the customer wrote at checkout.' }),
    privateAdminNotes: t.exposeString(
      'privateAdminNotes',
      staffMatter("The merchant's own notes, which customers never see."),
    ),
    disableAllCustomerNotifications: t.exposeBoolean(
      'disableAllCustomerNotifications',
      staffMatter('True where the customer gets no e-mails about it; the merchant still does.'),
    ),
    createDate: t.expose('createDate', {
      type: 'DateTime',
      description: 'When it came about. Placing a cart may set it anew on the order.',
    }),
    createTimestamp: t.expose('createTimestamp', {
      type: 'SafeInt',
      description: '`createDate` once more, in UNIX seconds, as Ecwid counts it.',
    }),
    updateDate: t.expose('updateDate', {
      type: 'DateTime',
      description: 'When anything about it last changed.',
    }),
    updateTimestamp: t.expose('updateTimestamp', {
      type: 'SafeInt',
      description: '`updateDate` once more, in UNIX seconds, as Ecwid counts it.',
    }),
    additionalInfo: t.field({
      type: 'JSONObject',
      ...staffMatter("Texts that Ecwid's own services keep with it."),
      ...order.textMap('additionalInfo'),
    }),
  }),
});
