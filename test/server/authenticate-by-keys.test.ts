import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
