import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Authenticate, createAuthenticate } from '../../src/server/authenticate.ts';
import { guest } from '../../src/viewer.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const secret = 'a secret of more than thirty-two bytes';
const issuer = 'https://id.example';
const audience = 'ecwid-graphql';
const logLines: string[] = [];
const log = createLog({ level: 'trace', destination: { write: (line) => logLines.push(line) } });

const now = () => Math.floor(Date.now() / 1000);
const claims = (changes: JWTPayload = {}): JWTPayload => ({
  sub: '15319410',
  iss: issuer,
  aud: audience,
  exp: now() + 60,
  ...changes,
});
const sign = (payload: JWTPayload, algorithm = 'HS256', key: string = secret) =>
  new SignJWT(payload).setProtectedHeader({ alg: algorithm }).sign(new TextEncoder().encode(key));

const refusal = { name: 'AuthenticationError', code: 'UNAUTHENTICATED' };
const unavailable = { name: 'AuthenticationError', code: 'AUTHENTICATION_UNAVAILABLE' };

describe('a token that a secret signs', () => {
  const authenticate = createAuthenticate({ keys: secret, issuer, audience, log });
  const ask = async (payload: JWTPayload) => authenticate(`Bearer ${await sign(payload)}`);

  test('makes a customer of a caller, by the customerId that is its subject', async () => {
    expect(await ask(claims())).toEqual({ kind: 'customer', customerId: '15319410' });
    expect(await ask(claims({ scope: 'openid profile' }))).toEqual({
      kind: 'customer',
      customerId: '15319410',
    });
  });

  test('makes staff of a caller by the words of its scope', async () => {
    expect(await ask(claims({ sub: 'ann', scope: 'openid read_orders update_orders' }))).toEqual({
      kind: 'staff',
      subject: 'ann',
      scopes: new Set(['read_orders', 'update_orders']),
    });
  });

  test('leaves a caller without one a guest', async () => {
    expect(await authenticate(null)).toEqual(guest);
  });

  test('is good for half a minute more than it says, for clocks that differ', async () => {
    expect(await ask(claims({ exp: now() - 20, nbf: now() + 20 }))).toMatchObject({ kind: 'customer' });
  });

  test.each<[string, JWTPayload]>([
    ['has expired', { exp: now() - 40 }],
    ['never expires', { exp: undefined as never }],
    ['is not good yet', { nbf: now() + 60 }],
    ['is of another issuer', { iss: 'https://id.example.evil' }],
    ['is for another service', { aud: 'shop' }],
    ['is for nobody in particular', { aud: undefined as never }],
    ['has no subject', { sub: undefined as never }],
    ['has an empty subject, and no scope', { sub: '' }],
    ['has a subject that is no customerId, and no scope', { sub: 'auth0|15319410' }],
    ['has a subject with more than digits', { sub: '15319410 ' }],
    ['has the customerId of nobody', { sub: '0' }],
    ['has a subject too long for an id', { sub: '1'.repeat(19) }],
    [
      'has a scope that only looks like one of ours',
      { sub: 'ann', scope: 'read_orders2 xread_orders READ_ORDERS' },
    ],
  ])('is refused where it %s', async (_what, changes) => {
    await expect(ask(claims(changes))).rejects.toMatchObject(refusal);
  });

  test('is refused where another secret, another algorithm or none has signed it', async () => {
    const tokens = [
      await sign(claims(), 'HS256', `${secret}!`),
      await sign(claims(), 'HS512'),
      new UnsecuredJWT(claims()).encode(),
      (await sign(claims())).replace(/[^.]+$/, ''),
    ];
    for (const token of tokens) await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject(refusal);
  });

  test('is the only credential that counts', async () => {
    const token = await sign(claims());
    for (const header of [
      '',
      'Bearer',
      'Bearer ',
      token,
      `Basic ${token}`,
      `Bearer ${token} ${token}`,
      'guest',
    ]) {
      await expect(authenticate(header)).rejects.toMatchObject(refusal);
    }
    expect(await authenticate(`bearer ${token}`)).toMatchObject({ kind: 'customer' });
  });

  test('is what docs/access.md shows how to make', async () => {
    const docs = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');
    const script = /^```js\n([^]*?)^```/m.exec(docs)?.[1] ?? '';
    const token = execFileSync(
      process.execPath,
      ['--input-type=module', '-e', script, 'token.mjs', 'read_orders', 'create_orders'],
      {
        env: { AUTH_JWT_SECRET: secret, AUTH_JWT_ISSUER: issuer, AUTH_JWT_AUDIENCE: audience },
        cwd: import.meta.dirname,
        encoding: 'utf8',
      },
    );
    expect(await authenticate(`Bearer ${token.trim()}`)).toEqual({
      kind: 'staff',
      subject: 'somebody',
      scopes: new Set(['read_orders', 'create_orders']),
    });
  });

  test('is never written down', async () => {
    const token = await sign(claims({ aud: 'shop' }));
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject(refusal);
    log.info({ token }, `${token}`);
    expect(logLines.length).toBeGreaterThan(1);
    for (const part of token.split('.')) expect(logLines.join('')).not.toContain(part);
  });
});

