import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Journal } from '../../src/checkout/journal.ts';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/redis/connect-redis.ts';
import { createRedisJournal } from '../../src/redis/redis-journal.ts';
import { createRandom, type Random } from '../../src/sandbox/random.ts';
import { createMemoryJournal, type JournalRecord } from '../checkout/memory-journal.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';

const histories = 200;
const steps = 40;
const leaseMs = 3_600_000;

const keys = ['cart/1', 'cart/2'];
const holders = ['me', 'you'];
const ids = ['a', 'b', 'c'];
const owners = ['guest', 'customer/5', undefined] as const;

// The exploration tries every interleaving of the checkout over the journal in memory: what it shows is true of this
// one, as far as the two cannot be told apart.
describe.runIf(hasRedis('test/redis/journal-agreement.test.ts'))('a journal in Redis', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  beforeAll(async () => {
    server = await startRedis();
    redis = connectRedis({ url: server.url, prefix: 'test:', log: createLog({ level: 'silent' }) });
    await redis.tried;
  });
  afterAll(async () => {
    await redis.close();
    await server.close();
  });

  test(`answers as one in memory does, in ${histories} histories of ${steps} steps, whatever is asked`, async () => {
    for (let seed = 1; seed <= histories; seed += 1) {
      const random = createRandom(seed);
      const records = new Map<string, JournalRecord>();
      const storeId = String(seed);
      const both = [createMemoryJournal({ records }), createRedisJournal({ redis, storeId })] as const;
      const lapse = async (key: string) => {
        const record = records.get(key);
        if (record) records.set(key, { ...record, claim: null });
        await server.client.del(redis.name(storeId, 'journal', 'claim', key));
      };
      for (let step = 1; step <= steps; step += 1) {
        const key = random.pick(keys);
        if (random.chance(0.05)) await lapse(key);
        const [name, ask] = question(random, key, step);
        const [remembered, told] = [await ask(both[0]), await ask(both[1])];
        expect(told, `seed ${seed}, step ${step}: ${name}`).toEqual(remembered);
      }
    }
  });
});

function question(
  random: Random,
  key: string,
  sentAt: number,
): readonly [name: string, ask: (journal: Journal) => Promise<unknown>] {
  const [holder, id, owner, number] = [
    random.pick(holders),
    random.pick(ids),
    random.pick(owners),
    // No order is of two keys.
    keys.indexOf(key) * 10 + random.integer(1, 3),
  ];
  const order = { key: `O${number}`, known: { id: `O${number}`, orderNumber: number } };
  const some = ids.filter(() => random.chance(0.5));
  const questions: readonly ReturnType<typeof question>[] = [
    [`read ${key}`, (journal) => journal.read(key)],
    [
      `claim ${key} for ${holder}`,
      async (journal) => {
        const { outcome, attempts, isHeld } = await journal.claim(key, holder, leaseMs);
        return { outcome, attempts, isHeld };
      },
    ],
    [`release ${key} by ${holder}`, (journal) => journal.release(key, holder)],
    [
      `intend ${id} of ${key}, knowing ${some}`,
      (journal) => journal.intend(key, { id, sentAt, evidence: { sentAt }, owner }, some),
    ],
    [`deny ${id} of ${key}`, (journal) => journal.deny(key, id)],
    [`withdraw ${some} of ${key}`, (journal) => journal.withdraw(key, some)],
    ...(random.chance(0.2)
      ? [[`settle ${key}`, (journal: Journal) => journal.settle(key, { order, owner })] as const]
      : []),
    [`the key of ${number}`, (journal) => journal.keyOf({ key: '', known: { orderNumber: number } })],
  ];
  return random.pick(questions);
}
