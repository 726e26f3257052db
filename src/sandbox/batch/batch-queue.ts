import type { Token } from '../http/access.ts';
import type { Json } from '../json.ts';

/** One request of a batch, as it was sent. */
export interface BatchedRequest {
  readonly id: string;
  readonly method: string;
  /** Below the store, with its query. */
  readonly path: string;
  readonly body: Json | undefined;
}

export interface BatchedReply {
  readonly status: number;
  readonly body: Json;
}

export interface Batch {
  readonly ticket: string;
  readonly token: Token;
  readonly requests: readonly BatchedRequest[];
  readonly stopsOnFailure: boolean;
  readonly deduplicationKey: string | null;
  readonly createdAt: number;
  /** When its turn is: a store's batches are done one after the other. */
  readonly startsAt: number;
  /** Of the requests done so far, in their order. */
  readonly replies: readonly BatchedReply[];
}

export type NewBatch = Pick<Batch, 'token' | 'requests' | 'stopsOnFailure' | 'deduplicationKey'>;

export interface BatchQueue {
  add(batch: NewBatch): Batch;
  find(ticket: string): Batch | undefined;
  /** Does whatever is due by now. */
  run(send: (token: Token, request: BatchedRequest) => BatchedReply): void;
  reset(): void;
}

/** How long a deduplication key is remembered. */
const hourMs = 3_600_000;

/**
 * Batches, each request of which takes `callMs`: nothing happens in the background, and before every call the
 * sandbox does what is due by its clock, so what a poll finds is for the clock alone to decide.
 */
export function createBatchQueue(callMs: number, now: () => Date): BatchQueue {
  let batches: readonly Batch[] = [];
  const endOf = ({ startsAt, requests }: Batch) => startsAt + requests.length * callMs;

  return {
    add(batch) {
      const time = now().getTime();
      const { deduplicationKey, token } = batch;
      const known = batches.find(
        (earlier) =>
          deduplicationKey !== null &&
          earlier.deduplicationKey === deduplicationKey &&
          earlier.token.value === token.value &&
          time - earlier.createdAt < hourMs,
      );
      if (known) return known;
      const added: Batch = {
        ...batch,
        ticket: `batch-${String(batches.length + 1).padStart(8, '0')}`,
        createdAt: time,
        startsAt: Math.max(time, ...batches.map(endOf)),
        replies: [],
      };
      batches = [...batches, added];
      return added;
    },
    find: (ticket) => batches.find((batch) => batch.ticket === ticket),
    run(send) {
      const time = now().getTime();
      for (const { ticket } of batches) {
        for (;;) {
          const batch = batches.find((other) => other.ticket === ticket);
          const request = batch && nextOf(batch);
          if (!batch || !request || time < batch.startsAt + (batch.replies.length + 1) * callMs) break;
          const replies = [...batch.replies, send(batch.token, request)];
          batches = batches.map((other) => (other === batch ? { ...batch, replies } : other));
        }
      }
    },
    reset() {
      batches = [];
    },
  };
}

/** The request that is next; undefined where all is done, or one has failed and no other is to follow. */
export function nextOf({ requests, replies, stopsOnFailure }: Batch): BatchedRequest | undefined {
  if (stopsOnFailure && replies.some(({ status }) => status !== 200)) return undefined;
  return requests[replies.length];
}
