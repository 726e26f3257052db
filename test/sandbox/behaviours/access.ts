import { expect } from 'vitest';
import { publicToken, type Scope, secretToken } from '../../../src/sandbox/http/access.ts';
import { type Behaviour, cartOfThePages, expectRefusal } from './behaviour.ts';

const unknownToken = 'secret_nobody';

function needsScope(id: string, source: string, scope: Scope, method: string, path: string): Behaviour {
  const others = secretToken.scopes.filter((other) => other !== scope);
  const without = { ...secretToken, value: 'secret_without', scopes: others };
  const withIt = { ...secretToken, value: 'secret_with', scopes: [scope] };
  const body = method === 'PUT' || `${method} ${path}` === 'POST /orders' ? {} : undefined;
  return {
    id: `access.scope.${id}`,
    source,
    says: `${method} ${path.replace(/\?.*/, '').replace(cartOfThePages, '{cartId}').replace('AB1CD', '{orderId}')} needs ${scope} and nothing else`,
    sandboxOnly: true,
    options: { tokens: [without, withIt, publicToken] },
    async check(api) {
      expectRefusal(
        await api.send(method, path, { token: without.value, body }),
        403,
        'INSUFFICIENT_APP_SCOPE',
      );
      expect(await api.send(method, path, { token: withIt.value, body })).toMatchObject({ status: 200 });
    },
  };
}

export const access: readonly Behaviour[] = [
  {
    id: 'access.bearer',
    source: '[docs]',
    says: 'a token is taken from the Authorization header',
    async check(api) {
      expect(await api.get('/profile', { token: api.secretToken })).toMatchObject({ status: 200 });
    },
  },
  {
    id: 'access.query',
    source: '[older docs]',
    says: 'a token is taken from the query',
    async check(api) {
      const reply = await api.get('/profile', { token: null, query: { token: api.secretToken } });
      expect(reply.status).toBe(200);
    },
  },
  {
    id: 'access.header-wins',
    source: '[inferred]',
    says: 'with a token in both places, the header is believed',
    sandboxOnly: true,
    async check(api) {
      const good = await api.get('/profile', { query: { token: unknownToken } });
      expect(good.status).toBe(200);
      const bad = await api.get('/profile', { token: unknownToken, query: { token: api.secretToken } });
      expectRefusal(bad, 403, 'INVALID_API_TOKEN');
    },
  },
  {
    id: 'access.missing-token',
    source: '[docs]',
    says: 'without a token the answer is 403 INVALID_API_TOKEN',
    async check(api) {
      expectRefusal(await api.get('/carts', { token: null }), 403, 'INVALID_API_TOKEN');
    },
  },
  {
    id: 'access.unknown-token',
    source: '[docs]',
    says: 'with a token of no store the answer is 403 INVALID_API_TOKEN',
    // A real store answers with a long block where this is tried too often.
    sandboxOnly: true,
    async check(api) {
      expectRefusal(await api.get('/carts', { token: unknownToken }), 403, 'INVALID_API_TOKEN');
    },
  },
  {
    id: 'access.unknown-store',
    source: '[docs]',
    says: 'a store that does not exist is 404 STORE_NOT_FOUND',
    sandboxOnly: true,
    async check(api) {
      const response = await fetch(`${api.url}/1/carts`, {
        headers: { authorization: `Bearer ${api.secretToken}` },
      });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ errorCode: 'STORE_NOT_FOUND' });
    },
  },
  {
    id: 'access.public',
    source: '[older docs]',
    says: 'a public token reads neither carts nor orders, and places nothing',
    async check(api) {
      const cart = `/carts/${cartOfThePages}`;
      const token = api.publicToken;
      for (const reply of [
        await api.get('/carts', { token }),
        await api.get(cart, { token }),
        await api.put(cart, { token, body: { hidden: true } }),
        await api.post(`${cart}/place`, { token }),
        await api.get('/orders/AB1CD', { token }),
        await api.get('/orders', { token }),
        await api.put('/orders/AB1CD', { token, body: { total: 1 } }),
        await api.send('DELETE', '/orders/AB1CD', { token }),
      ]) {
        expectRefusal(reply, 403, 'INSUFFICIENT_APP_SCOPE');
      }
    },
  },
  needsScope('search-carts', '[docs]', 'read_orders', 'GET', '/carts'),
  needsScope('get-cart', '[docs]', 'read_orders', 'GET', `/carts/${cartOfThePages}`),
  needsScope('update-cart', '[docs]', 'update_orders', 'PUT', `/carts/${cartOfThePages}`),
  needsScope('place-cart', '[docs]', 'create_orders', 'POST', `/carts/${cartOfThePages}/place`),
  needsScope('get-order', '[docs]', 'read_orders', 'GET', '/orders/AB1CD'),
  needsScope('search-orders', '[docs]', 'read_orders', 'GET', '/orders'),
  needsScope(
    'last-order',
    '[docs]',
    'read_orders',
    'GET',
    '/orders/last?customerEmail=rene.recovered@example.com',
  ),
  needsScope('deleted-orders', '[docs]', 'read_orders', 'GET', '/orders/deleted'),
  needsScope('create-order', '[docs]', 'create_orders', 'POST', '/orders'),
  needsScope('update-order', '[docs]', 'update_orders', 'PUT', '/orders/AB1CD'),
  needsScope('delete-order', '[docs]', 'update_orders', 'DELETE', '/orders/AB1CD'),
  needsScope('latest-stats', '[docs]', 'read_store_profile', 'GET', '/latest-stats'),
  needsScope('update-profile', '[docs]', 'update_store_profile', 'PUT', '/profile'),
  needsScope('profile', '[docs]', 'read_store_profile', 'GET', '/profile'),
];
