import { describe, expect, type TestContext, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { type Fault, failAfter, failBefore, hangAfter, holdAfter, resetAfter, tooMany } from '../faults.ts';
import { create, type FaultyStore, openFaultyStore, place, quick, safeToTryAgain } from './faulty-store.ts';

async function open({ onTestFinished }: TestContext, options: SandboxOptions = {}): Promise<FaultyStore> {
  const store = await openFaultyStore(options);
  onTestFinished(() => store.close());
  return store;
}

const input = {
  idempotencyKey: 'a key',
  email: 'ann@example.com',
  items: [{ name: 'Tea', price: 12.5, quantity: 2, productId: '37208342', sku: 'TEA' }],
};
const isInvalid = { orderNumber: null, codes: ['INVALID_INPUT'] };
const isMade = { orderNumber: expect.stringMatching(/./), codes: [] };

describe.concurrent('E11: an order with a key', () => {
  test('E11: is the same for the same details, in whatever order they are written and after a restart', async (context) => {
    const store = await open(context);
    const gateway = await store.startGateway();
    const first = await create(gateway, input);
    expect(first).toMatchObject(isMade);
    const { items, email, idempotencyKey } = input;
    expect(await create(gateway, { items, email, idempotencyKey })).toEqual(first);
    expect(await create(await store.startGateway(), input)).toEqual(first);
    expect(store.forwarded('create')).toBe(1);
    expect(await store.newOrders()).toBe(1);
  });

  test('E11: is refused to other details, at the same time and later', async (context) => {
    const store = await open(context);
    const gateway = await store.startGateway();
    const held = holdAfter();
    store.proxy.failNext('create', held.fault);
    const first = create(gateway, input);
    await held.reached;
    const others = { ...input, email: 'bob@example.com' };
    expect(await create(gateway, others)).toMatchObject(isInvalid);
    held.release();
    expect(await first).toMatchObject(isMade);
    expect(await create(gateway, others)).toMatchObject(isInvalid);
    expect(await create(await store.startGateway(), others)).toMatchObject(isInvalid);
    expect(await create(gateway, input)).toEqual(await first);
    expect(store.forwarded('create')).toBe(1);
    expect(await store.newOrders()).toBe(1);
  });

  test('E11: is one for twenty at once over two gateways', async (context) => {
    const store = await open(context);
    const gateways = [await store.startGateway(), await store.startGateway()] as const;
    const calls = Array.from({ length: 20 }, (_, index) =>
      create(gateways[index % 2 === 0 ? 0 : 1], { ...input, calculate: true }),
    );
    const [first, ...others] = await Promise.all(calls);
    expect(first).toMatchObject(isMade);
    for (const other of others) expect(other).toEqual(first);
    expect(store.forwarded('create')).toBe(1);
    expect(await store.newOrders()).toBe(1);
  });

  test('E11: is not what another key stands for, nor what no key stands for', async (context) => {
    const store = await open(context);
    const gateway = await store.startGateway();
    const { idempotencyKey: _, ...withoutKey } = input;
    const inputs = [input, { ...input, idempotencyKey: 'A key' }, withoutKey, withoutKey];
    const told = await Promise.all(inputs.map((one) => create(gateway, one)));
    expect(new Set(told.map(({ orderNumber }) => orderNumber)).size).toBe(4);
    expect(await store.newOrders()).toBe(4);
  });

  test('E11: has one of 1 to 255 characters', async (context) => {
    const store = await open(context);
    const gateway = await store.startGateway();
    for (const idempotencyKey of ['', ' ', 'k'.repeat(256)]) {
      expect(await create(gateway, { ...input, idempotencyKey })).toMatchObject(isInvalid);
    }
    expect(store.proxy.arrived).toEqual([]);
    expect(await create(gateway, { ...input, idempotencyKey: 'k'.repeat(255) })).toMatchObject(isMade);
    expect(await store.newOrders()).toBe(1);
  });
});

describe.concurrent('a refusal', () => {
  test('E12: of the gateway leaves the key to corrected details', async (context) => {
    const store = await open(context);
    const gateway = await store.startGateway();
    const none = input.items.map((item) => ({ ...item, quantity: 0 }));
    expect(await create(gateway, { ...input, items: none })).toMatchObject(isInvalid);
    expect(await create(gateway, { ...input, items: [] })).toMatchObject({ codes: ['ITEMS_MISSING'] });
    expect(store.proxy.arrived).toEqual([]);
    expect(await create(gateway, input)).toMatchObject(isMade);
    expect(await store.newOrders()).toBe(1);
  });

  test('E12: of the calculation leaves the key to corrected details', async (context) => {
    const store = await open(context);
    const gateway = await store.startGateway();
    store.proxy.failNext('calculate', failBefore(400));
    expect(await create(gateway, { ...input, calculate: true })).toMatchObject(isInvalid);
    expect(await store.newOrders()).toBe(0);
    const corrected = { ...input, calculate: true, email: 'ann@example.org' };
    expect(await create(gateway, corrected)).toMatchObject(isMade);
    expect(await store.newOrders()).toBe(1);
  });

  test('E12: of the store leaves the key to corrected details', async (context) => {
    const store = await open(context, { createRequires: 'documented' });
    const gateway = await store.startGateway();
    expect(await create(gateway, input)).toMatchObject(isInvalid);
    expect(store.forwarded('create')).toBe(1);
    expect(await store.newOrders()).toBe(0);
    const corrected = { ...input, calculate: true, paymentMethod: 'Invoice' };
    expect(await create(gateway, corrected)).toMatchObject(isMade);
    expect(await store.newOrders()).toBe(1);
  });

  test('E12: to place a cart is not what the cart is told for good', async (context) => {
    const store = await open(context);
    const withoutPayment = '5A0DB0C5-0000-4000-8000-000000000006';
    // A claim that was not given back would be held for longer than the test takes.
    const timing = { stepMs: 60_000, deadlineMs: 120_000 };
    const strict = await store.startGateway({ timing });
    expect(await place(strict, withoutPayment)).toMatchObject({ codes: ['PAYMENT_METHOD_MISSING'] });
    expect(store.placings(withoutPayment)).toEqual({ sent: 0, made: 0 });
    const lenient = await store.startGateway({ timing, required: [] });
    expect(await place(lenient, withoutPayment)).toMatchObject(isMade);
    expect(await place(strict, withoutPayment)).toMatchObject(isMade);
    expect(await store.newOrders()).toBe(1);
  });
});

const lostAnswers: readonly [string, Fault][] = [
  ['E4: an answer that never comes', hangAfter],
  ['E5: a connection that is reset', resetAfter],
  ['E7: 503', failAfter(503)],
];

describe.concurrent('the creation of an order with a key', () => {
  test.for(lostAnswers)('%s after the order was made leads to that order', async ([, fault], context) => {
    const store = await open(context);
    const gateway = await store.startGateway();
    store.proxy.failNext('create', fault);
    const first = await create(gateway, input);
    expect(first).toMatchObject(isMade);
    expect(await create(await store.startGateway(), input)).toEqual(first);
    expect(store.forwarded('create')).toBe(1);
    expect(await store.newOrders()).toBe(1);
  });

  test('E13: that is too much for the store is said to be safe to try again', async (context) => {
    const store = await open(context);
    const brief = await store.startGateway({ timing: { ...quick, deadlineMs: 3_000 } });
    store.proxy.choose = (kind) => (kind === 'create' ? tooMany : undefined);
    const { messages } = await create(brief, input);
    expect(messages).toEqual([expect.stringMatching(safeToTryAgain)]);
    store.proxy.choose = () => undefined;
    expect(await create(await store.startGateway(), input)).toMatchObject(isMade);
    expect(await store.newOrders()).toBe(1);
  });

  test('E15: that searches do not know yet stays unknown, and a later call gives the order', async (context) => {
    let now = new Date();
    const store = await open(context, { now: () => now, searchLagMs: 3_000 });
    const brief = await store.startGateway({ timing: { ...quick, deadlineMs: 3_000 } });
    store.proxy.failNext('create', resetAfter);
    expect(await create(brief, input)).toMatchObject({ orderNumber: null, codes: ['OUTCOME_UNKNOWN'] });
    now = new Date(now.getTime() + 3_000);
    expect(await create(await store.startGateway(), input)).toMatchObject(isMade);
    expect(store.forwarded('create')).toBe(1);
    expect(await store.newOrders()).toBe(1);
  });
});
