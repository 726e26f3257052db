import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import {
  defaultClientSecret,
  retriesAfterMs,
  type WebhookSettings,
} from '../../../src/sandbox/webhooks/webhook-sender.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../webhook-receiver.ts';
import { createApi } from '../api.ts';

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const orderId = 'AB1CD';

let app: WebhookReceiver;
const opened: Sandbox[] = [];
beforeEach(async () => {
  app = await startWebhookReceiver();
});
afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close();
  await app.close();
});

async function open(webhooks: Partial<WebhookSettings> = {}, options: SandboxOptions = {}) {
  const sandbox = await createSandbox({ ...options, webhooks: { url: app.url, ...webhooks } });
  opened.push(sandbox);
  return { sandbox, api: createApi(sandbox) };
}

async function received(count: number) {
  await expect.poll(() => app.received.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
  return app.received;
}

const told = ({ body: { eventType, entityId, data } }: WebhookReceiver['received'][number]) => ({
  eventType,
  entityId,
  data,
});

describe('the sandbox tells', () => {
  test('of a cart that is hidden, as Ecwid does', async () => {
    const { api } = await open({ clientSecret: 'mine' }, { now: () => new Date('2026-03-01T12:00:00Z') });
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    const [webhook] = await received(1);
    expect(webhook).toMatchObject({
      method: 'POST',
      url: '/app?eventtype=unfinished_order.updated',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: {
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        eventCreated: Date.parse('2026-03-01T12:00:00Z') / 1_000,
        storeId: 4870020,
        entityId: expect.any(Number),
        eventType: 'unfinished_order.updated',
        data: { orderId, cartId },
      },
    });
    const { eventCreated, eventId } = webhook?.body ?? {};
    expect(webhook?.headers['x-ecwid-webhook-signature']).toBe(
      createHmac('sha256', 'mine').update(`${eventCreated}.${eventId}`).digest('base64'),
    );
  });

  test.each(['gone', 'kept'] as const)(
    'of the order that a cart became, where that is %s',
    async (afterPlacing) => {
      const { api } = await open({}, { afterPlacing });
      const { json: placed } = await api.post(`/carts/${cartId}/place`);
      const [webhook, ...others] = await received(1);
      expect(webhook && told(webhook)).toEqual({
        eventType: 'order.created',
        entityId: placed.orderNumber,
        data: {
          orderId,
          newPaymentStatus: 'AWAITING_PAYMENT',
          newFulfillmentStatus: 'AWAITING_PROCESSING',
        },
      });
      expect(others).toEqual([]);
    },
  );

  test('of each change of an order and of a cart, in the order in which they happened', async () => {
    const { api } = await open();
    const { json: order } = await api.post('/orders', { body: { email: 'a@example.com' } });
    await api.put(`/orders/${order.orderId}`, {
      body: { paymentStatus: 'PAID', fulfillmentStatus: 'SHIPPED' },
    });
    await api.send('DELETE', `/orders/${order.orderId}`);
    const { json: cart } = await api.post('/orders', { body: { paymentStatus: 'INCOMPLETE' } });
    await api.put(`/orders/${cart.orderId}`, { body: { email: 'b@example.com' } });
    await api.send('DELETE', `/orders/${cart.orderId}`);
    const webhooks = await received(6);
    const ofOrder = { orderId: order.orderId };
    const ofCart = { orderId: cart.orderId, cartId: expect.stringMatching(/^[0-9A-F-]{36}$/) };
    const statuses = { newPaymentStatus: 'AWAITING_PAYMENT', newFulfillmentStatus: 'AWAITING_PROCESSING' };
    expect(webhooks.map(told)).toEqual([
      { eventType: 'order.created', entityId: order.id, data: { ...ofOrder, ...statuses } },
      {
        eventType: 'order.updated',
        entityId: order.id,
        data: {
          ...ofOrder,
          oldPaymentStatus: 'AWAITING_PAYMENT',
          newPaymentStatus: 'PAID',
          oldFulfillmentStatus: 'AWAITING_PROCESSING',
          newFulfillmentStatus: 'SHIPPED',
        },
      },
      { eventType: 'order.deleted', entityId: order.id, data: ofOrder },
      { eventType: 'unfinished_order.created', entityId: cart.id, data: ofCart },
      { eventType: 'unfinished_order.updated', entityId: cart.id, data: ofCart },
      { eventType: 'unfinished_order.deleted', entityId: cart.id, data: ofCart },
    ]);
    expect(new Set(webhooks.map(({ body }) => body.eventId)).size).toBe(6);
  });

  test('nobody of what is only read, or refused', async () => {
    const { api } = await open();
    await api.get('/carts');
    await api.put('/carts/NONE', { body: { hidden: true } });
    await api.put(`/carts/${cartId}`, { body: { email: 'c@example.com' } });
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    const webhooks = await received(1);
    expect(webhooks.map(({ body }) => body.eventType)).toEqual(['unfinished_order.updated']);
  });

  test('of a sale only the carts whose stock it has taken', async () => {
    const { sandbox, api } = await open({}, { placingTakesStock: true });
    await api.post(`/carts/${cartId}/place`);
    const { json: carts } = await api.get('/carts?limit=1');
    await sandbox.close();
    const updated = app.received.filter(({ body }) => body.eventType === 'unfinished_order.updated');
    expect(updated.length).toBeGreaterThan(0);
    expect(updated.length).toBeLessThan(carts.total);
  });

  test('an address that is given later, from then on', async () => {
    const { sandbox, api } = await open();
    sandbox.sendWebhooksTo(null);
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    sandbox.sendWebhooksTo({ url: app.url });
    await api.put(`/carts/${cartId}`, { body: { hidden: false } });
    await sandbox.close();
    expect(app.received).toHaveLength(1);
    const { eventCreated, eventId } = app.received[0]?.body ?? {};
    expect(app.received[0]?.headers['x-ecwid-webhook-signature']).toBe(
      createHmac('sha256', defaultClientSecret).update(`${eventCreated}.${eventId}`).digest('base64'),
    );
  });
});

// A day is less than a second.
const retryScale = 1 / 1_000_000;

describe('what has not arrived', () => {
  test.each([201, 202, 204, 209])('is not what is answered with %i', async (status) => {
    const { api } = await open({ retryScale });
    app.statuses.push(status);
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    await api.put(`/carts/${cartId}`, { body: { hidden: false } });
    const webhooks = await received(2);
    expect(new Set(webhooks.map(({ body }) => body.eventId)).size).toBe(webhooks.length);
  });

  test.each([203, 208, 301, 302, 401, 404, 500, 503])(
    'is what is answered with %i, and comes again as it was',
    async (status) => {
      const { api } = await open({ retryScale });
      app.statuses.push(status, status);
      await api.put(`/carts/${cartId}`, { body: { hidden: true } });
      const [first, second, third] = await received(3);
      expect([second, third].map((webhook) => webhook?.body)).toEqual([first?.body, first?.body]);
      expect(third?.headers).toEqual(first?.headers);
      expect(third?.url).toBe('/app?eventtype=unfinished_order.updated');
    },
  );

  test('does not hold up what comes after it', async () => {
    const { api } = await open();
    app.statuses.push(500);
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    await api.post(`/carts/${cartId}/place`);
    const webhooks = await received(2);
    expect(webhooks.map(({ body }) => body.eventType)).toEqual(['unfinished_order.updated', 'order.created']);
  });

  test('is tried 27 times more within a day, and then no more', async () => {
    expect(retriesAfterMs.map((ms) => ms / 3_600_000)).toEqual([
      ...[
        0.25, 0.5, 0.75, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
        24,
      ],
    ]);
    const { api } = await open({ retryScale: retryScale / 10 });
    app.statuses.push(...Array.from({ length: 60 }, () => 500));
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    await received(28);
    await api.put(`/carts/${cartId}`, { body: { hidden: false } });
    await received(56);
    const tries = app.received.filter(({ body }) => body.eventId === app.received[0]?.body.eventId);
    expect(tries).toHaveLength(28);
  });

  test('comes when the app is there again', async () => {
    const { url } = app;
    await app.close();
    const { api } = await open({ url, retryScale: retryScale * 100 });
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    app = await startWebhookReceiver(Number(new URL(url).port));
    expect((await received(1)).map(({ body }) => body.eventType)).toEqual(['unfinished_order.updated']);
  });

  test('is tried once before the sandbox is closed, and not waited for if the app never answers', async () => {
    const { sandbox, api } = await open();
    app.statuses.push(200, null);
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    await api.put(`/carts/${cartId}`, { body: { hidden: false } });
    await sandbox.close();
    expect(app.received).toHaveLength(2);
  });

  test('is forgotten when the sandbox is set back', async () => {
    const { sandbox, api } = await open({ retryScale: retryScale * 100 });
    app.statuses.push(500, 500);
    await api.put(`/carts/${cartId}`, { body: { hidden: true } });
    await received(1);
    sandbox.reset();
    await api.post(`/carts/${cartId}/place`);
    // Its second try is later than that of what came before would be.
    const webhooks = await received(3);
    expect(webhooks.map(({ body }) => body.eventType)).toEqual([
      'unfinished_order.updated',
      'order.created',
      'order.created',
    ]);
  });
});

test.each([
  [{ url: 'nowhere' }, 'webhooks.url'],
  [{ url: 'ftp://127.0.0.1/' }, 'webhooks.url'],
  [{ url: 'http://127.0.0.1/', clientSecret: '' }, 'webhooks.clientSecret'],
  [{ url: 'http://127.0.0.1/', retryScale: 0 }, 'webhooks.retryScale'],
])('refuses webhooks to %j', async (webhooks, name) => {
  await expect(createSandbox({ webhooks })).rejects.toThrow(name);
});
