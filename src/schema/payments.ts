import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type * as wire from '../ecwid/wire-parts.ts';
import { builder, staffMatter } from './builder.ts';
import { InvoiceType, RefundSource } from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { wireFields } from './wire-fields.ts';

const CreditCardStatus = builder.objectRef<wire.CreditCardStatus>('CreditCardStatus').implement({
  description: 'What the payment system found out about a credit card.',
  fields: (t) => ({
    avsMessage: t.exposeString('avsMessage', { description: 'Outcome of comparing the address (AVS).' }),
    cvvMessage: t.exposeString('cvvMessage', { description: 'Outcome of checking the security code (CVV).' }),
  }),
});

const refund = wireFields<wire.Refund>();

const Refund = builder.objectRef<wire.Refund>('Refund').implement({
  description: 'Money that was given back; an order may have several of these.',
  fields: (t) => ({
    date: t.expose('date', { type: 'DateTime', description: 'When it was given back.' }),
    source: t.field({
      type: RefundSource.type,
      description: 'Who or what made the refund.',
      ...refund.enumValue(RefundSource, 'source'),
    }),
    reason: t.exposeString('reason', { description: 'Why, in up to 256 characters.' }),
    amount: t.expose('amount', { type: 'Money', description: 'What this refund alone gave back.' }),
  }),
});

const invoice = wireFields<wire.Invoice>();

const Invoice = builder.objectRef<wire.Invoice>('Invoice').implement({
  description: 'A tax invoice that Ecwid has made for an order.',
  fields: (t) => ({
    internalId: t.exposeID('internalId', { description: "Ecwid's own id of the invoice." }),
    id: t.exposeString('id', { description: 'The number that stands on the invoice.' }),
    created: t.expose('created', { type: 'DateTime', description: 'When the invoice was made.' }),
    link: t.exposeString('link', { description: 'Where the invoice can be downloaded as a PDF.' }),
    type: t.field({
      type: InvoiceType.type,
      description: 'Whether it charges or cancels.',
      ...invoice.enumValue(InvoiceType, 'type'),
    }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  paymentMethod: t.exposeString('paymentMethod', {
    description: 'Name of the payment method that the customer chose; null until one is.',
  }),
  paymentModule: t.exposeString('paymentModule', {
    description: "Ecwid's payment integration; `CUSTOM_PAYMENT_APP-` and an id for an app's own.",
  }),
  paymentParams: t.field({
    type: 'JSONObject',
    description: 'What the customer filled in for the payment method, such as `PO number`: a map of texts.',
    ...order.textMap('paymentParams'),
  }),
  paymentMessage: t.exposeString(
    'paymentMessage',
    staffMatter('Why an online payment failed; cleared when the order is paid or the cart is placed.'),
  ),
  creditCardStatus: t.field({
    type: CreditCardStatus,
    ...staffMatter('Checks of a credit card; null for other ways of paying.'),
    ...order.object('creditCardStatus'),
  }),
  externalTransactionId: t.string({
    ...staffMatter("The payment system's own id of the transaction."),
    ...order.value('externalTransactionId', 'extTransactionId'),
  }),
  refundedAmount: t.expose('refundedAmount', { type: 'Money', description: 'All `refunds` together.' }),
  refunds: t.field({
    type: [Refund],
    nullable: false,
    description: 'Each refund, in the order in which they were made.',
    ...order.objects('refunds'),
  }),
  invoices: t.field({
    type: [Invoice],
    nullable: false,
    description: 'The tax invoices made for it.',
    ...order.objects('invoices'),
  }),
  giftCardCode: t.exposeString('giftCardCode', { description: 'Code of the gift card that was used.' }),
  giftCardId: t.exposeID('giftCardId', { description: "Ecwid's id of that gift card." }),
  giftCardUuid: t.exposeString('giftCardUuid', {
    description: 'Another id of that gift card, made to be unguessable.',
  }),
  giftCardRedemption: t.expose('giftCardRedemption', {
    type: 'Money',
    description: 'What the gift card paid; already taken off the `total`.',
  }),
  totalBeforeGiftCardRedemption: t.expose('totalBeforeGiftCardRedemption', {
    type: 'Money',
    description: 'The total before the gift card paid its part.',
  }),
  giftCardDoubleSpending: t.exposeBoolean(
    'giftCardDoubleSpending',
    staffMatter('True where the same balance of the gift card was used by two orders.'),
  ),
}));

export const CreditCardStatusInput = builder.inputType('CreditCardStatusInput', {
  description: 'What the payment system found out about a credit card.',
  fields: (t) => ({
    avsMessage: t.string({ description: 'Outcome of comparing the address (AVS).' }),
    cvvMessage: t.string({ description: 'Outcome of checking the security code (CVV).' }),
  }),
});
