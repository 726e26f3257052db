import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporary } from '../program.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { hasReplicas, type Replicas, startReplicas } from '../replicas/replicas.ts';
import { audience, issuer, secret } from '../tokens.ts';
import { clientSecret, eventOf, sendEvent } from '../webhooks/signed-event.ts';

const runs = hasReplicas('test/redis/replicas.test.ts');
const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const placeOrder = `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } errors { code } } }`;

let server: RedisServer;
let sandbox: Sandbox;
/** When each call came to Ecwid. */
let calls: number[];
beforeAll(async () => {
  if (runs) server = await startRedis();
});
afterAll(() => server?.close());
beforeEach(async () => {
  calls = [];
  await server.client.flushall();
  sandbox = await createSandbox({
    requestsPerMinute: Number.POSITIVE_INFINITY,
    onRequest: () => calls.push(performance.now()),
  });
});
afterEach(() => sandbox.close());

function start(environment: Record<string, string>): Promise<Replicas> {
  return startReplicas({ redis: server, sandbox, environment });
}

interface Reading {
  /** How many reads have been answered with data, and how many refused for now. */
  readonly seen: { data: number; refused: number; other: unknown[] };
  stop(): Promise<void>;
}

/** So many callers who read one cart after another, as fast as they are answered. */
function readOn({ ask }: Replicas, callers: number): Reading {
  const seen: Reading['seen'] = { data: 0, refused: 0, other: [] };
  let isOver = false;
  const reading = Array.from({ length: callers }, async (_, caller) => {
    for (let n = 0; !isOver; n += 1) {
      const { data, errors } = await ask(`{ cart(id: "none-${caller}-${n}") { total } }`);
      if (!errors && data) seen.data += 1;
      else if (errors?.[0]?.extensions?.code === 'RATE_LIMITED') seen.refused += 1;
      else seen.other.push(errors);
      // Who is refused asks again soon, and not at once.
      await sleep(errors ? 50 : 0);
    }
  });
  return {
    seen,
    async stop() {
      isOver = true;
      await Promise.all(reading);
    },
  };
}

/** The most that came to Ecwid in excess of what flows in, over any time: the bucket holds no more. */
function mostAtOnce(perMinute: number): number {
  const flow = (perMinute * 0.88) / 60_000;
  let most = 0;
  let waterline = Number.POSITIVE_INFINITY;
  for (const [index, at] of calls.entries()) {
    waterline = Math.min(waterline, index - at * flow);
    most = Math.max(most, index + 1 - at * flow - waterline);
  }
  return most;
}

describe.runIf(runs)('three replicas behind nginx', () => {
  test('send Ecwid together what the token may, and place while they refuse reads', async () => {
    const replicas = await start({ ECWID_RATE_LIMIT: '60', RATE_LIMIT: 'off', LIMITS: 'querySeconds=3' });
    const begun = performance.now();
    const { seen, stop } = readOn(replicas, 12);
    await expect.poll(() => seen.refused, { timeout: 10_000 }).toBeGreaterThan(20);
    expect(await replicas.ask(placeOrder)).toMatchObject({
      data: { placeOrder: { order: { order_number: expect.any(String) }, errors: [] } },
    });
    await stop();
    const seconds = (performance.now() - begun) / 1_000;
    // Six at once and 0.88 a second, as one process alone sends; and nearly all of them are used.
    expect(mostAtOnce(60)).toBeLessThanOrEqual(7.5);
    expect(calls.length).toBeGreaterThan(0.8 * (6 + 0.88 * seconds) - 2);
    expect(seen.other).toEqual([]);
    expect(seen.data).toBeGreaterThan(2);
  });

  test('limit a caller as one', async () => {
    const { ask, all } = await start({ RATE_LIMIT: '10' });
    const codes: unknown[] = [];
    for (let n = 0; n < 12; n += 1) {
      const { errors } = await ask('{ __typename }', all[n % 3]?.origin);
      codes.push(errors?.[0]?.extensions?.code ?? 'data');
    }
    expect(codes).toEqual([
      ...Array.from({ length: 10 }, () => 'data'),
      ...Array.from({ length: 2 }, () => 'RATE_LIMITED'),
    ]);
  });

  test('take webhooks, where they are signed', async () => {
    const { origin } = await start({ ECWID_CLIENT_SECRET: clientSecret });
    const event = eventOf({ storeId: Number(sandbox.storeId) });
    expect((await sendEvent(origin, event, {})).status).toBe(401);
    expect((await sendEvent(origin, event)).status).toBe(200);
    expect(await server.client.keys(`*:{${sandbox.storeId}}:webhook:${event.eventId}`)).toHaveLength(1);
    expect((await fetch(`${origin}/health/live`)).status).toBe(404);
  });

  test('serve the store that is asked at, whatever else a caller says of the host', async () => {
    const path = join(temporary, 'stores.json');
    const auth = { issuer, audience, secret };
    const { storeId: id, secretToken: token, url: apiUrl } = sandbox;
    const store = { id, token, apiUrl, host: '127.0.0.1', auth, clientSecret };
    writeFileSync(path, JSON.stringify({ stores: [store] }), { mode: 0o600 });
    const ofOne = ['ECWID_STORE_ID', 'ECWID_TOKEN', 'ECWID_API_URL'];
    const ofCallers = ['AUTH_JWT_SECRET', 'AUTH_JWT_ISSUER', 'AUTH_JWT_AUDIENCE'];
    const unset = Object.fromEntries([...ofOne, ...ofCallers].map((name) => [name, '']));
    const { origin } = await start({ ...unset, STORES_FILE: path });
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-host': 'another.example' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
    expect((await sendEvent(origin, eventOf({ storeId: Number(id) }))).status).toBe(200);
    const byId = await fetch(`${origin}/webhooks/ecwid/${id}`, { method: 'POST', body: '{}' });
    expect(byId.status).toBe(401);
  });
});
