import type { Call } from '../endpoint.ts';
import { ApiError, orderNotFound } from '../http/api-error.ts';
import { readPage } from '../http/parameters.ts';
import type { JsonObject } from '../json.ts';
import { byNewest } from '../orders/record-search.ts';
import { takeStock } from '../orders/take-stock.ts';
import type { OrderRecord } from '../store/records.ts';
import { createdAt, updatedAt } from '../store/stamps.ts';
import type { Switches } from '../switches.ts';
import { readCartFilter } from './cart-search.ts';
import { readCartUpdate } from './cart-update.ts';

/** `GET /carts` */
export function searchCarts({ query, store, switches }: Call): JsonObject {
  const matches = readCartFilter(query);
  const { offset, limit } = readPage(query, switches);
  const found = store
    .searchable()
    .filter((record) => isCart(record, switches) && matches(record))
    .sort(byNewest);
  const items = found.slice(offset, offset + limit).map(toCart);
  return { total: found.length, count: items.length, offset, limit, items };
}

/** `GET /carts/{cartId}`: hidden carts too. */
export function getCart(call: Call): JsonObject {
  return toCart(findCart(call));
}

/** `PUT /carts/{cartId}`: what is not writable is ignored, as the documents call it read-only and no error. */
export function updateCart(call: Call): JsonObject {
  const cart = findCart(call);
  const update = readCartUpdate(call.body);
  if (Object.keys(update).length === 0) return { updateCount: 0 };
  call.store.replace({ ...cart, ...update, ...updatedAt(call.now()) });
  return { updateCount: 1 };
}

/**
 * `POST /carts/{cartId}/place`: the same record, no longer INCOMPLETE. Ecwid documents no condition that a
 * cart has to meet, so whatever is in the list can be placed, complete or not.
 */
export function placeCart(call: Call): JsonObject {
  const { store, switches } = call;
  const cart = findCart(call);
  const { cartId, id, orderNumber } = cart;
  if (isRecovered(cart)) {
    throw new ApiError(409, 'CONSTRAINT_VIOLATION', `Cart ${cartId} has already become an order`);
  }
  const now = call.now();
  store.replace({
    ...cart,
    paymentStatus: 'AWAITING_PAYMENT',
    paymentMessage: null,
    ...(switches.placingStampsCreateDate && createdAt(now)),
    ...updatedAt(now),
    ...(switches.afterPlacing === 'kept' && { recoveredOrderId: orderNumber, recoveredPublicUid: id }),
  });
  if (switches.placingTakesStock) takeStock(store, cart, now);

  switch (switches.placeAnswer) {
    case 'current':
      return { id, orderNumber, vendorOrderNumber: String(orderNumber), cartId };
    case 'guide':
      return { id, orderNumber, vendorOrderNumber: id };
    case 'older':
      return { orderNumber, vendorOrderNumber: id };
  }
}

function findCart({ params: { cartId = '' }, store, switches }: Call): OrderRecord {
  const record = store.findByCartId(cartId);
  if (!record || !isCart(record, switches)) throw orderNotFound(cartId, switches.unknownCartCode);
  return record;
}

function isCart({ cartId, paymentStatus }: OrderRecord, { afterPlacing }: Switches): boolean {
  return cartId !== null && (paymentStatus === 'INCOMPLETE' || afterPlacing === 'kept');
}

// Under the older name too: such carts are in the seed.
function isRecovered({ recoveredOrderId, recovered_order_id }: OrderRecord): boolean {
  return (recoveredOrderId ?? recovered_order_id ?? null) !== null;
}

// Of what they share, carts do not show the order's ids. One that stays after it was placed is INCOMPLETE like
// those recovered by e-mail: what was paid is for the order to say.
function toCart({ id, orderNumber, ...cart }: OrderRecord): JsonObject {
  return { ...cart, paymentStatus: 'INCOMPLETE' };
}
