import type { Log } from '../log.ts';
import type { SeenEvents } from '../webhooks/seen-events.ts';
import type { RedisConnection } from './connect-redis.ts';

export interface RedisSeenEventsOptions {
  readonly redis: Pick<RedisConnection, 'commands' | 'name'>;
  readonly storeId: string;
  readonly rememberedMs: number;
  /** Of this process alone: all that there is while Redis is away. */
  readonly own: SeenEvents;
  readonly log: Log;
}

/** For all replicas: whichever of them an event comes to again. */
export function createRedisSeenEvents({
  redis,
  storeId,
  rememberedMs,
  own,
  log,
}: RedisSeenEventsOptions): SeenEvents {
  return {
    async add(eventId) {
      if (!(await own.add(eventId))) return false;
      const key = redis.name(storeId, 'webhook', eventId);
      try {
        return (await redis.commands.set(key, '', 'PX', rememberedMs, 'NX')) === 'OK';
      } catch {
        // What another replica has seen is only looked at once more.
        log.warn('whether a webhook is new was told without Redis');
        return true;
      }
    },
  };
}
