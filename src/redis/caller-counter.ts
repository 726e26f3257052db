import { createHmac } from 'node:crypto';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Counter } from '../server/budget.ts';
import type { RedisConnection } from './connect-redis.ts';
import type { Patience } from './patience.ts';

/**
 * In place of the limiter's own script, which counts also what it refuses: points are taken together or not at all, and
 * what they would come to is answered either way. By one command, since most requests need no other.
 */
const takeAllOrNone = `
local taken = tonumber(redis.call('GET', KEYS[1]) or 0)
local ttl = redis.call('PTTL', KEYS[1])
local total = taken + ARGV[1]
if total <= tonumber(ARGV[3]) then
  if ttl < 0 then
    redis.call('SET', KEYS[1], total, 'EX', ARGV[2])
  else
    redis.call('INCRBY', KEYS[1], ARGV[1])
  end
end
if ttl < 0 then ttl = 1000 * ARGV[2] end
return {total, ttl}
`;

export interface CallerCountersOptions {
  readonly storeId: string;
  /** By which callers' names are hashed: they are addresses too, of which there are few enough to try. */
  readonly secret: string;
  readonly patience: Patience;
}

/** What callers have spent, counted for all processes of a store. */
export function createCallerCounters(
  { commands, name }: Pick<RedisConnection, 'commands' | 'name'>,
  { storeId, secret, patience }: CallerCountersOptions,
): (budget: string, points: number, windowSeconds: number) => Counter {
  return (budget, points, windowSeconds) => {
    const limiter = new RateLimiterRedis({
      storeClient: commands,
      keyPrefix: name(storeId, 'callers', budget),
      points,
      duration: windowSeconds,
      customIncrTtlLuaScript: takeAllOrNone,
    });
    const keyOf = (caller: string) => createHmac('sha256', secret).update(caller).digest('base64url');
    // What is refused is rejected with, as a failure is.
    const consume = (caller: string, wanted: number) =>
      limiter.consume(keyOf(caller), wanted).catch((reason: unknown) => {
        if (reason instanceof RateLimiterRes) return reason;
        throw reason;
      });

    return {
      async take(caller, wanted) {
        const { consumedPoints, msBeforeNext } = await patience(() => consume(caller, wanted));
        return {
          isTaken: consumedPoints <= points,
          left: Math.max(points - consumedPoints + wanted, 0),
          ms: msBeforeNext,
        };
      },
    };
  };
}
