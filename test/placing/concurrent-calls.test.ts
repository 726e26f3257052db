import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCheckout } from '../../src/checkout/checkout.ts';
import { createSqliteJournal } from '../../src/checkout/sqlite-journal.ts';
import { systemClock } from '../../src/checkout/timing.ts';
import { createEcwidClient } from '../../src/ecwid/client.ts';
import { createDispatcher } from '../../src/ecwid/dispatcher.ts';
import { createLog } from '../../src/log.ts';
import type { SandboxRequest } from '../../src/sandbox/sandbox.ts';
import { everyScope } from '../../src/viewer.ts';
import { holdAfter, holdBefore } from '../faults.ts';
import { wireFieldsOf } from '../wire-fields.ts';
import { another, type FaultyStore, greta, made, openFaultyStore, place, readme } from './faulty-store.ts';
import { startGatewayProcess } from './gateway-process.ts';

let store: FaultyStore;
beforeEach(async () => {
  store = await openFaultyStore();
});
afterEach(() => store.close());

const fifty = Array.from({ length: 50 });
const { cartId, orderNumber } = readme;
const once = { sent: 1, made: 1 };

describe('many calls for one cart', () => {
  test('E1: fifty at once send one request to place, make one order and all answer with it', async () => {
    // Whoever looked into the journal from time to time would wait for longer than the test.
    const gateway = await store.startGateway({ timing: { deadlineMs: 120_000, pollMs: 60_000 } });
    const answered = holdAfter();
    store.proxy.failNext('place', answered.fault);
    const calls = fifty.map(() => place(gateway, cartId));
    await answered.reached;
    answered.release();
    expect(await Promise.all(calls)).toEqual(fifty.map(() => made(orderNumber)));
    expect(store.placings(cartId)).toEqual(once);
    expect(await store.newOrders()).toBe(1);
  });

  test('E2: fifty at once over two gateways that share a journal make one order', async () => {
    const gateways = [await store.startGateway(), await store.startGateway()] as const;
    const calls = fifty.map((_, index) => place(gateways[index % 2 === 0 ? 0 : 1], cartId));
    expect(await Promise.all(calls)).toEqual(fifty.map(() => made(orderNumber)));
    expect(store.placings(cartId)).toEqual(once);
    expect(await store.newOrders()).toBe(1);
  });

  test('E2: fifty at once over two processes that share a journal make one order', async () => {
    const gateways = await Promise.all([startGatewayProcess(store), startGatewayProcess(store)]);
    try {
      const calls = fifty.map((_, index) => place(gateways[index % 2 === 0 ? 0 : 1], greta.cartId));
      expect(await Promise.all(calls)).toEqual(fifty.map(() => made(greta.orderNumber)));
      expect(store.placings(greta.cartId)).toEqual(once);
      expect(await store.newOrders()).toBe(1);
    } finally {
      expect(await Promise.all(gateways.map(({ end }) => end('SIGTERM')))).toEqual([0, 0]);
    }
  });

  // A gateway of shorter steps takes so long a claim for a mistake, as it takes one that has lapsed.
  const long = { timing: { stepMs: 60_000, deadlineMs: 120_000 }, deadlineMs: 60_000 };
  const short = { timing: { stepMs: 15_000 }, deadlineMs: 15_000 };

  test('E2: a cart that is gone when it is read late is an order that another gateway has made', async () => {
    const [first, second] = [await store.startGateway(long), await store.startGateway(short)];
    const [firstRead, secondRead] = [holdBefore(), holdBefore()];
    store.proxy.failNext('cart', firstRead.fault, secondRead.fault);
    const firstCall = place(first, cartId);
    await firstRead.reached;
    const secondCall = place(second, cartId);
    await secondRead.reached;
    firstRead.release();
    expect(await firstCall).toEqual(made(orderNumber));
    secondRead.release();
    expect(await secondCall).toEqual(made(orderNumber));
    expect(store.placings(cartId)).toEqual(once);
  });

  test('E2: a cart that is gone when it is read late is an order that another gateway is making', async () => {
    const [first, second] = [await store.startGateway(long), await store.startGateway(short)];
    const [firstRead, secondRead, placed] = [holdBefore(), holdBefore(), holdAfter()];
    store.proxy.failNext('cart', firstRead.fault, secondRead.fault);
    store.proxy.failNext('place', placed.fault);
    const firstCall = place(first, cartId);
    await firstRead.reached;
    const secondCall = place(second, cartId);
    await secondRead.reached;
    firstRead.release();
    await placed.reached;
    secondRead.release();
    expect(await secondCall).toEqual(made(orderNumber));
    placed.release();
    expect(await firstCall).toEqual(made(orderNumber));
    expect(store.placings(cartId)).toEqual(once);
  });

  test('E3: a call after the order answers with it and asks Ecwid nothing, after a restart too', async () => {
    const gateway = await store.startGateway();
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    const asked = [...store.proxy.arrived];
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    expect(await place(await store.startGateway(), cartId)).toEqual(made(orderNumber));
    expect(store.proxy.arrived).toEqual(asked);
    expect(store.placings(cartId)).toEqual(once);
  });

  test('E3: a day later it is the same order still', async () => {
    expect(await place(await store.startGateway(), cartId)).toEqual(made(orderNumber));
    const asked = [...store.proxy.arrived];
    const clock = { ...systemClock, now: () => Date.now() + 24 * 60 * 60 * 1000 };
    const { storeId, secretToken: token } = store.sandbox;
    const journal = createSqliteJournal({ directory: store.dataDir, storeId, clock });
    const apiUrl = new URL(store.proxy.url);
    const dispatcher = createDispatcher(apiUrl);
    const ecwid = createEcwidClient({
      apiUrl,
      storeId,
      token,
      dispatcher,
      log: createLog({ level: 'silent' }),
    });
    const checkout = createCheckout({ ecwid, journal, log: createLog({ level: 'silent' }), clock });
    expect(await checkout.placeOrder(cartId, everyScope)).toMatchObject({
      outcome: 'made',
      order: { key: orderNumber },
    });
    expect(store.proxy.arrived).toEqual(asked);
    await checkout.close();
    await dispatcher.close();
    await journal.close();
  });
});

