import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/redis/connect-redis.ts';
import { createPatience, RedisAwayError } from '../../src/redis/patience.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';

const log = createLog({ level: 'silent' });

describe.runIf(hasRedis('test/redis/patience.test.ts'))('patience with Redis', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  beforeAll(async () => {
    server = await startRedis();
    redis = connectRedis({ url: server.url, prefix: 'test:', log });
    await once(redis.commands, 'ready');
  });
  afterAll(async () => {
    await redis.close();
    await server.close();
  });

  test('takes an answer that came in time though this process was too busy to read it', async () => {
    const patience = createPatience(log);
    const answer = patience(() => redis.commands.ping());
    const begun = performance.now();
    while (performance.now() - begun < 400);
    expect(await answer).toBe('PONG');
    expect(await patience(() => redis.commands.ping())).toBe('PONG');
  });

  test('ends where no answer comes, and then nobody waits', async () => {
    const patience = createPatience(log);
    server.pause();
    await expect(patience(() => redis.commands.ping())).rejects.toBeInstanceOf(RedisAwayError);
    let isAsked = false;
    const next = patience(async () => {
      isAsked = true;
    });
    await expect(next).rejects.toBeInstanceOf(RedisAwayError);
    expect(isAsked).toBe(false);
    server.resume();
  });
});
