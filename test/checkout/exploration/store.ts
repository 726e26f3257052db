import type { EcwidRequest } from '../../../src/ecwid/request.ts';
import type { Reply } from './gateway-process.ts';

/** What Ecwid holds of the one cart, and of the orders that came of it. */
export interface Store {
  readonly cart: 'none' | 'active' | 'placed' | 'deleted';
  readonly orders: readonly { readonly id: string; readonly madeAt: number; readonly refererId?: string }[];
  /** How many of the orders a search finds. */
  readonly indexed: number;
}

/** What becomes of a placed cart: section 5.2 of the API's facts leaves open which it is. */
export type Afterlife = 'gone' | 'recovered';

export interface StoreOptions {
  readonly afterlife: Afterlife;
  /** Whether an order bears the cart's date, or that of its placing. */
  readonly orderDate: 'of the cart' | 'of its placing';
  /** Orders of the same customer for the same things that were there before, each as old as this at the start. */
  readonly alikeBefore?: readonly number[];
  /** Whether a webhook tells which order the cart is going to be: before the first call, or at any time before placing. */
  readonly isTold?: boolean | 'before';
}

/** Known before it is placed, and the same afterwards. */
const firstOrder = 'ORDER1';

/** What a webhook teaches. */
export const toldOrder = { key: firstOrder, known: { id: firstOrder } };

export const startOfTime = Date.UTC(2026, 0, 1);
export const cartId = 'CART';

const cartCreated = startOfTime / 1000 - 3_600;
const contents = {
  email: 'a@b.c',
  customerId: 5,
  total: 12.5,
  items: [{ sku: 'TEA', productId: 1, quantity: 2, price: 5 }],
};
const missing: Reply = { status: 404, errorCode: 'CART_NOT_FOUND' };
const conflict: Reply = { status: 409, errorCode: 'CART_ALREADY_PLACED' };

export function isWrite({ method, path }: EcwidRequest): boolean {
  return method === 'POST' && path.at(-1) !== 'calculate';
}

/** What Ecwid does with a request, and answers. */
export function carryOut(
  store: Store,
  request: EcwidRequest,
  now: number,
  options: StoreOptions,
): { readonly store: Store; readonly reply: Reply } {
  const line = `${request.method ?? 'GET'} ${request.path.join('/')}`;
  switch (line) {
    case `GET carts/${cartId}`:
      return { store, reply: readCart(store, options) };
    case `POST carts/${cartId}/place`:
      if (store.cart === 'placed' && options.afterlife === 'recovered') return { store, reply: conflict };
      if (store.cart !== 'active') return { store, reply: missing };
      return makeOrder({ ...store, cart: 'placed' }, {}, now);
    case 'POST order/calculate':
      return { store, reply: { value: { ...contents, subtotal: 10 } } };
    case 'POST orders':
      return makeOrder(store, request.body as { readonly refererId?: string }, now);
    case `GET orders/${firstOrder}`:
      return { store, reply: readOrder(store, options) };
    case 'GET orders':
      return { store, reply: { value: search(store, request, options) } };
    default:
      throw new Error(`The store has no ${line}.`);
  }
}

function readCart({ cart, orders: [order] }: Store, { afterlife }: StoreOptions): Reply {
  const details = { cartId, createTimestamp: cartCreated, ...contents };
  if (cart === 'active') return { value: details };
  if (cart === 'deleted' || afterlife === 'gone') return missing;
  return { value: { ...details, recoveredPublicUid: order?.id, recoveredOrderId: 1 } };
}

/** By its id it is known at once, and before it is placed as well. */
function readOrder({ cart, orders: [order] }: Store, options: StoreOptions): Reply {
  if (cart === 'deleted') return missing;
  const paymentStatus = order ? 'AWAITING_PAYMENT' : 'INCOMPLETE';
  const createTimestamp = order ? dateOf(order, options) : cartCreated;
  return { value: { id: firstOrder, orderNumber: 1, paymentStatus, createTimestamp, ...contents } };
}

function dateOf({ madeAt }: Store['orders'][number], { orderDate }: StoreOptions): number {
  return orderDate === 'of the cart' ? cartCreated : madeAt / 1000;
}

function makeOrder(
  store: Store,
  { refererId }: { readonly refererId?: string },
  now: number,
): { readonly store: Store; readonly reply: Reply } {
  const number = store.orders.length + 1;
  const id = `ORDER${number}`;
  const order = { id, madeAt: now, ...(refererId === undefined ? {} : { refererId }) };
  return {
    store: { ...store, orders: [...store.orders, order] },
    reply: { value: { id: refererId === undefined ? id : number, orderId: id, orderNumber: number } },
  };
}

function search(store: Store, { query = {} }: EcwidRequest, options: StoreOptions): object {
  const { alikeBefore = [] } = options;
  const made = store.orders.slice(0, store.indexed).map((order, index) => ({
    id: order.id,
    orderNumber: index + 1,
    createTimestamp: dateOf(order, options),
    refererId: order.refererId,
    ...contents,
  }));
  const before = alikeBefore.map((ageMs, index) => ({
    id: `BEFORE${index + 1}`,
    orderNumber: 1_000 + index,
    createTimestamp: (startOfTime - ageMs) / 1000,
    refererId: undefined,
    ...contents,
  }));
  const items = [...made, ...before].filter(
    ({ createTimestamp, refererId }) =>
      createTimestamp >= Number(query.createdFrom ?? 0) &&
      (query.refererId === undefined || query.refererId === refererId),
  );
  return { total: items.length, count: items.length, offset: 0, limit: 100, items };
}
