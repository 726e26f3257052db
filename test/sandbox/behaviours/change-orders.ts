import { expect } from 'vitest';
import type { Api, Reply } from '../api.ts';
import { type Behaviour, expectRefusal } from './behaviour.ts';
import { guideOrder } from './guide-order.ts';

async function create(api: Api, body: unknown = guideOrder): Promise<string> {
  const { status, text, json } = await api.post('/orders', { body });
  expect(status, text).toBe(200);
  return `/orders/${json.id}`;
}

async function read(api: Api, path: string): Promise<Reply['json']> {
  return (await api.get(path)).json;
}

const now = new Date('2026-08-01T10:20:30Z');

export const changeOrders: readonly Behaviour[] = [
  {
    id: 'orders.update.partial',
    source: '[docs] [older docs]',
    says: 'an update writes what is sent and leaves the rest; nothing is calculated anew',
    async check(api) {
      const order = await create(api);
      const body = { fulfillmentStatus: 'SHIPPED', trackingNumber: '9400111', subtotal: 1, total: 2 };
      const { id, items, email } = await read(api, order);
      expect((await api.put(order, { body })).json).toEqual({ updateCount: 1 });
      expect(await read(api, order)).toMatchObject({ ...body, id, items, email, tax: 11.1 });
    },
  },
  {
    id: 'orders.update.nothing',
    source: '[inferred]',
    says: 'an update of nothing that can be written counts 0; null leaves a field alone',
    sandboxOnly: true,
    async check(api) {
      const before = await api.get('/orders/RCVR1');
      for (const body of [{}, { usdTotal: 1, id: 'OTHER', refunds: [] }, { total: null }]) {
        expect((await api.put('/orders/RCVR1', { body })).json).toEqual({ updateCount: 0 });
      }
      expect((await api.get('/orders/RCVR1')).text).toBe(before.text);
    },
  },
  {
    id: 'orders.update.items',
    source: '[older docs]',
    says: 'items are the whole list: matched by id, new where there is none, gone where missing',
    async check(api) {
      const order = await create(api, {
        items: ['Apple', 'Cherry'].map((name) => ({ name, price: 1, quantity: 2 })),
      });
      const [apple, cherry] = (await read(api, order)).items;
      await api.put(order, {
        body: {
          items: [
            { id: cherry.id, quantity: 5 },
            { name: 'Plum', price: 3 },
          ],
        },
      });
      const { items } = await read(api, order);
      expect(items).toMatchObject([
        { id: cherry.id, name: 'Cherry', price: 1, quantity: 5 },
        { name: 'Plum', price: 3 },
      ]);
      expect([apple.id, cherry.id]).not.toContain(items[1].id);
    },
  },
  {
    id: 'orders.update.item-ids',
    source: '[client] [client tests]',
    says: "an item's id is the server's own, and may be wider than 32 bits",
    sandboxOnly: true,
    async check(api) {
      const order = await create(api, { items: [{ id: 7, name: 'Cherry', price: 1, quantity: 1 }] });
      const { id } = (await read(api, order)).items[0];
      expect(id).toBeGreaterThan(2 ** 32);
      await api.put(order, { body: { items: [{ id, name: 'Sour cherry', price: 2 }] } });
      expect((await read(api, order)).items).toMatchObject([
        { id, quantity: 1, nameTranslated: { en: 'Sour cherry' }, selectedPrice: { value: 2 } },
      ]);
      await api.put(order, { body: { items: [{ id: 7, name: 'Plum' }] } });
      const [plum] = (await read(api, order)).items;
      expect([id, 7]).not.toContain(plum.id);
    },
  },
  {
    id: 'orders.update.selections',
    source: '[docs]',
    says: "an option's selections make its other fields anew",
    async check(api) {
      const order = await create(api);
      const [item] = (await read(api, order)).items;
      const selections = ['S', 'M'].map((selectionTitle) => ({ selectionTitle, selectionModifier: 1 }));
      const selectedOptions = [{ name: 'Size', type: 'CHOICES', value: 'L', valuesArray: ['L'], selections }];
      await api.put(order, { body: { items: [{ id: item.id, selectedOptions }] } });
      expect((await read(api, order)).items[0].selectedOptions).toMatchObject([
        { value: 'S, M', valuesArray: ['S', 'M'], selections },
      ]);
    },
  },
  {
    id: 'orders.update.unknown',
    source: '[docs] [client tests]',
    says: 'an unknown order is 404 to update and to delete, and a wrong value 400',
    async check(api) {
      expectRefusal(await api.put('/orders/NOSUCH', { body: { total: 1 } }), 404, 'ORDER_NOT_FOUND');
      expectRefusal(await api.send('DELETE', '/orders/NOSUCH'), 404, 'ORDER_NOT_FOUND');
      const order = await create(api);
      expectRefusal(await api.put(order, { body: { paymentStatus: 'QUEUED' } }), 400, 'WRONG_PARAMETER');
      expectRefusal(await api.put(order, { body: '[]' }), 400, 'WRONG_PARAMETER');
    },
  },
  {
    id: 'orders.update.hidden',
    source: '[client tests]',
    says: 'only an incomplete order can be hidden',
    async check(api) {
      const order = await create(api, {
        email: 'hidden@example.com',
        paymentStatus: 'INCOMPLETE',
        hidden: true,
      });
      expect((await read(api, order)).hidden).toBe(true);
      await api.put(order, { body: { paymentStatus: 'PAID' } });
      await api.put(order, { body: { hidden: true } });
      expect((await read(api, order)).hidden).toBe(false);
    },
  },
  {
    id: 'orders.update.stamp',
    source: '[docs]',
    says: 'an update stamps updateDate, and not createDate unless that is sent',
    sandboxOnly: true,
    options: { now: () => now },
    async check(api) {
      const { createDate } = await read(api, '/orders/RCVR1');
      await api.put('/orders/RCVR1', { body: { trackingNumber: '1' } });
      const stamps = { updateDate: '2026-08-01 10:20:30 +0000', updateTimestamp: 1785579630 };
      expect(await read(api, '/orders/RCVR1')).toMatchObject({ ...stamps, createDate });
      await api.put('/orders/RCVR1', { body: { createDate: '2025-03-10 11:16:37 +0000' } });
      expect((await read(api, '/orders/RCVR1')).createTimestamp).toBe(1741605397);
    },
  },
  {
    id: 'orders.delete.gone',
    source: '[older docs] [client tests]',
    says: 'a deleted order is gone from reading and searching, and so is a deleted cart',
    async check(api) {
      for (const paymentStatus of ['PAID', 'INCOMPLETE']) {
        const order = await create(api, { email: 'deleted@example.com', paymentStatus });
        const number = order.slice('/orders/'.length);
        expect((await api.send('DELETE', order)).json).toEqual({ deleteCount: 1 });
        const reply = await api.get(order);
        expectRefusal(reply, 404, 'ORDER_NOT_FOUND');
        expect(reply.json.errorMessage).toBe(`Order #${number} not found`);
        for (const path of ['/orders', '/carts']) {
          expect((await api.get(path, { query: { email: 'deleted@example.com' } })).json.total).toBe(0);
        }
      }
    },
  },
  {
    id: 'orders.deleted.list',
    source: '[client] [client tests]',
    says: 'deleted orders are listed with both ids and the date, within the dates that are asked for',
    sandboxOnly: true,
    options: { now: () => now },
    async check(api) {
      expect((await api.get('/orders/deleted')).json).toMatchObject({ total: 0, items: [] });
      await api.send('DELETE', '/orders/RCVR1');
      await api.send('DELETE', '/orders/560000902');
      const seconds = now.getTime() / 1000;
      const within = await api.get('/orders/deleted', {
        query: { from_date: seconds - 10, to_date: seconds + 10 },
      });
      expect(within.json).toEqual({
        total: 2,
        count: 2,
        offset: 0,
        limit: 100,
        items: [
          { id: 560000902, orderId: 'RCVR2', date: '2026-08-01 10:20:30 +0000' },
          { id: 560000901, orderId: 'RCVR1', date: '2026-08-01 10:20:30 +0000' },
        ],
      });
      expect((await api.get('/orders/deleted', { query: { from_date: seconds + 1 } })).json.total).toBe(0);
      expect((await api.get('/orders/deleted', { query: { limit: 1, offset: 1 } })).json.items).toHaveLength(
        1,
      );
    },
  },
  {
    id: 'orders.last',
    source: '[client] [docs]',
    says: "the last order is a customer's newest, with an address where one is asked for; carts are none",
    async check(api) {
      const email = 'last@example.com';
      const last = (query: Record<string, string | boolean>) => api.get('/orders/last', { query });
      expectRefusal(await last({ customerEmail: email }), 404, 'ORDER_NOT_FOUND');
      await create(api, {
        email,
        total: 1,
        createDate: '2025-01-01 00:00:00 +0000',
        billingPerson: { name: 'A' },
      });
      await create(api, { email, total: 2, createDate: '2025-01-02 00:00:00 +0000' });
      await create(api, {
        email,
        total: 3,
        createDate: '2025-01-03 00:00:00 +0000',
        paymentStatus: 'INCOMPLETE',
      });
      expect((await last({ customerEmail: email })).json.total).toBe(2);
      expect((await last({ customerEmail: email, withAddress: true })).json.total).toBe(1);
      expectRefusal(await last({}), 400, 'WRONG_PARAMETER');
    },
  },
];
