import { type ClientRequest, request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { converse } from '../connections.ts';
import { holdAfter } from '../faults.ts';
import { made, openFaultyStore, place, readme } from '../placing/faulty-store.ts';
import { post } from '../post.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const answer = answerJson({ cartId: 'A', total: 5 });
const good = { status: 200, answer: { data: { cart: { total: 5 } } } };
let carts = 0;
/** Each for another cart, since equal reads are one call. */
const cart = () => ({ query: `{ cart(id: "A-${carts++}") { total } }` });

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function start(
  settings: Parameters<typeof startGatewayOver>[1],
): Promise<RunningGateway & { readonly store: ScriptedOrigin }> {
  const store = await startScriptedOrigin(answer);
  const gateway = await startGatewayOver(store.url, { deadlineMs: 10_000, connections: 100, ...settings });
  opened.push(gateway, store);
  return { ...gateway, store };
}

const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json';

describe('R23: callers who leave', () => {
  const hundred = Array.from({ length: 100 });

  /** What is on its way to the gateway, with its body, or with no more than this of it. */
  function ask(url: string, body: string, sent = body): ClientRequest {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method: 'POST', headers, agent: false }).on('error', () => {});
    asked.write(sent);
    return asked;
  }

  /** As many as the gateway has places for: were one of them lost, somebody would be refused. */
  async function expectRoomForAll(gateway: RunningGateway): Promise<void> {
    // A hundred have left, and be it a turn later that this is known.
    await expect.poll(async () => (await post(gateway.url, cart())).status).toBe(200);
    const answers = await Promise.all(hundred.map(() => post(gateway.url, cart())));
    for (const one of answers) expect(one).toMatchObject(good);
    expect(gateway.logLines.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
  }

  test.each([
    ['before their body', ''],
    ['in the midst of their body', '{"query":'],
  ])('%s are forgotten', async (_when, sent) => {
    const gateway = await start({ limits: { inFlight: 100 } });
    const asked = hundred.map(() => ask(gateway.url, JSON.stringify(cart()), sent));
    await Promise.all(asked.map((one) => new Promise((resolve) => one.once('finish', resolve).end())));
    for (const one of asked) one.destroy();
    await expectRoomForAll(gateway);
    expect(gateway.store.requests).toHaveLength(101);
  });

  test('while Ecwid is asked for them have that asked for no longer', async () => {
    const gateway = await start({ limits: { inFlight: 100 } });
    let left = 0;
    gateway.store.script = (_request, response) => {
      response.once('close', () => {
        left += 1;
      });
    };
    const asked = hundred.map(() => ask(gateway.url, JSON.stringify(cart())));
    await expect.poll(() => gateway.store.requests.length).toBe(100);
    for (const one of asked) one.destroy();
    await expect.poll(() => left).toBe(100);
    gateway.store.script = answer;
    await expectRoomForAll(gateway);
    expect(gateway.logLines.join('')).toContain('"msg":"the caller left"');
  });

  test('in the midst of their answer are forgotten', async () => {
    const gateway = await start({ limits: { inFlight: 100 } });
    gateway.store.script = answerJson({ cartId: 'A', orderComments: 'x'.repeat(1_000_000) });
    const large = JSON.stringify({ query: '{ cart(id: "A") { orderComments } }' });
    const asked = hundred.map(() => ask(gateway.url, large));
    await Promise.all(asked.map((one) => new Promise((resolve) => one.once('response', resolve))));
    for (const one of asked) one.destroy();
    gateway.store.script = answer;
    await expectRoomForAll(gateway);
  });

  test('while a cart is placed for them have it placed all the same', async () => {
    const store = await openFaultyStore();
    opened.push(store);
    const gateway = await store.startGateway({ limits: { inFlight: 1 } });
    const held = holdAfter();
    store.proxy.failNext('place', held.fault);
    const leave = new AbortController();
    const left = place(gateway, readme.cartId, leave).catch(() => 'left');
    await held.reached;
    leave.abort();
    expect(await left).toBe('left');
    held.release();
    await expect.poll(() => store.placings(readme.cartId)).toEqual({ sent: 1, made: 1 });
    expect(await place(gateway, readme.cartId)).toEqual(made(readme.orderNumber));
    expect(store.placings(readme.cartId)).toEqual({ sent: 1, made: 1 });
  });
});

describe('R24: callers who never finish', () => {
  test('take no place from those who do, and are hung up on', async () => {
    const gateway = await start({ limits: { inFlight: 5, headersSeconds: 1, requestSeconds: 1 } });
    const body = JSON.stringify(cart());
    const never: [status: number, sent: string][] = [
      [408, `${head}\r\n`],
      [408, `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, -1)}`],
      [431, `${head}\r\nX: ${'x'.repeat(70_000)}\r\n`],
      [400, `${head}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ];
    const all = Array.from({ length: 50 }, () => never).flat();
    const answers = Promise.all(all.map(([, sent]) => converse(gateway.origin, sent)));
    let isOver = false;
    void answers.then(() => {
      isOver = true;
    });
    do expect(await post(gateway.url, cart())).toMatchObject(good);
    while (!isOver);
    expect((await answers).map((one) => Number(one.slice('HTTP/1.1 '.length).slice(0, 3)))).toEqual(
      all.map(([status]) => status),
    );
    expect(gateway.logLines.join('')).not.toContain('OVERLOADED');
  });
});
