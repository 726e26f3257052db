import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failBefore, refuseAfterwards, tooMany } from '../faults.ts';
import {
  type FaultyStore,
  made,
  openFaultyStore,
  place,
  quick,
  readme,
  safeToTryAgain,
} from './faulty-store.ts';

const { cartId, orderNumber } = readme;

let store: FaultyStore;
beforeEach(async () => {
  store = await openFaultyStore();
});
afterEach(() => store.close());

const isSaidToBeSafe = {
  orderNumber: null,
  messages: [expect.stringMatching(safeToTryAgain)],
};

describe('a request to place that Ecwid has not worked on', () => {
  test('E13: 429 for as long as the call may take is said to be safe to try again, and the next call places', async () => {
    const brief = await store.startGateway({ timing: { ...quick, deadlineMs: 3_000 } });
    store.proxy.choose = (kind) => (kind === 'place' ? tooMany : undefined);
    expect(await place(brief, cartId)).toMatchObject({ ...isSaidToBeSafe, codes: ['RATE_LIMITED'] });
    expect(await store.newOrders()).toBe(0);
    store.proxy.choose = () => undefined;
    expect(await place(await store.startGateway(), cartId)).toEqual(made(orderNumber));
    expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await store.newOrders()).toBe(1);
  });

  test('E13: 429 once is only a pause', async () => {
    store.proxy.failNext('place', tooMany);
    expect(await place(await store.startGateway(), cartId)).toEqual(made(orderNumber));
    expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
  });

  test('E13: a connection refused to the request to place is said to be safe to try again', async () => {
    const gateway = await store.startGateway();
    store.proxy.failNext('cart', refuseAfterwards);
    expect(await place(gateway, cartId)).toMatchObject({
      ...isSaidToBeSafe,
      codes: ['UPSTREAM_UNAVAILABLE'],
    });
    expect(store.proxy.arrived).toEqual(['cart']);
    expect(await store.newOrders()).toBe(0);
    await store.proxy.listen();
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await store.newOrders()).toBe(1);
  });

  test('E13: an open circuit sends nothing, which is said to be safe to try again', async () => {
    const gateway = await store.startGateway({ breaker: {} });
    store.proxy.choose = () => failBefore(503);
    for (let n = 0; n < 16; n += 1) await gateway.query('{ cart(id: "A") { total } }');
    store.proxy.choose = () => undefined;
    expect(await place(gateway, cartId)).toMatchObject({
      ...isSaidToBeSafe,
      codes: ['UPSTREAM_UNAVAILABLE'],
    });
    expect(store.proxy.arrived).toHaveLength(16);
    expect(await store.newOrders()).toBe(0);
  });

  test('E13: a connection refused to the first request is said to be safe to try again', async () => {
    const gateway = await store.startGateway();
    store.proxy.refuse();
    expect(await place(gateway, cartId)).toMatchObject({
      ...isSaidToBeSafe,
      codes: ['UPSTREAM_UNAVAILABLE'],
    });
    await store.proxy.listen();
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    expect(await store.newOrders()).toBe(1);
  });
});
