import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { everyScope } from '../../src/viewer.ts';
import { post, raw } from '../post.ts';
import { withoutRequestId } from '../request-id.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

let carts = 0;
/** Each for another cart, since equal reads are one call. */
const body = () => ({ query: `{ cart(id: "A-${carts++}") { total } }` });
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** Over a store that answers when `finish` is called, and at once from then on. */
async function start(
  settings: Parameters<typeof startGatewayOver>[1],
): Promise<RunningGateway & { readonly store: ScriptedOrigin; finish(): void }> {
  const held: (() => void)[] = [];
  const answer = answerJson({ cartId: 'A', total: 5 });
  const store = await startScriptedOrigin((request, response: ServerResponse) => {
    held.push(() => answer(request, response));
  });
  const gateway = await startGatewayOver(store.url, { deadlineMs: 10_000, ...settings });
  opened.push(gateway, store);
  return {
    ...gateway,
    store,
    finish() {
      store.script = answer;
      for (const one of held.splice(0)) one();
    },
  };
}

/** What is called sends the rest, and tells what was answered. */
function sendAllButTheEnd({ url }: RunningGateway): () => Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const whole = JSON.stringify(body());
  const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close';
  socket.write(`${head}\r\nContent-Length: ${whole.length}\r\n\r\n${whole.slice(0, -1)}`);
  return () => {
    socket.write(whole.slice(-1));
    return text(socket);
  };
}

/** Asks for 36 MB, more than sockets hold, and reads nothing of them until it is told to. */
function askForMuch({ url, store }: Awaited<ReturnType<typeof start>>): Socket {
  store.script = answerJson({ cartId: 'A', email: 'a'.repeat(4_000_000) });
  const lookups = Array.from({ length: 9 }, (_, n) => `c${n}: cart(id: "much-${n}") { email }`);
  const query = JSON.stringify({ query: `{ ${lookups.join(' ')} }` });
  const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close';
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
  socket.write(`${head}\r\nContent-Length: ${query.length}\r\n\r\n${query}`);
  return socket;
}

const refused = {
  errors: [
    {
      message: 'There are too many requests at the moment; try again in 1 s.',
      extensions: { code: 'OVERLOADED', retryAfter: 1 },
    },
  ],
};

