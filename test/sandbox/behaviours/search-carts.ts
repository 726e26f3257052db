import { expect } from 'vitest';
import { type Behaviour, expectRefusal } from './behaviour.ts';
import { search, searchAll } from './search.ts';

export const searchCarts: readonly Behaviour[] = [
  {
    id: 'carts.search.envelope',
    source: '[older docs] [docs]',
    says: 'a search answers with total, count, offset, limit and items',
    async check(api) {
      const { json } = await api.get('/carts', { query: { offset: 1, limit: 2 } });
      expect(Object.keys(json)).toEqual(['total', 'count', 'offset', 'limit', 'items']);
      expect(json).toMatchObject({ count: json.items.length, offset: 1, limit: 2 });
      expect(json.total).toBeGreaterThanOrEqual(json.count);
    },
  },
  {
    id: 'carts.search.limit',
    source: '[older docs] [docs]',
    says: 'without a limit there are up to 100 carts from the start',
    sandboxOnly: true,
    async check(api) {
      const { json } = await api.get('/carts');
      expect(json).toMatchObject({ count: 100, offset: 0, limit: 100 });
      expect(json.total).toBeGreaterThan(200);
    },
  },
  {
    id: 'carts.search.limit-clamped',
    source: '[inferred]',
    says: 'a limit above 100 is taken as 100 and echoed so',
    sandboxOnly: true,
    async check(api) {
      expect((await api.get('/carts', { query: { limit: 101 } })).json).toMatchObject({
        count: 100,
        limit: 100,
      });
    },
  },
  {
    id: 'carts.search.limit-refused',
    source: '[inferred]',
    says: "limitAbove100: 'refused' makes it 400 instead",
    sandboxOnly: true,
    options: { limitAbove100: 'refused' },
    async check(api) {
      expectRefusal(await api.get('/carts', { query: { limit: 101 } }), 400, 'WRONG_PARAMETER');
      expect((await api.get('/carts', { query: { limit: 100 } })).status).toBe(200);
    },
  },
  {
    id: 'carts.search.pages',
    source: '[client]',
    says: 'pages of any size, one after the other, hold every cart once',
    async check(api) {
      const all = (await searchAll(api)).map(({ cartId }) => cartId);
      expect(new Set(all).size).toBe(all.length);
      const paged: string[] = [];
      for (let offset = 0; offset < all.length; offset += 37) {
        paged.push(...(await search(api, { offset, limit: 37 })).map(({ cartId }) => cartId));
      }
      expect(paged).toEqual(all);
    },
  },
  {
    id: 'carts.search.past-the-end',
    source: '[client]',
    says: 'a page past the end is empty and still tells the total',
    async check(api) {
      const { json } = await api.get('/carts', { query: { offset: 100_000 } });
      expect(json).toMatchObject({ count: 0, offset: 100_000, items: [] });
      expect(json.total).toBeGreaterThan(0);
    },
  },
  {
    id: 'carts.search.order',
    source: '[inferred]',
    says: 'carts come newest first, by createDate',
    async check(api) {
      const dates = (await searchAll(api)).map(({ createDate }) => createDate);
      expect(dates.length).toBeGreaterThan(1);
      expect(dates).toEqual([...dates].sort().reverse());
    },
  },
  {
    id: 'carts.search.ties',
    source: '[inferred]',
    says: 'of one second, the cart with the higher internal number comes first',
    sandboxOnly: true,
    async check(api) {
      const carts = await searchAll(api);
      const ties = carts.flatMap((cart, index) => {
        const next = carts[index + 1];
        const isTie = next?.createDate === cart.createDate;
        return next && isTie && !cart.recoveredOrderId && !next.recoveredOrderId ? [[cart, next]] : [];
      });
      expect(ties.length).toBeGreaterThan(3);
      for (const [first, second] of ties) {
        const placed = await Promise.all(
          [first, second].map((cart) => api.post(`/carts/${cart?.cartId}/place`)),
        );
        const [higher, lower] = placed.map(({ json }) => json.orderNumber);
        expect(higher).toBeGreaterThan(lower);
      }
    },
  },
  {
    id: 'carts.search.stable',
    source: '[client tests]',
    says: 'a list is the same to the byte while nothing changes',
    async check(api) {
      expect((await api.get('/carts')).text).toBe((await api.get('/carts')).text);
    },
  },
];
