import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CallBudget,
  createCallBudget,
  type Priority,
  type TimerClock,
} from '../../src/ecwid/call-budget.ts';
import { EcwidBudgetError } from '../../src/ecwid/errors.ts';
import type { AskedTokens } from '../../src/ecwid/shared-tokens.ts';
import { createTokenBucket } from '../../src/ecwid/token-bucket.ts';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/redis/connect-redis.ts';
import { createPatience, type Patience } from '../../src/redis/patience.ts';
import { createSharedCallBudget, type SharedCallBudgetOptions } from '../../src/redis/shared-call-budget.ts';
import { createRandom } from '../../src/sandbox/random.ts';
import { createFakeClock } from '../ecwid/fake-clock.ts';
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
    createSharedCallBudget(redis, {
      storeId,
      perMinute,
      patience: createPatience(log),
      now: () => clock.now,
    });
}
const ask = (wanted: Partial<AskedTokens>): AskedTokens => {
  const { placing = 0, others = 0, standing = 'known' } = wanted;
  return { placing, others, waiting: placing + others, standing };
};

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
    const [here, there] = [sourcesOf(60, clock, 'placing'), sourcesOf(60, clock, 'placing')].map((of) =>
      of(),
    );
    expect(await here?.take(ask({ others: 10, standing: 'new' }))).toMatchObject({ granted: 6 });
    expect(await there?.take(ask({ placing: 1 }))).toMatchObject({ granted: 0, nextMs: 1_137 });
    clock.now += 1_137;
    // Reads ask first, and are told to wait for the one after.
    expect(await here?.take(ask({ others: 4 }))).toMatchObject({
      granted: 0,
      othersWaitFor: 1,
      processes: 2,
    });
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

