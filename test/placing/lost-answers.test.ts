import { describe, expect, type TestContext, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import {
  breakOffAfter,
  type Fault,
  failAfter,
  failBefore,
  hangAfter,
  hangBefore,
  pageAfter,
  resetAfter,
  resetBefore,
  truncateAfter,
} from '../faults.ts';
import { type FaultyStore, made, openFaultyStore, place, quick, readme } from './faulty-store.ts';

const { cartId, orderNumber } = readme;

// Most of their time they wait, so they wait together.
async function open({ onTestFinished }: TestContext, options: SandboxOptions): Promise<FaultyStore> {
  const store = await openFaultyStore(options);
  onTestFinished(() => store.close());
  return store;
}

const worlds: readonly [string, SandboxOptions][] = [
  ['a placed cart is gone', { afterPlacing: 'gone' }],
  ['a placed cart is kept', { afterPlacing: 'kept' }],
  ['a placed cart is gone and its order has a date of its own', { placingStampsCreateDate: true }],
  [
    'a placed cart is kept and its order has a date of its own',
    { afterPlacing: 'kept', placingStampsCreateDate: true },
  ],
];

const afterProcessing: readonly [string, Fault][] = [
  ['E4: an answer that never comes', hangAfter],
  ['E5: a connection that is reset', resetAfter],
  ['E7: 500', failAfter(500)],
  ['E7: 502', failAfter(502)],
  ['E7: 503', failAfter(503)],
  ['E7: 504', failAfter(504)],
  ['E7: half an answer', truncateAfter],
  ['E7: an answer that breaks off', breakOffAfter],
  ['E7: a page of HTML with status 200', pageAfter],
];

const withoutProcessing: readonly [string, Fault][] = [
  ['E6: a connection that is reset', resetBefore],
  ['E6: a request that gets stuck', hangBefore],
  ['E7: 500', failBefore(500)],
  ['E7: 503', failBefore(503)],
];

describe.concurrent.each(worlds)('where %s', (_world, options) => {
  test.for(afterProcessing)('%s after the order was made leads to that order', async ([, fault], context) => {
    const { proxy, startGateway, placings, newOrders } = await open(context, options);
    const gateway = await startGateway();
    proxy.failNext('place', fault);
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    expect(placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    expect(placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await newOrders()).toBe(1);
  });

  test.for(withoutProcessing)('%s before anything was done leads to an order', async ([, fault], context) => {
    const { proxy, startGateway, placings, newOrders } = await open(context, options);
    const gateway = await startGateway();
    proxy.failNext('place', fault);
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    expect(placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await newOrders()).toBe(1);
  });
});

// The deadline has to pass for these.
const brief = { timing: { ...quick, deadlineMs: 3_000 } };

describe.concurrent('for as long as nothing gets through, the outcome is unknown', () => {
  test.for([
    ['E4: where the order was made and nothing answers', hangAfter, 1],
    ['E5: where the order was made and every connection is reset', resetAfter, 1],
    ['E7: where the order was made and every answer is 500', failAfter(500), 1],
    ['E6: where every connection is reset before', resetBefore, 0],
    ['E7: where every answer is 500 and nothing is done', failBefore(500), 0],
  ] as const)('%s, and the next call gives the order', async ([, fault, orders], context) => {
    const { proxy, startGateway, placings, newOrders } = await open(context, {});
    const gateway = await startGateway(brief);
    let isPlaceSeen = false;
    proxy.choose = (kind) => {
      isPlaceSeen ||= kind === 'place';
      return isPlaceSeen ? fault : undefined;
    };
    expect(await place(gateway, cartId)).toMatchObject({ orderNumber: null, codes: ['OUTCOME_UNKNOWN'] });
    expect(await newOrders()).toBe(orders);
    proxy.choose = () => undefined;
    // Another gateway, with time enough for a machine of any load.
    expect(await place(await startGateway(), cartId)).toEqual(made(orderNumber));
    expect(await place(gateway, cartId)).toEqual(made(orderNumber));
    expect(placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await newOrders()).toBe(1);
  });

  test('E15: where searches do not know the order yet, and a later call gives it', async (context) => {
    const lagMs = 3_000;
    let now = new Date();
    const { proxy, startGateway, placings, newOrders } = await open(context, {
      now: () => now,
      searchLagMs: lagMs,
    });
    const gateway = await startGateway(brief);
    proxy.failNext('place', resetAfter);
    const isUnknown = { orderNumber: null, codes: ['OUTCOME_UNKNOWN'] };
    expect(await place(gateway, cartId)).toMatchObject(isUnknown);
    expect(await place(gateway, cartId)).toMatchObject(isUnknown);
    expect(await newOrders()).toBe(0);
    now = new Date(now.getTime() + lagMs);
    expect(await newOrders()).toBe(1);
    expect(await place(await startGateway(), cartId)).toEqual(made(orderNumber));
    expect(placings(cartId)).toEqual({ sent: 1, made: 1 });
  });

  test('E15: where the cart is kept, the order is known before searches know it', async (context) => {
    const { proxy, startGateway, placings } = await open(context, {
      afterPlacing: 'kept',
      searchLagMs: 3_600_000,
    });
    proxy.failNext('place', resetAfter);
    expect(await place(await startGateway(), cartId)).toEqual(made(orderNumber));
    expect(placings(cartId)).toEqual({ sent: 1, made: 1 });
  });
});
