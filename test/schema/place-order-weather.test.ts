import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectNothingLeaked, weather } from '../bad-weather.ts';
import { placeableCart } from '../placeable-cart.ts';
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

/** A store with this one cart, which is gone once it was asked to place it, unless it `stays`. */
function store({
  place,
  order,
  stays = false,
}: {
  place: ScriptedOrigin['script'];
  order?: ScriptedOrigin['script'];
  stays?: boolean;
}): ScriptedOrigin['script'] {
  let isGone = false;
  return (request, response) => {
    if (request.method === 'POST') {
      isGone = !stays;
      return place(request, response);
    }
    if (request.url?.includes('/orders?')) return answerJson({ total: 0, items: [] })(request, response);
    if (request.url?.includes('/orders/')) return (order ?? answerJson({}, 503))(request, response);
    return (isGone ? answerJson({ errorCode: 'ORDER_NOT_FOUND' }, 404) : answerJson(placeableCart))(
      request,
      response,
    );
  };
}

const posts = () => origin.requests.filter((request) => request.startsWith('POST'));

describe('when Ecwid answers with', () => {
  // Its time is up soon, and each has a journal of its own: what was sent before is not forgotten.
  const timing = { deadlineMs: 600, stepMs: 300, pauseMs: 50 };

  test.each(weather)(
    '%s to a request to place, nobody is told that nothing was placed unless it is sure',
    async (name, script, code) => {
      const hasRefused = /^(402|403|404 for|429)/.test(name);
      origin.script = store({ place: script, stays: hasRefused });
      origin.requests.length = 0;
      const other = await startGatewayOver(origin.url, { deadlineMs: 300, timing });
      const answer = await other.query(
        `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { id } errors { code message } } }`,
      );
      await other.close();
      const lines = other.logLines.map((line) => JSON.parse(line));
      // Neither the cart nor what Ecwid made of it is at fault.
      if (/^(403 for the token|404 for the store|429)/.test(name)) {
        const message = expect.stringMatching(/This call made no order, and it is safe to try again\.$/);
        expect(answer).toMatchObject({
          data: { placeOrder: null },
          errors: [{ message, extensions: { code } }],
        });
        expect(lines).toMatchObject([{ mutation: 'placeOrder', refusals: [code] }]);
      } else {
        const refusal = hasRefused ? 'UNABLE_TO_PLACE_ORDER' : 'OUTCOME_UNKNOWN';
        expect(answer.data.placeOrder).toMatchObject({ order: null, errors: [{ code: refusal }] });
        expect(posts()).toHaveLength(1);
        expect(lines).toMatchObject([{ mutation: 'placeOrder', code, refusals: [refusal] }]);
      }
      expectNothingLeaked(origin, JSON.stringify(answer));
      expectNothingLeaked(origin, other.logLines.join(''));
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
        'UPSTREAM_UNAVAILABLE',
        'UPSTREAM_UNAVAILABLE',
      ]);
    } finally {
      await lonely.close();
    }
  });
});

describe('an order that was placed', () => {
  // A journal of its own for each: an order is remembered for good.
  let gateway: RunningGateway;
  beforeEach(async () => {
    gateway = await startGatewayOver(origin.url);
  });
  afterEach(() => gateway.close());
  const place = (selection: string) =>
    gateway.query(`mutation { placeOrder(input: { cart_id: "${badId}" }) { ${selection} } }`);

  test('keeps its number where the rest of it cannot be read', async () => {
    origin.script = store({
      place: answerJson({
        id: 'AB1CD',
        orderNumber: 108394551,
        vendorOrderNumber: '108394551',
        cartId: badId,
      }),
    });
    const { data, errors } = await place(
      'order { order_number orderNumber total email } orderV2 { number } errors { code }',
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

  test('keeps its number where a list cannot be read, which is then empty and said to have failed', async () => {
    origin.script = store({ place: answerJson({ id: 'AB1CD' }) });
    const { data, errors } = await place('order { order_number items { name } refunds { amount } }');
    expect(data.placeOrder.order).toEqual({ order_number: 'AB1CD', items: [], refunds: [] });
    expect(errors).toMatchObject([
      { path: ['placeOrder', 'order', 'items'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
      { path: ['placeOrder', 'order', 'refunds'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
    ]);
    expectNothingLeaked(origin, JSON.stringify(errors) + gateway.logLines.join(''));
  });

  test('keeps its number where it cannot be found yet', async () => {
    origin.script = store({
      place: answerJson({ id: 'AB1CD', orderNumber: 108394551 }),
      order: answerJson({ errorCode: 'ORDER_NOT_FOUND' }, 404),
    });
    const { data, errors } = await place('order { order_number total }');
    expect(data.placeOrder.order).toEqual({ order_number: 'AB1CD', total: null });
    expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['placeOrder.order.total']);
  });

  test('is told from the older answer, which has no id and no cartId', async () => {
    origin.script = store({ place: answerJson({ orderNumber: 829, vendorOrderNumber: '000008292017' }) });
    const { data } = await place('order { order_number orderNumber }');
    expect(data.placeOrder.order).toEqual({ order_number: '000008292017', orderNumber: '829' });
  });

  test('takes what the write has left open from the order itself', async () => {
    origin.script = store({
      place: answerJson({ id: 'AB1CD' }),
      order: answerJson({ id: 'AB1CD', orderNumber: 77, vendorOrderNumber: 'AB1CD', total: 5 }),
    });
    const { data } = await place('order { orderNumber vendorOrderNumber total }');
    expect(data.placeOrder.order).toEqual({ orderNumber: '77', vendorOrderNumber: 'AB1CD', total: 5 });
  });

  test('that is known by its internal number alone is asked for the number that customers see', async () => {
    origin.script = (request, response) =>
      answerJson(
        request.url?.includes('/carts/')
          ? { recoveredOrderId: 77 }
          : { id: 'AB1CD', orderNumber: 77, total: 5 },
      )(request, response);
    expect((await place('order { order_number total } errors { code }')).data.placeOrder).toEqual({
      order: { order_number: 'AB1CD', total: 5 },
      errors: [],
    });
    origin.script = answerJson({}, 503);
    expect((await place('order { order_number total } errors { code }')).data.placeOrder).toEqual({
      order: { order_number: '77', total: null },
      errors: [],
    });
  });
});
