import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGateway } from '../../src/library.ts';
import type { StoreOptions } from '../../src/stores/store-entry.ts';
import { audience, claims } from '../tokens.ts';
import { type Asking, askAt, type CountedStore, mountStores, startStore, tokenOf } from './many-stores.ts';

const secrets = {
  shared: 'the secret of whoever issues for two stores',
  own: 'the secret of whoever issues for the third',
};
const issuers = { shared: 'https://shared.example', own: 'https://own.example' };

const directory = mkdtempSync(join(tmpdir(), 'ecwid-graphql-stores-'));
let first: CountedStore;
let second: CountedStore;
let third: CountedStore;
let stores: readonly StoreOptions[];
let gateway: Awaited<ReturnType<typeof mountStores>>;
let behindProxies: Awaited<ReturnType<typeof mountStores>>;

beforeAll(async () => {
  [first, second, third] = (await Promise.all(['1001', '1002', '1003'].map((id) => startStore(id)))) as [
    CountedStore,
    CountedStore,
    CountedStore,
  ];
  const shared = { issuer: issuers.shared, audience, secret: secrets.shared };
  stores = [
    { ...first.entry, hosts: ['one.example', 'www.one.example'], auth: shared },
    { ...second.entry, host: 'two.example', auth: shared },
    { ...third.entry, host: 'three.example', auth: { issuer: issuers.own, audience, secret: secrets.own } },
  ];
  gateway = await mountStores(stores, { dataDir: directory });
  behindProxies = await mountStores(stores, { dataDir: directory, trustProxy: 2 });
});
beforeEach(() => {
  for (const { calls } of [first, second, third]) calls.length = 0;
});
afterAll(async () => {
  await gateway.close();
  await behindProxies.close();
  for (const { sandbox } of [first, second, third]) await sandbox.close();
  rmSync(directory, { recursive: true });
});

/** Which of the stores were called meanwhile. */
async function whoIsCalled(ask: () => Promise<unknown>) {
  for (const { calls } of [first, second, third]) calls.length = 0;
  const told = await ask();
  const called = [first, second, third].filter(({ calls }) => calls.length > 0);
  return { told, called: called.map(({ entry }) => entry.id) };
}

const name = '{ store { name } }';
const orders = '{ orders(first: 1) { totalCount } }';
const good = { status: 200, code: undefined };

describe('the store of a request', () => {
  test.each([
    ['one.example', '1001'],
    ['www.one.example', '1001'],
    ['TWO.example:8443', '1002'],
    ['three.example.', '1003'],
  ])('is that of the host %s, for guests too', async (host, id) => {
    const { told, called } = await whoIsCalled(() => askAt(gateway.origin, name, { host }));
    expect(told).toMatchObject(good);
    expect(called).toEqual([id]);
  });

  test('is that of the token where the host is of none: of its issuer, or the one that it names', async () => {
    const ofThird = await tokenOf(secrets.own, { iss: issuers.own });
    const ofSecond = await tokenOf(secrets.shared, { iss: issuers.shared, store_id: '1002' });
    const ofFirst = await tokenOf(secrets.shared, { iss: issuers.shared, store_id: 1001 });
    for (const [jwt, id] of [
      [ofThird, '1003'],
      [ofSecond, '1002'],
      [ofFirst, '1001'],
    ] as const) {
      const { told, called } = await whoIsCalled(() => askAt(gateway.origin, orders, { jwt }));
      expect(told).toMatchObject({
        ...good,
        answer: { data: { orders: { totalCount: expect.any(Number) } } },
      });
      expect(called).toEqual([id]);
    }
  });

  test('is none where neither names one, which is 404 and STORE_NOT_FOUND', async () => {
    for (const asking of [
      {},
      { host: 'four.example' },
      { host: 'one.example.evil.example' },
      { host: 'four.example', headers: { 'x-forwarded-host': 'one.example', 'x-store-id': '1001' } },
    ]) {
      const { told, called } = await whoIsCalled(() => askAt(gateway.origin, name, asking));
      expect(told).toMatchObject({
        status: 404,
        code: 'STORE_NOT_FOUND',
        headers: { 'x-request-id': expect.any(String) },
      });
      expect(called).toEqual([]);
    }
  });

  test('is what proxies say, where there are some', async () => {
    for (const [forwarded, id] of [
      ['two.example', '1002'],
      ['two.example, inner.example', '1002'],
      ['one.example, two.example:443, inner.example', '1002'],
    ] as const) {
      const asking = { host: 'inner.example', headers: { 'x-forwarded-host': forwarded } };
      const { called } = await whoIsCalled(() => askAt(behindProxies.origin, name, asking));
      expect(called).toEqual([id]);
    }
    const { called } = await whoIsCalled(() => askAt(behindProxies.origin, name, { host: 'three.example' }));
    expect(called).toEqual(['1003']);
  });

  test('is no other than that at whose host it is asked, whatever else a header says', async () => {
    const asking = { host: 'one.example', headers: { 'x-forwarded-host': 'two.example' } };
    const { called } = await whoIsCalled(() => askAt(behindProxies.origin, name, asking));
    expect(called).toEqual(['1001']);
  });

  test('is the same for requests of the Fetch standard', async () => {
    const { fetch, close } = await createGateway({ stores, dataDir: directory, logLevel: 'silent' });
    const request = (url: string, headers: Record<string, string> = {}) =>
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: name }),
      });
    const byAddress = await whoIsCalled(() => fetch(request('https://two.example/graphql')));
    expect(byAddress.called).toEqual(['1002']);
    const jwt = await tokenOf(secrets.own, { iss: issuers.own });
    const byToken = await whoIsCalled(() =>
      fetch(request('https://x.example/graphql', { authorization: `Bearer ${jwt}` })),
    );
    expect(byToken.called).toEqual(['1003']);
    const byNothing = await fetch(request('https://x.example/graphql'));
    expect(byNothing.status).toBe(404);
    expect((await fetch(new Request('https://x.example/health/ready'))).status).toBe(200);
    await close();
  });
});

