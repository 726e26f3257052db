import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallBudget, createCallBudget, type Priority } from '../../src/ecwid/call-budget.ts';
import { EcwidBudgetError } from '../../src/ecwid/errors.ts';
import type { AskedTokens } from '../../src/ecwid/shared-tokens.ts';
import { createTokenBucket } from '../../src/ecwid/token-bucket.ts';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/redis/connect-redis.ts';
import { createPatience } from '../../src/redis/patience.ts';
import { createSharedCallBudget } from '../../src/redis/shared-call-budget.ts';
import { createRandom } from '../../src/sandbox/random.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';

const runs = hasRedis('test/redis/shared-call-budget.test.ts');
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

/** What a process asks with, of a bucket that nobody has asked yet or of `storeId`'s, by a clock that a test moves. */
function sourcesOf(perMinute: number, clock: { now: number }, storeId: string = randomUUID()) {
  return () =>
    createSharedCallBudget(redis, { storeId, perMinute, patience: createPatience(), now: () => clock.now });
}
const ask = (wanted: Partial<AskedTokens>): AskedTokens => ({
  placing: 0,
  others: 0,
  standing: 'known',
  ...wanted,
});

describe.runIf(runs)('the bucket in Redis', () => {
  test.each([1, 7, 20, 60, 600])('of %i a minute gives what that of one process alone does', async (rate) => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const random = createRandom(seed * rate);
      const clock = { now: 1_700_000_000_000 };
      const source = sourcesOf(rate, clock)();
      const alone = createTokenBucket({ perMinute: rate, now: clock.now });
      for (let round = 0; round < 60; round += 1) {
        const others = random.integer(0, Math.ceil(rate / 8));
        const { granted, left, pauseMs } = await source.take(ask({ others, standing: 'new' }));
        let taken = 0;
        while (taken < others && alone.take(clock.now)) taken += 1;
        expect([granted, Math.floor(left + 1e-6)], `seed ${seed}, round ${round}`).toEqual([
          taken,
          alone.left(clock.now),
        ]);
        if (random.chance(0.1)) {
          const ms = random.integer(1_000, 60_000);
          await source.throttled(ms);
          alone.throttled(ms, clock.now);
          expect((await source.take(ask({}))).pauseMs).toBeGreaterThanOrEqual(Math.max(ms, pauseMs));
        }
        // Parts of a second that both can count: a token is there or not, and not nearly there.
        clock.now += random.integer(0, 40) * 250 + 125;
      }
    }
  });

  test('tells when the next one is there, to the millisecond', async () => {
    const clock = { now: 1_700_000_000_000 };
    const source = sourcesOf(60, clock)();
    expect(await source.take(ask({ others: 10, standing: 'new' }))).toMatchObject({
      granted: 6,
      nextMs: 1_137,
      processes: 1,
    });
    clock.now += 1_136;
    expect(await source.take(ask({ others: 4 }))).toMatchObject({ granted: 0, nextMs: 1 });
    clock.now += 1;
    expect(await source.take(ask({ others: 4 }))).toMatchObject({ granted: 1 });
  });

  test('keeps what comes for placing while any process waits to place', async () => {
    const clock = { now: 1_700_000_000_000 };
    const [here, there] = [sourcesOf(60, clock, 'placing'), sourcesOf(60, clock, 'placing')].map((of) => of());
    expect(await here?.take(ask({ others: 10, standing: 'new' }))).toMatchObject({ granted: 6 });
    expect(await there?.take(ask({ placing: 1 }))).toMatchObject({ granted: 0, nextMs: 1_137 });
    clock.now += 1_137;
    // Reads ask first, and are told to wait for the one after.
    expect(await here?.take(ask({ others: 4 }))).toMatchObject({ granted: 0, othersWaitFor: 1, processes: 2 });
    expect(await there?.take(ask({ placing: 1 }))).toMatchObject({ granted: 1 });
    clock.now += 1_137;
    expect(await here?.take(ask({ others: 4 }))).toMatchObject({ granted: 1, othersWaitFor: 0 });
  });

  test('forgets a process that waited to place and was killed', async () => {
    const clock = { now: 1_700_000_000_000 };
    const [here, killed] = [sourcesOf(60, clock, 'killed'), sourcesOf(60, clock, 'killed')].map((of) => of());
    await here?.take(ask({ others: 6, standing: 'new' }));
    await killed?.take(ask({ placing: 1 }));
    clock.now += 1_500;
    expect(await here?.take(ask({ others: 1 }))).toMatchObject({ granted: 1, processes: 2 });
    clock.now += 60_000;
    expect(await here?.take(ask({ others: 1 }))).toMatchObject({ granted: 1, processes: 1 });
  });

  test('is empty where it was forgotten, or was away', async () => {
    const clock = { now: 1_700_000_000_000 };
    const source = sourcesOf(600, clock)();
    expect(await source.take(ask({ others: 1, standing: 'new' }))).toMatchObject({ granted: 1, left: 59 });
    await server.client.flushall();
    expect(await source.take(ask({ others: 1, standing: 'known' }))).toMatchObject({ granted: 0, left: 0 });
    clock.now += 3_600_000;
    expect(await source.take(ask({ others: 0, standing: 'back' }))).toMatchObject({ left: 0 });
    clock.now += 1_200;
    expect(await source.take(ask({ others: 20 }))).toMatchObject({ granted: 10 });
  });
});
