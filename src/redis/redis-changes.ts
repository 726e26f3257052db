import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Change, type Changes, createChanges } from '../changes/changes.ts';
import type { Log } from '../log.ts';
import type { RedisConnection } from './connect-redis.ts';
import { toRedisError } from './redis-error.ts';

export interface RedisChangesOptions {
  readonly redis: RedisConnection;
  readonly storeId: string;
  readonly log: Log;
}

/** How often it is looked whether the connection still is one: nothing else would tell of a line that was cut. */
const lookMs = 10_000;

/** Where it may not be listened, asking again at once would change nothing. */
const pauseMs = 2_000;

/**
 * For several processes: who has published a change hears of it at once, the others through Redis, each once. While
 * Redis is away, each process hears of its own.
 */
export function createRedisChanges({ redis, storeId, log }: RedisChangesOptions): Changes {
  const here = createChanges();
  const ownId = randomUUID();
  const channel = redis.name(storeId, 'changes');
  const missed = new Set<() => void>();
  const tellMissed = () => {
    for (const listener of missed) listener();
  };

  let generation = 0;
  let isTold = false;
  const connection = redis.listener();
  connection.on('message', (_channel: string, message: string) => {
    const told = readMessage(message);
    if (told && told.from !== ownId) here.publish(told.change);
  });
  connection.on('close', tellMissed);
  connection.on('ready', async () => {
    generation += 1;
    const own = generation;
    const isCurrent = () => own === generation && connection.status === 'ready';
    try {
      await connection.subscribe(channel);
      isTold = false;
      tellMissed();
      while (isCurrent()) {
        await connection.ping();
        await sleep(lookMs, undefined, { ref: false });
      }
    } catch (error) {
      if (!isCurrent()) return;
      if (!isTold)
        log.error({ code: toRedisError(error).code }, 'changes by other processes are not heard of');
      isTold = true;
      await sleep(pauseMs, undefined, { ref: false });
      // Whatever comes of a connection like this, another one is to be trusted more.
      if (isCurrent()) connection.disconnect(true);
    }
  });

  return {
    ...here,
    publish(change) {
      here.publish(change);
      redis.commands.publish(channel, JSON.stringify({ ...change, from: ownId })).catch((error: unknown) => {
        log.warn({ code: toRedisError(error).code }, 'a change was told to this process alone');
      });
    },
    onMissed(listener) {
      missed.add(listener);
      return () => void missed.delete(listener);
    },
    async close() {
      generation += 1;
      missed.clear();
      await here.close();
      redis.end(connection);
    },
  };
}

/** Whoever may write to Redis may write anything. */
function readMessage(message: string): { readonly from: unknown; readonly change: Change } | undefined {
  try {
    const { from, kind, id } = JSON.parse(message);
    if ((kind === 'cart' || kind === 'order') && typeof id === 'string')
      return { from, change: { kind, id } };
  } catch {
    // As below.
  }
  return undefined;
}
