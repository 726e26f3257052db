import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { query, run } from '../program.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';
import { audience, claims, issuer, secret, sign } from '../tokens.ts';

const docs = readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
const runs = hasRedis('test/redis/commands.test.ts');
let server: RedisServer;
let sandbox: Sandbox;
beforeAll(async () => {
  if (!runs) return;
  server = await startRedis();
  sandbox = await createSandbox({ requestsPerMinute: Number.POSITIVE_INFINITY });
});
afterAll(async () => {
  await sandbox?.close();
  await server?.close();
});

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const place = `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } } }`;
const requests: Readonly<Record<string, string>> = {
  'a cart': `{ cart(id: "${cartId}") { total } }`,
  'a page of 100 carts': '{ carts(first: 100) { nodes { id } } }',
  'a page of 1,000 carts': '{ carts(first: 1000) { nodes { id } } }',
  placeOrder: place,
  'placeOrder of a cart that was placed': place,
};

/** What README calls commands: those that a gateway has sent, and not what its scripts do inside Redis. */
async function startCounting() {
  const monitor = await server.client.monitor();
  let counted = { callers: 0, budget: 0, other: 0 };
  monitor.on('monitor', (_time: string, args: readonly string[], source: string) => {
    if (source === 'lua' || /^(?:ping|info|client|hello)$/i.test(args[0] ?? '')) return;
    const [, kind = ''] = /\{\d+\}:(\w+)/.exec(args.join(' ')) ?? [];
    const of = kind === 'callers' ? 'callers' : kind === 'calls' ? 'budget' : 'other';
    counted = { ...counted, [of]: counted[of] + 1 };
  });
  return {
    /** Since it was asked last. */
    async take() {
      // Redis tells of what it has answered before it answers this.
      await server.client.ping();
      await new Promise((resolve) => setImmediate(resolve));
      const taken = counted;
      counted = { callers: 0, budget: 0, other: 0 };
      return taken;
    },
    stop: () => monitor.disconnect(),
  };
}

describe.runIf(runs)('commands to Redis', () => {
  test('are as many for each kind of request as docs/scaling.md says', async () => {
    const program = run([], {
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      REDIS_URL: server.url.href,
      AUTH_JWT_SECRET: secret,
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
    });
    const [, origin = ''] = await program.says(/(http:\/\/\S+)\/graphql/);
    const staff = await sign(claims({ sub: 'staff', scope: 'read_orders update_orders create_orders' }));
    // Whoever is first sends the scripts.
    await query(origin, '{ carts(first: 1) { nodes { id } } }', staff);
    await query(origin, place.replace(cartId, '0B299518-FB54-491A-A6E0-5B6BA6E20868'), staff);
    const counting = await startCounting();
    const counted: string[][] = [];
    for (const [name, text] of Object.entries(requests)) {
      expect((await query(origin, text, staff)).errors, name).toBeUndefined();
      const { callers, budget, other } = await counting.take();
      counted.push([name, String(callers), String(budget), String(other), String(callers + budget + other)]);
    }
    counting.stop();

    const [, rows = ''] = /^\| request .*\n\| -.*\n((?:\|.*\n)+)/m.exec(docs) ?? [];
    const listed = rows
      .trim()
      .split('\n')
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(counted).toEqual(listed);
  });
});
