import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holdAfter } from '../faults.ts';
import {
  create,
  digital,
  type FaultyStore,
  greta,
  made,
  openFaultyStore,
  pickup,
  place,
  safeToTryAgain,
} from '../placing/faulty-store.ts';
import { query } from '../program.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { hasReplicas, type Replicas, startReplicas } from './replicas.ts';

const input = { items: [{ name: 'Tea', price: 5, quantity: 1 }], email: 'ann@example.com' };

describe.runIf(hasReplicas('test/replicas/redis-away.test.ts'))('R31: while Redis', () => {
  let redis: RedisServer;
  let store: FaultyStore;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    redis.resume();
    await store.close();
    await redis.close();
  });

  async function open(options: Parameters<typeof openFaultyStore>[0] = {}): Promise<Replicas> {
    store = await openFaultyStore(options);
    const { storeId, secretToken } = store.sandbox;
    return startReplicas({ count: 2, redis, sandbox: { url: store.proxy.url, storeId, secretToken } });
  }
  const sent = (path: string) => store.proxy.forwarded.filter((request) => request.path === path).length;
  const read = ({ origin }: { origin: string }) => query(origin, `{ cart(id: "${pickup.cartId}") { id } }`);

  test.each([
    ['is ended', (server: RedisServer) => server.kill(), (server: RedisServer) => server.start()],
    [
      'stands still',
      async (server: RedisServer) => server.pause(),
      async (server: RedisServer) => server.resume(),
    ],
  ])(
    '%s carts are read, nothing is sent to be placed, and all goes on when it is back',
    async (_what, begin, end) => {
      const replicas = await open();
      await begin(redis);
      for (const replica of replicas.all) {
        expect((await read(replica)).data.cart).toEqual({ id: pickup.cartId });
        for (const told of [
          await place(replica, digital.cartId),
          await create(replica, { ...input, idempotencyKey: 'K' }),
        ]) {
          expect(told).toMatchObject({ orderNumber: null, codes: ['JOURNAL_ERROR'] });
          expect(told.messages).toEqual([expect.stringMatching(safeToTryAgain)]);
        }
      }
      expect([sent(`/carts/${digital.cartId}/place`), store.forwarded('create')]).toEqual([0, 0]);
      await end(redis);
      for (const replica of replicas.all) {
        await expect.poll(() => place(replica, digital.cartId)).toEqual(made(digital.orderNumber));
        expect(replica.said()).not.toMatch(new RegExp(`${redis.url.host}|@example\\.com`));
      }
      expect(sent(`/carts/${digital.cartId}/place`)).toBe(1);
    },
  );

  test('is away a cart that Ecwid shows as placed is answered with its order', async () => {
    const replicas = await open({ afterPlacing: 'kept' });
    const [first, second] = replicas.all as [Replicas['all'][0], Replicas['all'][0]];
    expect(await place(first, greta.cartId)).toEqual(made(greta.orderNumber));
    await redis.kill();
    expect(await place(second, greta.cartId)).toEqual(made(greta.orderNumber));
    expect(await place(second, digital.cartId)).toMatchObject({ codes: ['JOURNAL_ERROR'] });
    expect(sent(`/carts/${greta.cartId}/place`)).toBe(1);
  });

  test('ends between what was sent and its answer the caller is told of the order all the same', async () => {
    const replicas = await open();
    const answered = holdAfter();
    store.proxy.failNext('place', answered.fault);
    const call = place(replicas, digital.cartId);
    await answered.reached;
    await redis.kill();
    answered.release();
    expect(await call).toEqual(made(digital.orderNumber));
  });

  test.each([
    ['is emptied', async (server: RedisServer) => void (await server.client.flushall())],
    [
      'starts anew with nothing in it',
      async (server: RedisServer) => {
        await server.kill();
        await server.start();
      },
    ],
  ])(
    '%s a key makes no second order, and a cart that may have become one is not said to be none',
    async (_what, lose) => {
      // The search finds neither.
      const replicas = await open({ searchLagMs: 3_600_000 });
      const [first, second] = replicas.all as [Replicas['all'][0], Replicas['all'][0]];
      // Both have seen what is lost.
      expect(await place(second, pickup.cartId)).toEqual(made(pickup.orderNumber));
      const keyed = { ...input, idempotencyKey: 'K' };
      expect((await create(first, keyed)).codes).toEqual([]);
      expect(await place(first, digital.cartId)).toEqual(made(digital.orderNumber));
      await lose(redis);
      const settledCodes = async (ask: () => Promise<{ readonly codes: readonly string[] }>) => {
        for (;;) {
          const { codes } = await ask();
          // Until it is connected again.
          if (!codes.includes('JOURNAL_ERROR')) return codes;
          await sleep(50);
        }
      };
      expect(await settledCodes(() => create(second, keyed))).toEqual(['OUTCOME_UNKNOWN']);
      expect(await settledCodes(() => create(first, keyed))).toEqual(['OUTCOME_UNKNOWN']);
      expect(await settledCodes(() => place(second, digital.cartId))).toEqual(['OUTCOME_UNKNOWN']);
      expect([sent(`/carts/${digital.cartId}/place`), store.forwarded('create')]).toEqual([1, 1]);
      // A cart that is there was not placed: it can be.
      expect(await place(first, greta.cartId)).toEqual(made(greta.orderNumber));
    },
  );
});
