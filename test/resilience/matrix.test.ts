import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { weather } from '../bad-weather.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { expectBackTo, expectHonestAnswer, openResources } from './honest-answer.ts';
import { badId, fineCart, fineId } from './store-in-bad-weather.ts';

let origin: ScriptedOrigin;
let gateway: RunningGateway;

beforeAll(async () => {
  origin = await startScriptedOrigin();
  gateway = await startGatewayOver(origin.url, {
    deadlineMs: 1_000,
    limits: { querySeconds: 1 },
    timing: { deadlineMs: 1_000, stepMs: 500, pauseMs: 50 },
  });
});
afterAll(async () => {
  await gateway.close();
  await origin.close();
});

/** What is left of the data where each call to Ecwid but those for the fine cart comes to nothing. */
const reads: readonly [query: string, data: object | null][] = [
  [
    `{ good: cart(id: "${fineId}") { total } cart(id: "${badId}") { total } }`,
    { good: { total: fineCart.total }, cart: null },
  ],
  [
    `{ cartsByIds(ids: ["${fineId}", "${badId}"]) { email } }`,
    { cartsByIds: [{ email: fineCart.email }, null] },
  ],
  ['{ carts(first: 5) { nodes { total } } }', null],
  ['{ order(id: "BAD") { total } }', { order: null }],
  ['{ ordersByIds(ids: ["BAD", "WORSE"]) { total } }', { ordersByIds: [null, null] }],
  ['{ orders(first: 5) { nodes { total } } }', null],
  ['{ calculateOrder(input: { items: [{ price: 1, quantity: 1 }] }) { total } }', null],
];

const item = '{ name: "Tea", price: 1, quantity: 1 }';
const writes: readonly [name: string, mutation: string][] = [
  ['placeOrder', `mutation { placeOrder(input: { cart_id: "${badId}" }) { errors { code } } }`],
  [
    'createOrder',
    `mutation { createOrder(input: { calculate: false, items: [${item}] }) { errors { code } } }`,
  ],
  ['hideCart', `mutation { hideCart(input: { cart_id: "${badId}" }) { errors { code } } }`],
];
const refusals = ['OUTCOME_UNKNOWN', 'UNABLE_TO_CREATE_ORDER'];

describe('R33: every fault for every operation', () => {
  test.each(weather)('%s', async (_name, script, code, extensions = {}) => {
    const before = openResources();
    gateway.logLines.length = 0;
    const begun = Promise.withResolvers<void>();
    origin.script = (request, response) => {
      if (request.url?.includes(fineId)) return answerJson(fineCart)(request, response);
      script(request, response);
      begun.resolve();
    };
    const ask = (query: string) =>
      expectHonestAnswer(gateway, query, {
        url: origin.url,
        begun: begun.promise,
        isLasting: code === 'UPSTREAM_TIMEOUT',
        fine: { query: `{ cart(id: "${fineId}") { total } }`, data: { cart: { total: fineCart.total } } },
      });

    await Promise.all([
      ...reads.map(async ([query, expected]) => {
        const { data, errors } = await ask(query);
        expect(data, query).toEqual(expected);
        expect(errors.length, query).toBeGreaterThan(0);
        for (const error of errors) {
          expect(error.extensions, query).toEqual({ code, retryable: true, ...extensions });
        }
      }),
      ...writes.map(async ([name, mutation]) => {
        const { data, codes } = await ask(mutation);
        const refused = data?.[name]?.errors.map((error: { code: string }) => error.code) ?? [];
        expect([...codes, ...refused], mutation).toHaveLength(1);
        expect([code, ...refusals], mutation).toContain([...codes, ...refused][0]);
      }),
    ]);
    expect(gateway.logLines.map((line) => JSON.parse(line).code)).toContain(code);
    await expect.poll(() => origin.pending).toBe(0);
    origin.closeIdle();
    await expectBackTo(before);
  });
});
