import { type Attempt, type Journal, JournalError, type Outcome } from '../../src/checkout/journal.ts';
import { type Clock, systemClock } from '../../src/checkout/timing.ts';
import type { WrittenOrder } from '../../src/ecwid/tolerant.ts';

/** What is remembered of one key. Never changed, only replaced, so that a copy of the map is a copy of all. */
export interface JournalRecord {
  readonly claim: { readonly holder: string; readonly until: number } | null;
  readonly attempts: readonly Attempt[];
  readonly outcome: Outcome | null;
}

export interface MemoryJournalOptions {
  readonly clock?: Pick<Clock, 'now'>;
  /** What outlives the journal, as a file would; journals that share it are those of several processes. */
  readonly records?: Map<string, JournalRecord>;
  /** By cart, the orders that they were said to become. */
  readonly learnt?: Map<string, WrittenOrder>;
}

const nothing: JournalRecord = { claim: null, attempts: [], outcome: null };

/** A journal that a test can look into, copy, and set back. */
export function createMemoryJournal({
  clock = systemClock,
  records = new Map(),
  learnt = new Map(),
}: MemoryJournalOptions = {}): Journal {
  let isClosed = false;
  const recordOf = (key: string) => records.get(key) ?? nothing;
  const change = (key: string, changes: Partial<JournalRecord>) =>
    records.set(key, { ...recordOf(key), ...changes });
  const atomically = async <Value>(work: () => Value): Promise<Value> => {
    if (isClosed) throw new JournalError();
    return work();
  };

  return {
    read: (key) =>
      atomically(() => {
        const { outcome, attempts } = recordOf(key);
        return { outcome, attempts };
      }),

    claim: (key, holder, leaseMs) =>
      atomically(() => {
        const { claim, outcome, attempts } = recordOf(key);
        const now = clock.now();
        const isFree = !claim || claim.holder === holder || claim.until <= now || claim.until > now + leaseMs;
        const isHeld = isFree && !outcome;
        if (isHeld) change(key, { claim: { holder, until: now + leaseMs } });
        return { outcome, attempts, isHeld };
      }),

    release: (key, holder) =>
      atomically(() => {
        if (recordOf(key).claim?.holder === holder) change(key, { claim: null });
      }),

    intend: (key, { id, sentAt, evidence, request, owner }, knownIds) =>
      atomically(() => {
        const { outcome, attempts } = recordOf(key);
        if (outcome || attempts.some((attempt) => !knownIds.includes(attempt.id))) return false;
        const others = attempts.filter((attempt) => attempt.id !== id);
        const all = [...others, asStored({ id, sentAt, evidence, isDenied: false, request, owner })];
        change(key, { attempts: all.sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1)) });
        return true;
      }),

    deny: (key, attemptId) =>
      atomically(() => {
        const { attempts } = recordOf(key);
        change(key, {
          attempts: attempts.map((attempt) =>
            attempt.id === attemptId ? { ...attempt, isDenied: true } : attempt,
          ),
        });
      }),

    withdraw: (key, attemptIds) =>
      atomically(() => {
        change(key, { attempts: recordOf(key).attempts.filter(({ id }) => !attemptIds.includes(id)) });
      }),

    settle: (key, outcome) =>
      atomically(() => {
        const standing = recordOf(key).outcome ?? asStored(outcome);
        change(key, { outcome: standing, attempts: [] });
        return standing;
      }),

    keyOf: ({ known }) =>
      atomically(() => {
        for (const [key, { outcome }] of records) {
          if (outcome && isSame(outcome.order.known, known)) return key;
        }
        return null;
      }),

    learn: (cartId, order) => atomically(() => void learnt.set(cartId, asStored(order))),

    learnt: (cartId) => atomically(() => learnt.get(cartId) ?? null),

    close: async () => {
      isClosed = true;
    },
  };
}

type Names = Outcome['order']['known'];

function isSame(a: Names, b: Names): boolean {
  const isShared = (one: unknown, other: unknown) =>
    one !== undefined && one !== null && String(one) === String(other);
  return isShared(a.id, b.id) || isShared(a.orderNumber, b.orderNumber);
}

/** As it comes back from a file: a copy, without what JSON leaves out. */
function asStored<Value extends object>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}
