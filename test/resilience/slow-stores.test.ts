import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createCallBudget } from '../../src/ecwid/call-budget.ts';
import { post, type Refusal } from '../post.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

interface Store {
  readonly origin: ScriptedOrigin;
  readonly gateway: RunningGateway;
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(
  script: ScriptedOrigin['script'],
  settings: Parameters<typeof startGatewayOver>[1],
): Promise<Store> {
  const origin = await startScriptedOrigin(script);
  const gateway = await startGatewayOver(origin.url, settings);
  opened.push(gateway, origin);
  return { origin, gateway };
}

/** What callers get who ask for so many carts at once, in the order in which they are answered. */
function askForCarts(
  gateway: RunningGateway,
  count: number,
): { all: Promise<Refusal[]>; answered: Refusal[] } {
  const answered: Refusal[] = [];
  const all = Array.from({ length: count }, async (_, index) => {
    const answer = await post(gateway.url, { query: `{ cart(id: "A-${index}") { total } }` });
    answered.push(answer);
    return answer;
  });
  return { all: Promise.all(all), answered };
}

/** A store that answers nothing until `finish` is called, and then all that it was asked. */
function holdBack(body: object): { script: ScriptedOrigin['script']; finish(): void } {
  const finished = Promise.withResolvers<void>();
  return {
    script: (request, response) => void finished.promise.then(() => answerJson(body)(request, response)),
    finish: () => finished.resolve(),
  };
}

const codesOf = (answers: readonly Refusal[]) =>
  [...new Set(answers.map(({ code }) => code ?? 'right'))].sort();

describe('R21: a slow store beside a fast one', () => {
  test('takes neither sockets nor answers of the fast one, and refuses what is too much for itself', async () => {
    const held = holdBack({ total: 1 });
    const slow = await open(held.script, { deadlineMs: 10_000, connections: 4, limits: { inFlight: 30 } });
    const fast = await open(answerJson({ total: 2 }), { deadlineMs: 10_000, connections: 4 });

    const waiting = askForCarts(slow.gateway, 40);
    await expect.poll(() => slow.origin.requests.length).toBe(4);
    await expect.poll(() => waiting.answered.length).toBe(10);
    expect(waiting.answered).toMatchObject(Array(10).fill({ status: 503, code: 'OVERLOADED' }));

    const answers = await askForCarts(fast.gateway, 40).all;
    expect(answers.map(({ answer }) => answer)).toEqual(Array(40).fill({ data: { cart: { total: 2 } } }));
    expect(slow.origin.requests).toHaveLength(4);
    expect(waiting.answered).toHaveLength(10);

    held.finish();
    const late = (await waiting.all).filter(({ status }) => status === 200);
    expect(late.map(({ answer }) => answer)).toEqual(Array(30).fill({ data: { cart: { total: 1 } } }));
  });
});

describe('R22: answers that become slower and slower', () => {
  test('are given up at the deadline, and not sent any more, nor once more', async () => {
    const deadlineMs = 1_000;
    const connections = 2;
    let latencyMs = 1;
    const { origin, gateway } = await open(
      async (request, response) => {
        latencyMs *= 2;
        await sleep(Math.min(latencyMs, 5_000), undefined, { ref: false });
        answerJson({ total: 5 })(request, response);
      },
      { deadlineMs, connections, retries: true, limits: { querySeconds: deadlineMs / 1_000 } },
    );
    const began = performance.now();
    const asked = 22;
    const answers = await askForCarts(gateway, asked).all;
    expect(performance.now() - began).toBeLessThan(deadlineMs * 6);
    expect(answers.filter(({ code }) => code === undefined).length).toBeGreaterThan(3);
    expect(codesOf(answers)).toEqual(['UPSTREAM_TIMEOUT', 'right']);

    const sent = origin.requests.length;
    expect(sent).toBeLessThanOrEqual(asked);
    origin.script = answerJson({ total: 5 });
    const [fine] = await askForCarts(gateway, 1).all;
    expect(fine?.answer).toEqual({ data: { cart: { total: 5 } } });
    // What was on its way when it was given up may have come later than its refusal.
    expect(origin.requests.length - sent).toBeLessThanOrEqual(connections + 1);
    // Of all carts the first alone was asked for twice.
    expect(new Set(origin.requests).size).toBe(origin.requests.length - 1);
  });

  test('and fail then have no more than a tenth of what is asked sent again', async () => {
    let arrived = 0;
    const { origin, gateway } = await open(
      async (request, response) => {
        arrived += 1;
        const status = arrived % 2 === 0 ? 200 : 503;
        await sleep(arrived);
        answerJson({ total: 5 }, status)(request, response);
      },
      { deadlineMs: 10_000, connections: 20, retries: true },
    );
    const asked = 100;
    const answers = await askForCarts(gateway, asked).all;
    expect(codesOf(answers)).toEqual(['UPSTREAM_UNAVAILABLE', 'right']);
    // Whoever calls rarely has ten at once.
    expect(origin.requests.length).toBeLessThanOrEqual(asked * 1.1 + 10);
  });

  test('are not waited for by calls that could not begin in time, which are refused at once', async () => {
    const held = holdBack({ total: 5 });
    const budget = createCallBudget({ perMinute: 20 });
    const { origin, gateway } = await open(held.script, { deadlineMs: 2_000, budget });
    const waiting = askForCarts(gateway, 20);
    await expect.poll(() => waiting.answered.length).toBe(18);
    const refusal = { code: 'RATE_LIMITED', answer: { data: { cart: null } } };
    expect(waiting.answered).toMatchObject(Array(18).fill(refusal));
    for (const { answer } of waiting.answered) {
      expect(answer.errors[0].extensions.retryAfter).toBeGreaterThan(0);
    }
    held.finish();
    expect(codesOf(await waiting.all)).toEqual(['RATE_LIMITED', 'right']);
    expect(origin.requests).toHaveLength(2);
  });
});