describe('a token that a key pair signs', () => {
  const keys = new Map<string, CryptoKeyPair & { readonly algorithm: string }>();
  let served: string[] = [];
  let fetches = 0;
  let status = 200;
  let body: string | undefined;
  const server = createServer(async (_request, response) => {
    fetches += 1;
    const jwks = await Promise.all(
      served.map(async (kid) => ({ kid, ...(await exportJWK(keys.get(kid)?.publicKey as CryptoKey)) })),
    );
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(body ?? JSON.stringify({ keys: jwks }));
  });
  let url: URL;

  beforeAll(async () => {
    for (const [kid, algorithm] of [
      ['rsa', 'RS256'],
      ['pss', 'PS512'],
      ['ec', 'ES256'],
      ['ed', 'EdDSA'],
      ['late', 'ES384'],
    ] as const) {
      keys.set(kid, { ...(await generateKeyPair(algorithm, { extractable: true })), algorithm });
    }
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`);
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    served = ['rsa', 'pss', 'ec', 'ed'];
    fetches = 0;
    status = 200;
    body = undefined;
  });

  const bearer = async (kid: string, changes: JWTPayload = {}) => {
    const { privateKey, algorithm } = keys.get(kid) ?? {};
    const token = new SignJWT(claims(changes)).setProtectedHeader({ alg: algorithm ?? '', kid });
    return `Bearer ${await token.sign(privateKey as CryptoKey)}`;
  };
  const create = (options: { cooldownMs?: number; maxAgeMs?: number } = {}): Authenticate =>
    createAuthenticate({ keys: url, issuer, audience, log, ...options });

  test('is checked by the key of its id, which is asked for once', async () => {
    const authenticate = create();
    for (const kid of ['rsa', 'pss', 'ec', 'ed', 'rsa']) {
      expect(await authenticate(await bearer(kid))).toMatchObject({ kind: 'customer' });
    }
    expect(fetches).toBe(1);
  });

  test('is not fooled by a public key used as a secret', async () => {
    const pem = await exportSPKI(keys.get('rsa')?.publicKey as CryptoKey);
    await expect(create()(`Bearer ${await sign(claims(), 'HS256', pem)}`)).rejects.toMatchObject(refusal);
  });

  test('is refused where its key is unknown, without asking for the keys each time', async () => {
    const authenticate = create();
    await authenticate(await bearer('rsa'));
    for (let n = 0; n < 100; n += 1) {
      await expect(authenticate(await bearer('late'))).rejects.toMatchObject(refusal);
    }
    expect(fetches).toBe(1);
  });

  test('is taken after the keys have been changed, and the cooldown is over', async () => {
    const authenticate = create({ cooldownMs: 0 });
    await authenticate(await bearer('rsa'));
    await expect(authenticate(await bearer('late'))).rejects.toMatchObject(refusal);
    served = ['late'];
    expect(await authenticate(await bearer('late'))).toMatchObject({ kind: 'customer' });
    await expect(authenticate(await bearer('rsa'))).rejects.toMatchObject(refusal);
  });

  test('is no longer taken once old keys have been looked at anew, behind the back of who asks', async () => {
    const authenticate = create({ maxAgeMs: 0 });
    await authenticate(await bearer('rsa'));
    served = ['ec'];
    await vi.waitFor(async () => {
      await expect(authenticate(await bearer('rsa'))).rejects.toMatchObject(refusal);
    });
  });

  test('is good while the server of its known key is away', async () => {
    const authenticate = create({ cooldownMs: 0, maxAgeMs: 0 });
    await authenticate(await bearer('rsa'));
    status = 500;
    for (let n = 0; n < 3; n += 1)
      expect(await authenticate(await bearer('rsa'))).toMatchObject({ kind: 'customer' });
    await expect(authenticate(await bearer('late'))).rejects.toMatchObject(unavailable);
  });

  test.each<[string, () => void]>([
    ['answers 500', () => (status = 500)],
    ['answers elsewhere', () => (status = 302)],
    ['answers a page', () => (body = '<html>')],
    ['answers no keys', () => (body = '{}')],
  ])(
    'cannot be checked while the server of the keys %s, which is asked once in a while',
    async (_what, fail) => {
      fail();
      const authenticate = create();
      for (let n = 0; n < 20; n += 1) {
        await expect(authenticate(await bearer('rsa'))).rejects.toMatchObject(unavailable);
      }
      expect(fetches).toBe(1);
      expect(logLines.join('')).not.toContain(url.host);

      const impatient = create({ cooldownMs: 0 });
      await expect(impatient(await bearer('rsa'))).rejects.toMatchObject(unavailable);
      status = 200;
      body = undefined;
      expect(await impatient(await bearer('rsa'))).toMatchObject({ kind: 'customer' });
    },
  );

  test('cannot be checked where nobody listens', async () => {
    const nowhere = createAuthenticate({ keys: new URL('http://127.0.0.1:1/jwks'), issuer, audience, log });
    await expect(nowhere(await bearer('rsa'))).rejects.toMatchObject(unavailable);
    expect(await nowhere(null)).toEqual(guest);
  });
});

describe('a gateway that checks tokens', () => {
  let gateway: GatewayOnSandbox;
  let away: Authenticate;
  beforeAll(async () => {
    const local = createAuthenticate({ keys: secret, issuer, audience, log });
    away = createAuthenticate({ keys: new URL('http://127.0.0.1:1/jwks'), issuer, audience, log });
    gateway = await startGateway({}, [], {
      authenticate: (authorization) =>
        authorization?.includes('ES256') ? away(authorization) : local(authorization),
    });
  });
  afterAll(() => gateway.close());

  const post = (authorization: string, accept = '*/*') =>
    fetch(gateway.url, {
      method: 'POST',
      headers: { authorization, accept, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'mutation { hideCart(input: { cart_id: "A" }) { errors { code } } }' }),
    });

  test.each([
    ['*/*', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
  ])('answers 401 to a bad one, and does nothing for it: %s', async (accept, type) => {
    gateway.calls.length = 0;
    const response = await post(`Bearer ${await sign(claims({ exp: now() - 100 }))}`, accept);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'The Authorization header must hold a valid and current bearer token, or be left out.',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
    expect(gateway.calls).toEqual([]);
  });

  test('answers a good one', async () => {
    const response = await post(`Bearer ${await sign(claims({ scope: 'update_orders' }))}`);
    expect(await response.json()).toEqual({ data: { hideCart: { errors: [{ code: 'CART_NOT_FOUND' }] } } });
  });
});
