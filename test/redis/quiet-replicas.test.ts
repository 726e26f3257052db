import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AskedTokens, createSharedTokens } from '../../src/ecwid/shared-tokens.ts';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/redis/connect-redis.ts';
import { createPatience } from '../../src/redis/patience.ts';
import { createSharedCallBudget } from '../../src/redis/shared-call-budget.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';

const runs = hasRedis('test/redis/quiet-replicas.test.ts');
let server: RedisServer;
let redis: RedisConnection;
const log = createLog({ level: 'silent' });
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

describe.runIf(runs)('three processes that hardly ever call', () => {
  test('send no more than one would when Redis goes and much comes, though each was told that it is alone', async () => {
    const clock = { now: 1_700_000_000_000 };
    const told: number[] = [];
    const tokensOf = () => {
      const source = createSharedCallBudget(redis, {
        storeId: '1003',
        perMinute: 600,
        patience: createPatience(log),
        now: () => clock.now,
      });
      const take = async (asked: AskedTokens) => {
        const given = await source.take(asked);
        told.push(given.processes);
        return given;
      };
      return createSharedTokens({
        perMinute: 600,
        source: { ...source, take },
        clock: { monotonic: () => clock.now },
        onTold: () => {},
      });
    };
    const all = [tokensOf(), tokensOf(), tokensOf()];
    for (const [n, tokens] of all.entries()) {
      tokens.want?.({ placing: 0, others: 1, waiting: 1 }, clock.now);
      await expect.poll(() => told.length).toBe(n + 1);
      clock.now += 61_000;
    }
    expect(told).toEqual([1, 1, 1]);

    await server.kill();
    let sent = 0;
    for (let step = 0; step < 600; step += 1) {
      for (const tokens of all) {
        tokens.want?.({ placing: 0, others: 9, waiting: 9 }, clock.now);
        while (tokens.take(clock.now)) sent += 1;
      }
      await turn();
      clock.now += 100;
    }
    expect(sent).toBeLessThanOrEqual(600);
    expect(sent).toBeGreaterThan(400);
  });
});
