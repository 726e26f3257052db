import { GraphQLError } from 'graphql';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** So many points for each caller, in each window of time from its first point on. */
export interface Budget {
  /**
   * Takes points, or none where fewer are left.
   * @throws GraphQLError RATE_LIMITED
   */
  spend(caller: string, points?: number): Promise<void>;
}

/** Points that callers have spent, each in windows of time from the first point on. */
export interface Counter {
  /** Takes points, or none where fewer are left. Rejects where it cannot be asked. */
  take(caller: string, wanted: number): Promise<Taken>;
}

export interface Taken {
  readonly isTaken: boolean;
  /** How many there were. */
  readonly left: number;
  /** Until the window ends. */
  readonly ms: number;
}

/** @param shared in which other processes count too. While it cannot be asked, and by default, memory alone counts */
export function createBudget(points: number, windowSeconds: number, shared?: Counter): Budget {
  const ofOwn = createCounter(points, windowSeconds);
  const take: Counter['take'] = shared
    ? (...asked) => shared.take(...asked).catch(() => ofOwn.take(...asked))
    : ofOwn.take;

  return {
    async spend(caller, asked = 1) {
      const wanted = Math.ceil(asked);
      // A counter would add it up, and never refuse this caller again.
      if (Number.isNaN(wanted)) throw new RangeError('No number of points.');
      if (wanted <= 0) return;
      const { isTaken, left, ms } = await take(caller, wanted);
      if (isTaken) return;
      // What ends a window is not the clock that it is told by: either may jump.
      const retryAfter = Math.max(1, Math.min(Math.ceil(ms / 1_000), windowSeconds));
      throw rateLimited({ wanted, left, retryAfter });
    },
  };
}

/** Held in memory, some 500 bytes for a caller until its window is over. */
function createCounter(points: number, windowSeconds: number): Counter {
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds, keyPrefix: '' });

  return {
    async take(caller, wanted) {
      // Asked first, so that what is refused for its size leaves the caller what it had.
      const state = await limiter.get(caller);
      const left = Math.max(points - (state?.consumedPoints ?? 0), 0);
      if (wanted > left) return { isTaken: false, left, ms: state?.msBeforeNext ?? Infinity };
      try {
        const { msBeforeNext: ms } = await limiter.consume(caller, wanted);
        return { isTaken: true, left, ms };
      } catch (reason) {
        if (reason instanceof Error) throw reason;
        // Another request of the same moment was quicker.
        return { isTaken: false, left: 0, ms: (reason as RateLimiterRes).msBeforeNext };
      }
    },
  };
}

function rateLimited({
  wanted,
  left,
  retryAfter,
}: {
  wanted: number;
  left: number;
  retryAfter: number;
}): GraphQLError {
  const message =
    left === 0
      ? `Too many requests; there is room for more in ${retryAfter} s.`
      : `Too much at once: this counts as ${wanted}, and ${left} are left for the next ${retryAfter} s.`;
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfter,
      http: { status: 429, headers: { 'retry-after': String(retryAfter) } },
    },
  });
}
