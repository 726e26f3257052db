import { expect } from 'vitest';
import type { Api, Ask } from '../api.ts';
import { type Behaviour, cartOfThePages, expectRefusal } from './behaviour.ts';

interface Order {
  readonly id: string;
  readonly internalId: number;
  readonly createTimestamp: number;
  readonly paymentStatus: string;
}

async function search(api: Api, query: Ask['query'] = {}): Promise<Order[]> {
  const { status, json, text } = await api.get('/orders', { query });
  expect(status, text).toBe(200);
  return json.items;
}

export const searchOrders: readonly Behaviour[] = [
  {
    id: 'orders.search.envelope',
    source: '[docs]',
    says: 'a search for orders answers as one for carts does, a hundred to a page',
    async check(api) {
      const { json } = await api.get('/orders', { query: { offset: 1, limit: 2 } });
      expect(Object.keys(json)).toEqual(['total', 'count', 'offset', 'limit', 'items']);
      expect(json).toMatchObject({ count: json.items.length, offset: 1, limit: 2 });
      expect((await api.get('/orders')).json).toMatchObject({ offset: 0, limit: 100 });
    },
  },
  {
    id: 'orders.search.bare',
    source: '[docs] [client]',
    says: 'an order in the list is what it is by itself',
    async check(api) {
      const [order] = await search(api, { limit: 1 });
      expect((await api.get(`/orders/${order?.id}`)).json).toEqual(order);
    },
  },
  {
    id: 'orders.search.order',
    source: '[inferred]',
    says: 'orders come newest first, by createDate and then by internal number',
    sandboxOnly: true,
    async check(api) {
      const orders = await search(api);
      expect(orders.length).toBeGreaterThan(10);
      expect(orders).toEqual(
        orders.toSorted((a, b) => b.createTimestamp - a.createTimestamp || b.internalId - a.internalId),
      );
    },
  },
  {
    id: 'orders.search.no-incomplete',
    source: '[older docs]',
    says: 'incomplete orders are left out, unless paymentStatus asks for them: then they are the carts',
    async check(api) {
      const orders = await search(api);
      expect(orders.filter(({ paymentStatus }) => paymentStatus === 'INCOMPLETE')).toEqual([]);
      const incomplete = await api.get('/orders', { query: { paymentStatus: 'INCOMPLETE' } });
      expect(incomplete.json.total).toBe((await api.get('/carts')).json.total);
      expect(incomplete.json.items[0]).not.toHaveProperty('cartId');
    },
  },
  {
    id: 'orders.search.ids',
    source: '[docs] [client]',
    says: 'ids finds orders by public id and by internal number, mixed; what is unknown is simply missing',
    sandboxOnly: true,
    async check(api) {
      const found = await search(api, { ids: '560000902,NOSUCH,RCVR1, 999999999' });
      expect(found.map(({ id }) => id)).toEqual(['RCVR1', 'RCVR2']);
      expect(await search(api, { ids: 'NOSUCH' })).toEqual([]);
    },
  },
  {
    id: 'orders.search.ids-order',
    source: '[inferred]',
    says: 'the order of the answer is not that of the ids',
    sandboxOnly: true,
    async check(api) {
      const one = await search(api, { ids: 'RCVR1,RCVR2' });
      expect(await search(api, { ids: 'RCVR2,RCVR1' })).toEqual(one);
    },
  },
  {
    id: 'orders.search.ids-incomplete',
    source: '[inferred]',
    says: 'ids leaves incomplete orders out too, unless paymentStatus asks for them',
    sandboxOnly: true,
    async check(api) {
      expect(await search(api, { ids: 'AB1CD' })).toEqual([]);
      const [order] = await search(api, { ids: 'AB1CD,RCVR1', paymentStatus: 'INCOMPLETE' });
      expect(order?.id).toBe('AB1CD');
      await api.post(`/carts/${cartOfThePages}/place`);
      expect((await search(api, { ids: 'AB1CD' })).map(({ id }) => id)).toEqual(['AB1CD']);
    },
  },
  {
    id: 'orders.search.wrong-parameter',
    source: '[docs]',
    says: 'a status, number, date or boolean that is none is 400 and named',
    async check(api) {
      for (const [name, value] of [
        ['paymentStatus', 'PAID,QUEUED'],
        ['fulfillmentStatus', 'LOST'],
        ['totalFrom', 'ten'],
        ['createdTo', 'yesterday'],
        ['pickupTimeFrom', 'soon'],
        ['acceptMarketing', 'maybe'],
        ['containsPreorderItems', 'some'],
        ['customerId', 'me'],
      ] as const) {
        const reply = await api.get('/orders', { query: { [name]: value } });
        expectRefusal(reply, 400, 'WRONG_PARAMETER');
        expect(reply.json.errorMessage).toBe(`Wrong parameter '${name}' value: ${value}`);
      }
    },
  },
];
