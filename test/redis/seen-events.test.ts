import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/redis/connect-redis.ts';
import { createRedisSeenEvents } from '../../src/redis/seen-events.ts';
import { createSeenEvents } from '../../src/webhooks/seen-events.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';

const runs = hasRedis('test/redis/seen-events.test.ts');
const log = createLog({ level: 'silent' });
let server: RedisServer;
let redis: RedisConnection;
beforeAll(async () => {
  if (!runs) return;
  server = await startRedis();
  redis = connectRedis({ url: server.url, prefix: 'test:', log });
  await once(redis.commands, 'ready');
});
afterAll(async () => {
  await redis?.close();
  await server?.close();
});

describe.runIf(runs)('events that were seen', () => {
  test('are told by one’s own memory while Redis hangs, which is waited for once', async () => {
    const rememberedMs = 60_000;
    const seen = createRedisSeenEvents({
      redis,
      storeId: '1',
      rememberedMs,
      own: createSeenEvents({ rememberedMs }),
      log,
    });
    server.pause();
    for (const eventId of ['a', 'b', 'c']) expect(await seen.add(eventId)).toBe(true);
    expect(await seen.add('b')).toBe(false);
    server.resume();
    // What was sent meanwhile is done first.
    await server.client.ping();
    expect(await server.client.keys('*')).toEqual(['test:{1}:webhook:a']);
  });
});
