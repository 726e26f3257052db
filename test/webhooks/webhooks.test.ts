import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox, type SandboxRequest } from '../../src/sandbox/sandbox.ts';
import { mountGateway } from '../mounted-gateway.ts';
import { post } from '../post.ts';
import { startScriptedOrigin } from '../scripted-origin.ts';
import { clientSecret, eventOf, sendEvent, signatureOf } from './signed-event.ts';

const signature = 'x-ecwid-webhook-signature';

let sandbox: Sandbox;
let gateway: Awaited<ReturnType<typeof mountGateway>>;
let dataDir: string;
const calls: SandboxRequest[] = [];
beforeAll(async () => {
  sandbox = await createSandbox({ onRequest: (call) => calls.push(call) });
  dataDir = await mkdtemp(join(tmpdir(), 'ecwid-graphql-webhooks-'));
  gateway = await mountGateway({ store: storeOf(sandbox), dataDir });
});
afterEach(() => {
  calls.length = 0;
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
  await rm(dataDir, { recursive: true });
});

function storeOf({ storeId, secretToken: token, url: apiUrl }: Sandbox) {
  return { storeId, token, apiUrl, clientSecret };
}

/** What Ecwid was asked for once an event that is taken after it has been looked at. */
async function callsUntilNow(): Promise<string[]> {
  const marker = eventOf({ data: { orderId: 'NONE', cartId: randomUUID() } });
  expect((await sendEvent(gateway.origin, marker)).status).toBe(200);
  const path = `/carts/${(marker.data as { cartId: string }).cartId}`;
  await expect.poll(() => calls.map((call) => call.path), { timeout: 10_000 }).toContain(path);
  return calls.map((call) => call.path).filter((one) => one !== path && one !== '/orders/NONE');
}

async function toldOf(response: Response) {
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  return [response.status, ...errors.map(({ extensions }) => extensions.code)];
}

// A cart of its own for each test that has one looked at: what is learnt is not asked for again.
const carts = [
  { orderId: 'AB1CD', cartId: '6626E60A-A6F9-4CD5-8230-43D5F162E0CD' },
  { orderId: 'XJ12H', cartId: '0B299518-FB54-491A-A6E0-5B6BA6E20868' },
  { orderId: 'SHOW01', cartId: '5A0DB0C5-0000-4000-8000-000000000001' },
  { orderId: 'SHOW10', cartId: '5A0DB0C5-0000-4000-8000-000000000010' },
  { orderId: 'SHOW11', cartId: '5A0DB0C5-0000-4000-8000-000000000011' },
];
const nextPair = () => {
  const pair = carts.pop();
  if (!pair) throw new Error('No cart is left.');
  return pair;
};
async function expectLookAt({ orderId, cartId }: { orderId: string; cartId: string }): Promise<void> {
  const looks = [`/carts/${cartId}`, `/orders/${orderId}`];
  await expect.poll(() => calls.map(({ path }) => path).sort(), { timeout: 10_000 }).toEqual(looks);
}

