import { type EcwidClient, withPriority } from '../ecwid/client.ts';
import type { EndSignal } from '../ecwid/end-signal.ts';
import { describeFailure, type EcwidError } from '../ecwid/errors.ts';
import type { WrittenOrder } from '../ecwid/tolerant.ts';
import type { Log } from '../log.ts';
import type { Viewer } from '../viewer.ts';
import { createOrder, type OrderRequest } from './create-order.ts';
import { type CreationRefusal, refuseCreation } from './creation-refusal.ts';
import { createExactlyOnce } from './exactly-once.ts';
import type { Journal, JournalError } from './journal.ts';
import { placeOrder } from './place-order.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type PlacingWay, type Requirement, requirements } from './settings.ts';
import { type Clock, defaultTiming, systemClock, type Timing } from './timing.ts';
import type { Result } from './work.ts';

export interface CheckoutOptions {
  readonly ecwid: EcwidClient;
  readonly journal: Journal;
  readonly log: Log;
  /** What a cart has to have before it is placed, besides items. Default all. */
  readonly required?: readonly Requirement[];
  /** How a cart is placed. Default direct. */
  readonly via?: PlacingWay;
  readonly timing?: Timing;
  readonly clock?: Clock;
  /** Told how each call has ended: `MADE`, or by each of the codes that its caller is told. */
  readonly onEnding?: (mutation: Mutation, outcome: string) => void;
}

/** What came of wanting an order; there is no fourth way. */
export type Ending<OneRefusal> =
  | { readonly outcome: 'made'; readonly order: WrittenOrder }
  /** Each by its cause; the cause OUTCOME_UNKNOWN alone does not say that no order was made. */
  | { readonly outcome: 'refused'; readonly refusals: readonly [OneRefusal, ...OneRefusal[]] }
  /** No order was made, because something the gateway needs has failed. */
  | { readonly outcome: 'unavailable'; readonly cause: EcwidError | JournalError };

/** How a store's orders come about. */
export interface Checkout {
  /**
   * Turns a cart into an order, exactly once however often it is asked to. Never ends with its caller. Who may not
   * place the cart is not told of its order either.
   */
  placeOrder(cartId: string, viewer: Viewer): Promise<Ending<Refusal>>;
  /** Creates an order from its details; with a key exactly once. `signal` ends no more than its calculation. */
  createOrder(request: OrderRequest, viewer: Viewer, signal?: EndSignal): Promise<Ending<CreationRefusal>>;
  /** Begins nothing new, and is done when what was sent has been answered and written down. */
  close(): Promise<void>;
}

type Mutation = 'placeOrder' | 'createOrder';

export function createCheckout({
  ecwid: client,
  journal,
  log,
  required = requirements,
  via = 'direct',
  timing = defaultTiming,
  clock = systemClock,
  onEnding = () => {},
}: CheckoutOptions): Checkout {
  // Whatever it reads, an order waits for.
  const ecwid = withPriority(client, 'placing');
  const once = createExactlyOnce({ journal, log, timing, clock });
  const placing = { ecwid, once, journal, clock, timing, via, required: new Set(required) };

  return {
    close: () => once.close(),

    async placeOrder(cartId, viewer) {
      const result = await countThrown('placeOrder', placeOrder(cartId, { ...placing, viewer }));
      return conclude('placeOrder', result, {
        // A cart is its own key, so it stands for nothing else.
        mismatch: refuse('UNDEFINED'),
        unknown: refuse('OUTCOME_UNKNOWN'),
      });
    },

    async createOrder(request, viewer, signal) {
      const creation = createOrder(request, { ecwid, once, clock, timing, viewer, signal });
      const result = await countThrown('createOrder', creation, signal);
      return conclude('createOrder', result, {
        mismatch: refuseCreation(
          'INVALID_INPUT',
          'The idempotencyKey was used before, for an order of other details.',
        ).refusals[0],
        unknown: refuseCreation(
          'OUTCOME_UNKNOWN',
          'The store did not say whether it created the order. With an idempotencyKey it is safe to try again.',
        ).refusals[0],
      });
    },
  };

  /** A mistake of this program; it is logged where it is masked. */
  async function countThrown<Value>(
    mutation: Mutation,
    work: Promise<Value>,
    signal?: EndSignal,
  ): Promise<Value> {
    try {
      return await work;
    } catch (error) {
      // Or of nobody: the caller has left.
      if (!signal?.aborted) onEnding(mutation, 'INTERNAL_SERVER_ERROR');
      throw error;
    }
  }

  /** Every call without an order is counted and logged here, wherever its caller is told of it. */
  function conclude<OneRefusal extends { readonly code: string }>(
    mutation: Mutation,
    result: Result<Refusals<OneRefusal>>,
    others: Readonly<Record<'mismatch' | 'unknown', OneRefusal>>,
  ): Ending<OneRefusal> {
    if (result.outcome === 'made') {
      onEnding(mutation, 'MADE');
      return result;
    }
    const ending = endingOf(result, others);
    const codes =
      ending.outcome === 'refused' ? ending.refusals.map(({ code }) => code) : [ending.cause.code];
    for (const code of new Set(codes)) onEnding(mutation, code);
    const cause = result.outcome === 'refused' ? result.refused.cause : causeOf(result);
    const line = { mutation, refusals: codes, ...(cause && describeFailure(cause)) };
    if (result.outcome === 'unknown') log.warn(line, 'whether an order was made is not known');
    // Without a cause it is the caller who has to mend something.
    else log[cause ? 'warn' : 'info'](line, 'no order was made');
    return ending;
  }
}

interface Refusals<OneRefusal> {
  readonly refusals: readonly [OneRefusal, ...OneRefusal[]];
  readonly cause?: EcwidError;
}

type Failed<OneRefusal> = Exclude<Result<Refusals<OneRefusal>>, { outcome: 'made' }>;

function endingOf<OneRefusal>(
  result: Failed<OneRefusal>,
  others: Readonly<Record<'mismatch' | 'unknown', OneRefusal>>,
): Exclude<Ending<OneRefusal>, { outcome: 'made' }> {
  if (result.outcome === 'unavailable') return result;
  if (result.outcome === 'refused') return { outcome: 'refused', refusals: result.refused.refusals };
  return { outcome: 'refused', refusals: [others[result.outcome]] };
}

function causeOf<OneRefusal>(
  result: Exclude<Failed<OneRefusal>, { outcome: 'refused' }>,
): EcwidError | JournalError | undefined {
  return result.outcome === 'mismatch' ? undefined : result.cause;
}
