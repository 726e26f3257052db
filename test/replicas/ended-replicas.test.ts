import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { type Hold, holdAfter, holdBefore, type RequestKind } from '../faults.ts';
import { type FaultyStore, greta, made, openFaultyStore, place } from '../placing/faulty-store.ts';
import { expectOneOrder, killHolding, startGatewayProcess } from '../placing/gateway-process.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';

const { cartId, orderNumber } = greta;

// The claim of a gateway that was killed lapses only after twelve seconds.
const options = { timeout: 60_000 };

const isRun = hasRedis('test/replicas/ended-replicas.test.ts');

describe.runIf(isRun)('over processes that share a Redis', { concurrent: true }, () => {
  let redis: RedisServer;
  let stores = 0;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  async function open({ onTestFinished }: TestContext): Promise<FaultyStore> {
    const store = await openFaultyStore();
    onTestFinished(() => store.close());
    stores += 1;
    // Each has keys of its own; a journal in a file would have no place.
    const environment = {
      REDIS_URL: redis.url.href,
      REDIS_PREFIX: `ended-${stores}:`,
      DATA_DIR: '/proc/nowhere',
      // One caller asks for all, and is counted over all of them.
      RATE_LIMIT: 'off',
    };
    return { ...store, environment };
  }

  test('E2: fifty calls at once make one order', options, async (context) => {
    const store = await open(context);
    const gateways = await Promise.all([startGatewayProcess(store), startGatewayProcess(store)]);
    const fifty = Array.from({ length: 50 });
    const calls = fifty.map((_, index) => place(gateways[index % 2 === 0 ? 0 : 1], cartId));
    expect(await Promise.all(calls)).toEqual(fifty.map(() => made(orderNumber)));
    expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await store.newOrders()).toBe(1);
    expect(await Promise.all(gateways.map(({ end }) => end('SIGTERM')))).toEqual([0, 0]);
  });

  test.for<readonly [where: string, kind: RequestKind, hold: () => Hold, sent: number]>([
    ['before its request to place has left', 'cart', holdBefore, 1],
    ['with its request to place on its way', 'place', holdBefore, 2],
    ['between its request to place and the answer', 'place', holdAfter, 1],
  ])(
    'E8: one that is killed %s leaves one order to the next',
    options,
    async ([, kind, hold, sent], context) => {
      const store = await open(context);
      const held = hold();
      await killHolding(store, kind, held);
      if (sent === 2) await expectOneOrder(store);
      held.release();
      await held.answered;
      await expectOneOrder(store, { sent });
    },
  );

  test(
    'E10: one that is told to end while it places answers with the order, as the new one does',
    options,
    async (context) => {
      const store = await open(context);
      const held = holdAfter();
      store.proxy.failNext('place', held.fault);
      const [ending, starting] = await Promise.all([startGatewayProcess(store), startGatewayProcess(store)]);
      const first = place(ending, cartId);
      await held.reached;
      const ended = ending.end('SIGTERM');
      await context.expect
        .poll(() => fetch(`${ending.origin}/graphql`).catch(() => 'refused'))
        .toBe('refused');
      const retry = place(starting, cartId);
      held.release();
      expect(await first).toEqual(made(orderNumber));
      expect(await retry).toEqual(made(orderNumber));
      expect(await ended).toBe(0);
      expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
      expect(await store.newOrders()).toBe(1);
      expect(await starting.end('SIGTERM')).toBe(0);
    },
  );
});
