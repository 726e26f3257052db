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

export function createPatience(): Patience {
  let awayUntil = Number.NEGATIVE_INFINITY;

  return async (ask) => {
    if (performance.now() < awayUntil) throw new RedisAwayError();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new RedisAwayError()), answerMs);
    try {
      return await Promise.race([ask(), late]);
    } catch (cause) {
      awayUntil = performance.now() + awayMs;
      throw cause instanceof RedisAwayError ? cause : new RedisAwayError({ cause });
    } finally {
      clearTimeout(timer);
    }
  };
}
