import { findCart, isCartId, placeCart } from '../ecwid/carts.ts';
import type { EcwidClient } from '../ecwid/client.ts';
import { EcwidConnectionError, EcwidError, EcwidStatusError } from '../ecwid/errors.ts';
import { responseFields } from '../ecwid/response-fields.ts';
import { knownOrder, readOrderId, readRecoveredOrder } from '../ecwid/tolerant.ts';
import type { Order, PlacedCart } from '../ecwid/wire.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What came of trying to place a cart; there is no fourth way. */
export type Placement =
  | { readonly outcome: 'placed'; readonly order: Order }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] }
  /** A request to place was sent and nobody knows what it did. */
  | { readonly outcome: 'unknown'; readonly refusals: readonly Refusal[] };

/**
 * Turns a cart into an order.
 * @throws EcwidError where the request to place cannot have been sent
 */
export async function placeOrder(ecwid: EcwidClient, cartId: string): Promise<Placement> {
  if (cartId.trim() === '') return refused(refuse('CART_ID_MISSING'));
  if (!isCartId(cartId)) return refused(refuse('CART_NOT_FOUND', cartId));
  try {
    return placed(await placeCart(ecwid, cartId));
  } catch (error) {
    if (error instanceof EcwidStatusError) return afterStatus(ecwid, cartId, error);
    if (error instanceof EcwidConnectionError && !error.mayHaveBeenSent) throw error;
    if (error instanceof EcwidError) return unknown;
    throw error;
  }
}

// Which statuses mean that no order was made: place-cart and error tables of the API reference. A fault of the
// server (5xx, 408) may have come after the order.
function afterStatus(
  ecwid: EcwidClient,
  cartId: string,
  { status }: EcwidStatusError,
): Promise<Placement> | Placement {
  if (status === 404 || status === 409) return afterMissing(ecwid, cartId);
  const nothingWasDone = status >= 400 && status < 500 && status !== 408;
  return nothingWasDone ? refused(refuse('UNABLE_TO_PLACE_ORDER')) : unknown;
}

// A cart that was placed before may still be listed, with the order that it became: that order is the answer.
async function afterMissing(ecwid: EcwidClient, cartId: string): Promise<Placement> {
  const fields = responseFields('recoveredPublicUid', 'recoveredOrderId', 'recovered_order_id');
  const cart = await findCart(ecwid, cartId, { fields });
  if (!cart) return refused(refuse('CART_NOT_FOUND', cartId));
  const recovered = readRecoveredOrder(cart);
  return recovered
    ? placed(recovered.order)
    : // Listed, and yet not to be placed: Ecwid does not say why.
      refused(refuse('UNABLE_TO_PLACE_ORDER'));
}

function placed(answer: PlacedCart): Placement {
  const id = readOrderId(answer);
  // An order without any id is an order that the answer does not tell.
  if (id === null) return unknown;
  return { outcome: 'placed', order: knownOrder(id, answer) };
}

function refused(...refusals: Refusal[]): Placement {
  return { outcome: 'refused', refusals };
}

const unknown: Placement = { outcome: 'unknown', refusals: [refuse('OUTCOME_UNKNOWN')] };
