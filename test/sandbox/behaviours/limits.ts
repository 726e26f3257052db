import { expect } from 'vitest';
import { type Behaviour, cartOfThePages, expectRefusal } from './behaviour.ts';
import { createClock } from './clock.ts';

const limited = createClock();
const documented = createClock();
const lagging = createClock();
const changing = createClock();

export const limits: readonly Behaviour[] = [
  {
    id: 'limits.rate',
    source: '[docs]',
    says: 'beyond requestsPerMinute a token gets 429 RATE_LIMITED with the seconds to wait, and nothing is done',
    sandboxOnly: true,
    options: { requestsPerMinute: 3, now: limited.now },
    async check(api) {
      const cart = `/carts/${cartOfThePages}`;
      await api.get('/profile');
      limited.advance(20_500);
      await api.get('/profile');
      expect((await api.get('/nowhere')).status).toBe(404);
      const refused = await api.put(cart, { body: { hidden: true } });
      expectRefusal(refused, 429, 'RATE_LIMITED');
      expect(refused.headers.get('retry-after')).toBe('40');
      // The other token has a minute of its own, and one that is not valid has none.
      expect((await api.get('/profile', { token: api.publicToken })).status).toBe(200);
      expectRefusal(await api.get('/profile', { token: null }), 403, 'INVALID_API_TOKEN');
      limited.advance(39_499);
      expect((await api.get('/profile')).headers.get('retry-after')).toBe('1');
      limited.advance(1);
      expect((await api.get(cart)).json.hidden).toBe(false);
    },
  },
  {
    id: 'limits.rate-default',
    source: '[docs]',
    says: 'the limit is 600 requests a minute',
    sandboxOnly: true,
    options: { now: documented.now },
    async check(api) {
      const statuses: number[] = [];
      while (statuses.length < 600) {
        const replies = await Promise.all(Array.from({ length: 50 }, () => api.get('/orders/RCVR1')));
        statuses.push(...replies.map(({ status }) => status));
      }
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect((await api.get('/orders/RCVR1')).status).toBe(429);
    },
  },
  {
    id: 'limits.rate-none',
    source: '[inferred]',
    says: 'requestsPerMinute: Infinity has no limit',
    sandboxOnly: true,
    options: { requestsPerMinute: Number.POSITIVE_INFINITY },
    async check(api) {
      const replies = await Promise.all(Array.from({ length: 700 }, () => api.get('/orders/NOSUCH')));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([404]));
    },
  },
  {
    id: 'limits.search-lag',
    source: '[client tests]',
    says: 'searchLagMs keeps writes from searches for a while; reading by id knows at once',
    sandboxOnly: true,
    options: { searchLagMs: 2000, now: lagging.now },
    async check(api) {
      const body = { email: 'lag@example.com' };
      const found = async () => (await api.get('/orders', { query: body })).json.items;
      const { id } = (await api.post('/orders', { body })).json;
      expect((await api.get(`/orders/${id}`)).status).toBe(200);
      expect(await found()).toEqual([]);
      lagging.advance(1999);
      expect(await found()).toEqual([]);
      lagging.advance(1);
      expect(await found()).toMatchObject([{ internalId: id, total: 0 }]);

      await api.put(`/orders/${id}`, { body: { total: 5 } });
      expect((await api.get(`/orders/${id}`)).json.total).toBe(5);
      expect(await found()).toMatchObject([{ total: 0 }]);
      lagging.advance(1000);
      await api.send('DELETE', `/orders/${id}`);
      lagging.advance(1000);
      expect(await found()).toMatchObject([{ total: 5 }]);
      lagging.advance(1000);
      expect(await found()).toEqual([]);
    },
  },
  {
    id: 'limits.search-lag-carts',
    source: '[client tests]',
    says: 'a cart that was placed is in the lagging list of carts for a while, and cannot be read any more',
    sandboxOnly: true,
    options: { searchLagMs: 60_000, now: () => new Date('2026-08-01T10:20:30Z') },
    async check(api) {
      const query = { totalFrom: 37.39, totalTo: 37.39 };
      await api.post(`/carts/${cartOfThePages}/place`);
      expect((await api.get('/carts', { query })).json.items[0].cartId).toBe(cartOfThePages);
      expect((await api.get(`/carts/${cartOfThePages}`)).status).toBe(404);
    },
  },
  {
    id: 'stats.latest',
    source: '[docs] [client]',
    says: 'latest-stats tells when orders, carts, customers, products and the profile last changed',
    sandboxOnly: true,
    options: { now: changing.now },
    async check(api) {
      const read = async () => (await api.get('/latest-stats')).json;
      const changes = async (change: () => Promise<unknown>): Promise<string[]> => {
        changing.advance(60_000);
        const before = await read();
        await change();
        const after = await read();
        return Object.keys(after).filter((name) => after[name] !== before[name]);
      };
      expect(Object.keys(await read())).toEqual([
        'productsUpdated',
        'ordersUpdated',
        'profileUpdated',
        'categoriesUpdated',
        'discountCouponsUpdated',
        'abandonedSalesUpdated',
        'customersUpdated',
        'productCount',
        'categoryCount',
      ]);
      const cart = `/carts/${cartOfThePages}`;
      expect(await changes(() => api.get('/orders'))).toEqual([]);
      expect(await changes(() => api.put(cart, { body: { hidden: true } }))).toEqual([
        'abandonedSalesUpdated',
      ]);
      expect(await changes(() => api.put('/orders/RCVR1', { body: { total: 1 } }))).toEqual([
        'ordersUpdated',
      ]);
      expect(await changes(() => api.put('/profile', { body: {} }))).toEqual(['profileUpdated']);
      expect(await changes(() => api.post(`${cart}/place`))).toEqual([
        'ordersUpdated',
        'abandonedSalesUpdated',
      ]);
      const items = [{ productId: 37208342, quantity: 1, trackQuantity: true }];
      const body = { email: 'stats@example.com', paymentStatus: 'PAID', items };
      expect(await changes(() => api.post('/orders', { body }))).toEqual([
        'productsUpdated',
        'ordersUpdated',
        'customersUpdated',
      ]);
      expect(await changes(() => api.send('DELETE', '/orders/RCVR2'))).toContain('ordersUpdated');
    },
  },
];
