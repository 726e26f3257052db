import { formatDate, parseDate } from '../date-text.ts';
import type { Call } from '../endpoint.ts';
import { orderNotFound, wrongParameter } from '../http/api-error.ts';
import { readBoolean, readDate, readPage, readText } from '../http/parameters.ts';
import type { JsonObject } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';
import { readOrderFilter } from './order-search.ts';
import { byNewest, lowerCase } from './record-search.ts';

/** `GET /orders` */
export function searchOrders({ query, store, switches }: Call): JsonObject {
  const matches = readOrderFilter(query);
  const { offset, limit } = readPage(query, switches);
  const found = store.searchable().filter(matches).sort(byNewest);
  const items = found.slice(offset, offset + limit).map(toOrder);
  return { total: found.length, count: items.length, offset, limit, items };
}

/** `GET /orders/{orderId}`: incomplete ones too, which are carts seen through this door. */
export function getOrder(call: Call): JsonObject {
  return toOrder(findOrder(call));
}

/** `GET /orders/last`: the latest of a customer's, with an address where one is asked for. */
export function getLastOrder({ query, store }: Call): JsonObject {
  const email = readText(query, 'customerEmail')?.toLowerCase();
  if (email === undefined) throw wrongParameter('customerEmail', query.get('customerEmail') ?? '');
  const withAddress = readBoolean(query, 'withAddress') ?? false;
  const [last] = store
    .searchable()
    .filter(({ paymentStatus }) => paymentStatus !== 'INCOMPLETE')
    .filter((order) => lowerCase(order.email) === email)
    .filter(({ shippingPerson, billingPerson }) => !withAddress || Boolean(shippingPerson ?? billingPerson))
    .sort(byNewest);
  if (!last) throw orderNotFound('last');
  return toOrder(last);
}

/** `GET /orders/deleted`: newest first, unfinished ones too. */
export function searchDeletedOrders({ query, store, switches }: Call): JsonObject {
  const from = readDate(query, 'from_date') ?? Number.NEGATIVE_INFINITY;
  const to = readDate(query, 'to_date') ?? Number.POSITIVE_INFINITY;
  const { offset, limit } = readPage(query, switches);
  const found = store
    .deleted()
    .filter(({ date }) => from <= (parseDate(date) ?? 0) && (parseDate(date) ?? 0) <= to)
    .toReversed();
  const items = found
    .slice(offset, offset + limit)
    .map(({ orderNumber, id, date }) => ({ id: orderNumber, orderId: id, date }));
  return { total: found.length, count: items.length, offset, limit, items };
}

/** `DELETE /orders/{orderId}`: the one way to be rid of a cart for good, too. */
export function deleteOrder(call: Call): JsonObject {
  const { orderNumber } = findOrder(call);
  call.store.remove(orderNumber, formatDate(call.now()));
  return { deleteCount: 1 };
}

/** @throws ApiError 404 */
export function findOrder({ params: { orderId = '' }, store }: Call): OrderRecord {
  const record = store.findByOrderId(orderId);
  if (!record) throw orderNotFound(orderId);
  return record;
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
