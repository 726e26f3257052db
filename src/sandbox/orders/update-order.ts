import { attachCustomer, customerFields } from '../customers.ts';
import { toDate } from '../date-text.ts';
import type { Call } from '../endpoint.ts';
import { asNumber, asObjects, asText, fieldOf, type Json, type JsonObject } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';
import { createdAt, updatedAt } from '../store/stamps.ts';
import { adjustFields } from './order-adjustments.ts';
import { readOrderFields } from './order-fields.ts';
import { findOrder } from './orders.ts';
import { settlePayment } from './settle-payment.ts';

/**
 * `PUT /orders/{orderId}`: what is left out stays, and nothing is calculated anew. Items, where there are any,
 * are the whole list: those of a known id are changed, the others are new, and who is missing is gone.
 */
export function updateOrder(call: Call): JsonObject {
  const { store } = call;
  const order = findOrder(call);
  const fields = readOrderFields(call.body);
  if (Object.keys(fields).length === 0) return { updateCount: 0 };
  const time = call.now();
  const updated = { ...toUpdated(order, fields, call), ...updatedAt(time) };
  store.replace(updated);
  if (order.paymentStatus !== 'PAID') settlePayment(store, updated, time);
  return { updateCount: 1 };
}

function toUpdated(order: OrderRecord, fields: JsonObject, { store, now }: Call): OrderRecord {
  const known = asObjects(fieldOf(order, 'items')) ?? [];
  const items = asObjects(fieldOf(fields, 'items'));
  const highestId = Math.max(
    order.orderNumber * 100 - 1,
    ...known.map(({ id }) => asNumber(id ?? null) ?? 0),
  );
  const adjusted = adjustFields(
    { ...fields, ...(items && { items: items.map((item) => mergeItem(itemOfId(known, item.id), item)) }) },
    {
      profile: store.profile,
      terms: store.terms,
      itemId: (item, index) => itemOfId(known, item.id)?.id ?? highestId + 1 + index,
    },
  );
  const { customerId, customerGroup, createDate, ...kept } = adjusted;
  const paymentStatus = asText(fieldOf(fields, 'paymentStatus')) ?? order.paymentStatus;
  const isCart = paymentStatus === 'INCOMPLETE';
  const isSomeoneElses = kept.email !== undefined || customerId !== undefined;
  const customer = isSomeoneElses ? attachCustomer(store, fields, { isCart, now: now() }) : undefined;
  const updated: OrderRecord = {
    ...order,
    ...kept,
    ...customerFields(customer),
    ...(typeof createDate === 'string' && createdAt(toDate(createDate))),
    paymentStatus,
    total: asNumber(kept.total ?? null) ?? order.total,
    hidden: isCart && (kept.hidden ?? order.hidden) === true,
    cartId: isCart ? (order.cartId ?? store.ids.order().cartId) : order.cartId,
  };
  // A payment that has come leaves nothing to say about it.
  return paymentStatus === 'PAID' ? { ...updated, paymentMessage: null } : updated;
}

// What was made from a field that is sent anew is made anew.
function mergeItem(known: JsonObject | undefined, sent: JsonObject): JsonObject {
  const { nameTranslated, shortDescriptionTranslated, selectedPrice, ...kept } = known ?? {};
  return {
    ...kept,
    ...(nameTranslated !== undefined && sent.name === undefined && { nameTranslated }),
    ...(shortDescriptionTranslated !== undefined &&
      sent.shortDescription === undefined && { shortDescriptionTranslated }),
    ...(selectedPrice !== undefined && sent.price === undefined && { selectedPrice }),
    ...sent,
  };
}

function itemOfId(items: readonly JsonObject[], id: Json | undefined): JsonObject | undefined {
  return id === undefined ? undefined : items.find((item) => String(item.id) === String(id));
}