describe('calls for two carts', () => {
  test('E14: do not wait for each other', async () => {
    const gateway = await store.startGateway();
    const answered = holdAfter();
    store.proxy.failNext('place', answered.fault);
    const first = place(gateway, readme.cartId);
    await answered.reached;
    expect(await place(gateway, another.cartId)).toEqual(made(another.orderNumber));
    answered.release();
    expect(await first).toEqual(made(readme.orderNumber));
    expect(await store.newOrders()).toBe(2);
  });

  test('E14: at once make an order each', async () => {
    const gateway = await store.startGateway();
    const carts = [readme, another, greta];
    const told = await Promise.all(carts.map((cart) => place(gateway, cart.cartId)));
    expect(told).toEqual(carts.map((cart) => made(cart.orderNumber)));
    expect(carts.map((cart) => store.placings(cart.cartId))).toEqual([once, once, once]);
    expect(await store.newOrders()).toBe(3);
  });
});

// The rules, and what the order is recognised by should its answer be lost.
const fieldsOfPlacing = [
  'billingPerson.city',
  'billingPerson.postalCode',
  'billingPerson.street',
  'createDate',
  'createTimestamp',
  'customerId',
  'email',
  'items.combinationId',
  'items.digital',
  'items.isPreorder',
  'items.isShippingRequired',
  'items.price',
  'items.productId',
  'items.quantity',
  'items.quantityInStock',
  'items.sku',
  'items.trackQuantity',
  'paymentMethod',
  'paymentModule',
  'recoveredOrderId',
  'recoveredPublicUid',
  'recovered_order_id',
  'shippingOption.fulfillmentType',
  'shippingOption.fulfilmentType',
  'shippingOption.isPickup',
  'shippingOption.shippingMethodId',
  'shippingOption.shippingMethodName',
  'shippingPerson.city',
  'shippingPerson.postalCode',
  'shippingPerson.street',
  'total',
];

describe('one operation', () => {
  test('E14: that places a cart twice, by two aliases, shows the same order twice', async () => {
    const gateway = await store.startGateway();
    const field = `placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } }`;
    const { data, errors } = await gateway.query(`mutation { a: ${field} b: ${field} }`);
    expect(errors).toBeUndefined();
    const order = { order_number: orderNumber };
    expect(data).toEqual({ a: { order }, b: { order } });
    expect(store.placings(cartId)).toEqual(once);
    expect(await store.newOrders()).toBe(1);
  });

  test('that goes well reads what the rules need, places, and asks nothing else', async () => {
    const gateway = await store.startGateway();
    const { data } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } } }`,
    );
    expect(data.placeOrder.order).toEqual({ order_number: orderNumber });
    const [read, placed, ...others] = store.proxy.forwarded as readonly SandboxRequest[];
    expect(read).toMatchObject({ method: 'GET', path: `/carts/${cartId}` });
    expect([...(read?.query.keys() ?? [])]).toEqual(['responseFields']);
    expect(wireFieldsOf(read)).toEqual(fieldsOfPlacing);
    expect(placed).toMatchObject({ method: 'POST', path: `/carts/${cartId}/place` });
    expect([...(placed?.query.keys() ?? [])]).toEqual([]);
    expect(others).toEqual([]);
  });
});
