import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { publicToken, secretToken } from '../../src/sandbox/access.ts';
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxRequest,
} from '../../src/sandbox/sandbox.ts';
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

describe('createSandbox', () => {
  test('listens on the local machine, on a port of its own', async () => {
    const [one, other] = [await open(), await open()];
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v3$/);
    expect(one.url).not.toBe(other.url);
    expect(one).toMatchObject({
      storeId: '4870020',
      secretToken: secretToken.value,
      publicToken: publicToken.value,
    });
  });

  test('fails where the port is taken', async () => {
    const { url } = await open();
    await expect(createSandbox({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });

  test('takes another store id and other tokens', async () => {
    const secret = { ...secretToken, value: 'secret_of_mine' };
    const sandbox = await open({ storeId: '1003', tokens: [publicToken, secret] });
    expect(sandbox).toMatchObject({ storeId: '1003', secretToken: 'secret_of_mine' });
    expect((await createApi(sandbox).get('/profile')).json.generalInfo.storeId).toBe(1003);
  });

  test.each([
    [{ storeId: 'mine' }, 'storeId'],
    [{ tokens: [secretToken] }, 'tokens'],
    [{ tokens: [publicToken] }, 'tokens'],
    [{ port: 65_536 }, 'port'],
    [{ afterPlacing: 'lost' }, 'afterPlacing'],
    [{ placingTakesStock: 'yes' }, 'placingTakesStock'],
  ])('refuses %o at once and names the option', async (options, named) => {
    await expect(createSandbox(options as SandboxOptions)).rejects.toThrow(named);
  });

  test('keeps nothing from one sandbox to the next', async () => {
    const first = createApi(await open());
    const before = await first.get('/carts');
    await first.post(`/carts/${cartOfThePages}/place`);
    expect((await createApi(await open()).get('/carts')).text).toBe(before.text);
  });

  test('reset brings the seed back, to the byte', async () => {
    const sandbox = await open({ placingTakesStock: true });
    const api = createApi(sandbox);
    const read = async () => [(await api.get('/carts')).text, (await api.get('/orders/AB1CD')).text];
    const before = await read();
    await api.put('/carts/5A0DB0C5-0000-4000-8000-000000000001', { body: { hidden: true } });
    await api.post(`/carts/${cartOfThePages}/place`);
    expect(await read()).not.toEqual(before);
    sandbox.reset();
    expect(await read()).toEqual(before);
  });
});

describe('onRequest', () => {
  test('is told of each request once, refused ones included, without the token', async () => {
    const seen: SandboxRequest[] = [];
    const sandbox = await open({ onRequest: (request) => seen.push(request) });
    const api = createApi(sandbox);
    await api.get('/carts', { query: { limit: 1, token: sandbox.secretToken }, token: null });
    await api.post(`/carts/${cartOfThePages}/place`);
    await api.get('/carts', { token: 'secret_nobody' });
    await fetch(`${sandbox.url}/1/carts`);
    expect(seen.map(({ method, path, query }) => `${method} ${path} ${query}`)).toEqual([
      'GET /carts limit=1',
      `POST /carts/${cartOfThePages}/place `,
      'GET /carts ',
      'GET /api/v3/1/carts ',
    ]);
  });

  test('gets a query of its own: changing it changes nothing', async () => {
    const sandbox = await open({ onRequest: ({ query }) => query.set('limit', '1') });
    expect((await createApi(sandbox).get('/carts')).json.limit).toBe(100);
  });
});

describe('close', () => {
  test('ends at once beside idle and silent connections', async () => {
    const sandbox = await open();
    await createApi(sandbox).get('/profile');
    const { hostname, port } = new URL(sandbox.url);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    const started = performance.now();
    await Promise.all([sandbox.close(), once(silent, 'close')]);
    expect(performance.now() - started).toBeLessThan(1000);
    await expect(createApi(sandbox).get('/profile')).rejects.toThrow('fetch failed');
  });

  test('finishes a request that is still arriving', async () => {
    const sandbox = await open();
    const { hostname, port } = new URL(sandbox.url);
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    const head = [
      `PUT /api/v3/4870020/carts/${cartOfThePages} HTTP/1.1`,
      'Host: sandbox',
      `Authorization: Bearer ${sandbox.secretToken}`,
      'Content-Type: application/json',
      'Content-Length: 15',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n{"hidden"`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const started = performance.now();
    const closed = sandbox.close();
    setTimeout(() => socket.write(':true}'), 50);
    await Promise.all([closed, once(socket, 'close')]);
    expect(received).toContain('{"updateCount":1}');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('finishes a request that has arrived and was not looked at yet', async () => {
    const sandbox = await open();
    const { hostname, port } = new URL(sandbox.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.write(
      `GET /api/v3/4870020/profile?token=${sandbox.publicToken} HTTP/1.1\r\nHost: sandbox\r\n\r\n`,
    );
    await Promise.all([sandbox.close(), once(socket, 'close')]);
    expect(received).toMatch(/^HTTP\/1.1 200 /);
  });

  test('does not wait for who never finishes sending', async () => {
    const sandbox = await open();
    const { hostname, port } = new URL(sandbox.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write('PUT /api/v3/4870020/carts HTTP/1.1\r\nHost: sandbox\r\nContent-Le');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await sandbox.close();
  });

  test('may be called twice', async () => {
    const sandbox = await open();
    await Promise.all([sandbox.close(), sandbox.close()]);
  });
});

describe('hostile input', () => {
  const cart = `/api/v3/4870020/carts/${cartOfThePages}`;
  const [get, put] = ['GET', 'PUT'].map(
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
  ) as [(path: string) => string, (path: string, body: string) => string];

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
