import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCallBudget } from '../../src/ecwid/call-budget.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

let origin: ScriptedOrigin;
let gateway: RunningGateway;

beforeEach(async () => {
  origin = await startScriptedOrigin();
  gateway = await startGatewayOver(origin.url, {
    retries: true,
    budget: createCallBudget({ perMinute: 600 }),
    breaker: {},
    limits: { querySeconds: 1 },
  });
});
afterEach(async () => {
  await gateway.close();
  await origin.close();
});

const tooMany =
  (retryAfter: string): ScriptedOrigin['script'] =>
  (_request, response) =>
    response.writeHead(429, { 'retry-after': retryAfter }).end('{"errorCode":"RATE_LIMITED"}');

/** Each for another cart, all at once. */
function askForCarts(count: number) {
  return Promise.all(
    Array.from({ length: count }, (_, n) =>
      gateway.query('query ($id: ID!) { cart(id: $id) { total } }', { id: `A-${n}` }),
    ),
  );
}

describe('R1: a storm of 429', () => {
  test('is not answered by knocking on, and is over when Ecwid says so', async () => {
    origin.script = tooMany('1');
    const stormy = await askForCarts(20);
    for (const { errors } of stormy) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
      expect(errors?.[0]?.extensions?.retryAfter).toBeOneOf([1, 2, 3, 4]);
    }
    expect(origin.requests.length).toBeLessThanOrEqual(22);

    origin.script = answerJson({ cartId: 'A', total: 1 });
    const asked = origin.requests.length;
    const [{ data, errors } = {}] = await askForCarts(1);
    // Either its turn came within its second, or it was told at once that it would not.
    expect(data?.cart ?? errors?.[0]?.extensions?.code).toBeOneOf([{ total: 1 }, 'RATE_LIMITED']);
    await sleep(1_100);
    expect(await gateway.query('{ cart(id: "A") { total } }')).toEqual({ data: { cart: { total: 1 } } });
    expect(origin.requests.length).toBeLessThanOrEqual(asked + 2);
  });

  test('without a word of how long it takes ends the calls of the moment', async () => {
    origin.script = answerJson({ errorCode: 'RATE_LIMITED' }, 429);
    await askForCarts(1);
    const asked = origin.requests.length;
    const [{ errors } = {}] = await askForCarts(1);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
    expect(errors?.[0]?.extensions?.retryAfter).toBeOneOf([5, 6]);
    expect(origin.requests).toHaveLength(asked);
  });
});

describe('R2: 429 with a Retry-After of a minute', () => {
  test.each([
    ['seconds', () => '60'],
    ['a date', () => new Date(Date.now() + 60_000).toUTCString()],
  ])('in %s has everybody told so at once, and nothing sent until then', async (_form, retryAfter) => {
    origin.script = tooMany(retryAfter());
    const [first] = await askForCarts(1);
    expect(first?.errors?.[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      ecwidErrorCode: 'RATE_LIMITED',
    });
    for (const { errors } of await askForCarts(20)) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
      expect(errors?.[0]?.extensions?.retryAfter).toBeGreaterThan(50);
      expect(errors?.[0]?.extensions?.retryAfter).toBeLessThanOrEqual(61);
    }
    expect(origin.requests).toHaveLength(1);
  });
});
