import type { EcwidClient, ReadOptions } from './client.ts';
import { firstSecond, lastSecond } from './date-bounds.ts';
import { nullIfMissing } from './errors.ts';
import { isObject } from './tolerant.ts';
import type { Cart, CartUpdate, PlacedCart, SearchResult } from './wire.ts';

/** What `GET /carts` can be narrowed by; null and undefined leave a filter out. */
export interface CartFilter {
  /** False leaves out the carts that the merchant has hidden; Ecwid shows them by default. */
  readonly showHidden?: boolean | null | undefined;
  readonly totalFrom?: number | null | undefined;
  readonly totalTo?: number | null | undefined;
  readonly createdFrom?: Date | null | undefined;
  readonly createdTo?: Date | null | undefined;
  readonly updatedFrom?: Date | null | undefined;
  readonly updatedTo?: Date | null | undefined;
  readonly couponCode?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly customer?: string | null | undefined;
}

/** Ecwid's cart ids are UUIDs; the length and letters of one are held to, its exact shape is left to Ecwid. */
export function isCartId(id: string): boolean {
  return /^[0-9A-Za-z-]{1,64}$/.test(id);
}

/** `GET /carts/{cartId}`; null where there is none. */
export function findCart(
  ecwid: EcwidClient,
  cartId: string,
  { fields, signal }: ReadOptions,
): Promise<Cart | null> {
  if (!isCartId(cartId)) return Promise.resolve(null);
  return ecwid.send<Cart | SearchResult<Cart>>({ path: ['carts', cartId], fields, signal }).then((answer) => {
    const cart = unwrapCart(answer);
    // The id is known even where it was not asked for, or an odd answer leaves it out.
    return cart && (cart.cartId ?? null) === null ? { ...cart, cartId } : cart;
  }, nullIfMissing);
}

// The oldest documentation shows a search result of one where the others show the cart itself. A cart has
// items too, but neither an offset nor items with a cartId.
function unwrapCart(answer: Cart | SearchResult<Cart>): Cart | null {
  const first: unknown = Array.isArray(answer.items) ? answer.items[0] : undefined;
  const isWrapped =
    !('cartId' in answer) && ('offset' in answer || (isObject(first) && 'cartId' in (first as object)));
  if (!isWrapped) return answer as Cart;
  return isObject(first) ? (first as Cart) : null;
}

/** `GET /carts`: one page, newest first; `limit` is at most 100. */
export function searchCarts(
  ecwid: EcwidClient,
  filter: CartFilter,
  { offset, limit, fields, signal }: ReadOptions & { readonly offset: number; readonly limit: number },
): Promise<SearchResult<Cart>> {
  const { createdFrom, createdTo, updatedFrom, updatedTo, ...rest } = filter;
  return ecwid.send({
    path: ['carts'],
    query: {
      ...rest,
      createdFrom: firstSecond(createdFrom),
      createdTo: lastSecond(createdTo),
      updatedFrom: firstSecond(updatedFrom),
      updatedTo: lastSecond(updatedTo),
      offset,
      limit,
    },
    fields,
    signal,
  });
}

/** `PUT /carts/{cartId}`; false where there is none. Never cancelled: a write that left is a write to know of. */
export async function updateCart(ecwid: EcwidClient, cartId: string, update: CartUpdate): Promise<boolean> {
  if (!isCartId(cartId)) return false;
  const request = { method: 'PUT', path: ['carts', cartId], body: update } as const;
  return (await ecwid.send(request).catch(nullIfMissing)) !== null;
}

/** `POST /carts/{cartId}/place`; throws whatever went wrong, 404 included. Never cancelled, as above. */
export function placeCart(ecwid: EcwidClient, cartId: string): Promise<PlacedCart> {
  return ecwid.send(placingOf(cartId));
}

/** The request itself, for whatever way it is sent by. */
export function placingOf(cartId: string) {
  return { method: 'POST', path: ['carts', cartId, 'place'] } as const;
}
