import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway, startGatewayOver } from '../running-gateway.ts';

const operation = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) {
    order { id order_number orderNumber email subtotal total tax paymentStatus fulfillmentStatus refererId items { id name quantity price } }
    errors { code message }
  }
}`;

const items = [{ name: 'Tea', price: 12.5, quantity: 2, productId: '37208342', sku: 'TEA' }];

/** A map in a map, so many times. */
function nested(levels: number): object {
  return levels === 0 ? {} : { deeper: nested(levels - 1) };
}

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
      extraFields: { id: '5', note: 'leave at door', productId: 'none', products: 'tea' },
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
      extraFields: { id: '5', note: 'leave at door', productId: 'none', products: 'tea' },
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
    ['a key with half a character', { items, idempotencyKey: 'k\ud800' }, 'INVALID_INPUT'],
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

  test.each<[string, object, string]>([
    [
      'a productId of letters',
      { items: [{ price: 1, quantity: 1, productId: 'abc' }] },
      'input.items.0.productId',
    ],
    ['a customerId of letters', { items, customerId: 'me' }, 'input.customerId'],
    ['a year of five digits', { items, createDate: '9999-12-31T23:59:59-01:00' }, 'input.createDate'],
    ['a map without a bottom', { items, extraFields: nested(40) }, 'input.extraFields'],
  ])('refuses %s by its place', async (_name, input, argument) => {
    const { errors } = await gateway.query(operation, { input });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: expect.stringContaining(argument),
    });
    expect(gateway.calls).toEqual([]);
  });

  test('creates an order that is still a cart, and reads it back', async () => {
    const { data, errors } = await gateway.query(operation, {
      input: { items, email: 'a@b.c', paymentStatus: 'INCOMPLETE' },
    });
    expect(errors).toBeUndefined();
    expect(data.createOrder.order).toMatchObject({ paymentStatus: 'INCOMPLETE', email: 'a@b.c' });
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
    for (const difference of [{ email: 'bob@example.com' }, { calculate: false }]) {
      const other = await gateway.query(operation, { input: { ...input, ...difference } });
      expect(other.data.createOrder).toMatchObject({ order: null, errors: [{ code: 'INVALID_INPUT' }] });
    }
    expect((await gateway.query(operation, { input })).data.createOrder.errors).toEqual([]);
  });

  test('takes a key a second time for the same details in another order', async () => {
    const input = { email: 'ann@example.com', items, idempotencyKey: 'order 5 of Ann' };
    const make = (extraFields: object) =>
      gateway.query(operation, { input: { ...input, calculate: false, extraFields } });
    const first = await make({ gift: 'yes', note: 'ring twice' });
    const second = await make({ note: 'ring twice', gift: 'yes' });
    expect(second.data.createOrder.errors).toEqual([]);
    expect(second.data.createOrder.order.id).toBe(first.data.createOrder.order.id);
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
