import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { type JWTPayload, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createAuthenticate } from '../../src/server/authenticate.ts';
import { guest } from '../../src/viewer.ts';
import { withoutRequestId } from '../request-id.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { audience, claims, issuer, now, secret, sign } from '../tokens.ts';

const logLines: string[] = [];
const log = createLog({ level: 'trace', destination: { write: (line) => logLines.push(line) } });

const refusal = { name: 'AuthenticationError', code: 'UNAUTHENTICATED' };

describe('a token that a secret signs', () => {
  const authenticate = createAuthenticate({ keys: secret, issuer, audience, log });
  const ask = async (payload: JWTPayload) => authenticate(`Bearer ${await sign(payload)}`);

  test('makes a customer of a caller, by the customerId that is its subject', async () => {
    const customer = { kind: 'customer', customerId: '15319410' };
    expect(await ask(claims())).toMatchObject(customer);
    expect(await ask(claims({ scope: 'openid profile' }))).toMatchObject(customer);
  });

  test('makes staff of a caller by the words of its scope', async () => {
    expect(await ask(claims({ sub: 'ann', scope: 'openid read_orders update_orders' }))).toEqual({
      kind: 'staff',
      subject: 'ann',
      scopes: new Set(['read_orders', 'update_orders']),
      expiresAt: expect.any(Number),
    });
  });

  test('tells until when a caller is believed, which is 30 s longer than the token says', async () => {
    const exp = now() + 100;
    expect(await ask(claims({ exp }))).toMatchObject({ expiresAt: (exp + 30) * 1_000 });
  });

  test('leaves a caller without one a guest', async () => {
    expect(await authenticate(null)).toEqual(guest);
  });

  test('is good for half a minute more than it says, for clocks that differ', async () => {
    expect(await ask(claims({ exp: now() - 20, nbf: now() + 20 }))).toMatchObject({ kind: 'customer' });
  });

  test('is looked at once in a while, and no longer good than it says', async () => {
    const authorization = `Bearer ${await sign(claims({ exp: now() - 28 }))}`;
    expect(await authenticate(authorization)).toBe(await authenticate(authorization));
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await expect(authenticate(authorization)).rejects.toMatchObject(refusal);
  });

  test.each<[string, JWTPayload]>([
    ['has expired', { exp: now() - 40 }],
    ['never expires', { exp: undefined as never }],
    ['is not good yet', { nbf: now() + 60 }],
    ['is of another issuer', { iss: 'https://id.example.evil' }],
    ['is for another service', { aud: 'shop' }],
    ['is for nobody in particular', { aud: undefined as never }],
    ['has no subject', { sub: undefined as never }],
    ['is of staff, and has no subject', { sub: undefined as never, scope: 'read_orders' }],
    ['is of staff, and has an empty subject', { sub: '', scope: 'read_orders' }],
    ['is of staff, and has an object for a subject', { sub: { id: 'ann' } as never, scope: 'read_orders' }],
    ['has a number for a subject', { sub: 15319410 as never }],
    ['has a list for a subject', { sub: ['15319410'] as never }],
    ['has no text for a subject', { sub: null as never }],
    ['has a list for a scope', { scope: ['read_orders'] }],
    ['has an object for a scope', { scope: { read_orders: true } }],
    ['has no text for a scope', { scope: null }],
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
      `Bearer ${token}, Bearer ${token}`,
      ` Bearer ${token}`,
      `x Bearer ${token}`,
      `xBearer ${token}`,
      `Bearer  ${token} `,
      `Bearer ${token}.`,
      `Bearer ${token}\n`,
      `Bearer${token}`,
      'guest',
    ]) {
      await expect(authenticate(header)).rejects.toMatchObject(refusal);
    }
    expect(await authenticate(`bearer ${token}`)).toMatchObject({ kind: 'customer' });
  });

  test('is what docs/access.md shows how to make', async () => {
    const docs = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');
    const script = /^```js\n(.*?)^```/ms.exec(docs)?.[1] ?? '';
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
      expiresAt: expect.any(Number),
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

describe('a gateway that checks tokens', () => {
  let gateway: GatewayOnSandbox;
  beforeAll(async () => {
    const authenticate = createAuthenticate({ keys: secret, issuer, audience, log });
    gateway = await startGateway({}, [], { authenticate });
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
    expect(withoutRequestId(await response.json(), response)).toEqual({
      errors: [
        {
          message: 'The Authorization header must hold a valid and current bearer token, or be left out.',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
    expect(gateway.calls).toEqual([]);
  });

  test.each<[string, (good: string) => string[]]>([
    ['a good one and a bad one', (good) => [good, 'Bearer bad']],
    ['the same one twice', (good) => [good, good]],
    ['a good one and nothing', (good) => [good, '']],
  ])('answers 401 to %s', async (_what, of) => {
    const headers = of(`Bearer ${await sign(claims())}`).flatMap((value) => ['Authorization', value]);
    const status = new Promise((resolve, reject) => {
      request(gateway.url, { method: 'GET', headers: ['Host', 'x', ...headers] }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(await status).toBe(401);
  });

  test('answers a good one', async () => {
    const response = await post(`Bearer ${await sign(claims({ scope: 'update_orders' }))}`);
    expect(withoutRequestId(await response.json(), response)).toEqual({
      data: { hideCart: { errors: [{ code: 'CART_NOT_FOUND' }] } },
    });
  });
});
