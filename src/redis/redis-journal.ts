import { randomUUID } from 'node:crypto';
import { type Attempt, type Entry, type Journal, JournalError, type Outcome } from '../checkout/journal.ts';
import type { WrittenOrder } from '../ecwid/tolerant.ts';
import type { RedisConnection } from './connect-redis.ts';
import { claim, deny, intend, release, type Script, settle } from './journal-scripts.ts';
import { toRedisError } from './redis-error.ts';

export interface RedisJournalOptions {
  readonly redis: RedisConnection;
  /** Each store has keys of its own. */
  readonly storeId: string;
}

/** Of an outcome from when it was written, of an attempt from when its key was last written to. */
const keptMs = 30 * 24 * 3_600_000;

/**
 * A journal in Redis, for any number of processes on any number of machines. Leases are by the clock of Redis. It
 * knows when it has lost what it held, or may have: see docs/placing.md.
 */
export function createRedisJournal({ redis, storeId }: RedisJournalOptions): Journal {
  const { commands } = redis;
  const name = (...parts: readonly string[]) => redis.name(storeId, 'journal', ...parts);
  const entryOf = (key: string) => name('entry', key);
  const claimOf = (key: string) => name('claim', key);
  const epoch = name('epoch');
  const learntOf = (cartId: string) => name('learnt', cartId);
  const namesOf = ({ known: { id, orderNumber } }: WrittenOrder) => [
    ...(isNamed(id) ? [name('order', 'id', String(id))] : []),
    ...(isNamed(orderNumber) ? [name('order', 'number', String(orderNumber))] : []),
  ];
  let isClosed = false;

  const inJournal = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (isClosed) throw new JournalError();
    try {
      return await work();
    } catch (error) {
      throw new JournalError({ cause: toRedisError(error) });
    }
  };
  const run = ({ text, sha }: Script, keys: readonly string[], values: readonly (string | number)[]) =>
    inJournal<unknown>(async () => {
      try {
        return await commands.evalsha(sha, keys.length, ...keys, ...values);
      } catch (error) {
        if (toRedisError(error).code !== 'NOSCRIPT') throw error;
        // It has not run: Redis remembers it from here on.
        return commands.eval(text, keys.length, ...keys, ...values);
      }
    });

  return {
    read: (key) => inJournal(async () => toEntry(await commands.hgetall(entryOf(key)))),

    async claim(key, holder, leaseMs) {
      const keys = [entryOf(key), claimOf(key), epoch];
      const told = await run(claim, keys, [holder, leaseMs, redis.epochs.get(storeId) ?? '', randomUUID()]);
      const [isHeld, id, lostAt, fields] = told as [number, string, string, string[]];
      redis.epochs.set(storeId, id);
      return {
        ...toEntry(Object.fromEntries(inPairs(fields))),
        isHeld: isHeld === 1,
        epoch: id,
        ...(lostAt === '' ? {} : { lostAt: Number(lostAt) }),
      };
    },

    async release(key, holder) {
      await run(release, [claimOf(key)], [holder]);
    },

    async intend(key, { id, sentAt, evidence, request, owner }, knownIds, seen = '') {
      const text = JSON.stringify({ id, sentAt, evidence, request, owner });
      return (await run(intend, [entryOf(key), epoch], [id, text, keptMs, seen, ...knownIds])) === 1;
    },

    async deny(key, attemptId) {
      await run(deny, [entryOf(key)], [attemptId, keptMs]);
    },

    async withdraw(key, attemptIds) {
      if (attemptIds.length === 0) return;
      const fields = attemptIds.flatMap((id) => [`a:${id}`, `d:${id}`]);
      await inJournal(() => commands.hdel(entryOf(key), ...fields));
    },

    async settle(key, { order, request, owner }) {
      const text = JSON.stringify({ order, request, owner });
      const keys = [entryOf(key), ...namesOf(order)];
      return JSON.parse(String(await run(settle, keys, [text, keptMs, key]))) as Outcome;
    },

    async keyOf(order) {
      const names = namesOf(order);
      if (names.length === 0) return null;
      const keys = await inJournal(() => commands.mget(...names));
      return keys.find((key) => key !== null) ?? null;
    },

    async learn(cartId, order) {
      await inJournal(() => commands.set(learntOf(cartId), JSON.stringify(order), 'PX', keptMs));
    },

    async learnt(cartId) {
      const text = await inJournal(() => commands.get(learntOf(cartId)));
      return text === null ? null : (JSON.parse(text) as WrittenOrder);
    },

    // The connection is others' too.
    async close() {
      isClosed = true;
    },
  };
}

function toEntry(fields: Readonly<Record<string, string>>): Entry {
  const { outcome, ...others } = fields;
  const attempts = Object.entries(others)
    .filter(([field]) => field.startsWith('a:'))
    .map(([, text]): Attempt => {
      const attempt = JSON.parse(text) as Attempt;
      return { ...attempt, isDenied: `d:${attempt.id}` in others };
    })
    .sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1));
  return { outcome: outcome === undefined ? null : (JSON.parse(outcome) as Outcome), attempts };
}

function inPairs(texts: readonly string[]): (readonly [string, string])[] {
  return Array.from({ length: texts.length / 2 }, (_, index) => [
    String(texts[index * 2]),
    String(texts[index * 2 + 1]),
  ]);
}

function isNamed(name: unknown): boolean {
  return name !== undefined && name !== null;
}
