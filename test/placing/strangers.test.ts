import { describe, expect, type TestContext, test } from 'vitest';
import type { PlacingWay } from '../../src/checkout/settings.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { earlierCarts, makeEarlierJournal } from '../checkout/earlier-journal.ts';
import { failBefore, holdAfter, holdBefore, resetAfter } from '../faults.ts';
import type { RunningGateway } from '../running-gateway.ts';
import { testAuthenticate } from '../viewers.ts';
import { type FaultyStore, openFaultyStore, quick, readme } from './faulty-store.ts';

const { cartId, orderNumber } = readme;
const owner = 'customer 15319410';
const strangers = ['customer 15319411', 'guest'];
const staff = 'staff create_orders';

const text = `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } errors { code } } }`;
const placeAs = async (gateway: RunningGateway, caller: string) =>
  (await gateway.as(caller).query(text)).data.placeOrder;

const isMade = { order: { order_number: orderNumber }, errors: [] };
const isUnknown = { order: null, errors: [{ code: 'OUTCOME_UNKNOWN' }] };
const isRefused = { order: null, errors: [{ code: 'NOT_PERMITTED' }] };

interface Opened {
  readonly store: FaultyStore;
  /** Two gateways that share a journal. */
  readonly gateways: readonly [RunningGateway, RunningGateway];
}

async function open(
  { onTestFinished }: TestContext,
  options: SandboxOptions = {},
  { via = 'direct', deadlineMs = 30_000 }: { via?: PlacingWay; deadlineMs?: number } = {},
): Promise<Opened> {
  const store = await openFaultyStore(options);
  onTestFinished(() => store.close());
  const start = () =>
    store.startGateway({ authenticate: testAuthenticate, via, timing: { ...quick, deadlineMs } });
  return { store, gateways: [await start(), await start()] };
}

const worlds: readonly [string, SandboxOptions][] = [
  ['a placed cart is gone', { afterPlacing: 'gone' }],
  ['a placed cart is kept', { afterPlacing: 'kept' }],
];

describe.concurrent('a stranger who knows the id of a cart', () => {
  test.for([
    ['before the store has placed', holdBefore],
    ['after the store has placed', holdAfter],
  ] as const)(
    'is refused while its owner waits for an answer, %s, and costs the owner nothing',
    async ([, hold], context) => {
      const { store, gateways } = await open(context);
      const held = hold();
      store.proxy.failNext('place', held.fault);
      const first = placeAs(gateways[0], owner);
      await held.reached;
      for (const gateway of gateways) {
        for (const stranger of strangers) expect(await placeAs(gateway, stranger)).toEqual(isRefused);
      }
      held.release();
      expect(await first).toEqual(isMade);
      expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
    },
  );

  test('does not hand its refusal to the owner who calls while it is looked at', async (context) => {
    const { store, gateways } = await open(context);
    const held = holdAfter();
    store.proxy.failNext('cart', held.fault);
    const refused = placeAs(gateways[0], 'guest');
    await held.reached;
    const calls = gateways.map((gateway) => placeAs(gateway, owner));
    held.release();
    expect(await refused).toEqual(isRefused);
    expect(await Promise.all(calls)).toEqual([isMade, isMade]);
    expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
  });

  test('is refused among fifty calls at once over two gateways, of which those who may get one order', async (context) => {
    const { store, gateways } = await open(context);
    const callers = [owner, ...strangers, staff, owner];
    const told = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const caller = callers[index % callers.length] ?? owner;
        return [caller, await placeAs(gateways[index % 2 === 0 ? 0 : 1], caller)];
      }),
    );
    for (const [caller, answer] of told) {
      expect([caller, answer]).toEqual([caller, strangers.includes(caller) ? isRefused : isMade]);
    }
    expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
    expect(await store.newOrders()).toBe(1);
  });

  test.for(worlds)(
    'is refused after a lost answer without a search for the order, where %s',
    async ([, options], context) => {
      const { store, gateways } = await open(context, options, { deadlineMs: 1_500 });
      store.proxy.failNext('place', resetAfter);
      // So its owner does not know either.
      store.proxy.choose = (kind) => {
        const isReadAgain = kind === 'cart' && store.proxy.arrived.includes('place');
        return isReadAgain || kind === 'search' ? failBefore(403) : undefined;
      };
      expect(await placeAs(gateways[0], owner)).toEqual(isUnknown);
      // Neither while the cart cannot be read, nor when it can.
      for (const stranger of strangers) expect(await placeAs(gateways[1], stranger)).toEqual(isRefused);
      store.proxy.choose = () => undefined;
      store.proxy.arrived.length = 0;
      for (const stranger of strangers) expect(await placeAs(gateways[1], stranger)).toEqual(isRefused);
      expect(store.proxy.arrived).toEqual(['cart', 'cart']);
      expect(await placeAs(gateways[1], owner)).toEqual(isMade);
      for (const stranger of strangers) expect(await placeAs(gateways[0], stranger)).toEqual(isRefused);
      expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
    },
  );

  test("does not have the store's queue asked again for what its owner has put there", async (context) => {
    const { store, gateways } = await open(context, {}, { via: 'batch', deadlineMs: 1_500 });
    store.proxy.failNext('batch', resetAfter);
    store.proxy.choose = (kind) =>
      store.proxy.arrived.includes('batch') && kind !== 'other' ? failBefore(503) : undefined;
    expect(await placeAs(gateways[0], owner)).toEqual(isUnknown);
    store.proxy.choose = () => undefined;
    store.proxy.arrived.length = 0;
    for (const stranger of strangers) expect(await placeAs(gateways[0], stranger)).toEqual(isRefused);
    expect(store.proxy.arrived).toEqual(['cart', 'cart']);
    expect(await placeAs(gateways[0], owner)).toEqual(isMade);
    expect(await store.newOrders()).toBe(1);
  });

  test('is refused the order of a cart that was placed elsewhere', async (context) => {
    const { store, gateways } = await open(context, { afterPlacing: 'kept' });
    const { url, storeId, secretToken } = store.sandbox;
    await fetch(`${url}/${storeId}/carts/${cartId}/place`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretToken}` },
    });
    for (const stranger of strangers) expect(await placeAs(gateways[0], stranger)).toEqual(isRefused);
    expect(await placeAs(gateways[0], owner)).toEqual(isMade);
    for (const stranger of strangers) expect(await placeAs(gateways[1], stranger)).toEqual(isRefused);
    expect(store.placings(cartId).sent).toBe(0);
  });

  test('is everybody but staff where it was not yet written down whose carts are', async ({
    onTestFinished,
  }) => {
    const store = await openFaultyStore();
    onTestFinished(() => store.close());
    makeEarlierJournal(store.dataDir, store.sandbox.storeId);
    const gateway = await store.startGateway({ authenticate: testAuthenticate });
    const codes = async (caller: string, earlierId: string) => {
      const { data } = await gateway.as(caller).query(text.replace(cartId, earlierId));
      return data.placeOrder.errors.map(({ code }: { code: string }) => code);
    };
    for (const caller of [owner, 'guest']) {
      expect(await codes(caller, earlierCarts.placed)).toEqual(['NOT_PERMITTED']);
      expect(await codes(caller, earlierCarts.attempted)).toEqual(['NOT_PERMITTED']);
    }
    expect(await codes(staff, earlierCarts.placed)).toEqual([]);
    expect(await codes(staff, earlierCarts.attempted)).toEqual(['OUTCOME_UNKNOWN']);
  });
});
