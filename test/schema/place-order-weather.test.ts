import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNothingLeaked, weather } from '../bad-weather.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const badId = 'BAD00000-0000-0000-0000-000000000002';

let origin: ScriptedOrigin;
let gateway: RunningGateway;

beforeAll(async () => {
  origin = await startScriptedOrigin();
  gateway = await startGatewayOver(origin.url, { deadlineMs: 1_000 });
});
afterAll(async () => {
  await gateway.close();
  await origin.close();
});

describe('when Ecwid answers with', () => {
  test.each(weather)(
    '%s to a request to place, it is sent once, and nobody is told that nothing was placed unless it is sure',
    async (name, script, code) => {
      origin.script = script;
      origin.requests.length = 0;
      gateway.logLines.length = 0;
      const answer = await gateway.query(
        `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { id } errors { code message } } }`,
      );
      expect(origin.requests).toEqual([`POST /api/v3/4870020/carts/${badId}/place`]);
      // The gateway's own settings are wrong: no fault of the cart's.
      if (/^(403 for the token|404 for the store)/.test(name)) {
        expect(answer).toMatchObject({ data: { placeOrder: null }, errors: [{ extensions: { code } }] });
      } else {
        const refusal = /^(402|429)/.test(name) ? 'UNABLE_TO_PLACE_ORDER' : 'OUTCOME_UNKNOWN';
        expect(answer.data.placeOrder).toMatchObject({ order: null, errors: [{ code: refusal }] });
        expect(gateway.logLines.map((line) => JSON.parse(line))).toMatchObject([{ code, refusal }]);
      }
      expectNothingLeaked(origin, JSON.stringify(answer));
      expectNothingLeaked(origin, gateway.logLines.join(''));
    },
  );
});

