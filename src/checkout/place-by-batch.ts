import { findBatchedAnswer, startBatch } from '../ecwid/batch.ts';
import { placingOf } from '../ecwid/carts.ts';
import { type EcwidClient, withDeadline } from '../ecwid/client.ts';
import { EcwidError, isOfSettings } from '../ecwid/errors.ts';
import type { PlacedCart } from '../ecwid/wire.ts';
import type { Clock } from './timing.ts';
import type { StepOptions } from './work.ts';

export interface PlaceByBatchOptions extends StepOptions {
  readonly ecwid: EcwidClient;
  readonly clock: Clock;
  /** Before the second poll; later pauses are longer, up to 16 times this. */
  readonly pollMs: number;
  /** The same key within an hour is the same placing, and tells what became of it. */
  readonly attemptId: string;
}

/** What a placing came to that went through Ecwid's queue; null where that is not to be seen in time. */
export type Batched = { readonly answer: PlacedCart } | { readonly error: EcwidError } | null;

/**
 * Places a cart by `POST /batch`, and waits for what comes of it.
 * @throws EcwidError where the queue has not taken it, or has not said so
 */
export async function placeByBatch(
  cartId: string,
  { ecwid, clock, pollMs, attemptId, remainingMs }: PlaceByBatchOptions,
): Promise<Batched> {
  const inTime = withDeadline(ecwid, remainingMs);
  const ticket = await startBatch(inTime, placingOf(cartId), attemptId);
  for (let pauseMs = pollMs; ; pauseMs = Math.min(pauseMs * 2, pollMs * 16)) {
    try {
      const batched = await findBatchedAnswer<PlacedCart>(inTime, ticket);
      if (batched) return batched;
    } catch (error) {
      // The looking has failed, not the placing.
      if (!(error instanceof EcwidError)) throw error;
      if (isOfSettings(error)) return null;
    }
    if (remainingMs() <= pauseMs) return null;
    await clock.sleep(pauseMs);
  }
}
