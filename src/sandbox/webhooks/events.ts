import type { JsonObject } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';

/** What a webhook tells, as yet without the time and the id of the telling. */
export interface StoreEvent {
  readonly eventType: string;
  /** The internal number. */
  readonly entityId: number;
  readonly data: JsonObject;
}

/**
 * What writing a record comes to; null for what nobody is told of. A cart that is placed is a created order: no source
 * mentions that its unfinished order is deleted.
 */
export function eventOf(before: OrderRecord | undefined, after: OrderRecord | undefined): StoreEvent | null {
  const record = after ?? before;
  if (!record) return null;
  const { orderNumber: entityId, id: orderId } = record;
  if (isCart(record)) {
    const what = before ? (after ? 'updated' : 'deleted') : 'created';
    return {
      eventType: `unfinished_order.${what}`,
      entityId,
      data: { orderId, cartId: record.cartId },
    };
  }
  if (!after) return { eventType: 'order.deleted', entityId, data: { orderId } };
  const { paymentStatus: newPaymentStatus, fulfillmentStatus: newFulfillmentStatus } = after;
  if (!before || isCart(before)) {
    return {
      eventType: 'order.created',
      entityId,
      data: { orderId, newPaymentStatus, newFulfillmentStatus },
    };
  }
  const { paymentStatus: oldPaymentStatus, fulfillmentStatus: oldFulfillmentStatus } = before;
  return {
    eventType: 'order.updated',
    entityId,
    data: { orderId, oldPaymentStatus, newPaymentStatus, oldFulfillmentStatus, newFulfillmentStatus },
  };
}

function isCart({ paymentStatus }: OrderRecord): boolean {
  return paymentStatus === 'INCOMPLETE';
}
