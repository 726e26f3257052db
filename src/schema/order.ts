import { isPresentId, readOrderId } from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';
import { Customer } from './entities.ts';
import { FulfillmentStatus, PaymentStatus } from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { reads } from './selected-fields.ts';

/** The wire fields that tell the id which customers see; `readOrderId` reads it from them. */
const idFields = reads<keyof wire.Order>('id', 'vendorOrderNumber');

export const Order = builder.objectRef<wire.Order>('Order').implement({
  description: 'An order that was placed in the store.',
  interfaces: [OrderDetails],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: "The order's public id with the store's prefix and suffix, such as AB1CD.",
      extensions: idFields,
      resolve: (order) => readOrderId(order) as string,
    }),
    order_number: t.string({
      nullable: false,
      description: "Magento's name for the id that customers see.",
      extensions: idFields,
      resolve: (order) => readOrderId(order) as string,
    }),
    order_id: t.string({
      deprecationReason: 'Use order_number.',
      description: "The name that Magento's oldest storefronts read the order's number by.",
      extensions: idFields,
      resolve: readOrderId,
    }),
    number: t.string({
      nullable: false,
      description: "Magento 2.4's OrderV2 name for the same number.",
      extensions: idFields,
      resolve: (order) => readOrderId(order) as string,
    }),
    orderNumber: t.exposeID('orderNumber', {
      description: "Ecwid's internal number, which customers never see.",
    }),
    vendorOrderNumber: t.exposeString('vendorOrderNumber', {
      description: 'Repeats the public id in newer stores; in older answers, the internal number.',
    }),
    paymentStatus: t.field({
      type: PaymentStatus.type,
      description: 'How far the payment has come; AWAITING_PAYMENT right after placing.',
      resolve: (order) => PaymentStatus.read(order.paymentStatus),
    }),
    fulfillmentStatus: t.field({
      type: FulfillmentStatus.type,
      description: 'How far the delivery has come.',
      resolve: (order) => FulfillmentStatus.read(order.fulfillmentStatus),
    }),
    customer: t.field({
      type: Customer,
      description: "The customer as an entity of a larger graph; null for a guest's order.",
      extensions: reads<keyof wire.Order>('customerId'),
      resolve: ({ customerId }) => (isPresentId(customerId) ? { id: customerId } : null),
    }),
    paymentMethod: t.exposeString('paymentMethod', {
      description: 'Name of the payment method that the customer chose.',
    }),
    updateDate: t.expose('updateDate', {
      type: 'DateTime',
      description: 'When anything about the order last changed.',
    }),
  }),
});
