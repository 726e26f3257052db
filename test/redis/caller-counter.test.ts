import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createCallerCounters } from '../../src/redis/caller-counter.ts';
import { connectRedis, type RedisConnection } from '../../src/redis/connect-redis.ts';
import { createPatience } from '../../src/redis/patience.ts';
import { createBudget } from '../../src/server/budget.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';

const runs = hasRedis('test/redis/caller-counter.test.ts');
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

/** The same budget in two processes. */
function budgetsOf(points: number, windowSeconds = 60) {
  const storeId = randomUUID();
  const [here, there] = [1, 2].map(() => {
    const counterOf = createCallerCounters(redis, {
      storeId,
      secret: 'secret',
      patience: createPatience(log),
    });
    return createBudget(points, windowSeconds, counterOf('requests', points, windowSeconds));
  });
  if (!here || !there) throw new Error('No budgets.');
  return { here, there };
}
const refused = { extensions: { code: 'RATE_LIMITED', http: { status: 429 } } };

describe.runIf(runs)('budgets of a caller in two processes', () => {
  test('are one', async () => {
    const { here, there } = budgetsOf(3);
    await here.spend('a', 2);
    await there.spend('a');
    for (const budget of [here, there]) await expect(budget.spend('a')).rejects.toMatchObject(refused);
    await there.spend('b');
  });

  test('are not overdrawn by many who spend at once', async () => {
    const { here, there } = budgetsOf(10);
    const spent = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => (index % 2 ? here : there).spend('a')),
    );
    expect(spent.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  test('say how much is asked for and how much is left, and take nothing then', async () => {
    const { here, there } = budgetsOf(10);
    await expect(there.spend('a', 11)).rejects.toMatchObject({
      message: 'Too much at once: this counts as 11, and 10 are left for the next 60 s.',
    });
    await here.spend('a', 4);
    await expect(there.spend('a', 7)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^Too much at once: this counts as 7, and 6 are left for the next \d+ s\.$/,
      ),
      ...refused,
    });
    await there.spend('a', 6);
    await expect(here.spend('a')).rejects.toMatchObject({
      message: expect.stringMatching(/^Too many requests; there is room for more in \d+ s\.$/),
      extensions: { retryAfter: expect.toSatisfy((seconds: number) => seconds > 50 && seconds <= 60) },
    });
  });

  test('begin anew when their window is over', async () => {
    const { here, there } = budgetsOf(1, 1);
    await here.spend('a');
    await expect(there.spend('a')).rejects.toMatchObject({ extensions: { retryAfter: 1 } });
    await expect
      .poll(() =>
        there.spend('a').then(
          () => 'spent',
          () => 'refused',
        ),
      )
      .toBe('spent');
  });

  test('are asked of Redis by one command, and by none for what weighs nothing', async () => {
    const { here } = budgetsOf(10);
    await here.spend('a');
    await server.client.config('RESETSTAT');
    await here.spend('a');
    await here.spend('a', 0);
    const [, calls] = /cmdstat_evalsha:calls=(\d+)/.exec(await server.client.info('commandstats')) ?? [];
    expect(calls).toBe('1');
  });

  test('name nobody in Redis, and are gone with their window', async () => {
    await server.client.flushall();
    const { here } = budgetsOf(10);
    for (const caller of ['192.0.2.7', 'customer:4711']) await here.spend(caller);
    const keys = await server.client.keys('*');
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(key).not.toMatch(/192|4711/);
      expect(await server.client.ttl(key)).toBeLessThanOrEqual(60);
      expect(await server.client.ttl(key)).toBeGreaterThan(0);
    }
  });

  test('are each their own while Redis hangs, which is waited for once, and one again when it is back', async () => {
    const { here, there } = budgetsOf(2);
    await here.spend('a', 2);
    server.pause();
    for (const budget of [here, there]) {
      const begun = performance.now();
      await budget.spend('a', 2);
      const waited = performance.now() - begun;
      expect(waited).toBeGreaterThan(200);
      await expect(budget.spend('a')).rejects.toMatchObject(refused);
      await budget.spend('b');
      expect(performance.now() - begun - waited).toBeLessThan(200);
    }
    server.resume();
    let tries = 0;
    const spentByBoth = async () => {
      tries += 1;
      const caller = `c${tries}`;
      const spent = await Promise.allSettled([here, there].map((budget) => budget.spend(caller, 2)));
      return spent.filter(({ status }) => status === 'fulfilled').length;
    };
    await expect.poll(spentByBoth, { timeout: 10_000, interval: 100 }).toBe(1);
  });
});
