import { findCart, isCartId, placeCart } from '../ecwid/carts.ts';
import { type EcwidClient, withDeadline } from '../ecwid/client.ts';
import { EcwidError, fateOfWrite } from '../ecwid/errors.ts';
import { mergeResponseFields, responseFields } from '../ecwid/response-fields.ts';
import { readPlacedOrder, readRecoveredOrder, type WrittenOrder } from '../ecwid/tolerant.ts';
import type { Cart, PlacedCart } from '../ecwid/wire.ts';
import { identityOf, mayPlace, type Owner, ownerOf, type Viewer } from '../viewer.ts';
import type { ExactlyOnce } from './exactly-once.ts';
import { type Attempt, type Journal, ownerOfAttempts } from './journal.ts';
import { findLearntOrder } from './learnt-order.ts';
import { evidenceFields, evidenceOf, findOrder } from './order-evidence.ts';
import { placeByBatch } from './place-by-batch.ts';
import { fieldsOfRules, refusalsOf } from './placement-rules.ts';
import { type RefusalCode, type Refused, refusalOfEcwid, refuse } from './refusal.ts';
import type { PlacingWay, Requirement } from './settings.ts';
import { offersShipping } from './shipping-offers.ts';
import { type Clock, findableAfterMs, type Timing } from './timing.ts';
import type { Result, Seen, Sent, StepOptions } from './work.ts';

export interface PlaceOrderOptions {
  readonly viewer: Viewer;
  readonly ecwid: EcwidClient;
  readonly once: ExactlyOnce;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly required: ReadonlySet<Requirement>;
  readonly via: PlacingWay;
}

/**
 * Turns a cart into an order, once. The cart is the key: whoever may place it and asks for it, at once or later, in
 * this process or another that shares the journal, gets the same order. Nobody else is told of it.
 */
export async function placeOrder(cartId: string, options: PlaceOrderOptions): Promise<Result<Refused>> {
  if (cartId.trim() === '') return { outcome: 'refused', refused: refused(cartId, 'CART_ID_MISSING') };
  if (!isCartId(cartId)) return { outcome: 'refused', refused: refused(cartId, 'CART_NOT_FOUND') };
  const { viewer } = options;
  // Staff may place every cart or none, so there is nothing to look at.
  if (viewer.kind === 'staff' && !mayPlace(viewer, 'nobody')) {
    return { outcome: 'refused', refused: refused(cartId, 'NOT_PERMITTED') };
  }
  // What waits in Ecwid's queue may be carried out much later; it keeps its keys for an hour.
  const atWorkMs = options.via === 'batch' ? 3_600_000 : options.timing.atWorkMs;
  const timing = { ...options.timing, atWorkMs };
  const answered = new Set<string>();
  return options.once.run(`cart/${cartId}`, {
    atWorkMs,
    caller: identityOf(viewer),
    refuseStranger: (owner) => (mayPlace(viewer, owner) ? undefined : refused(cartId, 'NOT_PERMITTED')),
    async look(attempts, { remainingMs, lostAt }) {
      const step = { ...options, timing, answered, remainingMs };
      const fields = mergeResponseFields(fieldsOfRules(options.required), fieldsOfEvery);
      const cart = await findCart(withDeadline(options.ecwid, remainingMs), cartId, { fields });
      if (!cart && attempts.length === 0) {
        // What it was placed with is forgotten, and so no search would tell which order it became.
        const isForgotten = lostAt !== undefined && options.clock.now() - lostAt <= findableAfterMs(timing);
        if (isForgotten) return { is: 'unclear', isFinal: true };
        return { is: 'refused', refused: refused(cartId, 'CART_NOT_FOUND') };
      }
      const recovered = cart && readRecoveredOrder(cart);
      // Placing may attach a guest's order to a customer: whose the cart was then is what the attempts tell.
      const owner = !cart || (recovered && attempts.length > 0) ? ownerOfAttempts(attempts) : ownerOf(cart);
      if (!mayPlace(viewer, owner)) return { is: 'forbidden', refused: refused(cartId, 'NOT_PERMITTED') };
      if (recovered) return { is: 'made', order: recovered, owner };
      return cart
        ? examine(cart, cartId, attempts, { ...step, owner })
        : lookForOrder(cartId, attempts, { ...step, owner });
    },
  });
}

const fieldsOfEvery = mergeResponseFields(
  evidenceFields,
  responseFields('recoveredPublicUid', 'recoveredOrderId', 'recovered_order_id'),
);

interface StepOfPlacing extends PlaceOrderOptions, StepOptions {
  readonly owner: Owner;
  /** Attempts that Ecwid's queue has carried out: repeating one would only tell its answer again. */
  readonly answered: Set<string>;
}

