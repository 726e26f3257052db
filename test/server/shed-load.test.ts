import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { post, raw } from '../post.ts';
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
    expect(await response.json()).toEqual(refused);
    for (const path of ['live', 'ready']) {
      expect((await fetch(`${gateway.origin}/health/${path}`)).status).toBe(200);
    }
    gateway.finish();
    for (const one of await Promise.all(inFlight))
      expect(one.answer).toEqual({ data: { cart: { total: 5 } } });
    for (let n = 0; n < 5; n += 1) expect((await post(gateway.url, body())).status).toBe(200);
  });

  test('refuses before a body has come', async () => {
    const gateway = await start({ protection: { lagMs: () => 501 } });
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

  test('refuses while it is late, and takes requests again when it is not', async () => {
    let lagMs = 500;
    const gateway = await start({ protection: { lagMs: () => lagMs } });
    gateway.finish();
    expect((await post(gateway.url, body())).status).toBe(200);
    lagMs = 501;
    expect(await post(gateway.url, body())).toMatchObject({ status: 503, answer: refused });
    expect((await fetch(`${gateway.origin}/health/live`)).status).toBe(200);
    lagMs = 0;
    expect((await post(gateway.url, body())).status).toBe(200);
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
});
