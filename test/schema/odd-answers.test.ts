import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CartsDocument, WholeCartDocument } from '../operations/generated/graphql.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const id = 'ODD00000-0000-0000-0000-000000000001';

let origin: ScriptedOrigin;
let gateway: RunningGateway;

beforeAll(async () => {
  origin = await startScriptedOrigin();
  gateway = await startGatewayOver(origin.url);
});
beforeEach(() => {
  gateway.logLines.length = 0;
});
afterAll(async () => {
  await gateway.close();
  await origin.close();
});

async function cartFrom(body: unknown) {
  origin.script = (request, response) =>
    answerJson(request.url?.includes('/orders/') ? { id: 'AB1CD' } : body)(request, response);
  const { data, errors = [] } = await gateway.execute(WholeCartDocument, { id });
  return { cart: data?.cart, errors };
}

describe('an odd cart', () => {
  test('of which nothing but the id is known is answered with nulls and empty lists', async () => {
    const { cart, errors } = await cartFrom({});
    expect(errors).toEqual([]);
    expect(cart).toMatchObject({
      id,
      hidden: false,
      email: null,
      items: [],
      discountInfo: [],
      billingPerson: null,
    });
  });

  test('that comes wrapped as a search result of one is unwrapped', async () => {
    const { cart } = await cartFrom({
      total: 1,
      count: 1,
      offset: 0,
      limit: 100,
      items: [{ cartId: id, total: 5 }],
    });
    expect(cart).toMatchObject({ id, total: 5, items: [] });
  });

  test('with the older spellings of everything is read as the newer ones are', async () => {
    const { cart, errors } = await cartFrom({
      cartId: id,
      total: '37.39',
      customerId: '15319410',
      hidden: 'true',
      recovered_order_id: '1231245',
      recovery_email_sent_timestamp: '1427272209',
      createDate: '2014-09-20 11:59:43 -0800',
      discountInfo: [{ value: 2, type: 'ABSOLUTE', base: 'custom', order_total: 15 }],
      shippingOption: { estimatedTransitTime: 5, fulfillmentType: 'pickup', shippingRate: '10' },
      items: [{ id: 40989227, quantity: '5', productDimensions: { length: 34, width: 3, height: 22 } }],
    });
    expect(errors).toEqual([]);
    expect(cart).toMatchObject({
      total: 37.39,
      customerId: '15319410',
      recoveredOrder: { order_number: 'AB1CD' },
      hidden: true,
      recoveryEmailSentDate: '2015-03-25T08:30:09.000Z',
      createDate: '2014-09-20T19:59:43.000Z',
      discountInfo: [{ value: 2, type: 'ABS', base: 'CUSTOM', orderTotal: 15 }],
      shippingOption: { estimatedTransitTime: '5', fulfillmentType: 'PICKUP', shippingRate: 10 },
      items: [{ id: '40989227', quantity: 5, dimensions: { length: 34 } }],
    });
  });

  test('keeps every digit of a 64-bit id and every digit of an amount', async () => {
    origin.script = (_request, response) =>
      response.end(
        `{"cartId":"${id}","total":0.1,"subtotal":1234567.891,"items":[{"id":9223372036854775807,"price":19.989999}]}`,
      );
    const { data } = await gateway.execute(WholeCartDocument, { id });
    expect(data?.cart).toMatchObject({
      total: 0.1,
      subtotal: 1234567.891,
      items: [{ id: '9223372036854775807', price: 19.989999 }],
    });
  });

  test('fails each field that cannot be read on its own, and nothing else', async () => {
    const { cart, errors } = await cartFrom({
      cartId: id,
      email: { address: 'ann@example.com' },
      total: 'a lot of money',
      subtotal: 10,
      tax: null,
      createDate: 'yesterday',
      hidden: { yes: 1 },
      billingPerson: 'Ann of Example Street',
      shippingPerson: { name: ['Ann'], city: 'Example' },
      discountCoupon: {
        code: 'X',
        status: 'ASLEEP',
        orderCount: 1.5,
        catalogLimit: { products: [1, '2', {}] },
      },
      items: [{ name: 'Tea', quantity: 2.5, price: 1e3, isShippingRequired: 'maybe' }, null, 'x'],
      discountInfo: 'none',
      __proto__: { polluted: true },
      extra: { deep: [[[]]] },
    });
    expect(cart).toMatchObject({
      email: null,
      total: null,
      subtotal: 10,
      createDate: null,
      hidden: false,
      billingPerson: null,
      shippingPerson: { name: null, city: 'Example' },
      discountCoupon: {
        code: 'X',
        status: 'UNKNOWN',
        orderCount: null,
        catalogLimit: { products: ['1', '2'] },
      },
      items: [{ name: 'Tea', quantity: null, price: 1000, isShippingRequired: null }],
      discountInfo: [],
    });
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual([
      'cart.billingPerson',
      'cart.createDate',
      'cart.discountCoupon.catalogLimit.products',
      'cart.discountCoupon.orderCount',
      'cart.discountInfo',
      'cart.email',
      'cart.items',
      'cart.items.0.isShippingRequired',
      'cart.items.0.quantity',
      'cart.shippingPerson.name',
      'cart.total',
    ]);
    const logged = gateway.logLines.join('');
    for (const error of errors) {
      expect(error.extensions).toEqual({ code: 'UPSTREAM_ERROR', retryable: false });
      expect(logged).toContain(`"field":"${error.path?.at(-1)}"`);
    }
    for (const value of ['ann@example.com', 'a lot of money', 'Ann of']) {
      expect(JSON.stringify({ errors }) + logged).not.toContain(value);
    }
  });

  test.each([
    [{ value: 8.49 }, 8.49],
    [8.49, 8.49],
    ['8.49', 8.49],
    [{ value: null }, null],
    [{ value: 'much' }, 'an error'],
    ['much', 'an error'],
    [[8.49], 'an error'],
  ])('with a price that the customer named as %j reads it as %j', async (selectedPrice, expected) => {
    origin.script = answerJson({ cartId: id, items: [{ selectedPrice }] });
    const { data, errors } = await gateway.query(`{ cart(id: "${id}") { items { selectedPrice } } }`);
    const isRead = expected !== 'an error';
    expect(data.cart.items).toEqual([{ selectedPrice: isRead ? expected : null }]);
    expect(errors?.map(({ path }) => path?.at(-1))).toEqual(isRead ? undefined : ['selectedPrice']);
  });

  test('in a list is left out, the others stay, and their cursors tell their own places', async () => {
    const items = [{ cartId: 'A' }, null, { total: 5 }, { cartId: 'B' }];
    origin.script = answerJson({ total: 10, limit: 20, items });
    const { data, errors } = await gateway.query(
      '{ carts(first: 4) { nodes { id } edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.carts.nodes).toEqual([{ id: 'A' }, { id: 'B' }]);
    expect(
      data.carts.edges.map(({ cursor }: { cursor: string }) => Buffer.from(cursor, 'base64url').toString()),
    ).toEqual(['offset:0', 'offset:3']);
    expect(data.carts.pageInfo).toEqual({ hasNextPage: true, endCursor: data.carts.edges[1].cursor });
    expect(gateway.logLines.join('')).toContain('"field":"carts"');
  });

  test('with a bad element in a list of amounts or ids keeps the others, and the page, and says so', async () => {
    origin.script = answerJson({
      total: 3e9,
      limit: 20,
      items: [{ cartId: 'A', discountInfo: [{ appliesToItems: [1.5, 7, 'x', {}] }] }],
    });
    const { data, errors } = await gateway.query(
      '{ carts { totalCount nodes { discountInfo { appliesToItems } } } }',
    );
    expect(errors).toMatchObject([
      {
        message: 'Ecwid sent something other than a list that can be read whole for this field.',
        path: ['carts', 'nodes', 0, 'discountInfo', 0, 'appliesToItems'],
        extensions: { code: 'UPSTREAM_ERROR', retryable: false },
      },
    ]);
    expect(data.carts).toEqual({
      totalCount: 2147483647,
      nodes: [{ discountInfo: [{ appliesToItems: ['7', 'x'] }] }],
    });
    origin.script = answerJson({
      total: 1,
      limit: 20,
      items: [{ id: 'A', customDiscount: ['x', 5, '2.5', null] }],
    });
    const orders = await gateway.query('{ orders { nodes { customDiscount } } }');
    expect(orders.data.orders.nodes).toEqual([{ customDiscount: [5, 2.5] }]);
  });

  test('alone on a page does not end the paging, nor start it over', async () => {
    origin.script = answerJson({ total: 10, limit: 1, items: [null] });
    const { data } = await gateway.execute(CartsDocument, { first: 1 });
    expect(data?.carts).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
    });
  });

  test('has its id where the answer says null', async () => {
    const { cart, errors } = await cartFrom({ cartId: null, total: 5 });
    expect(errors).toEqual([]);
    expect(cart).toMatchObject({ id, total: 5 });
  });

  test('is not taken for a search because its items carry something of the name', async () => {
    const { cart } = await cartFrom({ cartId: id, offset: 5, items: [{ cartId: 'Z', name: 'Tea' }] });
    expect(cart).toMatchObject({ id, items: [{ name: 'Tea' }] });
  });

  test('that comes wrapped as a search result of none is none', async () => {
    const { cart, errors } = await cartFrom({ total: 0, count: 0, offset: 0, limit: 100, items: [] });
    expect([cart, errors]).toEqual([null, []]);
  });
});

