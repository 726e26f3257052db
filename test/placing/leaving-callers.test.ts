import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RequestKind } from '../faults.ts';
import { type Hold, holdAfter, holdBefore } from '../faults.ts';
import { type FaultyStore, made, openFaultyStore, place, readme } from './faulty-store.ts';

const { cartId, orderNumber } = readme;

let store: FaultyStore;
beforeEach(async () => {
  store = await openFaultyStore();
});
afterEach(() => store.close());

const moments: readonly [string, RequestKind, () => Hold][] = [
  ['while the cart is read', 'cart', holdBefore],
  ['before the store has placed', 'place', holdBefore],
  ['after the store has placed', 'place', holdAfter],
];

describe('a caller that leaves', () => {
  test.each(moments)('E9: %s and calls again joins what is under way', async (_moment, kind, hold) => {
    const gateway = await store.startGateway({ timing: {} });
    const held = hold();
    store.proxy.failNext(kind, held.fault);
    const leave = new AbortController();
    const first = place(gateway, cartId, leave).catch(() => 'left');
    await held.reached;
    leave.abort();
    expect(await first).toBe('left');
    // An answer from the gateway is a turn in which it hears of the one who left.
    expect(await gateway.query('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    const retry = place(gateway, cartId);
    held.release();
    expect(await retry).toEqual(made(orderNumber));
    expect(store.proxy.arrived).toEqual(['cart', 'place']);
    expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await store.newOrders()).toBe(1);
  });

  test.each(moments)('E9: %s for good has the cart placed all the same', async (_moment, kind, hold) => {
    const gateway = await store.startGateway({ timing: {} });
    const held = hold();
    store.proxy.failNext(kind, held.fault);
    const leave = new AbortController();
    const first = place(gateway, cartId, leave).catch(() => 'left');
    await held.reached;
    leave.abort();
    expect(await first).toBe('left');
    expect(await gateway.query('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    held.release();
    await expect.poll(() => store.placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    expect(store.proxy.arrived).toEqual(['cart', 'place']);
  });
});
