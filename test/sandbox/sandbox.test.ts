import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { publicToken, secretToken } from '../../src/sandbox/http/access.ts';
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
    [{ createAnswer: 'none' }, 'createAnswer'],
    [{ requestsPerMinute: 0 }, 'requestsPerMinute'],
    [{ searchLagMs: -1 }, 'searchLagMs'],
    [{ batchCallMs: Number.NaN }, 'batchCallMs'],
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
    const paths = ['/carts', '/orders', '/orders/AB1CD', '/orders/deleted', '/profile', '/latest-stats'];
    const read = async () => {
      const replies = await Promise.all(
        [...paths, '/products/37208342', '/customers/15319411', '/batch?ticket=batch-00000001'].map((path) =>
          api.get(path),
        ),
      );
      return replies.map(({ text }) => text);
    };
    const before = await read();
    const body = { email: 'new@example.com', paymentStatus: 'PAID', items: [{ productId: 37208342 }] };
    const created = await api.post('/orders', { body });
    await api.post('/batch', { body: [{ path: '/orders/RCVR1', method: 'DELETE' }] });
    await api.put('/profile', { body: { languages: { enabledLanguages: [] } } });
    await api.put('/carts/5A0DB0C5-0000-4000-8000-000000000001', { body: { hidden: true } });
    await api.post(`/carts/${cartOfThePages}/place`);
    expect(await read()).not.toEqual(before);
    sandbox.reset();
    expect(await read()).toEqual(before);
    expect((await api.post('/orders', { body })).text).toBe(created.text);
  });

  test('reset gives each token its minute again', async () => {
    const sandbox = await open({ requestsPerMinute: 1 });
    const api = createApi(sandbox);
    await api.get('/profile');
    expect((await api.get('/profile')).status).toBe(429);
    sandbox.reset();
    expect((await api.get('/profile')).status).toBe(200);
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