describe('an odd search', () => {
  test.each([
    ['a body of something else', { errorMessage: 'x' }],
    ['no list', { total: 250, limit: 100 }],
    ['an object for a list', { total: 250, limit: 100, items: {} }],
    ['a full page and no total', { limit: 1, items: [{ cartId: 'A' }] }],
  ])('with %s fails, rather than to tell of a store without carts', async (_name, body) => {
    origin.script = answerJson(body);
    const { data, errors } = await gateway.execute(CartsDocument, { first: 1 });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['carts'], extensions: { code: 'UPSTREAM_ERROR' } }]);
  });

  test('without a total fails where the total is all that is wanted', async () => {
    origin.script = answerJson({});
    const { errors } = await gateway.query('{ carts { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR' } }]);
  });
});

describe('an enum value that is new', () => {
  test('is UNKNOWN, and logged once with what looks like a value', async () => {
    const body = {
      paymentStatus: 'PAID_TWICE',
      fulfillmentStatus: 'sent to ann@example.com',
      items: [{ selectedOptions: [{ type: 'WHEEL_3' }, { type: 'WHEEL_3' }] }],
    };
    origin.script = answerJson(body);
    for (let time = 0; time < 2; time += 1) {
      const { data } = await gateway.query(
        `{ cart(id: "${id}") { paymentStatus fulfillmentStatus items { selectedOptions { type } } } }`,
      );
      expect(data.cart).toEqual({
        paymentStatus: 'UNKNOWN',
        fulfillmentStatus: 'UNKNOWN',
        items: [{ selectedOptions: [{ type: 'UNKNOWN' }, { type: 'UNKNOWN' }] }],
      });
    }
    expect(gateway.logLines.map((line) => JSON.parse(line))).toMatchObject([
      { enum: 'PaymentStatus', value: 'PAID_TWICE' },
      { enum: 'FulfillmentStatus' },
      { enum: 'OptionType', value: 'WHEEL_3' },
    ]);
    expect(gateway.logLines.join('')).not.toContain('ann@');
  });
});
