import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { secretToken } from '../../src/sandbox/http/access.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { createApi } from './api.ts';
import { cartOfThePages } from './behaviours/behaviour.ts';

const opened: Sandbox[] = [];

async function open(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  opened.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

/** Sends bytes as they are and reads whatever comes back until the other side closes, or nothing more comes. */
async function sendRaw({ url }: Sandbox, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  // A refusal before the end is read may come as a reset after it.
  socket.on('error', () => {});
  socket.setTimeout(1000, () => socket.destroy());
  socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  return received;
}

describe('hostile input', () => {
  const cart = `/api/v3/4870020/carts/${cartOfThePages}`;
  const calculate = '/api/v3/4870020/order/calculate';
  const [get, put, post] = ['GET', 'PUT', 'POST'].map(
    (method) =>
      (path: string, body = '') =>
        [
          `${method} ${path} HTTP/1.1`,
          'Host: sandbox',
          `Authorization: Bearer ${secretToken.value}`,
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
          'Connection: close',
          '',
          body,
        ].join('\r\n'),
  ) as [
    (path: string) => string,
    (path: string, body: string) => string,
    (path: string, body: string) => string,
  ];

  test.each([
    ['an encoded null byte', get('/api/v3/4870020/carts/%00'), '404'],
    ['a bare null byte', get('/api/v3/4870020/carts/\0'), '400'],
    ['a path of 10 kB', get(`/api/v3/4870020/carts/${'a'.repeat(10_000)}`), '404'],
    ['a path of 20 kB', get(`/api/v3/4870020/carts/${'a'.repeat(20_000)}`), '431'],
    ['an address in absolute form', get(`http://elsewhere.example${cart}`), '200'],
    ['a path that looks like a host', get(`//elsewhere.example${cart}`), '404'],
    ['dots in the path', get('/api/v3/4870020/carts/../profile'), '404'],
    ['a name that every object has', get(`${cart}?responseFields=__proto__(x),constructor,toString`), '200'],
    ['deep parentheses', get(`${cart}?responseFields=${'a('.repeat(5000)}`), '400'],
    ['a body with __proto__', put(cart, '{"__proto__":{"hidden":true},"constructor":1}'), '200'],
    ['a deep body', put(cart, '['.repeat(900_000)), '400'],
    ['a deep value', put(cart, `{"taxesOnShipping":${'['.repeat(1000)}${']'.repeat(1000)}}`), '400'],
    [
      'a deep order',
      post('/api/v3/4870020/orders', `{"utmData":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
      '400',
    ],
    ['an order with __proto__', post('/api/v3/4870020/orders', '{"__proto__":{"hidden":true}}'), '200'],
    ['an item with __proto__', post('/api/v3/4870020/orders', '{"items":[{"__proto__":{"a":1}}]}'), '200'],
    ['a price beyond all numbers', post(calculate, '{"items":[{"price":1e999,"quantity":1}]}'), '422'],
    ['a price beyond reason', post(calculate, '{"items":[{"price":1e300,"quantity":1}]}'), '422'],
    ['a tiny price', post(calculate, '{"items":[{"price":1e-300,"quantity":1e12}]}'), '200'],
    ['a tax beyond all numbers', put('/api/v3/4870020/orders/AB1CD', '{"tax":1e999}'), '400'],
    [
      'a deep calculation',
      post(calculate, `{"items":[{"price":1,"quantity":1,"x":${'['.repeat(30)}${']'.repeat(30)}}]}`),
      '400',
    ],
    ['a profile with __proto__', put('/api/v3/4870020/profile', '{"__proto__":{"hidden":true}}'), '200'],
    ['no HTTP at all', 'hello\r\n\r\n', '400'],
    ['OPTIONS *', get('*').replace('GET', 'OPTIONS'), '404'],
  ])('%s is answered', async (_, bytes, status) => {
    const faults: unknown[] = [];
    const sandbox = await open({ log: { error: (fault: unknown) => faults.push(fault) } as never });
    expect(await sendRaw(sandbox, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(faults).toEqual([]);
    const { json } = await createApi(sandbox).get(`/carts/${cartOfThePages}`);
    expect(json.hidden).toBe(false);
    expect({}).not.toHaveProperty('hidden');
  });

  test('what is written into a cart is kept no deeper than documented', async () => {
    const api = createApi(await open());
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const tax = `{"name":"Tax Y","value":1,"total":1,"more":${deep}}`;
    await api.put(`/carts/${cartOfThePages}`, { body: `{"taxesOnShipping":[${tax}]}` });
    const { json } = await api.get(`/carts/${cartOfThePages}`);
    expect(json.taxesOnShipping).toEqual([{ name: 'Tax Y', value: 1, total: 1 }]);
  });

  test('a caller who leaves half-way is no fault', async () => {
    const faults: unknown[] = [];
    const sandbox = await open({ log: { error: (fault: unknown) => faults.push(fault) } as never });
    await sendRaw(sandbox, put(cart, 'x'.repeat(100)).slice(0, -50));
    expect((await createApi(sandbox).get('/profile')).status).toBe(200);
    expect(faults).toEqual([]);
  });

  test('a fault is logged', async () => {
    const faults: unknown[] = [];
    const sandbox = await open({
      log: { error: (fault: unknown) => faults.push(fault) } as never,
      onRequest() {
        throw new Error('a fault');
      },
    });
    expect((await createApi(sandbox).get('/carts')).status).toBe(500);
    expect(faults).toEqual([{ err: new Error('a fault') }]);
  });
});
