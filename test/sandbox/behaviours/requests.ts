import { expect } from 'vitest';
import { type Behaviour, cartOfThePages, expectRefusal, findOpenCart } from './behaviour.ts';

const cart = `/carts/${cartOfThePages}`;

export const requests: readonly Behaviour[] = [
  {
    id: 'requests.success',
    source: '[client]',
    says: 'every success is 200 and nothing else',
    sandboxOnly: true,
    async check(api) {
      for (const reply of [
        await api.get('/carts'),
        await api.get(cart),
        await api.put(cart, { body: { hidden: true } }),
        await api.post(`${cart}/place`),
        await api.get('/orders/AB1CD'),
        await api.get('/profile'),
      ]) {
        expect(reply.status).toBe(200);
      }
    },
  },
  {
    id: 'requests.json',
    source: '[older docs]',
    says: 'answers and refusals are JSON in UTF-8',
    async check(api) {
      for (const reply of [await api.get('/profile'), await api.get('/carts/nothing')]) {
        expect(reply.headers.get('content-type')).toMatch(/^application\/json; ?charset=utf-8$/i);
      }
    },
  },
  {
    id: 'requests.error-body',
    source: '[client]',
    says: 'a refusal says errorMessage and errorCode',
    async check(api) {
      const { json } = await api.get('/carts/nothing');
      expect(json).toEqual({ errorMessage: expect.any(String), errorCode: expect.any(String) });
    },
  },
  {
    id: 'requests.method',
    source: '[docs]',
    says: 'a method that a path does not take is 405 METHOD_NOT_ALLOWED',
    async check(api) {
      expectRefusal(await api.post(cart), 405, 'METHOD_NOT_ALLOWED');
      expectRefusal(await api.get(`${cart}/place`), 405, 'METHOD_NOT_ALLOWED');
      expectRefusal(await api.send('DELETE', '/carts'), 405, 'METHOD_NOT_ALLOWED');
    },
  },
  {
    id: 'requests.path',
    source: '[inferred]',
    says: 'a path that is none of the API is 404',
    sandboxOnly: true,
    async check(api) {
      for (const path of ['/baskets', '/carts/', `${cart}/place/now`, '']) {
        expectRefusal(await api.get(path), 404, 'NOT_FOUND');
      }
    },
  },
  {
    id: 'requests.content-type',
    source: '[older docs]',
    says: 'a body that calls itself neither application/json nor text/json is 415',
    async check(api) {
      const cartPath = `/carts/${await findOpenCart(api)}`;
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
        const reply = await api.put(cartPath, { body: {}, headers: { 'content-type': type } });
        expect(reply.status).toBe(415);
      }
      for (const type of ['application/json', 'text/json', 'Application/JSON; charset=utf-8']) {
        const reply = await api.put(cartPath, { body: {}, headers: { 'content-type': type } });
        expect(reply.status).toBe(200);
      }
    },
  },
  {
    id: 'requests.no-body',
    source: '[client]',
    says: 'a request without a body needs no content type',
    sandboxOnly: true,
    async check(api) {
      expect(await api.post(`${cart}/place`)).toMatchObject({ status: 200 });
    },
  },
  {
    id: 'requests.malformed-body',
    source: '[docs]',
    says: 'a body that is no JSON, or no object, is 400 and changes nothing',
    async check(api) {
      const cartPath = `/carts/${await findOpenCart(api)}`;
      const before = await api.get(cartPath);
      for (const body of ['{"hidden":true', 'hidden', '[true]', 'null', '"hidden"']) {
        expectRefusal(await api.put(cartPath, { body }), 400, 'WRONG_PARAMETER');
      }
      expect((await api.get(cartPath)).text).toBe(before.text);
    },
  },
  {
    id: 'requests.large-body',
    source: '[inferred]',
    says: 'a body of more than a megabyte is 413',
    sandboxOnly: true,
    async check(api) {
      const body = `{"hidden":true,"more":"${'x'.repeat(1_000_000)}"}`;
      expectRefusal(await api.put(cart, { body }), 413, 'REQUEST_TOO_LARGE');
      expect((await api.get(cart)).json.hidden).toBe(false);
    },
  },
  {
    id: 'requests.path-decoding',
    source: '[client]',
    says: 'a segment of a path is decoded like form data: a plus is a space',
    sandboxOnly: true,
    async check(api) {
      expect((await api.get('/orders/a+b%2Bc')).json.errorMessage).toBe('Order #a b+c not found');
      expect((await api.get(`/carts/${cartOfThePages.replace('-', '%2D')}`)).status).toBe(200);
    },
  },
  {
    id: 'requests.broken-escape',
    source: '[inferred]',
    says: 'a broken escape in a path is 400',
    sandboxOnly: true,
    async check(api) {
      for (const segment of ['%', '%zz', '%E0%A4', '%ED%A0%80']) {
        expectRefusal(await api.get(`/carts/${segment}`), 400, 'WRONG_PARAMETER');
      }
    },
  },
  {
    id: 'requests.gzip',
    source: '[older docs]',
    says: 'a long answer is compressed for those who accept it, and says the same',
    async check(api) {
      const plain = await api.get('/carts', { headers: { 'accept-encoding': 'identity' } });
      const packed = await api.get('/carts', { headers: { 'accept-encoding': 'gzip' } });
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect(packed.text).toBe(plain.text);
    },
  },
  {
    id: 'requests.gzip-refused',
    source: '[inferred]',
    says: 'an answer is left as it is where gzip has quality 0, or the answer is short',
    sandboxOnly: true,
    async check(api) {
      const refused = await api.get('/carts', { headers: { 'accept-encoding': 'gzip;q=0, identity' } });
      const short = await api.get(cart, {
        query: { responseFields: 'cartId' },
        headers: { 'accept-encoding': 'gzip' },
      });
      for (const reply of [refused, short]) expect(reply.headers.get('content-encoding')).toBeNull();
    },
  },
  {
    id: 'requests.extra-headers',
    source: '[client]',
    says: "the official client's further headers change nothing",
    async check(api) {
      const headers = { 'X-Ecwid-Api-Request-Id': 'a1B2c3D4', 'X-Ecwid-App-Client-Id': 'custom-app' };
      expect((await api.get('/profile', { headers })).text).toBe((await api.get('/profile')).text);
    },
  },
  {
    id: 'requests.fault',
    source: '[docs]',
    says: 'a fault is 500 INTERNAL_ERROR and tells nothing of itself',
    sandboxOnly: true,
    options: {
      onRequest() {
        throw new Error('a fault');
      },
    },
    async check(api) {
      const reply = await api.get('/carts');
      expectRefusal(reply, 500, 'INTERNAL_ERROR');
      expect(reply.text).not.toContain('a fault');
    },
  },
];