describe('a page of a shop', () => {
  test('may ask whether it may ask, before it shows the token that names its store', async () => {
    const origin = 'https://shop.example';
    const { fetch, close } = await createGateway({
      stores,
      dataDir: directory,
      logLevel: 'silent',
      corsOrigins: [origin],
    });
    const preflight = new Request('https://graph.example/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    const { status, headers } = await fetch(preflight);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    const jwt = await tokenOf(secrets.own, { iss: issuers.own });
    const asked = (authorization: string) =>
      fetch(
        new Request('https://graph.example/graphql', {
          method: 'POST',
          headers: { origin, authorization, 'content-type': 'application/json' },
          body: JSON.stringify({ query: name }),
        }),
      );
    for (const [authorization, expected] of [
      [`Bearer ${jwt}`, 200],
      ['Bearer of nobody', 401],
    ] as const) {
      const answered = await asked(authorization);
      expect(answered.status).toBe(expected);
      expect(answered.headers.get('access-control-allow-origin')).toBe(origin);
    }
    await close();
  });
});

/** Each of them a token that must not open what it is shown to. */
const refused: Readonly<Record<string, () => Promise<Asking>>> = {
  'of one store at the host of another': async () => ({
    host: 'one.example',
    jwt: await tokenOf(secrets.own, { iss: issuers.own }),
  }),
  'of one store at the host of another that has the same issuer': async () => ({
    host: 'one.example',
    jwt: await tokenOf(secrets.shared, { iss: issuers.shared, store_id: '1002' }),
  }),
  'that names no store, of an issuer of two, at the host of one': async () => ({
    host: 'one.example',
    jwt: await tokenOf(secrets.shared, { iss: issuers.shared }),
  }),
  'that names no store, of an issuer of two': async () => ({
    jwt: await tokenOf(secrets.shared, { iss: issuers.shared }),
  }),
  'that names a store of another issuer': async () => ({
    jwt: await tokenOf(secrets.own, { iss: issuers.own, store_id: '1001' }),
  }),
  'that names a store in no way that there is': async () => ({
    host: 'one.example',
    jwt: await tokenOf(secrets.shared, { iss: issuers.shared, store_id: ['1001'] }),
  }),
  ...Object.fromEntries(
    [['1001'], { toString: 1 }, null, 1.5].map((named) => [
      `that names ${JSON.stringify(named)} for a store`,
      async () => ({ jwt: await tokenOf(secrets.shared, { iss: issuers.shared, store_id: named }) }),
    ]),
  ),
  'that says another issuer than who has signed it': async () => ({
    jwt: await tokenOf(secrets.own, { iss: issuers.shared, store_id: '1001' }),
  }),
  'that nobody has signed': async () => ({
    jwt: new UnsecuredJWT(claims({ iss: issuers.own, scope: 'read_orders' })).encode(),
  }),
  'of an issuer of no store': async () => ({
    jwt: await tokenOf(secrets.own, { iss: 'https://evil.example' }),
  }),
  'for somebody else': async () => ({
    host: 'three.example',
    jwt: await tokenOf(secrets.own, { iss: issuers.own, aud: 'another' }),
  }),
  'without an issuer': async () => ({
    jwt: await new SignJWT({ sub: 'ann', scope: 'read_orders' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secrets.own)),
  }),
  'that is none': async () => ({ jwt: 'a.b.c' }),
};

describe('a token', () => {
  test.each(Object.entries(refused))('%s is refused, and no store is called', async (_what, make) => {
    const asking = await make();
    const { told, called } = await whoIsCalled(() => askAt(gateway.origin, name, asking));
    expect(told).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(called).toEqual([]);
  });

  test('of one store stays refused at another after it was good at its own', async () => {
    const jwt = await tokenOf(secrets.shared, { iss: issuers.shared, store_id: '1002' });
    expect(await askAt(gateway.origin, orders, { host: 'two.example', jwt })).toMatchObject(good);
    expect(await askAt(gateway.origin, orders, { jwt })).toMatchObject(good);
    expect(await askAt(gateway.origin, orders, { host: 'one.example', jwt })).toMatchObject({ status: 401 });
    expect(await askAt(gateway.origin, orders, { host: 'two.example', jwt })).toMatchObject(good);
  });
});
