import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Change } from '../../src/changes/changes.ts';
import { createLog } from '../../src/log.ts';
import { connectRedis } from '../../src/redis/connect-redis.ts';
import { createRedisChanges } from '../../src/redis/redis-changes.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';
import { startGatewayOver } from '../running-gateway.ts';
import { subscribe } from '../subscribe.ts';

const runs = hasRedis('test/redis/redis-changes.test.ts');
const server = runs ? await startRedis() : (undefined as unknown as RedisServer);
afterAll(() => server?.close());

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** Changes of one process, with what is heard of them. */
function open(storeId = '1003') {
  const log = createLog({ level: 'silent' });
  const redis = connectRedis({ url: server.url, prefix: 'test:', log });
  opened.push(redis);
  const changes = createRedisChanges({ redis, storeId, log });
  const heard: Change[] = [];
  const missed: string[] = [];
  changes.listen((change) => heard.push(change));
  changes.onMissed(() => missed.push('missed'));
  return { changes, heard, missed };
}

const cart = (id: string): Change => ({ kind: 'cart', id });

/** Resolves once each is subscribed, which its own `onMissed` tells. */
async function subscribed(...all: { missed: string[] }[]): Promise<void> {
  for (const { missed } of all) await expect.poll(() => missed.length).toBeGreaterThan(0);
  for (const { missed } of all) missed.length = 0;
}

describe.runIf(runs)('changes by Redis', () => {
  test('are heard of by who publishes them at once, and by others once', async () => {
    const [one, two] = [open(), open()];
    await subscribed(one, two);
    one.changes.publish(cart('A'));
    expect(one.heard).toEqual([cart('A')]);
    await expect.poll(() => two.heard).toEqual([cart('A')]);
    two.changes.publish({ kind: 'order', id: 'B' });
    await expect.poll(() => one.heard).toEqual([cart('A'), { kind: 'order', id: 'B' }]);
    expect(two.heard).toEqual([cart('A'), { kind: 'order', id: 'B' }]);
  });

  test('leave no connection behind when they are closed', async () => {
    const connections = async () => Number(/connected_clients:(\d+)/.exec(await server.client.info())?.[1]);
    const log = createLog({ level: 'silent' });
    const redis = connectRedis({ url: server.url, prefix: 'test:', log });
    opened.push(redis);
    await redis.tried;
    const before = await connections();
    for (const storeId of ['1', '2', '3']) {
      const missed: string[] = [];
      const changes = createRedisChanges({ redis, storeId, log });
      changes.onMissed(() => missed.push('missed'));
      await subscribed({ missed });
      await changes.close();
    }
    await expect.poll(connections).toBe(before);
  });

  test('are those of their own store', async () => {
    const [one, other, same] = [open('1003'), open('2004'), open('1003')];
    await subscribed(one, other, same);
    one.changes.publish(cart('A'));
    await expect.poll(() => same.heard).toEqual([cart('A')]);
    expect(other.heard).toEqual([]);
  });

  test('are not heard of any more by who has ended listening', async () => {
    const { changes } = open();
    const heard: Change[] = [];
    const stop = changes.listen((change) => heard.push(change));
    changes.publish(cart('A'));
    stop();
    changes.publish(cart('B'));
    expect(heard).toEqual([cart('A')]);
  });

  test('pass over what somebody else has written there', async () => {
    const [one, two] = [open(), open()];
    await subscribed(one, two);
    for (const message of ['{', 'null', '{"kind":"cart"}', '{"kind":"shop","id":"A"}'])
      await server.client.publish('test:{1003}:changes', message);
    one.changes.publish(cart('A'));
    await expect.poll(() => two.heard).toEqual([cart('A')]);
  });

  test('may have been missed while Redis was away, and are heard of again once it is back', async () => {
    const [one, two] = [open(), open()];
    await subscribed(one, two);
    await server.kill();
    await expect.poll(() => one.missed.length).toBeGreaterThan(0);
    one.changes.publish(cart('A'));
    expect(one.heard).toEqual([cart('A')]);
    one.missed.length = 0;
    two.missed.length = 0;
    await server.start();
    await subscribed(one, two);
    // The connection for commands comes back by itself.
    await expect
      .poll(() => {
        one.changes.publish(cart('B'));
        return two.heard.length;
      })
      .toBeGreaterThan(0);
    expect(two.heard[0]).toEqual(cart('B'));
  });

  test('are late, and not lost, where Redis stands still for a while', async () => {
    const [one, two] = [open(), open()];
    await subscribed(one, two);
    server.pause();
    one.changes.publish(cart('A'));
    await sleep(1_500);
    server.resume();
    await expect.poll(() => two.heard).toEqual([cart('A')]);
  });
});

describe.runIf(runs)('two gateways with one Redis', () => {
  async function openTwo(settings: Parameters<typeof startGatewayOver>[1] = {}) {
    const sandbox = await createSandbox({ requestsPerMinute: Number.POSITIVE_INFINITY });
    opened.push(sandbox);
    const { storeId, secretToken: token } = sandbox;
    const all = [open(storeId), open(storeId)] as const;
    await subscribed(...all);
    const start = async ({ changes }: (typeof all)[number]) => {
      const gateway = await startGatewayOver(sandbox.url, { storeId, token, changes, ...settings });
      opened.push(gateway);
      return gateway;
    };
    return [await start(all[0]), await start(all[1])] as const;
  }
  const hide = (id: string, hidden: boolean) =>
    `mutation { hideCart(input: { cart_id: "${id}", hidden: ${hidden} }) { errors { code } } }`;
  const id = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

  test('tell a subscriber of one what was changed through the other, before Redis ended and after', async () => {
    const [one, other] = await openTwo();
    const listener = await subscribe(other.url, `subscription { cartChanged(id: "${id}") { hidden } }`);
    await one.query(hide(id, true));
    expect(await listener.next()).toEqual({ data: { cartChanged: { hidden: true } } });

    await server.kill();
    await server.start();
    const told = listener.next();
    let isTold = false;
    void told.then(() => {
      isTold = true;
    });
    await expect
      .poll(async () => {
        await one.query(hide(id, false));
        return isTold;
      })
      .toBe(true);
    expect(await told).toEqual({ data: { cartChanged: { hidden: false } } });
    await listener.leave();
  });

  test('remember no cart that was changed through the other', async () => {
    const [one, other] = await openTwo({ cartTtlMs: 600_000 });
    const read = async () => (await other.query(`{ cart(id: "${id}") { hidden } }`)).data.cart.hidden;
    expect(await read()).toBe(false);
    await one.query(hide(id, true));
    await expect.poll(read).toBe(true);
  });
});