describe.runIf(runs)('budgets of two processes', () => {
  function budgetsOf(
    perMinute: number,
    options: Partial<Pick<SharedCallBudgetOptions, 'patience' | 'now'>> = {},
    clocks: readonly TimerClock[] = [],
  ) {
    const storeId = randomUUID();
    // Where Redis is there, how soon it answers is the machine's affair.
    const patience: Patience = (question) => question();
    const open = (clock?: TimerClock) => {
      const source = createSharedCallBudget(redis, { storeId, perMinute, patience, ...options });
      return createCallBudget({ perMinute, source, ...(clock && { clock }) });
    };
    return { here: open(clocks[0]), there: open(clocks[1]) };
  }
  /** So many calls at once, and how many of them were let go. */
  async function askFor(count: number, budget: CallBudget, waitMs: number, priority: Priority = 'read') {
    const calls = Array.from({ length: count }, () => budget.take(priority, { waitMs }));
    return (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length;
  }

  test('together send no more than one would, and each its part', async () => {
    const { here, there } = budgetsOf(600);
    const begun = performance.now();
    const [sentHere, sentThere] = await Promise.all([askFor(100, here, 3_000), askFor(100, there, 3_000)]);
    const most = 60 + (600 * 0.88 * (performance.now() - begun)) / 60_000;
    expect(sentHere + sentThere).toBeLessThanOrEqual(most);
    expect(sentHere + sentThere).toBeGreaterThan(70);
    expect(Math.min(sentHere, sentThere)).toBeGreaterThan(5);
    expect(here.waiting + there.waiting).toBe(0);
  });

  test('let placing in one go before the reads that wait in both', async () => {
    const { here, there } = budgetsOf(60);
    await askFor(6, here, 1_000);
    const ended: string[] = [];
    const reads = [here, there].map((budget) => askFor(2, budget, 20_000).then(() => ended.push('reads')));
    await sleep(100);
    const placed = askFor(2, there, 20_000, 'placing').then(() => ended.push('placing'));
    await placed;
    expect(ended).toEqual(['placing']);
    expect(here.waiting + there.waiting).toBeGreaterThanOrEqual(3);
    void Promise.all(reads);
  });

  test('refuse at once what could not begin in time', async () => {
    // Time that stands still: nobody has waited for anything but answers.
    const clocks = [createFakeClock(), createFakeClock()];
    const { here, there } = budgetsOf(60, { now: () => 1_700_000_000_000 }, clocks);
    expect(await askFor(6, here, 1_000)).toBe(6);
    // That it is too late is known by the first answer.
    const refusal = await there.take('read', { waitMs: 1_000 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EcwidBudgetError);
    expect((refusal as EcwidBudgetError).retryAfterMs).toBe(1_137);
    expect(there.left).toBe(0);
  });

  test('both pause where Ecwid has refused a call of one', async () => {
    const { here, there } = budgetsOf(600);
    expect([await askFor(1, here, 1_000), await askFor(1, there, 1_000)]).toEqual([1, 1]);
    here.throttled(20_000);
    expect(await askFor(1, here, 10_000)).toBe(0);
    await expect(there.take('placing', { waitMs: 10_000 })).rejects.toMatchObject({
      retryAfterMs: expect.toSatisfy((ms: number) => ms > 15_000 && ms < 21_000),
    });
  });

  test('ask Redis once for a burst, and never while nothing is asked of them', async () => {
    const { here } = budgetsOf(600);
    const countOf = async () => {
      const info = await server.client.info('commandstats');
      return Number(/cmdstat_evalsha:calls=(\d+)/.exec(info)?.[1] ?? 0);
    };
    await askFor(1, here, 1_000);
    const before = await countOf();
    expect(await askFor(50, here, 1_000)).toBe(50);
    expect((await countOf()) - before).toBe(1);
    await sleep(300);
    expect((await countOf()) - before).toBe(1);
  });

  test('each go on with a part while Redis hangs, do not wait for it, and share again when it is back', async () => {
    /** How many processes each answer has told of. */
    const told: number[] = [];
    const impatient = createPatience(log);
    let hangs = false;
    const patience: Patience = async (question) => {
      // A machine that is busy is no Redis that hangs.
      const answer = await (hangs ? impatient(question) : question());
      told.push((answer as number[])[5] ?? 0);
      return answer;
    };
    const clocks = [createFakeClock(), createFakeClock()] as const;
    let passed = 0;
    const pass = async (ms: number) => {
      passed += ms;
      for (const clock of clocks) await clock.pass(ms);
    };
    const { here, there } = budgetsOf(60_000, { patience }, clocks);
    for (const budget of [here, there, here]) expect(await askFor(1, budget, 1_000)).toBe(1);
    expect(told).toEqual([1, 2, 2]);

    server.pause();
    hangs = true;
    let sent = 0;
    for (const budget of [here, there]) void askFor(1, budget, 60_000).then((count) => (sent += count));
    await expect.poll(() => pass(10).then(() => sent)).toBe(2);
    // Half of 880 a second each, by clocks that nothing moves which Redis would have to answer.
    const calls = [here, there].map((budget) => askFor(2_000, budget, 1_000));
    await pass(1_000);
    for (const count of await Promise.all(calls)) {
      expect(count).toBeGreaterThanOrEqual(438);
      expect(count).toBeLessThanOrEqual(0.44 * passed);
    }
    expect(told).toHaveLength(3);

    server.resume();
    // What is sent meanwhile has it asked again.
    await expect
      .poll(async () => {
        void askFor(1, here, 1_000);
        await pass(10);
        return told[3];
      })
      .toBe(2);
  });

  test('go on where Redis is killed, and share again when it is there again', async () => {
    const { here, there } = budgetsOf(60_000, { patience: createPatience(log) });
    expect([await askFor(1, here, 1_000), await askFor(1, there, 1_000)]).toEqual([1, 1]);
    await server.kill();
    expect([await askFor(10, here, 2_000), await askFor(10, there, 2_000)]).toEqual([10, 10]);
    await server.start();
    await expect
      .poll(() => askFor(1, there, 1_000).then(() => there.left), { timeout: 15_000, interval: 100 })
      .toBeGreaterThan(4_000);
  });
});
