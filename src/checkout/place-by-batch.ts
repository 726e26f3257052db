import { findBatchedAnswer, startBatch } from '../ecwid/batch.ts';
import { placingOf } from '../ecwid/carts.ts';
import type { EcwidClient } from '../ecwid/client.ts';
import { EcwidError } from '../ecwid/errors.ts';
import type { PlacedCart } from '../ecwid/wire.ts';
import type { StepOptions } from './exactly-once.ts';
import type { Clock } from './timing.ts';

export interface PlaceByBatchOptions extends StepOptions {
  readonly ecwid: EcwidClient;
  readonly clock: Clock;
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
  { ecwid, clock, pollMs, attemptId, deadlineMs }: PlaceByBatchOptions,
): Promise<Batched> {
  const end = clock.monotonic() + deadlineMs;
  const ticket = await startBatch(ecwid, placingOf(cartId), { deduplicationKey: attemptId, deadlineMs });
  for (;;) {
    const remainingMs = end - clock.monotonic();
    if (remainingMs <= 0) return null;
    try {
      const batched = await findBatchedAnswer<PlacedCart>(ecwid, ticket, { deadlineMs: remainingMs });
      if (batched) return batched;
    } catch (error) {
      // The looking has failed, not the placing.
      if (!(error instanceof EcwidError)) throw error;
    }
    await clock.sleep(pollMs);
  }
}