describe('POST /webhooks/ecwid', () => {
  test('takes a signed event with an empty answer, and looks at what it tells of', async () => {
    const data = nextPair();
    const response = await sendEvent(gateway.origin, eventOf({ data }));
    expect([response.status, await response.text()]).toEqual([200, '']);
    await expectLookAt(data);
  });

  test.each([
    ['none', {}],
    ['an empty one', { [signature]: '' }],
    ['that of another secret', { [signature]: signatureOf(eventOf(), 'another') }],
    ['one of the right length', { [signature]: `${'A'.repeat(43)}=` }],
    ['one of as many letters of another alphabet', { [signature]: 'é'.repeat(44) }],
    ['one that is too long', { [signature]: 'A'.repeat(4_000) }],
  ])('refuses a signature that is %s', async (_what, headers) => {
    const response = await sendEvent(gateway.origin, eventOf({ data: carts[0] }), headers);
    expect(await toldOf(response)).toEqual([401, 'SIGNATURE_INVALID']);
    expect(await callsUntilNow()).toEqual([]);
  });

  test.each(['', 'forged', `${'A'.repeat(43)}-`])(
    'refuses what cannot be a signature, such as "%s", before its body has come',
    async (given) => {
      const sent = request(`${gateway.origin}/webhooks/ecwid`, { method: 'POST' });
      sent.setHeader(signature, given).setHeader('content-length', 1_000).flushHeaders();
      const [{ statusCode }] = await once(sent, 'response');
      expect(statusCode).toBe(401);
      sent.on('error', () => {}).destroy();
    },
  );

  test('refuses events while there are more requests than can be answered', async () => {
    const held: ServerResponse[] = [];
    const origin = await startScriptedOrigin((_request, response: ServerResponse) => held.push(response));
    const store = { ...storeOf(sandbox), apiUrl: origin.url };
    const busy = await mountGateway({
      store,
      limits: { inFlight: 1 },
      dataDir: await mkdtemp(join(dataDir, 'busy-')),
    });
    const asked = post(busy.url, { query: '{ store { name } }' });
    await expect.poll(() => held.length).toBe(1);
    expect(await toldOf(await sendEvent(busy.origin, eventOf()))).toEqual([503, 'OVERLOADED']);
    held[0]?.writeHead(404).end();
    await asked;
    expect((await sendEvent(busy.origin, eventOf({ data: null }))).status).toBe(200);
    await busy.close();
    await origin.close();
  });

  test('refuses two signatures, though each is right', async () => {
    const event = eventOf();
    const right = signatureOf(event);
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${gateway.origin}/webhooks/ecwid`, { method: 'POST' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.once('error', reject).setHeader(signature, [right, right]);
      sent.end(JSON.stringify(event));
    });
    expect(status).toBe(401);
  });

  test.each([
    ['the id', { eventId: randomUUID() }],
    ['the time', { eventCreated: Math.floor(Date.now() / 1_000) - 1 }],
    ['an id that is none', { eventId: { toString: 'x' } }],
  ])('refuses an event whose signature is of another, by %s', async (_what, changes) => {
    const event = eventOf();
    const response = await sendEvent(
      gateway.origin,
      { ...event, ...changes },
      { [signature]: signatureOf(event) },
    );
    expect(response.status).toBe(401);
  });

  test('does nothing for an event that has come before, whatever its body says now', async () => {
    const [first, other] = [nextPair(), carts[0]];
    const event = eventOf({ data: first });
    expect((await sendEvent(gateway.origin, event)).status).toBe(200);
    await expectLookAt(first);
    calls.length = 0;
    expect((await sendEvent(gateway.origin, { ...event, data: other })).status).toBe(200);
    expect(await callsUntilNow()).toEqual([]);
  });

  const hour = 3_600;
  test('does nothing for an event of longer ago than Ecwid tries', async () => {
    const eventCreated = Math.floor(Date.now() / 1_000) - 27 * hour;
    const response = await sendEvent(gateway.origin, eventOf({ eventCreated, data: carts[0] }));
    expect(response.status).toBe(200);
    expect(await callsUntilNow()).toEqual([]);
  });

  test('takes an event of a day ago, as Ecwid still tries then', async () => {
    const data = nextPair();
    const eventCreated = Math.floor(Date.now() / 1_000) - 24 * hour;
    expect((await sendEvent(gateway.origin, eventOf({ eventCreated, data }))).status).toBe(200);
    await expectLookAt(data);
  });

  test('refuses an event from the future, so that it comes again when that is past', async () => {
    const event = eventOf({ eventCreated: Math.floor(Date.now() / 1_000) + 360, data: carts[0] });
    expect(await toldOf(await sendEvent(gateway.origin, event))).toEqual([400, 'BAD_REQUEST']);
    expect(await callsUntilNow()).toEqual([]);
  });

  test.each([
    ['another store', { storeId: 1003 }],
    ['a product', { eventType: 'product.updated' }],
    ['no type', { eventType: null }],
    ['nothing', { data: null }],
    ['an id that is a path', { data: { orderId: 'AB1CD', cartId: '../orders' } }],
    ['an order that is a path', { eventType: 'order.updated', data: { orderId: 'a/b' } }],
    ['a cart without its order', { data: { orderId: '../..', cartId: randomUUID() } }],
  ])('takes no notice of an event of %s', async (_what, changes) => {
    const response = await sendEvent(gateway.origin, eventOf({ data: carts[0], ...changes }));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(await callsUntilNow()).toEqual([]);
  });

  test('knows the types of events in any case, with and without underscores', async () => {
    const data = nextPair();
    const event = eventOf({ eventType: 'unfinishedOrder.Created', data });
    expect((await sendEvent(gateway.origin, event)).status).toBe(200);
    await expectLookAt(data);
  });

  test.each([
    ['half an object', '{"eventId":', [400, 'BAD_REQUEST']],
    ['a list', '[]', [400, 'BAD_REQUEST']],
    ['nothing', '', [400, 'BAD_REQUEST']],
    [
      '64 kB and more',
      JSON.stringify({ ...eventOf(), more: 'x'.repeat(65_536) }),
      [413, 'BODY_LIMIT_EXCEEDED'],
    ],
    ['brackets', `{"data":${'['.repeat(80)}${']'.repeat(80)}}`, [400, 'JSON_DEPTH_LIMIT_EXCEEDED']],
  ])('refuses a body of %s', async (_what, body, told) => {
    const response = await fetch(`${gateway.origin}/webhooks/ecwid`, {
      method: 'POST',
      headers: { [signature]: signatureOf(eventOf()) },
      body,
    });
    expect(await toldOf(response)).toEqual(told);
  });

  test('takes an event of any media type', async () => {
    const event = eventOf({ data: null });
    const headers = { [signature]: signatureOf(event), 'content-type': 'text/plain' };
    expect((await sendEvent(gateway.origin, event, headers)).status).toBe(200);
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('is no address for %s', async (method) => {
    const response = await fetch(`${gateway.origin}/webhooks/ecwid`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('is an address like any other where no client secret is configured', async () => {
    const { clientSecret: _, ...store } = storeOf(sandbox);
    const closed = await mountGateway({ store, dataDir: await mkdtemp(join(dataDir, 'closed-')) });
    try {
      const event = eventOf();
      const answers = await Promise.all([
        sendEvent(closed.origin, event),
        fetch(`${closed.origin}/nowhere`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(event),
        }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    } finally {
      await closed.close();
    }
  });
});
