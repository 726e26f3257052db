import type { Log } from '../log.ts';

/** Why nobody waits for Redis. */
export class RedisAwayError extends Error {
  override readonly name = 'RedisAwayError';

  constructor(options?: ErrorOptions) {
    super('Redis does not answer.', options);
  }
}

/** Asks, and rejects with a RedisAwayError where no answer has come soon; at once for a while after that. */
export type Patience = <Answer>(ask: () => Promise<Answer>) => Promise<Answer>;

/** For what can be done without Redis too: so long is it waited for, and so long it is not asked again. */
const answerMs = 250;
const awayMs = 2_000;

export function createPatience(log: Pick<Log, 'info' | 'warn'>): Patience {
  let awayUntil = Number.NEGATIVE_INFINITY;
  let isAway = false;

  function leave(error: unknown): void {
    awayUntil = performance.now() + awayMs;
    if (isAway) return;
    isAway = true;
    // Its own words may hold an address, or what was asked.
    const { code, name } = error as NodeJS.ErrnoException;
    log.warn({ code: code ?? name }, 'Going on without Redis');
  }

  function comeBack(): void {
    if (isAway) log.info('Going on with Redis again');
    isAway = false;
    awayUntil = Number.NEGATIVE_INFINITY;
  }

  return async (ask) => {
    const now = performance.now();
    if (now < awayUntil) throw new RedisAwayError();
    // One finds out for all.
    if (isAway) awayUntil = now + awayMs;
    const { promise: late, reject } = Promise.withResolvers<never>();
    // After a loop that was busy, timers come before what has arrived: that is read first.
    const timer = setTimeout(() => setImmediate(() => reject(new RedisAwayError())), answerMs);
    try {
      const answer = await Promise.race([ask(), late]);
      comeBack();
      return answer;
    } catch (cause) {
      leave(cause);
      throw cause instanceof RedisAwayError ? cause : new RedisAwayError({ cause });
    } finally {
      clearTimeout(timer);
    }
  };
}