/** Where the cart is gone: was deleted, or became an order. */
async function lookForOrder(
  cartId: string,
  attempts: readonly Attempt[],
  options: StepOfPlacing,
): Promise<Seen<Refused>> {
  const { ecwid, journal, clock, timing, owner, remainingMs } = options;
  const told = options.via === 'batch' ? await askAgain(cartId, attempts, options) : null;
  if (told) return { is: 'made', order: told, owner };
  const learnt = await findLearntOrder(cartId, attempts, {
    ecwid: withDeadline(ecwid, remainingMs),
    journal,
  });
  if (learnt) return { is: 'made', order: learnt, owner };
  const now = clock.now();
  const order = await findOrder(attempts, {
    ecwid: withDeadline(ecwid, remainingMs),
    now,
    timing,
    isTaken: async (candidate) => (await journal.keyOf(candidate)) !== null,
  });
  if (order) return { is: 'made', order, owner };
  const isLateEnough = attempts.every(({ sentAt }) => now - sentAt > findableAfterMs(timing));
  // Ecwid has denied every request and shows no order: somebody has deleted the cart meanwhile.
  if (isLateEnough && attempts.every(({ isDenied }) => isDenied)) {
    return { is: 'refused', refused: refused(cartId, 'CART_NOT_FOUND') };
  }
  return { is: 'unclear', isFinal: isLateEnough };
}

/** What a batch has made, by its key: the gone cart cannot be placed by this once more, so asking is safe. */
async function askAgain(
  cartId: string,
  attempts: readonly Attempt[],
  options: StepOfPlacing,
): Promise<WrittenOrder | null> {
  for (const attempt of attempts.filter((one) => isRepeatable(one, options))) {
    const sent = await sendByBatch(cartId, { ...options, attemptId: attempt.id });
    if (sent.is === 'made') return sent.order;
  }
  return null;
}

async function examine(
  cart: Cart,
  cartId: string,
  attempts: readonly Attempt[],
  options: StepOfPlacing,
): Promise<Seen<Refused>> {
  const { ecwid, required, via, owner, remainingMs } = options;
  const found = refusalsOf(cart, required);
  const isUnshippable =
    found.includes('SHIPPING_METHOD_MISSING') &&
    (await offersShipping(withDeadline(ecwid, remainingMs), cartId)) === false;
  const [first, ...others] = isUnshippable
    ? found.map((code) => (code === 'SHIPPING_METHOD_MISSING' ? 'SHIPPING_ADDRESS_UNUSABLE' : code))
    : found;
  if (first) return { is: 'refused', refused: refused(cartId, first, ...others) };
  const evidence = evidenceOf(cart);
  if (via === 'direct') {
    return { is: 'ready', evidence, owner, send: (step) => send(cartId, { ...options, ...step }) };
  }
  return {
    is: 'ready',
    evidence,
    owner,
    repeats: attempts.find((one) => isRepeatable(one, options))?.id,
    send: (step) => sendByBatch(cartId, { ...options, ...step }),
  };
}

function isRepeatable({ id, isDenied }: Attempt, { answered }: StepOfPlacing): boolean {
  return !isDenied && !answered.has(id);
}

async function send(cartId: string, { ecwid, remainingMs }: StepOfPlacing): Promise<Sent<Refused>> {
  try {
    return readSent(await placeCart(withDeadline(ecwid, remainingMs), cartId));
  } catch (error) {
    if (!(error instanceof EcwidError)) throw error;
    return afterFailure(error);
  }
}

async function sendByBatch(
  cartId: string,
  options: StepOfPlacing & { readonly attemptId: string },
): Promise<Sent<Refused>> {
  try {
    const batched = await placeByBatch(cartId, { ...options, pollMs: options.timing.pollMs });
    if (batched === null) return { is: 'lost' };
    options.answered.add(options.attemptId);
    if ('answer' in batched) return readSent(batched.answer);
    const sent = afterFailure(batched.error);
    // Carried out, and turned away: unlike a request that was not taken, this one is over.
    return sent.is === 'unsent' ? { is: 'denied', refused: refusalOfEcwid(batched.error) } : sent;
  } catch (error) {
    if (!(error instanceof EcwidError)) throw error;
    // The queue has spoken, and of itself: whatever it refuses, it is not this cart.
    return afterFailure(error).is === 'lost' ? { is: 'lost', cause: error } : { is: 'unsent', cause: error };
  }
}

function readSent(answer: PlacedCart): Sent<Refused> {
  const order = readPlacedOrder(answer);
  // An order without any id is an order that the answer does not tell.
  return order ? { is: 'made', order } : { is: 'lost' };
}

/** What a failed request to place has come to. */
export function afterFailure(error: EcwidError): Sent<Refused> {
  const fate = fateOfWrite(error);
  if (fate !== 'refused') return { is: fate, cause: error };
  const refusal = refusalOfEcwid(error);
  return { is: refusal.refusals[0].code === 'CART_NOT_ACTIVE' ? 'denied' : 'refused', refused: refusal };
}

function refused(cartId: string, first: RefusalCode, ...others: RefusalCode[]): Refused {
  return { refusals: [refuse(first, cartId), ...others.map((code) => refuse(code, cartId))] };
}
