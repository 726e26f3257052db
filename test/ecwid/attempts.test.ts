import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CallBudget, createCallBudget } from '../../src/ecwid/call-budget.ts';
import { createCircuitBreaker } from '../../src/ecwid/circuit-breaker.ts';
import { createEcwidClient, type EcwidClientOptions } from '../../src/ecwid/client.ts';
import { createDispatcher } from '../../src/ecwid/dispatcher.ts';
import { EcwidBudgetError, EcwidCircuitError, EcwidTimeoutError } from '../../src/ecwid/errors.ts';
import { createLog } from '../../src/log.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const lines: string[] = [];
const log = createLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
let origin: ScriptedOrigin;

beforeAll(async () => {
  origin = await startScriptedOrigin();
});
beforeEach(() => {
  lines.length = 0;
  origin.requests.length = 0;
});
afterAll(() => origin.close());

function createClient(options: Partial<EcwidClientOptions> = {}) {
  const apiUrl = new URL(origin.url);
  return createEcwidClient({
    apiUrl,
    storeId: '1003',
    token: 'secret_abc',
    dispatcher: createDispatcher(apiUrl),
    deadlineMs: 60_000,
    log,
    ...options,
  });
}

const cart = { path: ['carts', 'A'] };
const place = { method: 'POST', path: ['carts', 'A', 'place'] } as const;

describe('an attempt', () => {
  test('of a read ends at a time of its own, and has its connection closed', async () => {
    const closed = Promise.withResolvers<void>();
    origin.script = (request) => void request.socket.once('close', closed.resolve);
    await expect(createClient({ attemptMs: 50 }).send(cart)).rejects.toThrow(EcwidTimeoutError);
    await closed.promise;
    expect(origin.requests).toHaveLength(1);
  });

  test('of a calculation is one of a read', async () => {
    origin.script = () => {};
    const calculation = createClient({ attemptMs: 50 }).send({
      method: 'POST',
      path: ['order', 'calculate'],
      body: {},
    });
    await expect(calculation).rejects.toThrow(EcwidTimeoutError);
  });

  test('of a write is given all the time there is', async () => {
    origin.script = async (request, response) => {
      await sleep(200);
      answerJson({ id: 'X' })(request, response);
    };
    expect(await createClient({ attemptMs: 50 }).send(place)).toEqual({ id: 'X' });
  });

  test('is not waited for while the circuit is open', async () => {
    const asked: string[] = [];
    const budget: CallBudget = {
      take: async (priority) => {
        asked.push(priority);
        return () => {};
      },
      throttled: () => {},
      left: 1,
      waiting: 0,
    };
    const breaker = createCircuitBreaker({ log });
    for (let n = 0; n < 16; n += 1) breaker.begin('carts/A').failed(new EcwidTimeoutError());
    await expect(createClient({ breaker, budget }).send(cart)).rejects.toThrow(EcwidCircuitError);
    expect([asked, origin.requests]).toEqual([[], []]);
  });

  test.each([
    ['that ran out of time', { attemptMs: 20 }, undefined, true],
    ['whose caller has left', {}, () => new Error('gone'), false],
    ['whose caller ran out of time', {}, () => new EcwidTimeoutError(), false],
  ])('%s counts for the circuit where Ecwid is to blame', async (_what, options, reason, opens) => {
    const breaker = createCircuitBreaker({ log });
    const client = createClient({ breaker, ...options });
    await Promise.allSettled(
      Array.from({ length: 16 }, () => {
        const caller = new AbortController();
        if (reason) setTimeout(() => caller.abort(reason()), 20);
        return client.send({ ...cart, signal: caller.signal });
      }),
    );
    expect(breaker.isOpen).toBe(opens);
  });
});

