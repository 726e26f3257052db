import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { claims } from './tokens.ts';

/** A server of public keys, and who signs by them. */
export interface KeyServer {
  readonly url: URL;
  /** Whose keys it tells of: rsa, pss, ec and ed, until it is told otherwise. There is one more, late. */
  served: readonly string[];
  status: number;
  /** What it answers in place of keys; `endless` for spaces without an end. */
  body: string | undefined;
  readonly fetches: number;
  /** What the header holds of who has a good token of a key, but for what is changed. */
  bearer(kid: string, changes?: JWTPayload): Promise<string>;
  /** Nobody has signed it, which is not found out before there is a key. */
  unsigned(header: object): string;
  publicKey(kid: string): CryptoKey;
  /** As it was, and never asked. */
  reset(): void;
  close(): void;
}

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

const atFirst = { served: ['rsa', 'pss', 'ec', 'ed'], status: 200, body: undefined, fetches: 0 };

export async function startKeyServer(): Promise<KeyServer> {
  const keys = new Map<string, CryptoKeyPair & { readonly algorithm: string }>();
  for (const [kid, algorithm] of [
    ['rsa', 'RS256'],
    ['pss', 'PS512'],
    ['ec', 'ES256'],
    ['ed', 'EdDSA'],
    ['late', 'ES384'],
  ] as const) {
    keys.set(kid, { ...(await generateKeyPair(algorithm, { extractable: true })), algorithm });
  }
  const keyOf = (kid: string) => {
    const key = keys.get(kid);
    if (!key) throw new Error(`There is no key ${kid}.`);
    return key;
  };
  const state: Pick<KeyServer, 'served' | 'status' | 'body'> & { fetches: number } = { ...atFirst };
  const server = createServer(async (_request, response) => {
    state.fetches += 1;
    const jwks = await Promise.all(
      state.served.map(async (kid) => ({ kid, ...(await exportJWK(keyOf(kid).publicKey)) })),
    );
    response.writeHead(state.status, { 'content-type': 'application/json' });
    if (state.body === 'endless') Readable.from(spaces()).pipe(response);
    else response.end(state.body ?? JSON.stringify({ keys: [...jwks, ...(await unusable)] }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(state, {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`),
    async bearer(kid: string, changes: JWTPayload = {}) {
      const { privateKey, algorithm } = keyOf(kid);
      const token = new SignJWT(claims(changes)).setProtectedHeader({ alg: algorithm, kid });
      return `Bearer ${await token.sign(privateKey)}`;
    },
    unsigned(header: object) {
      const parts = [header, claims()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
      return `Bearer ${parts.join('.')}.c2lnbmF0dXJl`;
    },
    publicKey: (kid: string) => keyOf(kid).publicKey,
    reset: () => void Object.assign(state, atFirst),
    close: () => void server.close(),
  });
}
