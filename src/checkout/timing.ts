import { setTimeout as sleep } from 'node:timers/promises';

/** The time of this machine, as an argument, so that a test can be its master. */
export interface Clock {
  /** Milliseconds since 1970: what other processes read. It may jump. */
  now(): number;
  /** Milliseconds that only ever grow: for deadlines. */
  monotonic(): number;
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  sleep: (ms) => sleep(ms),
};

/** How long things take, in milliseconds. */
export interface Timing {
  /** Within which every caller is answered. */
  readonly deadlineMs: number;
  /** What one step, such as a call to Ecwid, may take at most. */
  readonly stepMs: number;
  /** Before the first look after a failure; later pauses are longer, up to 16 times this. */
  readonly pauseMs: number;
  /** Between two looks at a journal in which somebody else is at work. */
  readonly pollMs: number;
  /** For how long Ecwid may still carry out a request whose answer was lost. */
  readonly atWorkMs: number;
  /** For how long a search may miss what was written. The official client's own tests allow for 80 seconds. */
  readonly searchLagMs: number;
  /** From when on an order is believed that is recognised by the date of its placing alone. */
  readonly settlingMs: number;
}

export const defaultTiming: Timing = {
  deadlineMs: 30_000,
  stepMs: 10_000,
  pauseMs: 250,
  pollMs: 100,
  atWorkMs: 30_000,
  searchLagMs: 120_000,
  settlingMs: 10_000,
};

/** How long after it was written down whatever a request has made is there to be found: it may be late, and then missed. */
export function findableAfterMs({ atWorkMs, searchLagMs }: Timing): number {
  return atWorkMs + searchLagMs;
}
