import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type GatewayOnSandbox,
  type RunningGateway,
  startGateway,
  startGatewayOver,
} from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const operation = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) {
    order { id order_number orderNumber email subtotal total tax paymentStatus fulfillmentStatus refererId items { id name quantity price } }
    errors { code message }
  }
}`;

const items = [{ name: 'Tea', price: 12.5, quantity: 2, productId: '37208342', sku: 'TEA' }];

describe('Mutation.createOrder', () => {
  let gateway: GatewayOnSandbox;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  beforeEach(() => gateway.reset());
  afterAll(() => gateway.close());

  const callsMade = () =>
    gateway.calls.map(({ method, path }) => `${method} ${path.replace(/^\/orders\/.+/, '/orders/…')}`);

  test('has Ecwid calculate, and creates the order with its numbers', async () => {
    const input = { email: 'ann@example.com', items, paymentMethod: 'Invoice' };
    const { data, errors } = await gateway.query(operation, { input });
    expect(errors).toBeUndefined();
    const { order } = data.createOrder;
    expect(data.createOrder.errors).toEqual([]);
    expect(order).toMatchObject({
      email: 'ann@example.com',
      subtotal: 25,
      paymentStatus: 'AWAITING_PAYMENT',
      fulfillmentStatus: 'AWAITING_PROCESSING',
      items: [{ name: 'Tea', quantity: 2, price: 12.5 }],
    });
    expect(order.order_number).toBe(order.id);
    expect(callsMade()).toEqual(['POST /order/calculate', 'POST /orders', 'GET /orders/…']);

    const calculated = await gateway.query(
      'query ($input: CalculateOrderInput!) { calculateOrder(input: $input) { total tax } }',
      { input: { email: 'ann@example.com', items } },
    );
    expect(calculated.data.calculateOrder).toEqual({ total: order.total, tax: order.tax });
    expect(order.total).toBeGreaterThan(0);
  });

  test('sends the details as they are where it is told to', async () => {
    const input = { calculate: false, email: 'ann@example.com', items, subtotal: 25, total: 99.99, tax: 1 };
    const { data } = await gateway.query(operation, { input });
    expect(data.createOrder.order).toMatchObject({ subtotal: 25, total: 99.99, tax: 1 });
    expect(callsMade()).toEqual(['POST /orders', 'GET /orders/…']);
  });

  test('writes every kind of detail so that it reads back', async () => {
    const input = {
      calculate: false,
      email: 'ann@example.com',
      items: [{ ...items[0], selectedPrice: 12.5, isCustomerSetPrice: true, nameTranslated: { en: 'Tea' } }],
      total: 25,
      paymentStatus: 'PAID',
      orderType: 'B2B',
      createDate: '2026-01-02T03:04:05+01:00',
      pickupTime: '2026-02-01T10:00:00Z',
      extraFields: { id: '5', note: 'leave at door' },
      paymentParams: { orderType: 'kept' },
      orderExtraFields: [{ id: '77', value: 'x' }],
      utmData: { source: 'mail' },
      customerId: '15319411',
    };
    const { data } = await gateway.query(
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id } errors { message } } }',
      { input },
    );
    expect(data.createOrder.errors).toEqual([]);
    const read = await gateway.query(
      `{ order(id: "${data.createOrder.order.id}") {
        paymentStatus orderType createDate pickupTime extraFields paymentParams orderExtraFields { id value }
        utmData { source } items { productId selectedPrice nameTranslated }
      } }`,
    );
    expect(read.errors).toBeUndefined();
    expect(read.data.order).toMatchObject({
      paymentStatus: 'PAID',
      orderType: 'B2B',
      createDate: '2026-01-02T02:04:05.000Z',
      pickupTime: '2026-02-01T10:00:00.000Z',
      extraFields: { id: '5', note: 'leave at door' },
      paymentParams: { orderType: 'kept' },
      orderExtraFields: [{ id: '77', value: 'x' }],
      utmData: { source: 'mail' },
      items: [{ productId: '37208342', selectedPrice: 12.5, nameTranslated: { en: 'Tea' } }],
    });
  });

  test.each<[string, object, string]>([
    ['no items', { items: [] }, 'ITEMS_MISSING'],
    ['a quantity below one', { items: [{ price: 1, quantity: 0 }] }, 'INVALID_INPUT'],
    ['an empty key', { items, idempotencyKey: ' ' }, 'INVALID_INPUT'],
    ['an endless key', { items, idempotencyKey: 'k'.repeat(256) }, 'INVALID_INPUT'],
    ['a key beside a refererId', { items, idempotencyKey: 'k', refererId: 'mine' }, 'INVALID_INPUT'],
  ])('refuses %s where the caller looks, before Ecwid is asked', async (_name, input, code) => {
    const inPayload = await gateway.query(operation, { input });
    expect(inPayload.data.createOrder).toMatchObject({ order: null, errors: [{ code }] });
    const thrown = await gateway.query(
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id } } }',
      { input },
    );
    expect(thrown).toMatchObject({ data: { createOrder: null }, errors: [{ extensions: { code } }] });
    expect(gateway.calls).toEqual([]);
  });

  test('refuses UNKNOWN by its place', async () => {
    const { errors } = await gateway.query(operation, { input: { items, paymentStatus: 'UNKNOWN' } });
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'input.paymentStatus' } },
    ]);
  });

  test('creates one order for a key, whoever asks and however many at once', async () => {
    const input = { email: 'ann@example.com', items, idempotencyKey: 'order 1 of Ann' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.query(operation, { input })));
    const later = await gateway.query(operation, { input });
    const ids = [...answers, later].map(({ data }) => data.createOrder.order.id);
    expect(new Set(ids).size).toBe(1);
    expect(callsMade().filter((call) => call === 'POST /orders')).toHaveLength(1);
    expect(later.data.createOrder.order.refererId).toMatch(/^key-[0-9a-f]{32}$/);
  });

  test('finds the order of a key again after a restart', async () => {
    const input = {
      email: 'ann@example.com',
      items,
      idempotencyKey: 'order 2 of Ann',
      paymentStatus: 'INCOMPLETE',
    };
    const first = await gateway.query(
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id } errors { message } } }',
      { input },
    );
    expect(first.data.createOrder.errors).toEqual([]);
    const restarted = await startGatewayOver(gateway.sandbox.url, {
      token: gateway.sandbox.secretToken,
      deadlineMs: 10_000,
    });
    gateway.calls.length = 0;
    try {
      const again = await restarted.query(
        'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id } } }',
        { input },
      );
      expect(again.data.createOrder.order.id).toBe(first.data.createOrder.order.id);
      expect(callsMade()).toEqual(['GET /orders']);
    } finally {
      await restarted.close();
    }
  });

  test('takes no key a second time for other details', async () => {
    const input = { email: 'ann@example.com', items, idempotencyKey: 'order 3 of Ann' };
    await gateway.query(operation, { input });
    const other = await gateway.query(operation, { input: { ...input, email: 'bob@example.com' } });
    expect(other.data.createOrder).toMatchObject({ order: null, errors: [{ code: 'INVALID_INPUT' }] });
  });

  test('lets a key be used again for details that were refused', async () => {
    const idempotencyKey = 'order 4 of Ann';
    const refused = await gateway.query(operation, { input: { items: [], idempotencyKey } });
    expect(refused.data.createOrder.errors).toMatchObject([{ code: 'ITEMS_MISSING' }]);
    const { data } = await gateway.query(operation, {
      input: { items, email: 'ann@example.com', idempotencyKey },
    });
    expect(data.createOrder.errors).toEqual([]);
  });
});

describe('Mutation.createOrder in bad weather', () => {
  let origin: ScriptedOrigin;
  let gateway: RunningGateway;

  beforeAll(async () => {
    origin = await startScriptedOrigin();
    gateway = await startGatewayOver(origin.url);
  });
  afterAll(async () => {
    await gateway.close();
    await origin.close();
  });

  const posts = () => origin.requests.filter((request) => /^POST \S+\/orders$/.test(request));

  test.each([
    [400, 'INVALID_INPUT'],
    [409, 'INVALID_INPUT'],
    [402, 'UNABLE_TO_CREATE_ORDER'],
    [429, 'UNABLE_TO_CREATE_ORDER'],
    [500, 'OUTCOME_UNKNOWN'],
    [408, 'OUTCOME_UNKNOWN'],
  ])("takes Ecwid's %i for %s, logs it, and sends the order once", async (status, code) => {
    origin.script = answerJson({ errorCode: 'SOME_CODE' }, status);
    origin.requests.length = 0;
    gateway.logLines.length = 0;
    const { data } = await gateway.query(operation, { input: { calculate: false, items } });
    expect(data.createOrder).toMatchObject({ order: null, errors: [{ code }] });
    expect(posts()).toHaveLength(1);
    expect(gateway.logLines.map((line) => JSON.parse(line))).toMatchObject([{ status, refusal: code }]);
  });

  test('says that a calculation failed, since then nothing was created', async () => {
    origin.script = answerJson({}, 503);
    origin.requests.length = 0;
    const { data, errors } = await gateway.query(operation, { input: { items } });
    expect(data).toEqual({ createOrder: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR' } }]);
    expect(posts()).toEqual([]);
  });

  test('finds the order of a key where the answer to its creation was lost', async () => {
    let created: object | undefined;
    origin.requests.length = 0;
    origin.script = (request, response) => {
      if (request.method === 'GET') {
        return answerJson({ items: created ? [created] : [], total: 1 })(request, response);
      }
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        // Found by searches only a while after it was made.
        const { refererId } = JSON.parse(body);
        setTimeout(() => {
          created = { id: 'AB1CD', orderNumber: 77, refererId };
        }, 300);
        request.socket.destroy();
      });
    };
    const input = { calculate: false, items, idempotencyKey: 'lost' };
    const { data } = await gateway.query(
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { order_number orderNumber } errors { code } } }',
      { input },
    );
    expect(data.createOrder).toEqual({ order: { order_number: 'AB1CD', orderNumber: '77' }, errors: [] });
    expect(posts()).toHaveLength(1);
  });
});
