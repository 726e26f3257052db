import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import type { HttpGateway } from '../../src/server/http-gateway.ts';
import { createStoreChoice } from '../../src/stores/choose-store.ts';
import { parseStores } from '../../src/stores/read-stores.ts';
import { createStorePool, type StorePool } from '../../src/stores/store-pool.ts';
import { createStoreRouter } from '../../src/stores/store-router.ts';
import { askAt } from './many-stores.ts';

const log = createLog({ level: 'silent' });

/** Tells who answers, and what it is asked for; of `/late` only when it is told to. */
function telling(name: string): HttpGateway & { finish(): void } {
  const late = Promise.withResolvers<void>();
  return {
    async listener({ url }, response) {
      if (url === '/late') await late.promise;
      response.end(JSON.stringify({ name, url }));
    },
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/events') {
        const events = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1)) });
        return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
      }
      return Response.json({ name, url: new URL(request.url).pathname, body: await request.text() });
    },
    finish: () => late.resolve(),
  };
}

const stores = parseStores(
  [
    { id: '1', token: 'secret_1', host: 'one.example', clientSecret: 'known' },
    { id: '2', token: 'secret_2', host: 'two.example' },
    { id: '3', token: 'secret_3', host: 'three.example' },
  ],
  'https://app.ecwid.com/api/v3',
);

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function open({ mostOpen = 100, idleMs = 60_000, failing = '' } = {}) {
  const gateways = new Map<string, ReturnType<typeof telling>>();
  const closed: string[] = [];
  const pool = createStorePool({
    mostOpen,
    idleMs,
    log,
    open({ store: { storeId } }, pile) {
      pile.push(async () => void closed.push(storeId));
      if (storeId === failing) throw new Error('no disk');
      const gateway = telling(storeId);
      gateways.set(storeId, gateway);
      return gateway;
    },
  });
  const router = createStoreRouter({
    choice: createStoreChoice(stores),
    pool,
    lobby: telling('lobby'),
    closed: telling('closed'),
    trustProxy: 0,
    log,
  });
  const server = createServer(router.listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  opened.push(pool, { close: () => new Promise((resolve) => server.close(resolve)) });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (host: string, path = '/graphql') => (await askAt(origin, '', { host }, path)).answer;
  return { ask, pool, gateways, closed, router };
}

const hosts = ['one.example', 'two.example', 'three.example'];
const openOf = ({ size }: StorePool) => size;

describe('an address of many stores', () => {
  test('with the id of one at its end takes the webhooks of that store, where it has a client secret', async () => {
    const { ask, router, gateways } = await open();
    expect(await ask('x', '/webhooks/ecwid/1')).toEqual({ name: '1', url: '/webhooks/ecwid' });
    expect(await ask('two.example', '/webhooks/ecwid/1')).toEqual({ name: '1', url: '/webhooks/ecwid' });
    expect(await ask('one.example', '/webhooks/ecwid')).toEqual({ name: '1', url: '/webhooks/ecwid' });
    for (const path of [
      '/webhooks/ecwid/2',
      '/webhooks/ecwid/9',
      '/webhooks/ecwid/1/',
      '/webhooks/ecwid/x',
    ]) {
      expect(await ask('x', path)).toEqual({ name: 'lobby', url: path });
    }
    expect([...gateways.keys()]).toEqual(['1']);
    const sent = new Request('https://x.example/webhooks/ecwid/1', { method: 'POST', body: '{"a":1}' });
    expect(await (await router.fetch(sent)).json()).toEqual({
      name: '1',
      url: '/webhooks/ecwid',
      body: '{"a":1}',
    });
  });

  test('tells of the process, and of no store, where probes ask', async () => {
    const { ask, pool } = await open();
    for (const path of ['/health/live', '/health/ready']) {
      expect(await ask('one.example', path)).toEqual({ name: 'lobby', url: path });
    }
    expect(openOf(pool)).toBe(0);
  });
});

describe('a store', () => {
  test('is open from its first request on, and once for all of them', async () => {
    const { ask, pool } = await open();
    expect(openOf(pool)).toBe(0);
    await Promise.all(['one.example', 'one.example', 'two.example'].map((host) => ask(host)));
    expect(openOf(pool)).toBe(2);
  });

  test('that cannot be opened fails alone, leaves nothing open, and is tried again', async () => {
    const { ask, pool, closed } = await open({ failing: '1' });
    expect(await ask('one.example')).toMatchObject({ name: 'closed' });
    expect(await ask('one.example')).toMatchObject({ name: 'closed' });
    expect(await ask('two.example')).toMatchObject({ name: '2' });
    expect(openOf(pool)).toBe(1);
    expect(closed).toEqual(['1', '1']);
  });

  test('is closed when nobody asks for it and too many are open, the longest unasked first, and opened anew', async () => {
    const { ask, pool, closed } = await open({ mostOpen: 1, idleMs: 100 });
    for (const host of [...hosts, 'one.example']) await ask(host);
    await expect.poll(() => closed).toEqual(['2', '3']);
    expect(openOf(pool)).toBe(1);
    expect(await ask('two.example')).toMatchObject({ name: '2' });
  });

  test('stays open while it answers, however long that takes', async () => {
    const { ask, pool, closed, gateways } = await open({ mostOpen: 0, idleMs: 100 });
    const late = ask('one.example', '/late');
    await ask('two.example');
    await expect.poll(() => closed).toEqual(['2']);
    expect(openOf(pool)).toBe(1);
    gateways.get('1')?.finish();
    expect(await late).toEqual({ name: '1', url: '/late' });
    await expect.poll(() => closed).toEqual(['2', '1']);
  });

  test('stays open while it sends events, until nobody reads them', async () => {
    const { router, pool, closed, ask } = await open({ mostOpen: 0, idleMs: 100 });
    const { body } = await router.fetch(new Request('https://one.example/events'));
    await ask('two.example');
    await expect.poll(() => closed).toEqual(['2']);
    expect(openOf(pool)).toBe(1);
    await body?.cancel();
    await expect.poll(() => closed).toEqual(['2', '1']);
  });

  test('is closed with all others at the end', async () => {
    const { ask, pool, closed } = await open();
    for (const host of hosts) await ask(host);
    await pool.close();
    expect(closed.sort()).toEqual(['1', '2', '3']);
    expect(openOf(pool)).toBe(0);
  });
});
