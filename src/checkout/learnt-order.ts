import { findCart } from '../ecwid/carts.ts';
import type { EcwidClient } from '../ecwid/client.ts';
import { findOrder } from '../ecwid/orders.ts';
import { mergeResponseFields, responseFields } from '../ecwid/response-fields.ts';
import { isScalar, type WrittenOrder } from '../ecwid/tolerant.ts';
import type { Order } from '../ecwid/wire.ts';
import type { Attempt, Journal } from './journal.ts';
import { evidenceFields, isMadeBy, isSameOrder, orderFields, writtenOrderOf } from './order-evidence.ts';

export interface LearnOptions {
  readonly ecwid: EcwidClient;
  readonly journal: Pick<Journal, 'learn' | 'learnt'>;
  readonly signal?: AbortSignal;
}

const fields = mergeResponseFields(orderFields, responseFields('paymentStatus'));

/**
 * Remembers which order a cart is going to be, as somebody has told: where Ecwid shows both, and they are one record
 * seen through two doors as far as can be told, since neither names the other.
 */
export async function learnOrder(
  { cartId, orderId }: { readonly cartId: string; readonly orderId: string },
  { ecwid, journal, signal }: LearnOptions,
): Promise<void> {
  const known = await journal.learnt(cartId);
  // The id stays the same for as long as the cart lives.
  if (known?.key === orderId) return;
  const [cart, order] = await Promise.all([
    findCart(ecwid, cartId, { fields: evidenceFields, signal }),
    findOrder(ecwid, orderId, { fields, signal }),
  ]);
  if (!cart || !order || isPlaced(order) || !isSameOrder(cart, order)) return;
  const written = writtenOrderOf(order);
  if (written) await journal.learn(cartId, written);
}

export interface FindLearntOptions {
  readonly ecwid: EcwidClient;
  readonly journal: Pick<Journal, 'learnt' | 'keyOf'>;
}

/**
 * The order that a cart which is gone was known to become: if it is a cart no more, and is what these attempts would
 * have made. Unlike a search, reading it by its id knows it at once.
 */
export async function findLearntOrder(
  cartId: string,
  attempts: readonly Attempt[],
  { ecwid, journal }: FindLearntOptions,
): Promise<WrittenOrder | null> {
  const learnt = await journal.learnt(cartId);
  const order = learnt && (await findOrder(ecwid, learnt.key, { fields }));
  if (!order || !isPlaced(order) || !isMadeBy(attempts, order)) return null;
  const written = writtenOrderOf(order);
  return written && (await journal.keyOf(written)) === null ? written : null;
}

function isPlaced({ paymentStatus }: Order): boolean {
  return (
    isScalar(paymentStatus) && paymentStatus !== '' && String(paymentStatus).toUpperCase() !== 'INCOMPLETE'
  );
}
