import { describe, expect, test } from 'vitest';
import { holdAfter, holdBefore } from '../faults.ts';
import { greta, made, openFaultyStore, place, safeToTryAgain } from './faulty-store.ts';
import { expectOneOrder, startGatewayProcess } from './gateway-process.ts';

const { cartId, orderNumber } = greta;

// The claim of a gateway that stands still lapses only after twelve seconds.
const options = { timeout: 60_000 };

describe.concurrent('a gateway that stands still', () => {
  test.for([
    ['with a cart that it has read', 'cart', holdAfter],
    ['with a cart that it is to read', 'cart', holdBefore],
    ['with an order that it has made', 'place', holdAfter],
  ] as const)(
    'E8: %s says nothing else when it goes on than the one that has taken over',
    options,
    async ([, kind, hold], { onTestFinished }) => {
      const store = await openFaultyStore();
      onTestFinished(() => store.close());
      const held = hold();
      store.proxy.failNext(kind, held.fault);
      const still = await startGatewayProcess(store);
      const call = place(still, cartId);
      await held.reached;
      still.standStill();
      try {
        await expectOneOrder(store);
      } finally {
        still.goOn();
        held.release();
      }
      const { orderNumber: number, messages } = await call;
      // Where its step's time is over, too, it knows of nothing that it has sent.
      if (number === null) expect(messages).toEqual([expect.stringMatching(safeToTryAgain)]);
      else expect(number).toBe(orderNumber);
      expect(await place(still, cartId)).toEqual(made(orderNumber));
      expect(await still.end('SIGTERM')).toBe(0);
      expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
      expect(await store.newOrders()).toBe(1);
    },
  );
});
