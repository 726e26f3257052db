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

/** Held in memory, some 500 bytes for a caller until its window is over. */
export function createBudget(points: number, windowSeconds: number): Budget {
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds, keyPrefix: '' });
  // The limiter ends a window by a timer, and tells by the clock when that will be: the clock may jump.
  const secondsToWait = (ms: number) => Math.max(1, Math.min(Math.ceil(ms / 1_000), windowSeconds));

  async function expect(caller: string, wanted: number): Promise<void> {
    const state = await limiter.get(caller);
    const left = Math.max(points - (state?.consumedPoints ?? 0), 0);
    if (wanted > left)
      throw rateLimited({ wanted, left, retryAfter: secondsToWait(state?.msBeforeNext ?? Infinity) });
  }

  return {
    async spend(caller, asked = 1) {
      const wanted = Math.ceil(asked);
      // The limiter would add it up, and never refuse this caller again.
      if (Number.isNaN(wanted)) throw new RangeError('No number of points.');
      if (wanted <= 0) return;
      // Asked first, so that what is refused for its size leaves the caller what it had.
      await expect(caller, wanted);
      // Another request of the same moment can still have been quicker.
      await limiter.consume(caller, wanted).catch((reason: Error | RateLimiterRes) => {
        if (reason instanceof Error) throw reason;
        throw rateLimited({ wanted, left: 0, retryAfter: secondsToWait(reason.msBeforeNext) });
      });
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
