import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GatewayOptions } from '../../src/create-gateway.ts';
import type { StoreOptions } from '../../src/stores/store-entry.ts';
import { startKeyServer } from '../key-server.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { audience, secret } from '../tokens.ts';
import { askAt, type CountedStore, mountStores, startStore, type Told, tokenOf } from './many-stores.ts';

const cart = '5A0DB0C5-0000-4000-8000-000000000001';
const reading = `{ cart(id: "${cart}") { total } }`;
const total = { data: { cart: { total: 26.67 } } };
const placing = `mutation { placeOrder(input: { cart_id: "${cart}" }) { order { order_number } errors { code } } }`;

const directory = mkdtempSync(join(tmpdir(), 'ecwid-graphql-bulkheads-'));
const opened: { close(): Promise<unknown> }[] = [];
let other: CountedStore;
beforeEach(async () => {
  other = await startStore('1002');
  opened.push(other.sandbox);
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
  rmSync(directory, { recursive: true, force: true });
});

/** One store that a test ruins, and one that it does not, each at its host. */
async function openBeside(
  ruined: Pick<StoreOptions, 'id' | 'token' | 'apiUrl' | 'ecwidRateLimit'>,
  options: GatewayOptions = {},
) {
  const stores = [
    { ...ruined, host: 'ruined.example' },
    { ...other.entry, host: 'other.example' },
  ];
  const gateway = await mountStores(stores, { dataDir: directory, ...options });
  opened.push(gateway);
  const at = (host: string) => (query: string) => askAt(gateway.origin, query, { host });
  return { gateway, askRuined: at('ruined.example'), askOther: at('other.example') };
}

async function openOver(script: ScriptedOrigin['script'], options?: GatewayOptions) {
  const origin = await startScriptedOrigin(script);
  opened.push(origin);
  return { origin, ...(await openBeside({ id: '1001', token: 'secret_x', apiUrl: origin.url }, options)) };
}

/** Each for another cart, since equal reads are one call. */
const readAnother = (number: number) => `{ cart(id: "A-${number}") { total } }`;
const times = <Result>(count: number, make: (number: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, number) => make(number)));

/** The other store answers as if it was alone, by as many calls. */
async function expectUnharmed(askOther: (query: string) => Promise<Told>): Promise<void> {
  other.calls.length = 0;
  for (let count = 1; count <= 20; count += 1) {
    expect(await askOther(reading)).toMatchObject({ status: 200, answer: total });
    expect(other.calls).toHaveLength(count);
  }
}

