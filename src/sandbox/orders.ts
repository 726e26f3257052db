import { orderNotFound } from './api-error.ts';
import type { Call } from './endpoint.ts';
import type { JsonObject } from './json.ts';
import type { OrderRecord } from './records.ts';

/** `GET /orders/{orderId}`: incomplete ones too, which are carts seen through this door. */
export function getOrder({ params: { orderId = '' }, store }: Call): JsonObject {
  const record = store.findByOrderId(orderId);
  if (!record) throw orderNotFound(orderId);
  return toOrder(record);
}

// Orders do not show what only a cart has: its id, and what became of it.
function toOrder(record: OrderRecord): JsonObject {
  const {
    cartId,
    recoveredOrderId,
    recoveredPublicUid,
    recoveryEmailSentTimestamp,
    recovered_order_id,
    recovery_email_sent_timestamp,
    id,
    orderNumber,
    ...order
  } = record;
  const ids = { id, internalId: orderNumber, orderNumber, vendorOrderNumber: id, publicUid: id };
  // Only an incomplete order can be hidden, as Ecwid's client tests note.
  return { ...ids, ...order, hidden: order.hidden && order.paymentStatus === 'INCOMPLETE' };
}
