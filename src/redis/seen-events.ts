import type { Log } from '../log.ts';
import type { SeenEvents } from '../webhooks/seen-events.ts';
import type { RedisConnection } from './connect-redis.ts';
import { createPatience } from './patience.ts';

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
  const patience = createPatience(log);
  return {
    async add(eventId) {
      if (!(await own.add(eventId))) return false;
      const key = redis.name(storeId, 'webhook', eventId);
      try {
        const answer = await patience(() => redis.commands.set(key, '', 'PX', rememberedMs, 'NX'));
        return answer === 'OK';
      } catch {
        // What another replica has seen is only looked at once more.
        return true;
      }
    },
  };
}