describe('beside a store that', () => {
  test('hangs while many ask for it, another has its places and answers as it does alone', async () => {
    const hanging: (() => void)[] = [];
    const { origin, gateway, askRuined, askOther } = await openOver(
      (...call) => void hanging.push(() => answerJson({ total: 5 })(...call)),
      // For longer than a busy machine takes for all the rest.
      { limits: { inFlight: 20, querySeconds: 600 }, rateLimit: 'off' },
    );
    const told: Told[] = [];
    const asked = times(100, async (number) => told.push(await askRuined(readAnother(number))));
    await expect.poll(() => told.length).toBe(90);
    expect(told).toMatchObject(Array(90).fill({ status: 503, code: 'OVERLOADED' }));
    expect(origin.requests).toHaveLength(10);
    await expectUnharmed(askOther);
    expect((await fetch(`${gateway.origin}/health/ready`)).status).toBe(200);
    expect(told).toHaveLength(90);

    const answered = { status: 200, answer: { data: { cart: { total: 5 } } } };
    for (const end of hanging) end();
    await asked;
    expect(told.slice(90)).toMatchObject(Array(10).fill(answered));
    // Its places are free again.
    origin.script = answerJson({ total: 5 });
    expect(await askRuined(readAnother(0))).toMatchObject(answered);
  });

  test('is gone, until nothing is sent to it any more, another goes on, and the process is ready', async () => {
    const { origin, gateway, askRuined, askOther } = await openOver(
      (_request, response) => void response.destroy(),
      { rateLimit: 'off' },
    );
    const answers = await times(60, (number) => askRuined(readAnother(number)));
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    const { length } = origin.requests;
    const refusals = await times(60, (number) => askRuined(readAnother(number)));
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    // But for probes.
    expect(origin.requests.length - length).toBeLessThan(5);
    await expectUnharmed(askOther);
    expect((await fetch(`${gateway.origin}/health/ready`)).status).toBe(200);
  });

  test('answers 429 for a minute, another is called as before', async () => {
    const { origin, askRuined, askOther } = await openOver((_request, response) =>
      response.writeHead(429, { 'retry-after': '60' }).end('{}'),
    );
    expect(await askRuined(readAnother(0))).toMatchObject({ code: 'RATE_LIMITED' });
    const { length } = origin.requests;
    expect(await askRuined(readAnother(1))).toMatchObject({ code: 'RATE_LIMITED' });
    expect(origin.requests).toHaveLength(length);
    await expectUnharmed(askOther);
  });

  test('has used up its calls to Ecwid, another has its own', async () => {
    const store = await startStore('1001');
    opened.push(store.sandbox);
    const { askRuined, askOther } = await openBeside(
      { ...store.entry, ecwidRateLimit: 30 },
      { rateLimit: 'off', limits: { querySeconds: 1 } },
    );
    const answers = await times(60, (number) => askRuined(readAnother(number)));
    expect(answers.filter(({ code }) => code === 'RATE_LIMITED').length).toBeGreaterThan(20);
    await expectUnharmed(askOther);
  });

  test('has keys of tokens that cannot be had, another knows its callers', async () => {
    const keys = await startKeyServer();
    opened.push({ close: async () => keys.close() });
    keys.status = 500;
    const gateway = await mountStores(
      [
        {
          ...other.entry,
          id: '1001',
          auth: { issuer: 'https://one.example', audience, jwksUrl: keys.url.href },
        },
        { ...other.entry, auth: { issuer: 'https://two.example', audience, secret } },
      ],
      { dataDir: directory },
    );
    opened.push(gateway);
    const known = await keys.bearer('rsa', { iss: 'https://one.example' });
    const jwt = await tokenOf(secret, { iss: 'https://two.example' });
    for (let count = 0; count < 3; count += 1) {
      expect(await askAt(gateway.origin, reading, { headers: { authorization: known } })).toMatchObject({
        status: 503,
        code: 'AUTHENTICATION_UNAVAILABLE',
      });
      expect(await askAt(gateway.origin, reading, { jwt })).toMatchObject({ status: 200, answer: total });
    }
    expect(keys.fetches).toBe(1);
  });

  test('has a caller who asks for too much, the same caller has as much at another as ever', async () => {
    const store = await startStore('1001');
    opened.push(store.sandbox);
    const { askRuined, askOther } = await openBeside(store.entry, { rateLimit: 20 });
    await times(20, () => askRuined(reading));
    expect(await askRuined(reading)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    await expectUnharmed(askOther);
    expect(await askOther(reading)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
  });
});

describe('two stores with carts of one id', () => {
  test('share no cart that is remembered, and no order', async () => {
    const store = await startStore('1001');
    opened.push(store.sandbox);
    const { askRuined, askOther } = await openBeside(store.entry, { cartCacheTtl: 60 });
    for (const ask of [askRuined, askOther, askRuined, askOther]) {
      expect(await ask(reading)).toMatchObject({ answer: total });
    }
    expect(store.calls).toHaveLength(1);
    expect(other.calls).toHaveLength(1);
    for (const ask of [askRuined, askOther, askRuined, askOther]) {
      expect(await ask(placing)).toMatchObject({
        answer: {
          data: { placeOrder: { order: { order_number: expect.stringMatching(/\w/) }, errors: [] } },
        },
      });
    }
    for (const { calls } of [store, other]) {
      expect(calls.filter((call) => call.endsWith('/place'))).toHaveLength(1);
    }
  });
});