describe('hiding a cart', () => {
  const hide = `mutation { hideCart(input: { cart_id: "${badId}" }) { cart { id } errors { code } } }`;

  test('that the token does not reach is not permitted, and the log says why', async () => {
    origin.script = answerJson({ errorCode: 'INSUFFICIENT_APP_SCOPE' }, 403);
    gateway.logLines.length = 0;
    const { data } = await gateway.query(hide);
    expect(data.hideCart).toEqual({ cart: null, errors: [{ code: 'NOT_PERMITTED' }] });
    expect(gateway.logLines.map((line) => JSON.parse(line))).toMatchObject([
      { errorCode: 'INSUFFICIENT_APP_SCOPE' },
    ]);
  });

  test.each([
    [403, 'INVALID_API_TOKEN'],
    [500, 'INTERNAL_ERROR'],
    [404, 'STORE_NOT_FOUND'],
  ])('fails where Ecwid answers %i %s', async (status, ecwidErrorCode) => {
    origin.script = answerJson({ errorCode: ecwidErrorCode }, status);
    const { data, errors } = await gateway.query(hide);
    expect(data).toEqual({ hideCart: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR', ecwidErrorCode } }]);
  });

  test('that has changed once and cannot be read back tells what is known', async () => {
    origin.script = (request, response) =>
      request.method === 'PUT'
        ? answerJson({ updateCount: 1 })(request, response)
        : answerJson({}, 500)(request, response);
    const { data, errors } = await gateway.query(
      `mutation { hideCart(input: { cart_id: "${badId}" }) { cart { id hidden email } } }`,
    );
    expect(data.hideCart.cart).toEqual({ id: badId, hidden: true, email: null });
    expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['hideCart.cart.email']);
  });
});

describe('a store that cannot be reached', () => {
  test('is no outcome of placing, since nothing was sent', async () => {
    const closed = await startScriptedOrigin();
    await closed.close();
    const lonely = await startGatewayOver(closed.url);
    try {
      const answer = await lonely.query(
        `mutation { placeOrder(input: { cart_id: "${badId}" }) { errors { code } } hideCart(input: { cart_id: "${badId}" }) { errors { code } } }`,
      );
      expect(answer.data).toEqual({ placeOrder: null, hideCart: null });
      expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual([
        'UPSTREAM_ERROR',
        'UPSTREAM_ERROR',
      ]);
    } finally {
      await lonely.close();
    }
  });
});

describe('an order that was placed', () => {
  test('keeps its number where the rest of it cannot be read', async () => {
    origin.script = (request, response) =>
      request.method === 'POST'
        ? answerJson({ id: 'AB1CD', orderNumber: 108394551, vendorOrderNumber: '108394551', cartId: badId })(
            request,
            response,
          )
        : answerJson({}, 503)(request, response);
    const { data, errors } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) {
        order { order_number orderNumber total email } orderV2 { number } errors { code }
      } }`,
    );
    expect(data.placeOrder).toEqual({
      order: { order_number: 'AB1CD', orderNumber: '108394551', total: null, email: null },
      orderV2: { number: 'AB1CD' },
      errors: [],
    });
    expect(errors?.map(({ path }) => path?.join('.')).sort()).toEqual([
      'placeOrder.order.email',
      'placeOrder.order.total',
    ]);
  });

  test('keeps its number where it cannot be found yet', async () => {
    origin.script = (request, response) =>
      request.method === 'POST'
        ? answerJson({ id: 'AB1CD', orderNumber: 108394551 })(request, response)
        : answerJson({ errorCode: 'ORDER_NOT_FOUND' }, 404)(request, response);
    const { data, errors } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { order_number total } } }`,
    );
    expect(data.placeOrder.order).toEqual({ order_number: 'AB1CD', total: null });
    expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['placeOrder.order.total']);
  });

  test('is told from the older answer, which has no id and no cartId', async () => {
    origin.script = answerJson({ orderNumber: 829, vendorOrderNumber: '000008292017' });
    const { data } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { order_number orderNumber } } }`,
    );
    expect(data.placeOrder.order).toEqual({ order_number: '000008292017', orderNumber: '829' });
  });

  test('takes what the write has left open from the order itself', async () => {
    origin.script = (request, response) =>
      answerJson(
        request.method === 'POST'
          ? { id: 'AB1CD' }
          : { id: 'AB1CD', orderNumber: 77, vendorOrderNumber: 'AB1CD', total: 5, paymentStatus: 'PAID' },
      )(request, response);
    const { data } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { orderNumber vendorOrderNumber total } } }`,
    );
    expect(data.placeOrder.order).toEqual({ orderNumber: '77', vendorOrderNumber: 'AB1CD', total: 5 });
  });

  test('that is known by its internal number alone is asked for the number that customers see', async () => {
    const order = { id: 'AB1CD', orderNumber: 77, total: 5 };
    const script =
      (isReadable: boolean): ScriptedOrigin['script'] =>
      (request, response) => {
        if (request.method === 'POST') return answerJson({}, 409)(request, response);
        if (request.url?.includes('/carts/')) return answerJson({ recoveredOrderId: 77 })(request, response);
        return isReadable ? answerJson(order)(request, response) : answerJson({}, 503)(request, response);
      };
    const place = () =>
      gateway.query(
        `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { order_number total } errors { code } } }`,
      );
    origin.script = script(true);
    expect((await place()).data.placeOrder).toEqual({
      order: { order_number: 'AB1CD', total: 5 },
      errors: [],
    });
    origin.script = script(false);
    expect((await place()).data.placeOrder).toEqual({
      order: { order_number: '77', total: null },
      errors: [],
    });
  });

  test('is not known where nobody can say what became of the cart', async () => {
    origin.script = (request, response) =>
      request.method === 'POST'
        ? answerJson({}, 409)(request, response)
        : answerJson({}, 503)(request, response);
    const { data } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) { errors { code } } }`,
    );
    expect(data.placeOrder.errors).toEqual([{ code: 'OUTCOME_UNKNOWN' }]);
  });

  test('is not known where the answer names no order', async () => {
    origin.script = answerJson({ cartId: badId });
    const { errors } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { order_number } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);
  });
});
