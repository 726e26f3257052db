import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Journal, JournalError } from '../../src/checkout/journal.ts';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/redis/connect-redis.ts';
import { createRedisJournal } from '../../src/redis/redis-journal.ts';
import { describeJournal } from '../checkout/journal-cases.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';

const key = 'cart/0001';
const order = { key: 'AB1CD', known: { id: 'AB1CD', orderNumber: '108394551' } };
const attempt = { id: 'a', sentAt: 1, evidence: { email: 'a@b.c' } };
const leaseMs = 12_000;
const days = 24 * 3_600_000;

const log = createLog({ level: 'silent' });

describe.runIf(hasRedis('test/redis/redis-journal.test.ts'))('in Redis', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    await server.client.flushall();
    redis = await connect();
  });
  afterEach(() => redis.close());

  async function connect(prefix = 'test:'): Promise<RedisConnection> {
    const connection = connectRedis({ url: server.url, prefix, log });
    await expect.poll(() => connection.commands.status).toBe('ready');
    return connection;
  }
  const open = (storeId = '1', through = redis) => createRedisJournal({ redis: through, storeId });

  describeJournal('Redis', {
    openAgain: () => open(),
    // The time is its own, so that what is left of a lease is what can be changed.
    async pass(ms) {
      for (const claim of await server.client.keys('*:claim:*')) {
        await server.client.pexpire(claim, (await server.client.pttl(claim)) - ms);
      }
    },
    momentMs: 50_000,
  });

  describe('a journal', () => {
    test('is one of its own for each store and each prefix', async () => {
      const elsewhere = await connect('other:');
      await open().settle(key, { order });
      expect((await open('2').read(key)).outcome).toBeNull();
      expect((await open('1', elsewhere).read(key)).outcome).toBeNull();
      await elsewhere.close();
    });

    test('has all keys of a store in one slot of a cluster', async () => {
      await open().claim(key, 'me', leaseMs);
      await open().intend(key, attempt, []);
      await open().learn('0001', order);
      await open().settle('cart/0002', { order });
      const keys = await server.client.keys('*');
      expect(keys.length).toBeGreaterThan(5);
      expect(keys.filter((one) => !one.startsWith('test:{1}:journal:'))).toEqual([]);
    });

    test('is kept for thirty days from when it was written, and its claims for a lease', async () => {
      const journal = open();
      await journal.claim('cart/0003', 'me', leaseMs);
      await journal.intend(key, attempt, []);
      await journal.settle('cart/0002', { order });
      await journal.learn('0001', order);
      for (const one of await server.client.keys('*')) {
        const left = await server.client.pttl(one);
        if (one.endsWith(':epoch')) expect(left, one).toBe(-1);
        else if (one.includes(':claim:')) expect(left, one).toBeLessThanOrEqual(leaseMs);
        else expect(left, one).toBeGreaterThan(29 * days);
        expect(left, one).toBeLessThanOrEqual(30 * days);
      }
      const entry = 'test:{1}:journal:entry:cart/0001';
      await server.client.pexpire(entry, days);
      await journal.deny(key, attempt.id);
      expect(await server.client.pttl(entry)).toBeGreaterThan(29 * days);
    });

    test('asks Redis once for each thing, and again where its scripts are not known', async () => {
      const journal = open();
      const countCalls = async (command: string) => {
        const stats = await server.client.info('commandstats');
        return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
      };
      await journal.claim(key, 'me', leaseMs);
      const before = [await countCalls('evalsha'), await countCalls('eval')] as const;
      await journal.claim(key, 'me', leaseMs);
      expect(await countCalls('evalsha')).toBe(before[0] + 1);
      expect(await countCalls('eval')).toBe(before[1]);
      await server.client.script('FLUSH');
      expect((await journal.claim(key, 'me', leaseMs)).isHeld).toBe(true);
    });
  });

  describe('a journal that has lost all', () => {
    const lose = () => server.client.flushall();
    const lostAtOf = async (journal: Journal) => (await journal.claim('cart/0009', 'me', leaseMs)).lostAt;

    test('is told from one that is new', async () => {
      const journal = open();
      expect(await lostAtOf(journal)).toBeUndefined();
      expect(await lostAtOf(journal)).toBeUndefined();
      expect(await lostAtOf(open())).toBeUndefined();
      const [seconds] = await server.client.time();
      await lose();
      expect(await lostAtOf(journal)).toBeGreaterThanOrEqual(Number(seconds) * 1_000);
    });

    test('is known to those that start later, as long as one was there before', async () => {
      const journal = open();
      await lostAtOf(journal);
      await lose();
      const lostAt = await lostAtOf(journal);
      expect(await lostAtOf(open())).toBe(lostAt);
      expect(await lostAtOf(journal)).toBe(lostAt);
    });

    test('is known although one that was not there before was the first to write', async () => {
      const other = await connect();
      const [journal, late] = [open(), open('1', other)];
      await lostAtOf(journal);
      await lose();
      expect(await lostAtOf(late)).toBeUndefined();
      const [seconds] = await server.client.time();
      expect(await lostAtOf(journal)).toBeLessThan((Number(seconds) + 1) * 1_000);
      expect(await lostAtOf(late)).toBe(await lostAtOf(journal));
      await other.close();
    });

    test('is known to one that is opened anew in a process that was there before', async () => {
      const before = open();
      await lostAtOf(before);
      await before.close();
      await lose();
      expect(await lostAtOf(open())).toBeGreaterThan(0);
    });

    test('has nothing written by who has looked before', async () => {
      const [journal, late] = [open(), open()];
      const { epoch } = await journal.claim(key, 'me', leaseMs);
      await lose();
      expect(await journal.intend(key, attempt, [], epoch)).toBe(false);
      await late.claim(key, 'you', leaseMs);
      expect(await journal.intend(key, attempt, [], epoch)).toBe(false);
      const again = await journal.claim(key, 'you', leaseMs);
      expect(await journal.intend(key, attempt, [], again.epoch)).toBe(true);
    });

    test('may have lost the last of it wherever Redis has started anew', async () => {
      const { epoch } = await open().claim(key, 'me', leaseMs);
      const dump = await server.client.hgetall('test:{1}:journal:epoch');
      await redis.close();
      await server.kill();
      await server.start();
      // As a Redis that writes to its disk once a second has all but the last.
      await server.client.hset('test:{1}:journal:epoch', dump);
      redis = await connect();
      expect(await open().intend(key, attempt, [], epoch)).toBe(false);
      expect(await lostAtOf(open())).toBeGreaterThan(0);
    });
  });

  describe('a journal that cannot be kept', () => {
    const failures: readonly (readonly [string, string, () => Promise<unknown>, () => Promise<unknown>])[] = [
      [
        'is out of memory',
        'OOM',
        () => server.client.config('SET', 'maxmemory', '1'),
        () => server.client.config('SET', 'maxmemory', '0'),
      ],
      [
        'is read only, as one that another has taken the place of',
        'READONLY',
        () => server.client.replicaof('127.0.0.1', 1),
        () => server.client.replicaof('NO', 'ONE'),
      ],
    ];

    test.each(failures)('since Redis %s says so, and goes on after it', async (_what, code, begin, end) => {
      const journal = open();
      await journal.claim(key, 'me', leaseMs);
      await begin();
      const failure = await journal.intend(key, attempt, []).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(JournalError);
      expect((failure as JournalError).cause).toMatchObject({ name: 'RedisError', code });
      await expect(journal.claim('cart/0002', 'me', leaseMs)).rejects.toThrow(JournalError);
      await end();
      await expect.poll(() => journal.intend(key, attempt, []).catch(() => null)).toBe(true);
    });

    test('since Redis is away says so at once, and goes on when it is back', async () => {
      const journal = open();
      await server.kill();
      const failure = await journal.claim(key, 'me', leaseMs).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(JournalError);
      await server.start();
      await expect.poll(() => journal.intend(key, attempt, []).catch(() => null)).toBe(true);
    });

    test('since Redis does not answer says so in the end, and nothing that it says holds what was told', async () => {
      const journal = open();
      await journal.claim(key, 'me', leaseMs);
      server.pause();
      const failure = (await journal
        .intend(key, attempt, [])
        .catch((error: unknown) => error)) as JournalError;
      server.resume();
      expect(failure).toBeInstanceOf(JournalError);
      expect(failure.cause).toMatchObject({ code: 'ETIMEDOUT' });
      const told = JSON.stringify([failure, failure.message, failure.cause, String(failure.cause)]);
      expect(told).not.toMatch(/a@b\.c|127\.0\.0\.1/);
    });
  });
});
