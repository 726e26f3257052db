import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const operation = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) {
    order { id order_number orderNumber email subtotal total tax paymentStatus fulfillmentStatus refererId items { id name quantity price } }
    errors { code message }
  }
}`;

const items = [{ name: 'Tea', price: 12.5, quantity: 2, productId: '37208342', sku: 'TEA' }];

describe('Mutation.createOrder in bad weather', () => {
  let origin: ScriptedOrigin;
  let gateway: RunningGateway;

  beforeAll(async () => {
    origin = await startScriptedOrigin();
    gateway = await startGatewayOver(origin.url);
  });
  afterAll(async () => {
    await gateway.close();
    await origin.close();
  });

  const posts = () => origin.requests.filter((request) => /^POST \S+\/orders$/.test(request));

  test.each([
    [400, 'INVALID_INPUT'],
    [409, 'INVALID_INPUT'],
    [402, 'UNABLE_TO_CREATE_ORDER'],
    [500, 'OUTCOME_UNKNOWN'],
    [408, 'OUTCOME_UNKNOWN'],
  ])("takes Ecwid's %i for %s, logs it, and sends the order once", async (status, code) => {
    origin.script = answerJson({ errorCode: 'SOME_CODE' }, status);
    origin.requests.length = 0;
    gateway.logLines.length = 0;
    const { data } = await gateway.query(operation, { input: { calculate: false, items } });
    expect(data.createOrder).toMatchObject({ order: null, errors: [{ code }] });
    expect(posts()).toHaveLength(1);
    const line = { mutation: 'createOrder', status, refusals: [code] };
    expect(gateway.logLines.map((text) => JSON.parse(text))).toMatchObject([line]);
  });

  test('says of a request that Ecwid has not worked on that it is safe to try again', async () => {
    origin.script = answerJson({ errorCode: 'RATE_LIMITED' }, 429);
    origin.requests.length = 0;
    gateway.logLines.length = 0;
    const answer = await gateway.query(operation, { input: { calculate: false, items } });
    expect(answer).toMatchObject({
      data: { createOrder: null },
      errors: [
        {
          message: 'Ecwid answered with status 429. This call made no order, and it is safe to try again.',
          extensions: { code: 'RATE_LIMITED', retryable: true, ecwidErrorCode: 'RATE_LIMITED' },
        },
      ],
    });
    expect(posts()).toHaveLength(1);
    const line = { mutation: 'createOrder', status: 429, refusals: ['RATE_LIMITED'] };
    expect(gateway.logLines.map((text) => JSON.parse(text))).toMatchObject([line]);
  });

  test('sends Ecwid just what a calculation takes, and then the order with its numbers', async () => {
    const bodies: Record<string, unknown>[] = [];
    origin.script = (request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        if (text) bodies.push(JSON.parse(text));
        const calculated = {
          subtotal: 25,
          total: 27.5,
          tax: 2.5,
          items: [{ id: 0, price: 12.5, quantity: 2, tax: 2.5 }],
        };
        answerJson(request.url?.endsWith('/calculate') ? calculated : { id: 77, orderId: 'AB1CD' })(
          request,
          response,
        );
      });
    };
    const shippingPerson = { name: 'Ann', countryCode: 'US' };
    const details = {
      email: 'a@b.c',
      items,
      shippingPerson,
      discountCoupon: { code: 'X' },
      giftCardId: '9',
      giftCardRedemption: 5,
    };
    const { data } = await gateway.query(
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id orderNumber } errors { code } } }',
      { input: { ...details, paymentId: '5', orderComments: 'Ring twice.', total: 1 } },
    );
    expect(data.createOrder).toEqual({ order: { id: 'AB1CD', orderNumber: '77' }, errors: [] });
    const lines = [{ name: 'Tea', price: 12.5, quantity: 2, productId: 37208342, sku: 'TEA' }];
    const sent = { ...details, giftCardId: 9, items: lines };
    expect(bodies).toEqual([
      { ...sent, paymentOptionsDetails: { paymentId: '5' } },
      {
        ...sent,
        items: [{ ...lines[0], tax: 2.5 }],
        subtotal: 25,
        total: 27.5,
        tax: 2.5,
        orderComments: 'Ring twice.',
        paymentStatus: 'AWAITING_PAYMENT',
        fulfillmentStatus: 'AWAITING_PROCESSING',
      },
    ]);
  });

  test("takes nobody else's order for that of a key", async () => {
    origin.requests.length = 0;
    origin.script = (request, response) =>
      answerJson(
        request.method === 'GET'
          ? { total: 1, items: [{ id: 'FOREIGN', orderNumber: 5, refererId: 'another' }] }
          : { id: 77, orderId: 'AB1CD' },
      )(request, response);
    const input = { calculate: false, items, idempotencyKey: 'mine' };
    const { data } = await gateway.query(
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id } } }',
      { input },
    );
    expect(data.createOrder.order).toEqual({ id: 'AB1CD' });
    expect(posts()).toHaveLength(1);
  });

  test('goes on for a second caller when the first one leaves', async () => {
    const arrived = Promise.withResolvers<() => void>();
    origin.script = (request, response) => {
      const calculated = { subtotal: 25, total: 25, items: [{ price: 12.5, quantity: 2 }] };
      if (request.method === 'GET') return answerJson({ total: 0, items: [] })(request, response);
      if (!request.url?.endsWith('/calculate'))
        return answerJson({ id: 77, orderId: 'AB1CD' })(request, response);
      return arrived.resolve(() => answerJson(calculated)(request, response));
    };
    const variables = { input: { items, idempotencyKey: 'two callers' } };
    const text = 'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id } } }';
    const first = new AbortController();
    const leaving = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
      signal: first.signal,
    }).catch(() => 'left');
    const finish = await arrived.promise;
    const second = gateway.query(text, variables);
    first.abort();
    expect(await leaving).toBe('left');
    await new Promise((resolve) => setTimeout(resolve, 50));
    finish();
    expect((await second).data.createOrder.order).toEqual({ id: 'AB1CD' });
  });

  test('says that a calculation failed, since then nothing was created', async () => {
    origin.script = answerJson({}, 503);
    origin.requests.length = 0;
    const { data, errors } = await gateway.query(operation, { input: { items } });
    expect(data).toEqual({ createOrder: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(posts()).toEqual([]);
  });

  test('takes a key for another order as long as the first may have been made', async () => {
    const hurried = await startGatewayOver(origin.url, {
      timing: { deadlineMs: 300, stepMs: 300, pauseMs: 20 },
    });
    const make = (details: object) =>
      hurried.query(operation, { input: { calculate: false, items, idempotencyKey: 'same', ...details } });
    origin.script = (request, response) => {
      if (request.method === 'GET') return answerJson({ total: 0, items: [] })(request, response);
      request.socket.destroy();
    };
    expect((await make({})).data.createOrder.errors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    expect((await make({ orderComments: 'another' })).data.createOrder.errors).toMatchObject([
      { code: 'INVALID_INPUT', message: expect.stringContaining('used before') },
    ]);
    // Whoever was turned away has left nothing behind that the first would wait for.
    origin.requests.length = 0;
    expect((await make({})).data.createOrder.errors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    expect(origin.requests).not.toEqual([]);
    await hurried.close();
  });

  test('sends no second request for a key where the server does not know how to search for it', async () => {
    const hurried = await startGatewayOver(origin.url, {
      timing: { deadlineMs: 500, stepMs: 200, pauseMs: 20, atWorkMs: 0, searchLagMs: 0 },
    });
    const foreign = { id: 'FOREIGN', orderNumber: 5, refererId: 'another' };
    origin.requests.length = 0;
    origin.script = (request, response) => {
      if (request.method === 'GET') return answerJson({ total: 1, items: [foreign] })(request, response);
      request.socket.destroy();
    };
    const input = { calculate: false, items, idempotencyKey: 'unsearchable' };
    expect((await hurried.query(operation, { input })).data.createOrder.errors).toMatchObject([
      { code: 'OUTCOME_UNKNOWN' },
    ]);
    expect(posts()).toHaveLength(1);
    await hurried.close();
  });

  test('sends no request for a key whose order is there and cannot be told by its ids', async () => {
    origin.script = (request, response) => {
      const { searchParams } = new URL(request.url ?? '', origin.url);
      answerJson({ total: 1, items: [{ refererId: searchParams.get('refererId') }] })(request, response);
    };
    origin.requests.length = 0;
    const input = { calculate: false, items, idempotencyKey: 'nameless' };
    const { errors } = await gateway.query(operation, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR' } }]);
    expect(posts()).toEqual([]);
  });

  test('finds the order of a key where the answer to its creation was lost', async () => {
    let created: object | undefined;
    origin.requests.length = 0;
    origin.script = (request, response) => {
      if (request.method === 'GET') {
        return answerJson({ items: created ? [created] : [], total: 1 })(request, response);
      }
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        // Found by searches only a while after it was made.
        const { refererId } = JSON.parse(body);
        setTimeout(() => {
          created = { id: 'AB1CD', orderNumber: 77, refererId };
        }, 300);
        request.socket.destroy();
      });
    };
    const input = { calculate: false, items, idempotencyKey: 'lost' };
    const { data } = await gateway.query(
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { order_number orderNumber } errors { code } } }',
      { input },
    );
    expect(data.createOrder).toEqual({ order: { order_number: 'AB1CD', orderNumber: '77' }, errors: [] });
    expect(posts()).toHaveLength(1);
  });
});
