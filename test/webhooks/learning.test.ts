import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { createSqliteJournal } from '../../src/checkout/sqlite-journal.ts';
import type { GatewayOptions } from '../../src/create-gateway.ts';
import { createSandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { everyScope } from '../../src/viewer.ts';
import { failAfter, resetAfter } from '../faults.ts';
import { startFaultyProxy } from '../faulty-proxy.ts';
import { mountGateway } from '../mounted-gateway.ts';
import { made, place } from '../placing/faulty-store.ts';
import { startWebhookReceiver } from '../webhook-receiver.ts';
import { clientSecret, eventOf, sendEvent } from './signed-event.ts';

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const orderNumber = 'AB1CD';

/** A gateway over a store whose searches find nothing of what is new, and whose webhooks it takes. */
async function open(
  { onTestFinished }: TestContext,
  options: SandboxOptions = {},
  settings: GatewayOptions = {},
) {
  const sandbox = await createSandbox({ searchLagMs: 3_600_000, ...options });
  const proxy = await startFaultyProxy(sandbox.url);
  const dataDir = await mkdtemp(join(tmpdir(), 'ecwid-graphql-learning-'));
  const { storeId, secretToken: token } = sandbox;
  const gateway = await mountGateway({
    store: { storeId, token, apiUrl: proxy.url, clientSecret },
    authenticate: async () => everyScope,
    dataDir,
    ...settings,
  });
  const journal = createSqliteJournal({ directory: dataDir, storeId });
  onTestFinished(async () => {
    await gateway.close();
    await proxy.close();
    await sandbox.close();
    await journal.close();
    await rm(dataDir, { recursive: true });
  });
  const change = (path: string, init: RequestInit) =>
    fetch(`${sandbox.url}/${storeId}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
  return { sandbox, proxy, gateway, journal, change };
}

type PairOfIds = { readonly orderId: string; readonly cartId: string };

describe('what webhooks tell', () => {
  test.for([
    ['has the cart’s date', {}],
    ['has a date of its own', { placingStampsCreateDate: true }],
  ] as const)(
    'leads to the order that %s where the answer was lost and no search finds it',
    async ([, options], context) => {
      const { sandbox, proxy, gateway, journal, change } = await open(context, options);
      sandbox.sendWebhooksTo({ url: `${gateway.origin}/webhooks/ecwid`, clientSecret });
      await change(`/carts/${cartId}`, { method: 'PUT', body: '{"hidden":true}' });
      await expect
        .poll(() => journal.learnt(cartId), { timeout: 10_000 })
        .toMatchObject({ key: orderNumber });
      proxy.failNext('place', resetAfter);
      expect(await place(gateway, cartId)).toEqual(made(orderNumber));
      expect(proxy.arrived.filter((kind) => kind === 'place')).toHaveLength(1);
      // Its own id was enough.
      expect(proxy.arrived).not.toContain('search');
    },
  );

  /** Two carts of one customer with the same things in them, filled in the same second, and which order each will be. */
  async function fillTwins({ sandbox, change }: Awaited<ReturnType<typeof open>>) {
    const app = await startWebhookReceiver();
    sandbox.sendWebhooksTo({ url: app.url });
    const body = JSON.stringify({
      email: 'twin@example.com',
      total: 10,
      items: [{ name: 'Tea', price: 5, quantity: 2 }],
      createDate: '2026-03-01 12:00:00 +0000',
      paymentStatus: 'INCOMPLETE',
    });
    for (let count = 0; count < 2; count += 1) await change('/orders', { method: 'POST', body });
    await expect.poll(() => app.received.length, { timeout: 10_000 }).toBe(2);
    sandbox.sendWebhooksTo(null);
    await app.close();
    return app.received.map(({ body: { data } }) => data as PairOfIds);
  }

  const ofAnything = { placeOrderRequire: [] };

  test('tells carts apart that look the same, though both answers were lost', async (context) => {
    const world = await open(context, { placingStampsCreateDate: true }, ofAnything);
    const { proxy, gateway, journal } = world;
    const twins = await fillTwins(world);
    for (const data of twins) {
      await sendEvent(gateway.origin, eventOf({ data }));
      await expect.poll(() => journal.learnt(data.cartId), { timeout: 10_000 }).not.toBeNull();
    }
    proxy.failNext('place', resetAfter, resetAfter);
    const told = await Promise.all(twins.toReversed().map(({ cartId }) => place(gateway, cartId)));
    expect(told).toEqual(twins.toReversed().map(({ orderId }) => made(orderId)));
  });

  test('has no cart take the order of another, though somebody told so', async (context) => {
    const world = await open(context, { searchLagMs: 0 }, ofAnything);
    const { proxy, gateway, journal } = world;
    const [one, other] = (await fillTwins(world)) as [PairOfIds, PairOfIds];
    await sendEvent(gateway.origin, eventOf({ data: { cartId: one.cartId, orderId: other.orderId } }));
    await expect.poll(() => journal.learnt(one.cartId), { timeout: 10_000 }).not.toBeNull();
    expect(await place(gateway, other.cartId)).toEqual(made(other.orderId));
    proxy.failNext('place', resetAfter);
    expect(await place(gateway, one.cartId)).toEqual(made(one.orderId));
  });

  test('is not asked for again once it is known', async (context) => {
    const { proxy, gateway, journal } = await open(context);
    await sendEvent(gateway.origin, eventOf({ data: { orderId: orderNumber, cartId } }));
    await expect.poll(() => journal.learnt(cartId), { timeout: 10_000 }).not.toBeNull();
    const before = proxy.arrived.length;
    await sendEvent(gateway.origin, eventOf({ data: { orderId: orderNumber, cartId } }));
    const other = { orderId: 'XJ12H', cartId: '0B299518-FB54-491A-A6E0-5B6BA6E20868' };
    await sendEvent(gateway.origin, eventOf({ data: other }));
    await expect.poll(() => journal.learnt(other.cartId), { timeout: 10_000 }).not.toBeNull();
    expect(proxy.arrived.slice(before).sort()).toEqual(['cart', 'other']);
  });

  test.for([
    ['another cart’s order', 'XJ12H'],
    ['an order that is placed already', orderNumber],
    ['no order at all', 'NONE'],
  ])('is not believed where it is %s', async ([what, orderId], context) => {
    const { gateway, journal, change } = await open(context, { afterPlacing: 'kept' });
    if (what === 'an order that is placed already') {
      await change(`/carts/${cartId}/place`, { method: 'POST' });
    }
    await sendEvent(gateway.origin, eventOf({ data: { orderId, cartId } }));
    const after = { orderId: 'SHOW01', cartId: '5A0DB0C5-0000-4000-8000-000000000001' };
    await sendEvent(gateway.origin, eventOf({ data: after }));
    await expect.poll(() => journal.learnt(after.cartId), { timeout: 10_000 }).not.toBeNull();
    expect(await journal.learnt(cartId)).toBeNull();
  });

  test('tells nobody of a cart that was placed elsewhere', async (context) => {
    const { gateway, journal, change } = await open(context);
    await sendEvent(gateway.origin, eventOf({ data: { orderId: orderNumber, cartId } }));
    await expect.poll(() => journal.learnt(cartId), { timeout: 10_000 }).not.toBeNull();
    await change(`/carts/${cartId}/place`, { method: 'POST' });
    expect(await place(gateway, cartId)).toMatchObject({ orderNumber: null, codes: ['CART_NOT_FOUND'] });
  });

  test('changes nothing about an outage: what cannot be looked at is not learnt', async (context) => {
    const { proxy, gateway, journal } = await open(context);
    proxy.choose = () => failAfter(400);
    expect((await sendEvent(gateway.origin, eventOf())).status).toBe(200);
    await expect.poll(() => proxy.arrived.length, { timeout: 10_000 }).toBeGreaterThan(1);
    proxy.choose = () => undefined;
    expect(await journal.learnt(cartId)).toBeNull();
    expect((await sendEvent(gateway.origin, eventOf())).status).toBe(200);
    await expect.poll(() => journal.learnt(cartId), { timeout: 10_000 }).toMatchObject({ key: orderNumber });
  });
});
