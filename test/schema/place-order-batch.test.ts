import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { placeableCart } from '../placeable-cart.ts';
import { type RunningGateway, startGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const operation = `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } errors { code } } }`;

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A server whose answers to a batch, its polls and the cart a test makes up; every key that a batch came with. */
async function startQueue(answers: {
  cart?: () => ScriptedOrigin['script'];
  batch?: (count: number) => ScriptedOrigin['script'];
  poll?: (count: number) => ScriptedOrigin['script'];
}): Promise<{ gateway: RunningGateway; keys: (string | null)[]; paths: string[] }> {
  const keys: (string | null)[] = [];
  const paths: string[] = [];
  let polls = 0;
  const origin = await startScriptedOrigin((request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://ecwid');
    paths.push(`${request.method} ${pathname.replace('/api/v3/4870020', '')}`);
    if (pathname.endsWith('/batch') && request.method === 'POST') {
      keys.push(searchParams.get('deduplicationKey'));
      const script = answers.batch?.(keys.length) ?? answerJson({ ticket: 'T1' });
      return script(request, response);
    }
    if (pathname.endsWith('/batch')) {
      polls += 1;
      return (answers.poll?.(polls) ?? placed)(request, response);
    }
    if (pathname.includes('/orders')) return answerJson({ total: 0, items: [] })(request, response);
    return (answers.cart?.() ?? answerJson(placeableCart))(request, response);
  });
  opened.push(() => origin.close());
  const timing = { atWorkMs: 0, deadlineMs: 2_000, stepMs: 1_000, pauseMs: 10, pollMs: 10 };
  const gateway = await startGatewayOver(origin.url, { via: 'batch', timing });
  opened.push(() => gateway.close());
  return { gateway, keys, paths };
}

const replied = (httpStatusCode: number, body: object) =>
  answerJson({ status: 'COMPLETED', responses: [{ httpStatusCode, escapedHttpBody: JSON.stringify(body) }] });
const placed = replied(200, { id: 'AB1CD', orderNumber: 108394551, cartId });
const waiting = answerJson({ status: 'QUEUED', totalRequests: 1, completedRequests: 0, responses: [] });
const reset: ScriptedOrigin['script'] = (request) => request.socket.destroy();

describe("Mutation.placeOrder through Ecwid's queue", () => {
  test('places a cart of the sandbox, once, and polls until it is done', async () => {
    const gateway = await startGateway({ batchCallMs: 150 }, [], { via: 'batch' });
    opened.push(() => gateway.close());
    const expected = { data: { placeOrder: { order: { order_number: 'AB1CD' }, errors: [] } } };
    expect(await gateway.query(operation)).toEqual(expected);
    expect(await gateway.query(operation)).toEqual(expected);
    const calls = gateway.calls.map(({ method, path }) => `${method} ${path}`);
    expect(calls.slice(0, 2)).toEqual([`GET /carts/${cartId}`, 'POST /batch']);
    expect(calls.filter((call) => call === 'GET /batch').length).toBeGreaterThan(1);
    expect(calls.filter((call) => call === 'POST /batch')).toHaveLength(1);
  });

  test('asks for the same batch again where the answer to its start was lost', async () => {
    const { gateway, keys } = await startQueue({
      batch: (count) => (count === 1 ? reset : answerJson({ ticket: 'T1' })),
    });
    expect((await gateway.query(operation)).data.placeOrder.order).toEqual({ order_number: 'AB1CD' });
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });

  test('asks for the same batch again where the cart is gone meanwhile, and searches for no order', async () => {
    let isGone = false;
    const { gateway, keys, paths } = await startQueue({
      batch: (count) => {
        isGone = true;
        return count === 1 ? reset : answerJson({ ticket: 'T1' });
      },
      cart: () => (isGone ? answerJson({ errorCode: 'ORDER_NOT_FOUND' }, 404) : answerJson(placeableCart)),
    });
    expect((await gateway.query(operation)).data.placeOrder.order).toEqual({ order_number: 'AB1CD' });
    expect(new Set(keys).size).toBe(1);
    expect(paths).not.toContain('GET /orders');
  });

  test('goes on polling through failures of a poll', async () => {
    const polls = [
      waiting,
      reset,
      answerJson({}, 500),
      answerJson({}, 429),
      waiting,
      answerJson({ status: 'X' }),
    ];
    const { gateway, keys } = await startQueue({ poll: (count) => polls[count - 1] ?? placed });
    expect((await gateway.query(operation)).data.placeOrder.order).toEqual({ order_number: 'AB1CD' });
    expect(keys).toHaveLength(1);
  });

  test('does not know the outcome of what stays in the queue, and tells it on a later call', async () => {
    let isDone = false;
    const { gateway, keys } = await startQueue({ poll: () => (isDone ? placed : waiting) });
    expect((await gateway.query(operation)).data.placeOrder).toEqual({
      order: null,
      errors: [{ code: 'OUTCOME_UNKNOWN' }],
    });
    isDone = true;
    expect((await gateway.query(operation)).data.placeOrder.order).toEqual({ order_number: 'AB1CD' });
    expect(new Set(keys).size).toBe(1);
  });

  test('tells a refusal from within the batch, and places the cart anew once it is mended', async () => {
    let isMended = false;
    const { gateway, keys } = await startQueue({
      poll: () => (isMended ? placed : replied(400, { errorMessage: 'The cart is being edited.' })),
    });
    expect((await gateway.query(operation)).data.placeOrder.errors).toEqual([{ code: 'UNDEFINED' }]);
    isMended = true;
    expect((await gateway.query(operation)).data.placeOrder.order).toEqual({ order_number: 'AB1CD' });
    // Or Ecwid would answer with the refusal for an hour.
    expect(new Set(keys).size).toBe(2);
  });

  test.each([500, 503, 429])('sends another batch where the first one came to %i', async (status) => {
    const { gateway, keys } = await startQueue({
      poll: (count) => (count === 1 ? replied(status, {}) : placed),
    });
    expect((await gateway.query(operation)).data.placeOrder.order).toEqual({ order_number: 'AB1CD' });
    // Or Ecwid would answer with the same for an hour.
    expect(new Set(keys).size).toBe(2);
  });

  test('says that it is safe to try again where the queue takes nothing', async () => {
    const { gateway, keys } = await startQueue({
      batch: () => answerJson({ errorCode: 'INSUFFICIENT_APP_SCOPE' }, 403),
    });
    const { errors } = await gateway.query(operation);
    expect(errors).toMatchObject([
      { message: 'Ecwid answered with status 403. This call made no order, and it is safe to try again.' },
    ]);
    expect(keys).toHaveLength(1);
  });

  test('does not believe a refusal of the rules while the queue may hold the placing', async () => {
    let isShort = false;
    const short = {
      ...placeableCart,
      items: [{ ...placeableCart.items[0], trackQuantity: true, quantityInStock: 0 }],
    };
    const { gateway } = await startQueue({
      poll: () => waiting,
      cart: () => answerJson(isShort ? short : placeableCart),
    });
    expect((await gateway.query(operation)).data.placeOrder.errors).toEqual([{ code: 'OUTCOME_UNKNOWN' }]);
    isShort = true;
    expect((await gateway.query(operation)).data.placeOrder.errors).toEqual([{ code: 'OUTCOME_UNKNOWN' }]);
  });

  test('believes a refusal of the rules once the queue has told what became of the placing', async () => {
    let isShort = false;
    const short = {
      ...placeableCart,
      items: [{ ...placeableCart.items[0], trackQuantity: true, quantityInStock: 0 }],
    };
    const { gateway } = await startQueue({
      batch: (count) => (count === 1 ? reset : answerJson({ ticket: 'T1' })),
      poll: () => {
        isShort = true;
        return replied(429, {});
      },
      cart: () => answerJson(isShort ? short : placeableCart),
    });
    expect((await gateway.query(operation)).data.placeOrder.errors).toEqual([{ code: 'OUT_OF_STOCK' }]);
  });

  test('does not forget what may be in the queue because a repetition was not taken', async () => {
    let isGone = false;
    const { gateway } = await startQueue({
      batch: (count) => {
        if (count > 1) isGone = true;
        return count === 1 ? reset : count === 2 ? answerJson({}, 429) : reset;
      },
      cart: () => (isGone ? answerJson({ errorCode: 'ORDER_NOT_FOUND' }, 404) : answerJson(placeableCart)),
    });
    expect((await gateway.query(operation)).data.placeOrder.errors).toEqual([{ code: 'OUTCOME_UNKNOWN' }]);
    expect((await gateway.query(operation)).data.placeOrder.errors).toEqual([{ code: 'OUTCOME_UNKNOWN' }]);
  });
});
