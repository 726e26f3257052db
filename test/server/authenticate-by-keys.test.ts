import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Authenticate, createAuthenticate } from '../../src/server/authenticate.ts';
import { guest } from '../../src/viewer.ts';
import { startGateway } from '../running-gateway.ts';
import { audience, claims, issuer, sign } from '../tokens.ts';

const logLines: string[] = [];
const log = createLog({ level: 'trace', destination: { write: (line) => logLines.push(line) } });

const refusal = { name: 'AuthenticationError', code: 'UNAUTHENTICATED' };
const unavailable = { name: 'AuthenticationError', code: 'AUTHENTICATION_UNAVAILABLE' };

/** Each is a key by what it says of itself, and none that a token can be checked by. */
const unusable = Promise.all([
  { kid: 'malformed', kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  { kid: 'short', kty: 'RSA', n: Buffer.alloc(128, 255).toString('base64url'), e: 'AQAB' },
  generateKeyPair('EdDSA', { extractable: true }).then(async ({ privateKey }) => ({
    kid: 'private',
    ...(await exportJWK(privateKey)),
  })),
]);

function* spaces() {
  for (;;) yield ' '.repeat(10_000);
}

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
    response.writeHead(status, { 'content-type': 'application/json' });
    if (body === 'endless') Readable.from(spaces()).pipe(response);
    else response.end(body ?? JSON.stringify({ keys: [...jwks, ...(await unusable)] }));
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
  /** Nobody has signed it, which is not found out before there is a key. */
  const unsigned = (header: object) => {
    const parts = [header, claims()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    return `Bearer ${parts.join('.')}.c2lnbmF0dXJl`;
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
    ['answers no list of keys', () => (body = '{"keys":{}}')],
    ['answers a list of no keys', () => (body = '{"keys":[null]}')],
    ['answers null', () => (body = 'null')],
    ['answers more than a megabyte', () => (body = `{"keys":[]}${' '.repeat(1_000_000)}`)],
    ['answers without an end', () => (body = 'endless')],
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

  test('is checked again once the cooldown is over, however many have asked meanwhile', async () => {
    status = 500;
    const authenticate = create({ cooldownMs: 300 });
    await expect(authenticate(await bearer('rsa'))).rejects.toMatchObject(unavailable);
    status = 200;
    await vi.waitFor(async () => {
      expect(await authenticate(await bearer('rsa'))).toMatchObject({ kind: 'customer' });
    });
    expect(fetches).toBe(2);
  });

  test.each([
    ['has no id where several keys fit', { alg: 'RS256' }, refusal],
    ['has an algorithm that no key is for', { alg: 'ES512', kid: 'ec' }, refusal],
    ['has an algorithm of another kind of key', { alg: 'RS256', kid: 'ec' }, refusal],
    ['has an algorithm of secrets', { alg: 'HS256', kid: 'rsa' }, refusal],
    [
      'must not be taken by who does not know a word',
      { alg: 'RS256', kid: 'rsa', crit: ['x'], x: 1 },
      refusal,
    ],
    ['names a malformed key', { alg: 'ES256', kid: 'malformed' }, unavailable],
    ['names a key too short', { alg: 'RS256', kid: 'short' }, unavailable],
    ['names a private key', { alg: 'EdDSA', kid: 'private' }, unavailable],
  ])('that %s keeps nobody else from a key that is new', async (_what, header, expected) => {
    const authenticate = create({ cooldownMs: 300 });
    await expect(authenticate(unsigned(header))).rejects.toMatchObject(expected);
    await expect(authenticate(await bearer('late'))).rejects.toMatchObject(refusal);
    served = ['rsa', 'pss', 'ec', 'ed', 'late'];
    await vi.waitFor(async () => {
      await expect(authenticate(unsigned(header))).rejects.toMatchObject(expected);
      expect(await authenticate(await bearer('late'))).toMatchObject({ kind: 'customer' });
    });
  });

  test('cannot be checked where nobody listens', async () => {
    const nowhere = createAuthenticate({ keys: new URL('http://127.0.0.1:1/jwks'), issuer, audience, log });
    await expect(nowhere(await bearer('rsa'))).rejects.toMatchObject(unavailable);
    expect(await nowhere(null)).toEqual(guest);
  });

  test('is answered with 503 by a gateway that cannot check it', async () => {
    status = 500;
    const gateway = await startGateway({}, [], { authenticate: create() });
    try {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { authorization: await bearer('rsa'), 'content-type': 'application/json' },
        body: '{"query":"{ store { id } }"}',
      });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('30');
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'AUTHENTICATION_UNAVAILABLE' } }],
      });
      expect(gateway.calls).toEqual([]);
      expect((await gateway.query('{ store { id } }')).data).toEqual({ store: { id: '4870020' } });
    } finally {
      await gateway.close();
    }
  });
});
