import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Authenticate, createAuthenticate } from '../../src/server/authenticate.ts';
import { guest } from '../../src/viewer.ts';
import { type KeyServer, startKeyServer } from '../key-server.ts';
import { query, run } from '../program.ts';
import { startGateway } from '../running-gateway.ts';
import { audience, issuer } from '../tokens.ts';

const logLines: string[] = [];
const log = createLog({ level: 'trace', destination: { write: (line) => logLines.push(line) } });

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

describe('R29: keys of tokens that cannot be fetched', () => {
  test('refuse tokens of unknown keys by the thousand, and are asked for once', async () => {
    const authenticate = create();
    await authenticate(await server.bearer('rsa'));
    await expect(authenticate(await server.bearer('late'))).rejects.toMatchObject(refusal);
    const codes = new Map<string, number>();
    for (let n = 0; n < 10_000; n += 1) {
      const { code } = await authenticate(server.unsigned({ alg: 'RS256', kid: `unknown-${n}` })).catch(
        (error) => error,
      );
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes]).toEqual([['UNAUTHENTICATED', 10_000]]);
    expect(await authenticate(await server.bearer('rsa'))).toMatchObject({ kind: 'customer' });
    expect(server.fetches).toBe(1);
  });

  test('are had again after they were changed, once the cooldown is over', async () => {
    const authenticate = create({ cooldownMs: 0 });
    await authenticate(await server.bearer('rsa'));
    await expect(authenticate(await server.bearer('late'))).rejects.toMatchObject(refusal);
    server.served = ['late'];
    expect(await authenticate(await server.bearer('late'))).toMatchObject({ kind: 'customer' });
    await expect(authenticate(await server.bearer('rsa'))).rejects.toMatchObject(refusal);
  });

  test('are forgotten once they are gone, which is looked at behind the back of who asks', async () => {
    const authenticate = create({ maxAgeMs: 0 });
    await authenticate(await server.bearer('rsa'));
    server.served = ['ec'];
    await vi.waitFor(async () => {
      await expect(authenticate(await server.bearer('rsa'))).rejects.toMatchObject(refusal);
    });
  });

  test('are good while their server is away, once they were had', async () => {
    const authenticate = create({ cooldownMs: 0, maxAgeMs: 0 });
    await authenticate(await server.bearer('rsa'));
    server.status = 500;
    for (let n = 0; n < 3; n += 1)
      expect(await authenticate(await server.bearer('rsa'))).toMatchObject({ kind: 'customer' });
    await expect(authenticate(await server.bearer('late'))).rejects.toMatchObject(unavailable);
  });

  test.each<[string, () => void]>([
    ['answers 500', () => (server.status = 500)],
    ['answers elsewhere', () => (server.status = 302)],
    ['answers a page', () => (server.body = '<html>')],
    ['answers no keys', () => (server.body = '{}')],
    ['answers no list of keys', () => (server.body = '{"keys":{}}')],
    ['answers a list of no keys', () => (server.body = '{"keys":[null]}')],
    ['answers null', () => (server.body = 'null')],
    ['answers more than a megabyte', () => (server.body = `{"keys":[]}${' '.repeat(1_000_000)}`)],
    ['answers without an end', () => (server.body = 'endless')],
  ])('check no token while their server %s, which is asked once in a while', async (_what, fail) => {
    fail();
    const authenticate = create();
    for (let n = 0; n < 20; n += 1) {
      await expect(authenticate(await server.bearer('rsa'))).rejects.toMatchObject(unavailable);
    }
    expect(server.fetches).toBe(1);
    expect(logLines.join('')).not.toContain(server.url.host);

    const impatient = create({ cooldownMs: 0 });
    await expect(impatient(await server.bearer('rsa'))).rejects.toMatchObject(unavailable);
    server.status = 200;
    server.body = undefined;
    expect(await impatient(await server.bearer('rsa'))).toMatchObject({ kind: 'customer' });
  });

  test('are asked for again once the cooldown is over', async () => {
    server.status = 500;
    const authenticate = create({ cooldownMs: 300 });
    await expect(authenticate(await server.bearer('rsa'))).rejects.toMatchObject(unavailable);
    server.status = 200;
    await vi.waitFor(async () => {
      expect(await authenticate(await server.bearer('rsa'))).toMatchObject({ kind: 'customer' });
    });
    expect(server.fetches).toBe(2);
  });

  test('check no token where nobody listens, and keep no guest out', async () => {
    const nowhere = createAuthenticate({ keys: new URL('http://127.0.0.1:1/jwks'), issuer, audience, log });
    await expect(nowhere(await server.bearer('rsa'))).rejects.toMatchObject(unavailable);
    expect(await nowhere(null)).toEqual(guest);
  });

  test('have a gateway answer 503 to who comes with a token, and guests as ever', async () => {
    server.status = 500;
    const gateway = await startGateway({}, [], { authenticate: create() });
    try {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { authorization: await server.bearer('rsa'), 'content-type': 'application/json' },
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

  test('are no matter to the start of a gateway, nor to whether it is ready', async () => {
    const program = run([], {
      AUTH_JWKS_URL: 'http://127.0.0.1:1/jwks.json',
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
    });
    const [, origin = ''] = await program.says(/Graphi?QL\s+(http:\/\/[\d.]+:\d+)\/graphql/);
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    expect((await query(origin, '{ store { id } }')).data).toEqual({ store: { id: '4870020' } });
    const jwt = (await server.bearer('rsa')).replace('Bearer ', '');
    expect((await query(origin, '{ store { id } }', jwt)).errors).toMatchObject([
      { extensions: { code: 'AUTHENTICATION_UNAVAILABLE' } },
    ]);
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
  });
});
