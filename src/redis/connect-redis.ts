import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../log.ts';
import { toRedisError } from './redis-error.ts';

/** Answers are of the same shapes whichever protocol is spoken. */
type Settings = Omit<RedisOptions, 'replyMapping'>;

export interface RedisConnectionOptions {
  readonly url: URL;
  /** Of every key and channel. */
  readonly prefix: string;
  readonly log: Log;
}

export interface RedisConnection {
  /** For commands. Each is answered or fails within a second, so that nobody waits for a Redis that is away. */
  readonly commands: Redis;
  /** Done when the first connection is there or could not be made: until then every command fails. */
  readonly tried: Promise<unknown>;
  /** A connection of its own for who listens to channels, with the same settings. */
  listener(): Redis;
  /** Ends such a one. */
  end(listener: Redis): void;
  /** Of each store, by its id, the memory of its journal that this process has seen last. */
  readonly epochs: Map<string, string>;
  /** The name of a key or a channel: of one store, in one slot of a cluster. */
  name(storeId: string, ...parts: readonly string[]): string;
  close(): Promise<void>;
}

/** How long a command may take, and how long connecting. */
const mostMs = 1_000;

/**
 * Redis, which may come and go: nobody waits for it, and it is connected to again by itself. TLS, user and password
 * are told by the URL.
 */
export function connectRedis({ url, prefix, log }: RedisConnectionOptions): RedisConnection {
  const settings: Settings = {
    connectTimeout: mostMs,
    commandTimeout: mostMs,
    // A line that nothing comes through any more is none; nobody else would tell for a quarter of an hour.
    socketTimeout: 5 * mostMs,
    // What cannot be sent now fails now: whoever asks has another way, or says that it has none.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // A script may have run although its answer was lost: whether it may run again is for its caller to say.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 6), 2_000),
    // A master that was replaced takes no writes any more, and its name leads to the new one by now.
    reconnectOnError: (error) => toRedisError(error).code === 'READONLY',
    connectionName: 'ecwid-graphql',
  };
  const opened = new Set<Redis>();
  let isAway = false;

  function open(extra: Settings = {}): Redis {
    const redis = new Redis(url.href, { ...settings, ...extra });
    // Its own words may hold the address, which is the operator's alone.
    redis.on('error', (error: Error) => {
      // It would go on with another one, and find there what is others'.
      if (/\bDB index\b/.test(error.message)) {
        log.error('Redis does not have the database that REDIS_URL names; it is done without Redis');
        redis.disconnect();
        return;
      }
      if (isAway) return;
      isAway = true;
      log.error({ code: toRedisError(error).code }, 'Redis is away');
    });
    redis.on('ready', () => {
      if (isAway) log.info('Redis is back');
      isAway = false;
    });
    opened.add(redis);
    return redis;
  }

  const commands = open();
  return {
    commands,
    tried: new Promise((resolve) => {
      commands.once('ready', resolve).once('close', resolve);
    }),
    // Who listens waits for nothing else, and is to be subscribed again after each absence.
    listener: () => open({ autoResubscribe: true, enableOfflineQueue: true, maxRetriesPerRequest: null }),
    end(listener) {
      opened.delete(listener);
      listener.disconnect();
    },
    epochs: new Map(),
    name: (storeId, ...parts) => `${prefix}{${storeId}}:${parts.join(':')}`,
    async close() {
      for (const redis of opened) redis.disconnect();
    },
  };
}
