import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { GatewayOptions } from '../src/create-gateway.ts';
import { sandboxViewers } from '../src/sandbox-viewers.ts';
import { guest } from '../src/viewer.ts';
import { mountGateway } from './mounted-gateway.ts';
import { post } from './post.ts';
import { type ScriptedOrigin, startScriptedOrigin } from './scripted-origin.ts';
import { audience, claims, issuer, secret, sign } from './tokens.ts';

const carts = { query: '{ carts(first: 100) { totalCount nodes { customerId } } }' };

/** How many carts who says so finds, or why none. */
async function search(url: string, authorization?: string) {
  const { status, code, answer } = await post(url, carts, authorization ? { authorization } : {});
  return code ? [status, code] : answer.data.carts;
}

async function offersViewers(url: string): Promise<boolean> {
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  const html = await page.text();
  expect(html).toContain('<title>ecwid-graphql</title>');
  return html.includes('Ask as') || html.includes('sandbox-');
}

const dataDir = mkdtempSync(join(tmpdir(), 'ecwid-graphql-viewers-'));
let store: ScriptedOrigin;
let open: Awaited<ReturnType<typeof mountGateway>>;
beforeAll(async () => {
  store = await startScriptedOrigin();
  open = await mountGateway();
});
afterAll(async () => {
  await open.close();
  await store.close();
  rmSync(dataDir, { recursive: true });
});

let closed: typeof open | undefined;
afterEach(() => closed?.close());

describe('a ready-made token of the sandbox', () => {
  test('says who asks where nobody is asked who they are', async () => {
    const everything = await search(open.url);
    expect(everything.totalCount).toBeGreaterThan(200);
    expect(await search(open.url, 'Bearer sandbox-staff')).toEqual(everything);
    expect(await search(open.url, 'bearer  sandbox-staff')).toEqual(everything);
    const own = await search(open.url, 'Bearer sandbox-customer-15319410');
    expect(own.nodes).toEqual([{ customerId: '15319410' }, { customerId: '15319410' }]);
    expect(await search(open.url, 'Bearer sandbox-customer-99')).toEqual({ totalCount: 0, nodes: [] });
    expect(await search(open.url, 'Bearer sandbox-guest')).toEqual([200, 'NOT_PERMITTED']);
  });

  test.each([
    'Bearer sandbox-admin',
    'Bearer sandbox-customer-',
    'Bearer sandbox-customer-0',
    'Bearer sandbox-customer-1x',
    'Bearer sandbox-staff sandbox-guest',
    'Bearer staff',
    'Basic sandbox-staff',
    'sandbox-staff',
    '',
  ])('is none where it is %j: nothing is done for it', async (authorization) => {
    const { status, code } = await post(open.url, carts, { authorization });
    expect([status, code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('is offered in GraphiQL there, and told in docs/sandbox.md', async () => {
    expect(await offersViewers(open.url)).toBe(true);
    const docs = readFileSync(new URL('../docs/sandbox.md', import.meta.url), 'utf8');
    for (const { authorization } of sandboxViewers) expect(docs).toContain(`\`${authorization}\``);
  });

  const auth = { issuer, audience, secret };
  const refused: readonly [string, () => GatewayOptions, unknown][] = [
    ['a sandbox that is told whose tokens to believe', () => ({ auth }), [401, 'UNAUTHENTICATED']],
    [
      'a sandbox in a program that looks at callers itself',
      () => ({ authenticate: async () => guest }),
      [200, 'NOT_PERMITTED'],
    ],
    [
      'a store',
      () => ({ store: { storeId: '1003', token: 'secret_x', apiUrl: store.url } }),
      [200, 'NOT_PERMITTED'],
    ],
    [
      'a store with tokens',
      () => ({ store: { storeId: '1003', token: 'secret_x', apiUrl: store.url }, auth }),
      [401, 'UNAUTHENTICATED'],
    ],
  ];
  test.each(refused)('opens nothing over %s, and is not offered', async (_name, options, answer) => {
    closed = await mountGateway({ ...options(), dataDir, introspection: 'everyone' });
    for (const { authorization } of sandboxViewers)
      expect(await search(closed.url, authorization), authorization).toEqual(answer);
    expect(await offersViewers(closed.url)).toBe(false);
    expect(store.requests).toEqual([]);
  });

  test('leaves tokens that are believed as they are', async () => {
    closed = await mountGateway({ auth });
    const token = await sign(claims({ sub: 'ann', scope: 'read_orders' }));
    expect((await search(closed.url, `Bearer ${token}`)).totalCount).toBeGreaterThan(200);
    expect(await search(open.url, `Bearer ${token}`)).toEqual([401, 'UNAUTHENTICATED']);
  });
});
