import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../src/sandbox/random.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { placeableCart } from '../placeable-cart.ts';
import { place } from '../placing/faulty-store.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { hasReplicas, type Replicas, startReplicas } from './replicas.ts';

const carts = 300;
const callers = 20;
const disturbances = 8;
/** Of all calls, how many are answered for each time that something is disturbed. */
const share = (2 * carts) / (disturbances + 1);

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

describe.runIf(hasReplicas('test/replicas/killed-replicas.test.ts'))('three replicas', () => {
  let redis: RedisServer;
  let sandbox: Sandbox;
  const placings = new Map<string, number>();
  async function open(afterPlacing: 'gone' | 'kept'): Promise<void> {
    redis = await startRedis();
    placings.clear();
    sandbox = await createSandbox({
      afterPlacing,
      requestsPerMinute: Number.POSITIVE_INFINITY,
      onRequest({ method, path }) {
        const [, cartId] = /^\/carts\/([^/]+)\/place$/.exec(path) ?? [];
        if (method === 'POST' && cartId) placings.set(cartId, (placings.get(cartId) ?? 0) + 1);
      },
    });
  }
  afterEach(async () => {
    redis.resume();
    await sandbox.close();
    await redis.close();
  });

  test.each<[what: string, afterPlacing: 'gone' | 'kept', disturb: Disturb]>([
    ['that are killed and started at random', 'gone', killAtRandom],
    // Where a placed cart is gone, an emptied journal is no way to its order.
    ['whose Redis is stopped, ended and emptied at random', 'kept', disturbRedis],
  ])(
    `%s make ${carts} orders of ${carts} carts, none twice and none lost`,
    {
      timeout: 180_000,
    },
    async (_what, afterPlacing, disturb) => {
      await open(afterPlacing);
      process.stdout.write(`KILL_SEED=${seed} has them killed at the same times again.\n`);
      const random = createRandom(seed);
      const made = await createCarts();
      const countOrders = async () => Number((await ask('/orders?limit=1')).total);
      const before = await countOrders();
      const replicas = await startReplicas({ count: 3, redis, sandbox });

      // Each cart is wanted twice.
      const wanted = [...made, ...made].map(({ cartId }) => ({ cartId, at: random.integer(0, 1_000_000) }));
      wanted.sort((a, b) => a.at - b.at);
      const told = new Map<string, string[]>();
      let answered = 0;
      let disturbed = 0;
      const disturbAll = async () => {
        for (; disturbed < disturbances; disturbed += 1) {
          const from = (disturbed + random.integer(0, 50) / 100) * share;
          while (answered < from) await sleep(5);
          await disturb({ replicas, redis }, random, disturbed);
        }
      };
      await Promise.all([
        disturbAll(),
        ...Array.from({ length: callers }, async () => {
          for (let next = wanted.pop(); next; next = wanted.pop()) {
            // However fast they are, each of them is called while something is disturbed.
            while (answered >= (disturbed + 1) * share) await sleep(5);
            const orderNumber = await insist(replicas, next.cartId);
            told.set(next.cartId, [...(told.get(next.cartId) ?? []), orderNumber]);
            answered += 1;
          }
        }),
      ]);

      expect([...told].sort()).toEqual(
        made.map(({ cartId, orderId }) => [cartId, [orderId, orderId]] as const).sort(),
      );
      expect((await countOrders()) - before).toBe(carts);
      expect(placings.size).toBe(carts);
      // A place is asked for again only where its replica was killed before it could tell.
      const again = [...placings.values()].filter((count) => count > 1);
      expect(again.length).toBeLessThan(disturbances * callers);
      for (const replica of replicas.all) {
        expect(await replica.end('SIGTERM')).toBe(0);
        expect(replica.said()).not.toContain('@example.com');
      }
    },
  );

  /** Carts of as many guests, and the order that each becomes. */
  async function createCarts(): Promise<{ readonly cartId: string; readonly orderId: string }[]> {
    const orders = new Map<string, string>();
    for (let index = 0; index < carts; index += 1) {
      const email = `guest-${index}@example.com`;
      const { orderId } = await ask('/orders', { ...placeableCart, email, paymentStatus: 'INCOMPLETE' });
      orders.set(email, String(orderId));
    }
    const found: { readonly cartId: string; readonly orderId: string }[] = [];
    for (let offset = 0; found.length < carts; offset += 100) {
      const { items } = await ask(`/carts?limit=100&offset=${offset}`);
      const page = items as readonly { readonly cartId: string; readonly email?: string }[];
      if (page.length === 0) throw new Error(`Only ${found.length} carts were found.`);
      for (const { cartId, email = '' } of page) {
        const orderId = orders.get(email);
        if (orderId) found.push({ cartId, orderId });
      }
    }
    return found;
  }

  async function ask(path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${sandbox.url}/${sandbox.storeId}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${sandbox.secretToken}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  }
});

// What is busy may be late.
const passing = ['OUTCOME_UNKNOWN', 'JOURNAL_ERROR', 'UPSTREAM_TIMEOUT'];

/** Calls until there is an order. */
async function insist(replicas: Replicas, cartId: string): Promise<string> {
  for (;;) {
    // Where the connection breaks, or nginx has nobody to ask, nothing is told.
    const told = await place(replicas, cartId).catch(() => null);
    if (told?.orderNumber) return told.orderNumber;
    const isPassing = !told || told.codes.every((code) => passing.includes(code));
    if (!isPassing) throw new Error(`${cartId}: ${told.codes}`);
    await sleep(50);
  }
}

/** Once, the so many-th time. */
type Disturb = (
  whom: { readonly replicas: Replicas; readonly redis: RedisServer },
  random: Random,
  time: number,
) => Promise<void>;

async function killAtRandom({ replicas }: Parameters<Disturb>[0], random: Random): Promise<void> {
  const replica = random.pick(replicas.all);
  await sleep(random.integer(0, 100));
  await replica.end('SIGKILL');
  await sleep(random.integer(0, 500));
  await replica.start();
}

async function disturbRedis({ redis }: Parameters<Disturb>[0], random: Random, time: number): Promise<void> {
  const ways = [
    () => redis.client.flushall(),
    async () => {
      redis.pause();
      await sleep(1_500);
      redis.resume();
    },
    async () => {
      await redis.kill();
      await sleep(300);
      await redis.start();
    },
  ];
  await sleep(random.integer(0, 100));
  await ways[time % ways.length]?.();
}
