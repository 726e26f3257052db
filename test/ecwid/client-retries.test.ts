import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CallBudget, createCallBudget } from '../../src/ecwid/call-budget.ts';
import { createEcwidClient, type EcwidClient, withPriority } from '../../src/ecwid/client.ts';
import { createDispatcher } from '../../src/ecwid/dispatcher.ts';
import { createLog } from '../../src/log.ts';
import { startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const log = createLog({ level: 'silent' });
let origin: ScriptedOrigin;
let dispatcher: ReturnType<typeof createDispatcher>;
let client: EcwidClient;

beforeAll(async () => {
  origin = await startScriptedOrigin();
});
beforeEach(() => {
  const apiUrl = new URL(origin.url);
  dispatcher = createDispatcher(apiUrl);
  client = createEcwidClient({
    apiUrl,
    storeId: '1003',
    token: 'secret_abc',
    dispatcher,
    deadlineMs: 5_000,
    log,
  });
  origin.requests.length = 0;
});
afterEach(() => dispatcher.destroy());
afterAll(() => origin.close());

const read = (options: { signal?: AbortSignal; deadlineMs?: number } = {}) =>
  client.send({ path: ['carts', 'X'], ...options });
const write = () => client.send({ method: 'POST', path: ['carts', 'X', 'place'] });

/** Fails so often, and then answers. */
function failFirst(times: number, fail: ScriptedOrigin['script']): void {
  let failed = 0;
  origin.script = (request, response) => {
    if (failed < times) fail(request, response);
    else answerJson({ ok: true })(request, response);
    failed += 1;
  };
}

const tooMany: ScriptedOrigin['script'] = (_request, response) =>
  response.writeHead(429, { 'retry-after': '0' }).end();
const reset: ScriptedOrigin['script'] = (request) => void request.socket.destroy();
const cutShort: ScriptedOrigin['script'] = (_request, response) => {
  response.writeHead(200, { 'content-length': 1_000 }).write('{"ok":');
  setTimeout(() => response.destroy(), 5);
};

describe('a read of Ecwid', () => {
  test.each([
    ['503', answerJson({}, 503)],
    ['429', tooMany],
    ['a reset', reset],
    ['a body cut short', cutShort],
  ])('fares better the third time, after %s twice', async (_what, fail) => {
    failFirst(2, fail);
    expect(await read()).toEqual({ ok: true });
    expect(origin.requests).toHaveLength(3);
  });

  test('is given up after the third time', async () => {
    failFirst(9, answerJson({}, 503));
    await expect(read()).rejects.toMatchObject({ status: 503 });
    expect(origin.requests).toHaveLength(3);
  });

  test('does not wait for a time that would be too late', async () => {
    failFirst(1, (_request, response) => response.writeHead(429, { 'retry-after': '60' }).end());
    await expect(read()).rejects.toMatchObject({ status: 429, retryAfterMs: 60_000 });
    expect(origin.requests).toHaveLength(1);
  });

  test('ends when its caller leaves between two attempts', async () => {
    const leave = new AbortController();
    failFirst(1, (_request, response) => response.writeHead(503, { 'retry-after': '2' }).end());
    const reading = read({ signal: leave.signal });
    await expect.poll(() => origin.requests.length).toBe(1);
    leave.abort(new Error('gone'));
    await expect(reading).rejects.toThrow('gone');
    expect(origin.requests).toHaveLength(1);
  });

  test('has one deadline for all its attempts', async () => {
    let attempts = 0;
    origin.script = (_request, response) => {
      attempts += 1;
      if (attempts === 1) response.writeHead(503).end();
    };
    await expect(read({ deadlineMs: 400 })).rejects.toMatchObject({ name: 'EcwidTimeoutError' });
    expect(attempts).toBe(2);
  });

  test('adds little to what is sent while Ecwid is out of order', async () => {
    failFirst(Number.POSITIVE_INFINITY, answerJson({}, 503));
    for (let n = 0; n < 100; n += 1) await read().catch(() => {});
    expect(origin.requests.length).toBeLessThanOrEqual(100 + 10 + 10);
    expect(origin.requests.length).toBeGreaterThan(100);
  });
});

describe('a write to Ecwid', () => {
  test.each([
    ['503', answerJson({}, 503)],
    ['408', answerJson({}, 408)],
    ['a reset', reset],
    ['a body cut short', cutShort],
  ])('is never sent again after %s', async (_what, fail) => {
    failFirst(1, fail);
    await expect(write()).rejects.toThrow();
    expect(origin.requests).toHaveLength(1);
  });

  test('is sent again after 429, when nothing was done', async () => {
    failFirst(1, tooMany);
    expect(await write()).toEqual({ ok: true });
    expect(origin.requests).toHaveLength(2);
  });

  test('is none where it only calculates', async () => {
    failFirst(1, answerJson({}, 503));
    expect(await client.send({ method: 'POST', path: ['order', 'calculate'], body: {} })).toEqual({
      ok: true,
    });
  });
});

test('a gateway has its answer from a store that fails now and then', async () => {
  const failed = new Set<string>();
  origin.script = (request, response) => {
    const { url = '' } = request;
    // The first request for every third cart.
    const fails = /A-\d*[0369]\?/.test(url) && !failed.has(url);
    failed.add(url);
    answerJson(fails ? {} : { cartId: 'A', total: 1 }, fails ? 503 : 200)(request, response);
  };
  const gateway = await startGatewayOver(origin.url, { retries: true });
  const aliases = Array.from({ length: 20 }, (_, n) => `c${n}: cart(id: "A-${n}") { total }`).join(' ');
  const { data, errors } = await gateway.query(`{ ${aliases} }`);
  expect(errors).toBeUndefined();
  expect(Object.values(data)).toEqual(Array(20).fill({ total: 1 }));
  await gateway.close();
});

describe('a budget of calls', () => {
  test('is asked before each attempt, and told where Ecwid says that it is used up', async () => {
    const apiUrl = new URL(origin.url);
    const asked: string[] = [];
    const budget: CallBudget = {
      take: async (priority) => {
        asked.push(priority);
        return () => {};
      },
      throttled: (retryAfterMs) => void asked.push(`throttled ${retryAfterMs}`),
      left: 1,
      waiting: 0,
    };
    const careful = createEcwidClient({
      apiUrl,
      storeId: '1003',
      token: 'secret_abc',
      dispatcher,
      budget,
      log,
    });
    failFirst(1, (_request, response) => response.writeHead(429, { 'retry-after': '0' }).end());
    await careful.send({ path: ['carts', 'X'] });
    await careful.send({ path: ['orders'] });
    await careful.send({ path: ['profile'] });
    await careful.send({ method: 'POST', path: ['order', 'calculate'], body: {} });
    await careful.send({ method: 'PUT', path: ['carts', 'X'], body: {} });
    await withPriority(careful, 'placing').send({ path: ['carts', 'X'] });
    expect(asked).toEqual(['read', 'throttled 0', 'read', 'search', 'read', 'read', 'placing', 'placing']);
  });

  test('keeps what it has no call for from Ecwid, and says when to come again', async () => {
    const apiUrl = new URL(origin.url);
    const budget = createCallBudget({ perMinute: 10 });
    const careful = createEcwidClient({
      apiUrl,
      storeId: '1003',
      token: 'secret_abc',
      dispatcher,
      budget,
      log,
    });
    origin.script = answerJson({ ok: true });
    expect(await careful.send({ path: ['carts', 'X'] })).toEqual({ ok: true });
    await expect(careful.send({ path: ['carts', 'X'], deadlineMs: 1_000 })).rejects.toMatchObject({
      name: 'EcwidBudgetError',
      code: 'RATE_LIMITED',
      retryable: true,
    });
    expect(origin.requests).toHaveLength(1);
  });
});