describe('a gateway with much to do', () => {
  test('refuses requests beyond those that it answers at once, and takes others when these are done', async () => {
    const gateway = await start({ limits: { inFlight: 2 } });
    const inFlight = [post(gateway.url, body()), post(gateway.url, body())];
    await expect.poll(() => gateway.store.requests.length).toBe(2);
    const response = await fetch(gateway.url, { method: 'POST', body: 'x'.repeat(200_000) });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(withoutRequestId(await response.json(), response)).toEqual(refused);
    for (const path of ['live', 'ready']) {
      expect((await fetch(`${gateway.origin}/health/${path}`)).status).toBe(200);
    }
    gateway.finish();
    for (const one of await Promise.all(inFlight))
      expect(one.answer).toEqual({ data: { cart: { total: 5 } } });
    for (let n = 0; n < 5; n += 1) expect((await post(gateway.url, body())).status).toBe(200);
  });

  test('refuses before a body has come', async () => {
    const gateway = await start({ limits: { requestSeconds: 1 }, protection: { lagMs: () => 501 } });
    const unsent = raw(
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{`,
    );
    expect(await unsent(gateway.url)).toMatchObject({ status: 503, code: 'OVERLOADED' });
    expect(gateway.store.requests).toEqual([]);
  });

  test('counts nobody who has left', async () => {
    const gateway = await start({ limits: { inFlight: 2 } });
    const leave = new AbortController();
    const ask = () =>
      fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body()),
        signal: leave.signal,
      }).catch(() => 'left');
    const inFlight = [ask(), ask()];
    await expect.poll(() => gateway.store.requests.length).toBe(2);
    expect((await post(gateway.url, body())).status).toBe(503);
    leave.abort();
    expect(await Promise.all(inFlight)).toEqual(['left', 'left']);
    gateway.store.script = answerJson({ cartId: 'A', total: 5 });
    await expect.poll(async () => (await post(gateway.url, body())).status).toBe(200);
  });

  test('counts what was begun for who has left until it is done', async () => {
    const gateway = await start({ limits: { inFlight: 1 } });
    const leave = new AbortController();
    const left = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'mutation { hideCart(input: { cart_id: "A" }) { cart { hidden } } }' }),
      signal: leave.signal,
    }).catch(() => 'left');
    await expect.poll(() => gateway.store.requests).toEqual([expect.stringContaining('PUT ')]);
    gateway.store.script = answerJson({ cartId: 'A', total: 5 });
    leave.abort();
    expect(await left).toBe('left');
    expect((await post(gateway.url, body())).status).toBe(503);
    gateway.finish();
    await expect.poll(async () => (await post(gateway.url, body())).status).toBe(200);
  });

  test('counts nobody who has left before it was known who that is', async () => {
    const known = Promise.withResolvers<void>();
    const asked: (string | null)[] = [];
    const gateway = await start({
      limits: { inFlight: 1 },
      authenticate: async (authorization) => {
        asked.push(authorization);
        if (authorization) await known.promise;
        return everyScope;
      },
    });
    gateway.finish();
    const leave = new AbortController();
    const left = fetch(`${gateway.origin}/graphql?query={__typename}`, {
      headers: { authorization: 'slow' },
      signal: leave.signal,
    }).catch(() => 'left');
    await expect.poll(() => asked).toEqual(['slow']);
    leave.abort();
    expect(await left).toBe('left');
    // An answer from the gateway is a turn in which it hears of the one who left.
    expect((await post(gateway.url, body())).status).toBe(200);
    known.resolve();
    for (let n = 0; n < 3; n += 1) expect((await post(gateway.url, body())).status).toBe(200);
  });

  test('takes no place for who has not sent all of a request', async () => {
    const gateway = await start({ limits: { inFlight: 1 } });
    gateway.finish();
    const finish = sendAllButTheEnd(gateway);
    for (let n = 0; n < 5; n += 1) expect((await post(gateway.url, body())).status).toBe(200);
    expect(await finish()).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"data":\{"cart":\{"total":5\}\}\}$/);
  });

  test('takes no place for who does not read an answer that is made', async () => {
    const gateway = await start({ limits: { inFlight: 1 } });
    const unread = askForMuch(gateway);
    await expect.poll(() => gateway.store.requests.length).toBe(9);
    await expect.poll(async () => (await post(gateway.url, body())).status).toBe(200);
    expect((await text(unread)).length).toBeGreaterThan(36_000_000);
  });

  test('hangs up on who does not read, where answers that wait are too much', async () => {
    const gateway = await start({ limits: { unsent: 10_000_000 } });
    const unread = askForMuch(gateway);
    await expect.poll(() => gateway.logLines.join('')).toContain('reads too slowly');
    unread.on('error', () => {}).destroy();
    expect((await post(gateway.url, body())).status).toBe(200);
  });

  test('refuses who was read to the end when others had taken the last place', async () => {
    const gateway = await start({ limits: { inFlight: 1 } });
    const finish = sendAllButTheEnd(gateway);
    // Time to be asked for its body, before there is no room left.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const first = post(gateway.url, body());
    await expect.poll(() => gateway.store.requests.length).toBe(1);
    expect(await finish()).toMatch(/^HTTP\/1\.1 503 [\s\S]*"code":"OVERLOADED"/);
    gateway.finish();
    expect((await first).status).toBe(200);
    expect(gateway.store.requests).toHaveLength(1);
  });

  test.each(['application/json', 'application/graphql-response+json'])(
    'refuses like anything else, in %s and to pages of other origins',
    async (accept) => {
      const gateway = await start({
        protection: { lagMs: () => 501, corsOrigins: ['https://shop.example'] },
        authenticate: () => Promise.reject(new Error('Nobody is asked who they are.')),
      });
      const headers = { 'content-type': 'application/json', accept, origin: 'https://shop.example' };
      const response = await fetch(gateway.url, { method: 'POST', headers, body: '{}' });
      expect(response.status).toBe(503);
      expect(response.headers.get('content-type')).toContain(accept);
      expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example');
      expect(response.headers.get('retry-after')).toBe('1');
      expect(withoutRequestId(await response.json(), response)).toEqual(refused);
      const preflight = await fetch(gateway.url, { method: 'OPTIONS', headers });
      expect(preflight.status).toBe(204);
    },
  );

  test('refuses while it is late, and takes requests again when it is not', async () => {
    let lagMs = 500;
    const gateway = await start({ protection: { lagMs: () => lagMs } });
    gateway.finish();
    expect((await post(gateway.url, body())).status).toBe(200);
    lagMs = 501;
    expect(await post(gateway.url, body())).toMatchObject({ status: 503, answer: refused });
    expect((await fetch(`${gateway.origin}/health/live`)).status).toBe(200);
    expect((await fetch(`${gateway.origin}/health/ready`)).status).toBe(503);
    lagMs = 0;
    expect((await post(gateway.url, body())).status).toBe(200);
    expect((await fetch(`${gateway.origin}/health/ready`)).status).toBe(200);
  });

  test('says so in the log once, until it has room again', async () => {
    let lagMs = 900.4;
    const gateway = await start({ protection: { lagMs: () => lagMs } });
    gateway.finish();
    const told = () => gateway.logLines.filter((line) => line.includes('OVERLOADED'));
    for (let n = 0; n < 3; n += 1) await post(gateway.url, body());
    expect(told().map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', code: 'OVERLOADED', answering: 0, lagMs: 900 },
    ]);
    lagMs = 0;
    await post(gateway.url, body());
    lagMs = 900;
    await post(gateway.url, body());
    expect(told()).toHaveLength(2);
  });

  test('says so once while it is now full and now not quite', async () => {
    const gateway = await start({ limits: { inFlight: 2 } });
    const hold = gateway.store.script;
    const ask = async (nth: number) => {
      const leave = new AbortController();
      fetch(`${gateway.origin}/graphql?query=${body().query}`, { signal: leave.signal }).catch(() => {});
      await expect.poll(() => gateway.store.requests.length).toBe(nth);
      return leave;
    };
    const first = await ask(1);
    const second = await ask(2);
    expect((await post(gateway.url, body())).status).toBe(503);
    first.abort();
    gateway.store.script = answerJson({ cartId: 'A', total: 5 });
    await expect.poll(async () => (await post(gateway.url, body())).status).toBe(200);
    gateway.store.script = hold;
    const third = await ask(4);
    expect((await post(gateway.url, body())).status).toBe(503);
    expect(gateway.logLines.filter((line) => line.includes('OVERLOADED'))).toHaveLength(1);
    second.abort();
    third.abort();
  });
});
