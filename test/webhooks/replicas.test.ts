import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox, type SandboxRequest } from '../../src/sandbox/sandbox.ts';
import { mountGateway } from '../mounted-gateway.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';
import { subscribe } from '../subscribe.ts';
import { clientSecret, eventOf, sendEvent } from './signed-event.ts';

const carts = [
  { orderId: 'AB1CD', cartId: '6626E60A-A6F9-4CD5-8230-43D5F162E0CD' },
  { orderId: 'XJ12H', cartId: '0B299518-FB54-491A-A6E0-5B6BA6E20868' },
  { orderId: 'SHOW01', cartId: '5A0DB0C5-0000-4000-8000-000000000001' },
  { orderId: 'SHOW10', cartId: '5A0DB0C5-0000-4000-8000-000000000010' },
  { orderId: 'SHOW11', cartId: '5A0DB0C5-0000-4000-8000-000000000011' },
] as const;

describe.runIf(hasRedis('webhooks/replicas.test.ts'))('a webhook that comes to one replica', () => {
  let sandbox: Sandbox;
  let redis: RedisServer;
  let dataDir: string;
  let replicas: Awaited<ReturnType<typeof mountGateway>>[] = [];
  const calls: SandboxRequest[] = [];
  beforeAll(async () => {
    sandbox = await createSandbox({ onRequest: (call) => calls.push(call) });
    redis = await startRedis();
    dataDir = await mkdtemp(join(tmpdir(), 'ecwid-graphql-webhooks-'));
    const { storeId, secretToken: token, url: apiUrl } = sandbox;
    const open = async () => {
      const store = { storeId, token, apiUrl, clientSecret };
      // Each with a journal of its own, which knows nothing of what the other has learnt.
      const own = await mkdtemp(join(dataDir, 'replica-'));
      return mountGateway({ store, redis: { url: redis.url.href, prefix: 'test:' }, dataDir: own });
    };
    replicas = [await open(), await open()];
  });
  /** Whether it has a connection by now: it does not wait for one. */
  async function remembersInRedis(origin: string): Promise<boolean> {
    const event = eventOf({ eventType: 'order.updated' });
    await sendEvent(origin, event);
    return (await redis.client.exists(`test:{4870020}:webhook:${event.eventId}`)) === 1;
  }
  afterAll(async () => {
    for (const { close } of replicas) await close();
    await sandbox.close();
    await redis.close();
    await rm(dataDir, { recursive: true });
  });

  const sendTo = (replica: number, event: Record<string, unknown>) =>
    sendEvent(replicas[replica]?.origin ?? '', event);
  const looksAt = (cartId: string) => calls.filter(({ path }) => path === `/carts/${cartId}`).length;

  test('is no news to another, for a day and more', async () => {
    const [{ cartId }, marker] = carts;
    for (const { origin } of replicas) {
      await expect.poll(() => remembersInRedis(origin), { timeout: 10_000 }).toBe(true);
    }
    const event = eventOf({ data: carts[0] });
    expect((await sendTo(0, event)).status).toBe(200);
    await expect.poll(() => looksAt(cartId), { timeout: 10_000 }).toBe(1);
    expect((await sendTo(1, event)).status).toBe(200);
    expect((await sendTo(1, eventOf({ data: marker }))).status).toBe(200);
    await expect.poll(() => looksAt(marker.cartId), { timeout: 10_000 }).toBe(1);
    expect(looksAt(cartId)).toBe(1);
    const [key = ''] = await redis.client.keys(`test:{4870020}:webhook:${event.eventId}`);
    const hours = (await redis.client.pttl(key)) / 3_600_000;
    expect(hours).toBeGreaterThan(26);
    expect(hours).toBeLessThan(27);
  });

  test('is taken, and no news to that one, while Redis is away', async () => {
    await redis.kill();
    const [, , first, other, marker] = carts;
    const [{ url = '' } = {}] = replicas;
    const listeners = await Promise.all(
      [first, other, marker].map(({ cartId }) =>
        subscribe(url, `subscription { cartChanged(id: "${cartId}") { id } }`),
      ),
    );
    const event = eventOf({ data: first });
    for (const data of [first, other]) expect((await sendTo(0, { ...event, data })).status).toBe(200);
    expect((await sendTo(0, eventOf({ data: marker }))).status).toBe(200);
    const [ofFirst, ofOther, ofMarker] = listeners;
    let isOtherTold = false;
    const untold = ofOther?.next().then(
      () => {
        isOtherTold = true;
      },
      () => {},
    );
    expect(await ofFirst?.next()).toEqual({ data: { cartChanged: { id: first.cartId } } });
    expect(await ofMarker?.next()).toEqual({ data: { cartChanged: { id: marker.cartId } } });
    // Whatever was to be told before this one is told by then.
    expect((await sendTo(0, eventOf({ data: marker }))).status).toBe(200);
    expect(await ofMarker?.next()).toEqual({ data: { cartChanged: { id: marker.cartId } } });
    expect(isOtherTold).toBe(false);
    await Promise.all(listeners.map(({ leave }) => leave()));
    await untold;
    await redis.start();
  });
});
