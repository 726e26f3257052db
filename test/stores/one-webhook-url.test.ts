import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSqliteJournal } from '../../src/checkout/sqlite-journal.ts';
import { eventOf, sendEvent, signatureOf } from '../webhooks/signed-event.ts';
import { type CountedStore, mountStores, startStore } from './many-stores.ts';

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const orderId = 'AB1CD';
const data = { orderId, cartId };
const clientSecret = 'client_secret_of_the_app';
const otherSecret = 'client_secret_of_another_app';

let directory: string;
let stores: CountedStore[];
let origin: string;
const opened: { close(): Promise<unknown> }[] = [];

// The first is open from the beginning on, and is for nobody else.
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ecwid-graphql-one-url-'));
  stores = await Promise.all(['1001', '1002', '1003', '1004', '1005'].map((id) => startStore(id)));
  const secrets = [undefined, clientSecret, clientSecret, otherSecret, undefined];
  const gateway = await mountStores(
    stores.map(({ entry }, index) => ({
      ...entry,
      host: `store-${entry.id}.example`,
      ...(secrets[index] && { clientSecret: secrets[index] }),
    })),
    { dataDir: directory },
  );
  opened.push(gateway, ...stores.map(({ sandbox }) => sandbox));
  origin = gateway.origin;
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  rmSync(directory, { recursive: true });
});

const storeOf = (id: string) => {
  const store = stores.find(({ entry }) => entry.id === id);
  if (!store) throw new Error(`No store ${id}.`);
  return store;
};
const looksAt = (id: string) => storeOf(id).calls.filter((call) => call === `GET /carts/${cartId}`).length;
/** By the journals that are there: a store has one from when it was opened. */
const openStores = () =>
  readdirSync(directory)
    .flatMap((name) => /(\d{4})\D*$/.exec(name)?.[1] ?? [])
    .filter((id, index, all) => all.indexOf(id) === index)
    .sort();

async function send(event: Record<string, unknown>, secret: string) {
  const response = await sendEvent(origin, event, {
    'x-ecwid-webhook-signature': signatureOf(event, secret),
  });
  const { errors } = response.status === 200 ? {} : ((await response.json()) as { errors?: [Coded] });
  return [response.status, ...(errors ?? []).map(({ extensions }) => extensions.code)];
}
interface Coded {
  readonly extensions: { readonly code: string };
}

describe('one webhook URL for many stores', () => {
  test('leads what each sandbox sends to its own store, which learns of it', async () => {
    for (const id of ['1002', '1003']) {
      const { sandbox, entry } = storeOf(id);
      sandbox.sendWebhooksTo({ url: `${origin}/webhooks/ecwid`, clientSecret });
      const hidden = await fetch(`${sandbox.url}/${id}/carts/${cartId}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${entry.token}`, 'content-type': 'application/json' },
        body: '{"hidden":true}',
      });
      expect(hidden.status).toBe(200);
      await expect.poll(() => looksAt(id), { timeout: 10_000 }).toBe(1);
      const journal = createSqliteJournal({ directory, storeId: id });
      try {
        await expect.poll(() => journal.learnt(cartId), { timeout: 10_000 }).toMatchObject({ key: orderId });
      } finally {
        await journal.close();
      }
    }
    expect([looksAt('1002'), looksAt('1003')]).toEqual([1, 1]);
    expect(openStores()).toEqual(['1001', '1002', '1003']);
  });

  test('opens no store for an event whose signature is of no secret, or of another app', async () => {
    const refused = [401, 'SIGNATURE_INVALID'];
    for (const storeId of [1002, 1004]) {
      expect(await send(eventOf({ storeId, data }), 'a guess')).toEqual(refused);
    }
    expect(await send(eventOf({ storeId: 1002, data }), otherSecret)).toEqual(refused);
    expect(await send(eventOf({ storeId: 1004, data }), clientSecret)).toEqual(refused);
    const { status } = await sendEvent(origin, eventOf({ storeId: 1002, data }), {});
    expect(status).toBe(401);
    expect(openStores()).toEqual(['1001']);
    expect(await send(eventOf({ storeId: '1004', data }), otherSecret)).toEqual([200]);
    expect(openStores()).toEqual(['1001', '1004']);
  });

  test.each([
    ['not in the file', 9009],
    ['without a client secret', 1005],
    ['no id at all', null],
  ])(
    'answers 200 for a store that is %s where the app has signed, and does nothing',
    async (_what, storeId) => {
      expect(await send(eventOf({ storeId, data }), clientSecret)).toEqual([200]);
      expect(await send(eventOf({ storeId, data }), otherSecret)).toEqual([200]);
      expect(await send(eventOf({ storeId, data }), 'a guess')).toEqual([401, 'SIGNATURE_INVALID']);
      expect(openStores()).toEqual(['1001']);
      expect(stores.flatMap(({ calls }) => calls)).toEqual([]);
    },
  );

  test('reads no more of a body than any store does', async () => {
    const large = eventOf({ storeId: 1002, data, more: 'x'.repeat(65_536) });
    expect(await send(large, clientSecret)).toEqual([413, 'BODY_LIMIT_EXCEEDED']);
    const headers = { 'x-ecwid-webhook-signature': signatureOf(eventOf(), clientSecret) };
    const list = await fetch(`${origin}/webhooks/ecwid`, { method: 'POST', headers, body: '[]' });
    expect(list.status).toBe(400);
    expect((await fetch(`${origin}/webhooks/ecwid`)).status).toBe(405);
    expect(openStores()).toEqual(['1001']);
  });

  test('takes an event once, be it sent to the address of its store as well', async () => {
    const event = eventOf({ storeId: 1002, data });
    const headers = { 'x-ecwid-webhook-signature': signatureOf(event, clientSecret) };
    expect((await sendEvent(origin, event, headers)).status).toBe(200);
    const own = await fetch(`${origin}/webhooks/ecwid/1002`, {
      method: 'POST',
      headers,
      body: JSON.stringify(event),
    });
    expect(own.status).toBe(200);
    // A later one of another cart is looked at after those.
    const later = { orderId: 'NONE', cartId: '0B299518-FB54-491A-A6E0-5B6BA6E20868' };
    expect(await send(eventOf({ storeId: 1002, data: later }), clientSecret)).toEqual([200]);
    await expect
      .poll(() => storeOf('1002').calls, { timeout: 10_000 })
      .toContain(`GET /carts/${later.cartId}`);
    expect(looksAt('1002')).toBe(1);
  });

  test('has Ecwid come again where its store cannot be opened', async () => {
    const [name = ''] = readdirSync(directory).filter((one) => one.includes('1001'));
    mkdirSync(join(directory, name.replace('1001', '1002').replace(/-(wal|shm)$/, '')));
    expect(await send(eventOf({ storeId: 1002, data }), clientSecret)).toEqual([503, 'OVERLOADED']);
    expect(await send(eventOf({ storeId: 1003, data }), clientSecret)).toEqual([200]);
  });
});
