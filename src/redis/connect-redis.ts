import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../log.ts';

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
    // What cannot be sent now fails now: whoever asks has another way, or says that it has none.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // A script may have run although its answer was lost: whether it may run again is for its caller to say.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 6), 2_000),
    // A master that was replaced takes no writes any more, and its name leads to the new one by now.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    connectionName: 'ecwid-graphql',
  };
  const opened: Redis[] = [];
  let isAway = false;

  function open(extra: Settings = {}): Redis {
    const redis = new Redis(url.href, { ...settings, ...extra });
    // Its own words may hold the address, which is the operator's alone.
    redis.on('error', (error: NodeJS.ErrnoException) => {
      if (isAway) return;
      isAway = true;
      log.error({ code: error.code ?? error.name }, 'Redis is away');
    });
    redis.on('ready', () => {
      if (isAway) log.info('Redis is back');
      isAway = false;
    });
    opened.push(redis);
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
    name: (storeId, ...parts) => `${prefix}{${storeId}}:${parts.join(':')}`,
    async close() {
      for (const redis of opened) redis.disconnect();
    },
  };
}
