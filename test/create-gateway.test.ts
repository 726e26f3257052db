import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  createGateway,
  createSandbox,
  type GatewayOptions,
  schema,
} from '../src/library.ts';
import { everyScope, guest } from '../src/viewer.ts';
import { startScriptedOrigin } from './scripted-origin.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ecwid-graphql-library-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function open(options: GatewayOptions = {}) {
  const gateway = await createGateway({ logLevel: 'silent', ...options });
  opened.push(gateway);
  return gateway;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  opened.push({
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const aStore = { store: { storeId: '1003', token: 'secret_x' } };

const post = (query: string, headers: Record<string, string> = {}, variables: object = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query, variables }),
});
const firstCart = post('{ carts(first: 1) { nodes { id } } }');

describe('a gateway in a program of one’s own', () => {
  test('listens for a server of node:http, over a sandbox of its own', async () => {
    const { listener } = await open();
    const origin = await serve(listener);
    const response = await fetch(`${origin}/graphql`, firstCart);
    expect(await response.json()).toMatchObject({ data: { carts: { nodes: [{ id: expect.any(String) }] } } });
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
  });

  test('answers requests of the Fetch standard as it answers those of node:http', async () => {
    const gateway = await open({ authenticate: async () => guest });
    const origin = await serve(gateway.listener);
    const asked: [string, RequestInit][] = [
      ['/graphql', post('{ store { name } }')],
      ['/graphql', post('{ store { nme } }')],
      ['/graphql', post('{ orders { totalCount } }', { accept: 'application/graphql-response+json' })],
      ['/graphql', { ...firstCart, headers: { 'content-type': 'text/plain' } }],
      ['/graphql', { ...firstCart, body: '{' }],
      ['/graphql', { ...firstCart, body: JSON.stringify({ query: 'x'.repeat(200_000) }) }],
      ['/graphql', { method: 'PUT' }],
      ['/graphql?query={__typename}', {}],
      ['/graphql?query=mutation{__typename}', {}],
      ['/graphql', { headers: { accept: 'text/html' } }],
      ['/elsewhere', {}],
      ['/health/live', {}],
    ];
    for (const [path, given] of asked) {
      const init = { ...given, headers: { 'x-request-id': 'the-same', ...given.headers } };
      const [one, other] = [
        await fetch(origin + path, init),
        await gateway.fetch(new Request(`http://any${path}`, init)),
      ];
      expect(other).toBeInstanceOf(Response);
      const told = async ({ status, headers }: Response, body: Promise<string>) => ({
        status,
        type: headers.get('content-type'),
        allow: headers.get('allow'),
        body: await body,
      });
      expect(await told(other, other.text()), path).toEqual(await told(one, one.text()));
    }
  });

  test('ends reads for a caller of the Fetch standard who leaves', async () => {
    const origin = await startScriptedOrigin();
    opened.push(origin);
    const gateway = await open({
      store: { storeId: '1003', token: 'secret_x', apiUrl: origin.url },
      dataDir,
      authenticate: async () => everyScope,
      // Longer than is waited for here.
      limits: { querySeconds: 600 },
    });
    const leaving = new AbortController();
    const answered = gateway.fetch(
      new Request('http://any/graphql', { ...firstCart, signal: leaving.signal }),
    );
    await expect.poll(() => origin.pending).toBe(1);
    leaving.abort();
    await expect.poll(() => origin.pending).toBe(0);
    await answered;
  });

  test.each([
    ['was read before', (request: Request) => request.text()],
    ['is being read', async (request: Request) => request.body?.getReader()],
  ])('refuses a request of the Fetch standard whose body %s', async (_how, read) => {
    const gateway = await open();
    const request = new Request('http://any/graphql', firstCart);
    await read(request);
    const response = await gateway.fetch(request);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ message: 'The body of the request did not arrive.' }] },
    ]);
  });

  test.each([
    ['that goes on and on', 413, new Uint8Array(50_000)],
    ['that never comes', 400, undefined],
  ])('waits for the end of no body %s', async (_how, status, chunk) => {
    const gateway = await open({ limits: { requestSeconds: 1 } });
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1;
        if (!chunk) return new Promise<void>(() => {});
        return controller.enqueue(chunk);
      },
    });
    const init = { method: 'POST', headers: firstCart.headers, body, duplex: 'half' } as RequestInit;
    expect((await gateway.fetch(new Request('http://any/graphql', init))).status).toBe(status);
    expect(pulled).toBeLessThan(20);
  });

  test('leaves it at that where the server around it has answered meanwhile', async () => {
    const origin = await startScriptedOrigin();
    opened.push(origin);
    const { listener } = await open({
      store: { storeId: '1003', token: 'secret_x', apiUrl: origin.url },
      dataDir,
      authenticate: async () => everyScope,
    });
    let answered: unknown;
    const url = await serve((request, response) => {
      answered = listener(request, response);
      void expect
        .poll(() => origin.pending)
        .toBe(1)
        .then(() => response.writeHead(503).end('too slow'));
    });
    const response = await fetch(`${url}/graphql`, firstCart);
    expect([response.status, await response.text()]).toEqual([503, 'too slow']);
    await expect(answered).resolves.toBeUndefined();
  });

  test('tells callers of the Fetch standard apart by the address that it is given', async () => {
    const gateway = await open({ rateLimit: 1, authenticate: async () => guest });
    const ask = async (remoteAddress?: string) => {
      const request = new Request('http://any/graphql', post('{ store { name } }'));
      return (await gateway.fetch(request, { remoteAddress })).status;
    };
    expect([await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.2')]).toEqual([200, 429, 200]);
    expect([await ask(), await ask()]).toEqual([200, 429]);
  });

  test('is where it is mounted, and nowhere else', async () => {
    const gateway = await open({ endpoint: '/api/shop' });
    const origin = await serve(gateway.listener);
    for (const ask of [fetch, (url: string, init: RequestInit) => gateway.fetch(new Request(url, init))]) {
      expect((await ask(`${origin}/api/shop`, firstCart)).status).toBe(200);
      expect((await ask(`${origin}/graphql`, firstCart)).status).toBe(404);
    }
    const page = await fetch(`${origin}/api/shop`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<title>');
  });

  test('takes a body that the server around it has read', async () => {
    const { listener } = await open();
    const reading: RequestListener = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      if (request.headers['x-kept']) Object.assign(request, { body: JSON.parse(body) });
      listener(request, response);
    };
    const origin = await serve(reading);
    const headers = { ...firstCart.headers, 'x-kept': 'yes' };
    expect((await fetch(`${origin}/graphql`, { ...firstCart, headers })).status).toBe(200);
    const list = await fetch(`${origin}/graphql`, { method: 'POST', headers, body: '[]' });
    expect(list.status).toBe(400);
    const nested = `{"query":"{__typename}","variables":${'['.repeat(65)}${']'.repeat(65)}}`;
    const deep = await fetch(`${origin}/graphql`, { method: 'POST', headers, body: nested });
    expect(await deep.json()).toMatchObject({
      errors: [{ extensions: { code: 'JSON_DEPTH_LIMIT_EXCEEDED' } }],
    });
    const lost = await fetch(`${origin}/graphql`, firstCart);
    expect([lost.status, await lost.json()]).toMatchObject([
      400,
      { errors: [{ message: 'The body of the request did not arrive.' }] },
    ]);
  });

  test('takes every option that the environment has, and names each that is wrong', async () => {
    const sandbox = await createSandbox();
    opened.push(sandbox);
    const gateway = await open({
      store: { storeId: sandbox.storeId, token: sandbox.secretToken, apiUrl: sandbox.url },
      dataDir,
      auth: { secret: 'x'.repeat(32), issuer: 'https://id.example', audience: 'shop' },
      placeOrderRequire: [],
      corsOrigins: ['https://shop.example'],
      limits: { depth: 2, ids: 1 },
      rateLimit: 'off',
      orderRateLimit: 5,
      introspection: 'nobody',
      trustProxy: 1,
      cartCacheTtl: 1,
      ecwidRateLimit: 100,
      limitsMode: 'enforce',
      placeOrderVia: 'direct',
    });
    const response = await gateway.fetch(
      new Request('http://any/graphql', post('{ store { id } }', { origin: 'https://shop.example' })),
    );
    expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(await response.json()).toEqual({ data: { store: { id: sandbox.storeId } } });
    const deep = await gateway.fetch(new Request('http://any/graphql', post('{ a { b { c } } }')));
    expect(await deep.json()).toMatchObject({ errors: [{ extensions: { code: 'DEPTH_LIMIT_EXCEEDED' } }] });
    expect(
      (
        await gateway.fetch(
          new Request('http://any/graphql', post('{ __typename }', { authorization: 'Bearer a.b.c' })),
        )
      ).status,
    ).toBe(401);

    const wrong = createGateway({ store: { storeId: 'mine', token: 'x' }, rateLimit: 0 });
    await expect(wrong).rejects.toThrow(ConfigurationError);
    await expect(wrong).rejects.toThrow(/ECWID_STORE_ID.*\n.*RATE_LIMIT/s);
  });

  test.each<[string, unknown, RegExp]>([
    ['nothing at all', null, /The options/],
    ['a store without a token', { store: { storeId: '1003', token: undefined } }, /store\.token/],
    ['a store that was not filled in', { store: { storeId: undefined, token: undefined } }, /store\.storeId/],
    ['a store of empty texts', { store: { storeId: '', token: '' } }, /store\.storeId must not be empty/],
    ['no store', { store: null }, /store/],
    [
      'callers without keys',
      { auth: { issuer: 'a', audience: 'b' } },
      /auth must have a jwksUrl or a secret/,
    ],
    ['a text for a function', { authenticate: 'everyone' }, /authenticate must be a function/],
    ['a text for a list', { corsOrigins: 'https://shop.example' }, /corsOrigins/],
    ['an option that is none', { stores: [] }, /stores/],
    ['an endpoint that is no path', { endpoint: '/*' }, /endpoint must be a path/],
    ['an endpoint with a slash at its end', { endpoint: '/api/' }, /endpoint must be a path/],
    ['an endpoint elsewhere', { endpoint: 'http://x/graphql' }, /endpoint must be a path/],
    ['a directory that is none', { ...aStore, dataDir: import.meta.filename }, /DATA_DIR cannot be used/],
    ['a manifest that is not there', { trustedDocuments: '/none.json' }, /TRUSTED_DOCUMENTS names no file/],
  ])('is not made of %s', async (_what, options, message) => {
    const made = createGateway(options as GatewayOptions);
    await expect(made).rejects.toThrow(ConfigurationError);
    await expect(made).rejects.toThrow(message);
  });

  test('reads nothing from the environment', async () => {
    process.env.LIMITS = 'depth=1';
    try {
      const gateway = await open();
      expect((await gateway.fetch(new Request('http://any/graphql', firstCart))).status).toBe(200);
    } finally {
      delete process.env.LIMITS;
    }
  });

  test('has the schema beside it, and ends once however often it is told to', async () => {
    expect(schema.getType('Cart')).toBeDefined();
    const gateway = await createGateway({ logLevel: 'silent' });
    await Promise.all([gateway.close(), gateway.close()]);
    expect((await gateway.fetch(new Request('http://any/health/ready'))).status).toBe(503);
  });
});
