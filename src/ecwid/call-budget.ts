import type { EndSignal } from './end-signal.ts';
import { EcwidBudgetError, EcwidTimeoutError } from './errors.ts';
import { createSharedTokens, type TokenSource } from './shared-tokens.ts';
import { limitTime } from './time-limit.ts';
import { createTokenBucket, type Wanted } from './token-bucket.ts';

/** What goes first where not everything can go: placing, then single reads, then searches. */
export const priorities = ['placing', 'read', 'search'] as const;

export type Priority = (typeof priorities)[number];

/** The calls that a token may make of Ecwid, in the order in which they matter. */
export interface CallBudget {
  /**
   * Resolves when one call may be sent, which is then counted, with what is to be called when it has ended. Rejects
   * with the signal's reason where that aborts, and with an EcwidTimeoutError once it has waited for `deadlineMs`.
   * @throws EcwidBudgetError as soon as it is known that the call could not begin within `waitMs`
   */
  take(priority: Priority, options: TakeOptions): Promise<Release>;
  /**
   * Ecwid has refused a call as one too many: nothing is sent for so long, 5 seconds unless it says, and less from
   * then on. The rate comes back slowly while nothing more is refused.
   */
  throttled(retryAfterMs?: number): void;
  /** Calls that could be sent at this moment. */
  readonly left: number;
  /** Calls that wait for their turn. */
  readonly waiting: number;
}

export type Release = () => void;

export interface TakeOptions {
  /** In which the call has to begin. It may wait on where only a place is missing, since that may be free at once. */
  readonly waitMs: number;
  /** In which the call has to end. Default no end. */
  readonly deadlineMs?: number;
  readonly signal?: EndSignal | undefined;
}

/** Time as an argument, so that a test can be its master. */
export interface TimerClock {
  /** Milliseconds that only ever grow. */
  monotonic(): number;
  /** Calls back once, after so long; returns what cancels that. */
  setTimer(ms: number, callBack: () => void): () => void;
}

const systemClock: TimerClock = {
  monotonic: () => performance.now(),
  setTimer(ms, callBack) {
    const timer = setTimeout(callBack, ms).unref();
    return () => clearTimeout(timer);
  },
};

export interface CallBudgetOptions {
  /** A whole number from 1 on, or Infinity: then calls wait only where Ecwid says so. */
  readonly perMinute: number;
  /**
   * How many calls may be under way at once: as many as there are sockets, so that a call is sent when it is counted,
   * and who waits for a socket does so here, in the order in which calls matter. Default any number.
   */
  readonly atOnce?: number;
  /** What gives tokens to all processes of the store. Default none: this one has all of them. */
  readonly source?: TokenSource | undefined;
  readonly clock?: TimerClock;
}

interface Waiting {
  /** By when it has to begin, on the clock. */
  readonly until: number;
  /** By when it has to end. */
  readonly endsAt: number;
  go(release: Release): void;
  refuse(reason: unknown): void;
}

/** Who waits, by what goes first, the longest of each in front. */
type Line = Record<Priority, Waiting[]>;

/** While reads and searches both wait, a search goes after so many reads: never first, and never not at all. */
const readsPerSearch = 4;

/** In less a call comes to nothing, and its token would be lost. */
export const leastMs = 1;

/** Of the calls at once, all but those for placing: where reads hang, it has the rest to itself. */
const shareOfOthers = 0.8;

const pause = { defaultMs: 5_000, leastMs: 1_000, mostMs: 60_000 };

