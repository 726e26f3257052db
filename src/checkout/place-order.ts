import { findCart, isCartId, placeCart } from '../ecwid/carts.ts';
import type { EcwidClient } from '../ecwid/client.ts';
import { EcwidConnectionError, EcwidError, EcwidStatusError, isMissing } from '../ecwid/errors.ts';
import { responseFields } from '../ecwid/response-fields.ts';
import { readPlacedOrder, readRecoveredOrder, type WrittenOrder } from '../ecwid/tolerant.ts';
import { type Refusal, type RefusalCode, refuse } from './refusal.ts';

/** What came of trying to place a cart; there is no fourth way. */
export type Placement =
  | { readonly outcome: 'placed'; readonly order: WrittenOrder }
  | {
      /** `unknown` where a request to place was sent and nobody knows what it did. */
      readonly outcome: 'refused' | 'unknown';
      readonly refusals: readonly [Refusal, ...Refusal[]];
      /** What Ecwid did, where that is the reason: for the log. */
      readonly cause?: EcwidError;
    };

export interface PlaceOrderOptions {
  readonly ecwid: EcwidClient;
}

/**
 * Turns a cart into an order.
 * @throws EcwidError where the request to place cannot have been carried out, and not because of the cart
 */
export async function placeOrder(cartId: string, { ecwid }: PlaceOrderOptions): Promise<Placement> {
  if (cartId.trim() === '') return refused('CART_ID_MISSING', cartId);
  if (!isCartId(cartId)) return refused('CART_NOT_FOUND', cartId);
  try {
    return placed(readPlacedOrder(await placeCart(ecwid, cartId)));
  } catch (error) {
    if (error instanceof EcwidStatusError) return afterStatus(ecwid, cartId, error);
    if (error instanceof EcwidConnectionError && !error.mayHaveBeenSent) throw error;
    if (error instanceof EcwidError) return unknown(error);
    throw error;
  }
}

// Which statuses mean that no order was made: the pages and error tables of the API reference. A fault of the
// server (5xx, 408) may have come after the order.
function afterStatus(
  ecwid: EcwidClient,
  cartId: string,
  error: EcwidStatusError,
): Promise<Placement> | Placement {
  const { status, errorCode } = error;
  if (isMissing(error) || status === 409) return afterMissing(ecwid, cartId);
  // The gateway's own settings are at fault, and would be for every cart.
  if (errorCode === 'INVALID_API_TOKEN' || status === 404) throw error;
  const nothingWasDone = status >= 400 && status < 500 && status !== 408;
  return nothingWasDone ? refused('UNABLE_TO_PLACE_ORDER', cartId, error) : unknown(error);
}

// A cart that was placed before may still be listed, with the order that it became: that order is the answer.
async function afterMissing(ecwid: EcwidClient, cartId: string): Promise<Placement> {
  const fields = responseFields('recoveredPublicUid', 'recoveredOrderId', 'recovered_order_id');
  try {
    const cart = await findCart(ecwid, cartId, { fields });
    if (!cart) return refused('CART_NOT_FOUND', cartId);
    const recovered = readRecoveredOrder(cart);
    // Listed, and yet not to be placed: Ecwid does not say why.
    return recovered ? placed(recovered) : refused('UNABLE_TO_PLACE_ORDER', cartId);
  } catch (error) {
    if (error instanceof EcwidError) return unknown(error);
    throw error;
  }
}

function placed(order: WrittenOrder | null): Placement {
  // An order without any id is an order that the answer does not tell.
  return order ? { outcome: 'placed', order } : unknown();
}

function refused(code: RefusalCode, cartId: string, cause?: EcwidError): Placement {
  return { outcome: 'refused', refusals: [refuse(code, cartId)], ...(cause && { cause }) };
}

function unknown(cause?: EcwidError): Placement {
  return { outcome: 'unknown', refusals: [refuse('OUTCOME_UNKNOWN')], ...(cause && { cause }) };
}