describe('JSON under another content type', () => {
  test.each([['text/html'], [undefined]])('such as %s is read, and the log has it once', async (type) => {
    origin.script = (_request, response) => {
      response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end('{"total":1}');
    };
    const client = createClient();
    for (let n = 0; n < 3; n += 1) expect(await client.send(cart)).toEqual({ total: 1 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('another content type');
  });

  test.each([['application/json'], ['Application/JSON; charset=utf-8'], ['application/problem+json']])(
    'does not include %s',
    async (type) => {
      origin.script = (_request, response) =>
        response.writeHead(200, { 'content-type': type }).end('{"total":1}');
      await createClient().send(cart);
      expect(lines).toEqual([]);
    },
  );
});

describe('a call that has to begin in time', () => {
  const at = (ms: number) => ({ ...cart, beginWithinMs: ms });

  test('is refused at once where it could not, and is not sent', async () => {
    const budget = createCallBudget({ perMinute: 10 });
    const client = createClient({ budget });
    origin.script = answerJson({ total: 1 });
    await client.send(at(1_000));
    await expect(client.send(at(1_000))).rejects.toThrow(EcwidBudgetError);
    expect(origin.requests).toHaveLength(1);
  });

  test('is not sent again later than that', async () => {
    origin.script = (_request, response) => response.writeHead(429, { 'retry-after': '2' }).end();
    await expect(createClient().send(at(1_000))).rejects.toMatchObject({ status: 429, retryAfterMs: 2_000 });
    expect(origin.requests).toHaveLength(1);
  });

  test('may end later', async () => {
    origin.script = async (request, response) => {
      await sleep(150);
      answerJson({ total: 1 })(request, response);
    };
    expect(await createClient().send(at(100))).toEqual({ total: 1 });
  });
});

describe('a store that is slow for a while', () => {
  test('is sent no burst of what waited, and is not thought to be out of order for the waiting', async () => {
    const held: (() => void)[] = [];
    origin.script = (request, response) => void held.push(() => answerJson({ total: 1 })(request, response));
    const breaker = createCircuitBreaker({ log });
    const budget = createCallBudget({ perMinute: 600, atOnce: 5 });
    const client = createClient({ breaker, budget, attemptMs: 300, deadlineMs: 400 });
    const asked = Array.from({ length: 40 }, () => client.send(cart));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    // Four at once, and once more after these were given up.
    expect(origin.requests.length).toBeLessThanOrEqual(8);
    expect(breaker.isOpen).toBe(false);
    expect(budget.left).toBeGreaterThanOrEqual(50);
  });

  test('has an order placed all the same', async () => {
    origin.script = (request, response) => {
      if (request.method === 'POST') answerJson({ id: 'X' })(request, response);
    };
    const client = createClient({ budget: createCallBudget({ perMinute: 600, atOnce: 5 }) });
    const caller = new AbortController();
    const reads = Array.from({ length: 40 }, () => client.send({ ...cart, signal: caller.signal }));
    expect(await client.send(place)).toEqual({ id: 'X' });
    caller.abort(new Error('gone'));
    await Promise.allSettled(reads);
  });
});

test('a call that waits for a place has no more time than any other', async () => {
  const budget = createCallBudget({ perMinute: 600, atOnce: 1 });
  const leavePlace = await budget.take('read', { waitMs: 0 });
  const client = createClient({ budget });
  await expect(client.send({ ...cart, deadlineMs: 50 })).rejects.toThrow(EcwidTimeoutError);
  leavePlace();
  origin.script = answerJson({ total: 1 });
  expect(await client.send(cart)).toEqual({ total: 1 });
  expect(origin.requests).toHaveLength(1);
});

test('a call gives its place back however it ends', async () => {
  const budget = createCallBudget({ perMinute: 600, atOnce: 1 });
  const client = createClient({ budget, attemptMs: 50, retry: () => null });
  for (const script of [answerJson({}), answerJson({}, 503), () => {}, answerJson({ total: 1 })]) {
    origin.script = script;
    await client.send(cart).catch(() => {});
  }
  expect(origin.requests).toHaveLength(4);
});

describe('retries', () => {
  test('are earned by what was sent, and not by what was refused', async () => {
    origin.script = answerJson({}, 503);
    const budget = createCallBudget({ perMinute: 100_000 });
    const refusing: CallBudget = {
      ...budget,
      take: async (priority, options) => {
        if (priority === 'search') throw new EcwidBudgetError(1_000);
        return budget.take(priority, options);
      },
    };
    const client = createClient({ budget: refusing });
    for (let n = 0; n < 600; n += 1) await client.send({ path: ['carts'] }).catch(() => {});
    for (let n = 0; n < 20; n += 1) await client.send(cart).catch(() => {});
    // Ten at once, and one of each ten sent.
    expect(origin.requests.length).toBeLessThanOrEqual(20 + 10 + 2);
  });
});
