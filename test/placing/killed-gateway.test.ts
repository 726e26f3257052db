import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, type TestContext, test } from 'vitest';
import { holdAfter, holdBefore } from '../faults.ts';
import { type FaultyStore, greta, made, openFaultyStore, place } from './faulty-store.ts';
import { expectOneOrder, killHolding, startGatewayProcess } from './gateway-process.ts';

const { cartId, orderNumber } = greta;
const lost = () => 'lost';

// The claim of a gateway that was killed lapses only after twelve seconds.
const options = { timeout: 60_000 };

async function open({ onTestFinished }: TestContext): Promise<FaultyStore> {
  const store = await openFaultyStore();
  onTestFinished(() => store.close());
  return store;
}

describe.concurrent('a gateway that is killed', () => {
  test(
    'E8: before its request to place has left makes no order, and the next one does',
    options,
    async (context) => {
      const store = await open(context);
      const held = holdBefore();
      await killHolding(store, 'cart', held);
      held.release();
      expect(store.placings(cartId)).toEqual({ sent: 0, made: 0 });
      await expectOneOrder(store);
    },
  );

  test(
    'E8: with its request to place on its way leaves one that comes too late',
    options,
    async (context) => {
      const store = await open(context);
      const held = holdBefore();
      await killHolding(store, 'place', held);
      await expectOneOrder(store);
      held.release();
      await held.answered;
      await expectOneOrder(store, { sent: 2 });
    },
  );

  test(
    'E8: between its request to place and the answer leaves an order that the next one finds',
    options,
    async (context) => {
      const store = await open(context);
      const held = holdAfter();
      await killHolding(store, 'place', held);
      held.release();
      await expectOneOrder(store);
    },
  );

  test(
    'E8: between the answer and its recording leaves an order that the next one finds',
    options,
    async (context) => {
      const store = await open(context);
      const held = holdAfter();
      store.proxy.failNext('place', held.fault);
      const gateway = await startGatewayProcess(store);
      const call = place(gateway, cartId).catch(lost);
      await held.reached;
      // Whoever holds the journal keeps the gateway from recording what it has been told.
      const journal = new DatabaseSync(join(store.dataDir, `journal-${store.sandbox.storeId}.sqlite`));
      journal.exec('BEGIN IMMEDIATE');
      held.release();
      await held.answered;
      expect(await gateway.end('SIGKILL')).toBe('SIGKILL');
      expect(await call).toBe('lost');
      expect(journal.prepare('SELECT count(*) AS outcomes FROM outcomes').get()).toEqual({ outcomes: 0 });
      expect(journal.prepare('SELECT count(*) AS attempts FROM attempts').get()).toEqual({ attempts: 1 });
      journal.exec('ROLLBACK');
      journal.close();
      await expectOneOrder(store);
    },
  );
});

describe.concurrent('a gateway that is told to end', () => {
  test(
    'E10: while its request to place is under way answers with the order, and so does the new one meanwhile',
    options,
    async (context) => {
      const store = await open(context);
      const held = holdAfter();
      store.proxy.failNext('place', held.fault);
      const ending = await startGatewayProcess(store);
      const first = place(ending, cartId);
      await held.reached;
      const ended = ending.end('SIGTERM');
      await context.expect
        .poll(() => fetch(`${ending.origin}/graphql`).catch(() => 'refused'))
        .toBe('refused');
      const starting = await startGatewayProcess(store);
      try {
        const retry = place(starting, cartId);
        held.release();
        expect(await first).toEqual(made(orderNumber));
        expect(await retry).toEqual(made(orderNumber));
        expect(await ended).toBe(0);
        expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
        expect(store.forwarded('cart')).toBe(1);
        expect(await store.newOrders()).toBe(1);
      } finally {
        expect(await starting.end('SIGTERM')).toBe(0);
      }
    },
  );

  test.for([
    ['it reads the cart', 'cart', ['cart']],
    ['it places', 'place', ['cart', 'place']],
  ] as const)(
    'E10: while %s, its caller gone, waits for what it has sent, sends nothing new, and leaves one order to the next',
    options,
    async ([, kind, sent], context) => {
      const store = await open(context);
      const held = holdAfter();
      store.proxy.failNext(kind, held.fault);
      const ending = await startGatewayProcess(store);
      const leave = new AbortController();
      const call = place(ending, cartId, leave).catch(lost);
      await held.reached;
      leave.abort();
      expect(await call).toBe('lost');
      const ended = ending.end('SIGTERM');
      await context.expect
        .poll(() => fetch(`${ending.origin}/graphql`).catch(() => 'refused'))
        .toBe('refused');
      held.release();
      expect(await ended).toBe(0);
      expect(store.proxy.arrived).toEqual(sent);
      await expectOneOrder(store);
      // What it has placed it has written down: the next one asks for nothing.
      if (kind === 'place') expect(store.proxy.arrived).toEqual(sent);
    },
  );
});
