import { exportSPKI } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Authenticate, createAuthenticate } from '../../src/server/authenticate.ts';
import { type KeyServer, startKeyServer } from '../key-server.ts';
import { audience, claims, issuer, sign } from '../tokens.ts';

const log = createLog({ level: 'silent' });

const refusal = { name: 'AuthenticationError', code: 'UNAUTHENTICATED' };
const unavailable = { name: 'AuthenticationError', code: 'AUTHENTICATION_UNAVAILABLE' };

let server: KeyServer;
beforeAll(async () => {
  server = await startKeyServer();
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const create = (options: { cooldownMs?: number; maxAgeMs?: number } = {}): Authenticate =>
  createAuthenticate({ keys: server.url, issuer, audience, log, ...options });

describe('a token that a key pair signs', () => {
  test('is checked by the key of its id, which is asked for once', async () => {
    const authenticate = create();
    for (const kid of ['rsa', 'pss', 'ec', 'ed', 'rsa']) {
      expect(await authenticate(await server.bearer(kid))).toMatchObject({ kind: 'customer' });
    }
    expect(server.fetches).toBe(1);
  });

  test('is not fooled by a public key used as a secret', async () => {
    const pem = await exportSPKI(server.publicKey('rsa'));
    await expect(create()(`Bearer ${await sign(claims(), 'HS256', pem)}`)).rejects.toMatchObject(refusal);
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
    await expect(authenticate(server.unsigned(header))).rejects.toMatchObject(expected);
    await expect(authenticate(await server.bearer('late'))).rejects.toMatchObject(refusal);
    server.served = ['rsa', 'pss', 'ec', 'ed', 'late'];
    await vi.waitFor(async () => {
      await expect(authenticate(server.unsigned(header))).rejects.toMatchObject(expected);
      expect(await authenticate(await server.bearer('late'))).toMatchObject({ kind: 'customer' });
    });
  });
});
