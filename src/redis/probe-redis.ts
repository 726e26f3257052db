import { Redis } from 'ioredis';
import { RedisError, toRedisError } from './redis-error.ts';

export interface RedisProbe {
  /** Such as `7.0.15`. */
  readonly version: string;
  /** Whether what is written stays until it is to go. */
  readonly mayEvict: boolean;
  /** Whether what is written is on a disk. */
  readonly isAppending: boolean;
}

export interface ProbeOptions {
  readonly url: URL;
  readonly prefix: string;
  readonly patienceMs: number;
}

// As the journal writes: by a script. It leaves nothing.
const write = "redis.call('set', KEYS[1], '', 'px', 1000) redis.call('del', KEYS[1]) return 'OK'";

/**
 * Looks once at what is there, over a connection of its own.
 * @throws RedisError, with what the network or TLS says too as its code, and SELECT where there is no such database
 */
export async function probeRedis({ url, prefix, patienceMs }: ProbeOptions): Promise<RedisProbe> {
  const redis = new Redis(url.href, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: Error | undefined;
  // What ioredis rejects with says only that there is no connection.
  redis.on('error', (error: Error) => {
    failure ??= error;
  });
  try {
    await redis.connect();
    await select(redis);
    const info = await redis.info();
    const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
    const version = field('redis_version');
    if (version === '') throw new RedisError('ERR');
    const probe = `${prefix}{doctor}:probe`;
    await redis.eval(write, 1, probe);
    // Keys and channels are permitted each by themselves. Who has subscribed can ask nothing else.
    await redis.publish(probe, '');
    await redis.subscribe(probe);
    return {
      version,
      mayEvict: Number(field('maxmemory')) > 0 && field('maxmemory_policy') !== 'noeviction',
      isAppending: field('aof_enabled') === '1',
    };
  } catch (error) {
    if (error instanceof RedisError) throw error;
    const { code } = (failure ?? {}) as NodeJS.ErrnoException;
    throw new RedisError(code ?? toRedisError(failure ?? error).code);
  } finally {
    redis.disconnect();
  }
}

/** The database of the URL, since ioredis goes on in the first one where there is none of that number. */
async function select(redis: Redis): Promise<void> {
  const { db = 0 } = redis.options;
  // A user may do without the command where there is nothing to select.
  if (Number(db) === 0) return;
  await redis.select(db).catch((error: unknown) => {
    const failure = toRedisError(error);
    throw failure.code === 'ERR' ? new RedisError('SELECT') : failure;
  });
}
