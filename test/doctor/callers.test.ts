import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { type KeyServer, startKeyServer } from '../key-server.ts';
import { audience, issuer, secret } from '../tokens.ts';
import { consult, expectIll } from './consult.ts';

let sandbox: Sandbox;
let keys: KeyServer;
beforeAll(async () => {
  [sandbox, keys] = await Promise.all([createSandbox(), startKeyServer()]);
});
afterAll(async () => {
  keys.close();
  await sandbox.close();
});
beforeEach(() => keys.reset());

const consultWith = (auth: Record<string, string>) =>
  consult({
    ECWID_API_URL: sandbox.url,
    ECWID_STORE_ID: sandbox.storeId,
    ECWID_TOKEN: sandbox.secretToken,
    AUTH_JWT_ISSUER: issuer,
    AUTH_JWT_AUDIENCE: audience,
    ...auth,
  });
const consultKeys = () => consultWith({ AUTH_JWKS_URL: keys.url.href });

describe('the doctor, of the keys of tokens', () => {
  test('finds a secret well that tokens are signed with', async () => {
    const { found, wells } = await consultWith({ AUTH_JWT_SECRET: secret });
    expect(wells).toContain('Callers');
    expect(found('Callers')).toBe('tokens signed with AUTH_JWT_SECRET (HS256)');
  });

  test('counts the keys that tokens can be checked by, and no others', async () => {
    const { found, wells } = await consultKeys();
    expect(wells).toContain('Callers');
    // Served are four that are of use, and three that are not: malformed, too short, and private.
    expect(found('Callers')).toBe('tokens signed with one of 4 keys at AUTH_JWKS_URL');
    expect(keys.fetches).toBe(1);
  });

  const others: readonly [string, Partial<KeyServer>, RegExp][] = [
    ['a server that is out of order', { status: 503 }, /answers with 503 → Set it to the jwks_uri/],
    ['a server that leads elsewhere', { status: 302 }, /answers with 302 → /],
    ['a page', { body: '<html>Sign in</html>' }, /answers with what is no JSON Web Key Set → /],
    ['JSON that is no key set', { body: '{"issuer":"x"}' }, /answers with what is no JSON Web Key Set → /],
    ['more than a key set', { body: 'endless' }, /answers with more than a key set may be → /],
    ['an empty key set', { body: '{"keys":[]}' }, /has no key that tokens can be checked by → Have it serve/],
    ['keys that are of no use', { served: [] }, /has no key that tokens can be checked by → Have it serve/],
    [
      'a secret that is told to everybody',
      { body: '{"keys":[{"kty":"oct","k":"c2VjcmV0","alg":"HS256"}]}' },
      /has no key that tokens can be checked by → Have it serve/,
    ],
  ];
  test.each(others)('names %s in place of keys', async (_what, state, expected) => {
    Object.assign(keys, state);
    expectIll(await consultKeys(), new RegExp(`^Callers: AUTH_JWKS_URL ${expected.source}`));
  });

  test('names a server of keys that is not there', async () => {
    const gone = await startKeyServer();
    gone.close();
    const consultation = await consultWith({ AUTH_JWKS_URL: gone.url.href });
    expectIll(consultation, /^Callers: AUTH_JWKS_URL: the connection is refused → .* AUTH_JWKS_URL/);
  });
});
