/** What a budget of calls is made of: a call takes one. */
export interface Tokens {
  /** Takes one, where there is one to be had at this moment. */
  take(now: number): boolean;
  /** How many there are, as far as is known. */
  left(now: number): number;
  /** How long until there are as many, as far as is known. */
  msUntil(count: number, now: number): number;
  /** None for so long. */
  throttled(pauseMs: number, now: number): void;
  /** Where tokens have to be asked for: so many are wanted. */
  want?(wanted: Wanted, now: number): void;
}

/** Calls that would begin, had they tokens. */
export interface Wanted {
  readonly placing: number;
  readonly others: number;
  /** These, and those that wait for a place too. */
  readonly waiting: number;
}

/** Of the full rate: how far it can fall, and what comes back for each minute after a pause. */
export const learning = { factor: 0.8, leastShare: 0.1, backPerMinute: 0.05 };

/**
 * A bucket of tokens. A full one and what flows in within a minute together are the most that any minute can see, so
 * it holds a tenth of the rate, or one, and a little less than the other nine tenths flow in: some calls take longer
 * on their way than others, so that Ecwid counts them closer together. Below 10 a minute may see less than one call
 * more than the rate, which is none.
 */
export const bucket = { shareAtOnce: 0.1, leastAtOnce: 1, shareOfFlow: 0.88 };

export interface TokenBucketOptions {
  /** A whole number from 1 on, or Infinity. */
  readonly perMinute: number;
  readonly now: number;
  /** Default false. */
  readonly isEmpty?: boolean;
}

/** One that fills by the clock. */
export function createTokenBucket({ perMinute, now: begunAt, isEmpty = false }: TokenBucketOptions): Tokens {
  // Infinity cannot be counted down. No process sends as many.
  const fullRate = Math.min(perMinute, 1e9);
  let learntRate = fullRate;
  let pausedUntil = begunAt;
  let tokens = isEmpty ? 0 : capacityAt(fullRate);
  /** Up to when tokens have flowed in: in a pause its end, and the bucket is empty. */
  let filledUntil = pausedUntil;

  function rateAt(now: number): number {
    const minutes = Math.floor(Math.max(now - pausedUntil, 0) / 60_000);
    return Math.min(learntRate + minutes * learning.backPerMinute * fullRate, fullRate);
  }

  function fill(now: number): void {
    if (now < filledUntil) return;
    const rate = rateAt(now);
    tokens = Math.min(tokens + (now - filledUntil) * tokensPerMs(rate), capacityAt(rate));
    filledUntil = now;
  }

  return {
    take(now) {
      fill(now);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    left(now) {
      fill(now);
      return Math.floor(tokens);
    },
    msUntil(count, now) {
      fill(now);
      return Math.max(filledUntil - now, 0) + Math.max(count - tokens, 0) / tokensPerMs(rateAt(now));
    },
    throttled(pauseMs, now) {
      // Calls of one burst are refused together, which says no more than the first of them did.
      if (now >= pausedUntil) {
        learntRate = Math.max(rateAt(now) * learning.factor, fullRate * learning.leastShare);
      }
      pausedUntil = Math.max(pausedUntil, now + pauseMs);
      // Whatever was thought to be left, Ecwid knows better.
      tokens = 0;
      filledUntil = pausedUntil;
    },
  };
}

export function capacityAt(perMinute: number): number {
  return Math.max(perMinute * bucket.shareAtOnce, bucket.leastAtOnce);
}

export function tokensPerMs(perMinute: number): number {
  return (perMinute * bucket.shareOfFlow) / 60_000;
}
