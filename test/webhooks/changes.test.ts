import { describe, expect, test } from 'vitest';
import { type Change, createChanges } from '../../src/changes/changes.ts';
import { createLog } from '../../src/log.ts';
import { createSeenEvents } from '../../src/webhooks/seen-events.ts';
import { type CartAndOrder, createWebhooks, rememberedMs } from '../../src/webhooks/webhooks.ts';
import { clientSecret, eventOf, signatureOf } from './signed-event.ts';

function open() {
  const changes = createChanges();
  const told: Change[] = [];
  changes.listen((change) => told.push(change));
  const pairs: CartAndOrder[] = [];
  const webhooks = createWebhooks({
    storeId: '4870020',
    clientSecret,
    seen: createSeenEvents({ rememberedMs }),
    changes,
    learn: async (pair) => {
      pairs.push(pair);
      throw new Error('what cannot be looked at');
    },
    log: createLog({ level: 'silent' }),
  });
  const receive = (changed: Record<string, unknown>) => {
    const event = eventOf(changed);
    return webhooks.receive(event, signatureOf(event));
  };
  return { told, pairs, receive, close: webhooks.close };
}

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

describe('webhooks tell who listens', () => {
  test.each(['created', 'updated'])(
    'of a cart that is %s, and look at which order it will be',
    async (what) => {
      const { told, pairs, receive, close } = open();
      await receive({ eventType: `unfinished_order.${what}`, data: { orderId: 'AB1CD', cartId } });
      await close();
      expect(told).toEqual([{ kind: 'cart', id: cartId }]);
      expect(pairs).toEqual([{ orderId: 'AB1CD', cartId }]);
    },
  );

  test('of a cart that is deleted, which will be no order', async () => {
    const { told, pairs, receive, close } = open();
    await receive({ eventType: 'unfinished_order.deleted', data: { orderId: 'AB1CD', cartId } });
    await close();
    expect([told, pairs]).toEqual([[{ kind: 'cart', id: cartId }], []]);
  });

  test.each(['order.created', 'order.updated', 'order.deleted', 'ORDER_.UPDATED'])(
    'of an order, by %s',
    async (eventType) => {
      const { told, pairs, receive, close } = open();
      await receive({ eventType, data: { orderId: 'AB1CD', cartId } });
      await close();
      expect([told, pairs]).toEqual([[{ kind: 'order', id: 'AB1CD' }], []]);
    },
  );

  test('once of what comes twice, and of nothing else', async () => {
    const { told, receive, close } = open();
    const event = eventOf({ eventType: 'order.updated' });
    expect([await receive(event), await receive(event)]).toEqual(['taken', 'repeated']);
    expect(await receive({ eventType: 'product.updated' })).toBe('ignored');
    await close();
    expect(told).toHaveLength(1);
    expect(await receive({})).toBe('refused');
  });
});