/** Who goes next, and when: by tokens of this process alone, or by those that all processes of a store share. */
export function createCallBudget({
  perMinute,
  atOnce = Number.POSITIVE_INFINITY,
  source,
  clock = systemClock,
}: CallBudgetOptions): CallBudget {
  const tokens = source
    ? createSharedTokens({ perMinute, source, clock, onTold: () => settle() })
    : createTokenBucket({ perMinute, now: clock.monotonic() });
  let readsInARow = 0;
  let line: Line = { placing: [], read: [], search: [] };
  /** None of them has to begin sooner. */
  let leastUntil = Number.POSITIVE_INFINITY;
  let cancelTimer: (() => void) | undefined;
  let underWay = 0;

  /** How many more calls may begin. */
  function roomFor(priority: Priority): number {
    return (priority === 'placing' ? atOnce : Math.ceil(atOnce * shareOfOthers)) - underWay;
  }

  /** Each who waits may go, waits on, or learns that its turn would come too late. */
  function settle(now = clock.monotonic()): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (lengthOf(line) === 0) return;
    if (now + tokens.msUntil(lengthOf(line), now) > leastUntil) refuseLate(now);
    for (;;) {
      const priority = nextOf(line, readsInARow);
      if (!priority || !mayBegin(priority, now)) break;
      line[priority].shift()?.go(begin(priority));
    }
    if (tokens.want) {
      const wanted = wantedNow();
      if (wanted.placing + wanted.others > 0) tokens.want(wanted, now);
    }
    const ms = Math.ceil(tokens.msUntil(1, now));
    // Else it is a call that ends, or what gives tokens, which lets the next one go.
    if (lengthOf(line) > 0 && ms > 0) cancelTimer = clock.setTimer(ms, () => settle());
  }

  function wantedNow(): Wanted {
    const placing = Math.min(line.placing.length, Math.max(roomFor('placing'), 0));
    const others = Math.min(line.read.length + line.search.length, Math.max(roomFor('read') - placing, 0));
    return { placing, others, waiting: lengthOf(line) };
  }

  /** Goes through all who wait, in the order in which they will go as far as is known. */
  function refuseLate(now: number): void {
    const before = line;
    line = { placing: [], read: [], search: [] };
    leastUntil = Number.POSITIVE_INFINITY;
    for (let reads = readsInARow; ; ) {
      const priority = nextOf(before, reads);
      const next = priority && before[priority].shift();
      if (!next) break;
      // Those who came together have no time left together, and timers tell them one after another.
      if (now > next.endsAt - leastMs) {
        next.refuse(new EcwidTimeoutError());
        continue;
      }
      const ms = tokens.msUntil(lengthOf(line) + 1, now);
      if (now + ms > next.until) {
        next.refuse(new EcwidBudgetError(Math.ceil(ms)));
        continue;
      }
      reads = readsAfter(priority, reads);
      line[priority].push(next);
      leastUntil = Math.min(leastUntil, next.until);
    }
  }

  function mayBegin(priority: Priority, now: number): boolean {
    return roomFor(priority) > 0 && tokens.take(now);
  }

  function begin(priority: Priority): Release {
    underWay += 1;
    readsInARow = readsAfter(priority, readsInARow);
    return createRelease();
  }

  function createRelease(): Release {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      underWay -= 1;
      settle();
    };
  }

  return {
    take(priority, { waitMs, deadlineMs = Number.POSITIVE_INFINITY, signal }) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (deadlineMs < leastMs) return Promise.reject(new EcwidTimeoutError());
      const now = clock.monotonic();
      if (lengthOf(line) === 0 && waitMs >= 0 && mayBegin(priority, now)) {
        return Promise.resolve(begin(priority));
      }
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          until: now + Math.min(waitMs, deadlineMs - leastMs),
          endsAt: now + deadlineMs,
          go(release) {
            endLimit();
            resolve(release);
          },
          refuse(reason) {
            endLimit();
            reject(reason);
          },
        };
        const endLimit = limitTime({ ms: deadlineMs, signal }, (reason) => {
          waiting.refuse(reason);
          line[priority] = line[priority].filter((other) => other !== waiting);
          settle();
        });
        line[priority].push(waiting);
        leastUntil = Math.min(leastUntil, waiting.until);
        settle(now);
      });
    },

    throttled(retryAfterMs = pause.defaultMs) {
      const now = clock.monotonic();
      tokens.throttled(Math.min(Math.max(retryAfterMs, pause.leastMs), pause.mostMs), now);
      settle(now);
    },

    get left() {
      return tokens.left(clock.monotonic());
    },

    get waiting() {
      return lengthOf(line);
    },
  };
}

function lengthOf({ placing, read, search }: Line): number {
  return placing.length + read.length + search.length;
}

const readFirst = ['read', 'search'] as const;
const searchFirst = ['search', 'read'] as const;

/** Whose turn it is. */
function nextOf(line: Line, readsInARow: number): Priority | undefined {
  if (line.placing.length > 0) return 'placing';
  const [first, second] = readsInARow < readsPerSearch ? readFirst : searchFirst;
  if (line[first].length > 0) return first;
  return line[second].length > 0 ? second : undefined;
}

/** Reads in a row when one of `priority` has gone; placing is no concern of theirs. */
function readsAfter(priority: Priority, reads: number): number {
  if (priority === 'placing') return reads;
  return priority === 'read' ? reads + 1 : 0;
}
