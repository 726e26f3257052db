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
  origin.script = answerJson(body);
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
    expect(errors).toMatchObject([]);
    expect(cart).toMatchObject({
      total: 37.39,
      customerId: '15319410',
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
      'cart.discountCoupon.orderCount',
      'cart.email',
      'cart.items.0.isShippingRequired',
      'cart.items.0.quantity',
      'cart.shippingPerson.name',
      'cart.total',
    ]);
    const logged = gateway.logLines.join('');
    for (const error of errors) {
      expect(error.extensions).toEqual({ code: 'UPSTREAM_ERROR' });
      expect(logged).toContain(`"path":"${error.path?.join('.')}"`);
    }
    expect(logged).toContain('Cart.items');
    for (const value of ['ann@example.com', 'a lot of money', 'Ann of']) {
      expect(JSON.stringify({ errors }) + logged).not.toContain(value);
    }
  });

  test('in a list is left out, and the others stay', async () => {
    origin.script = answerJson({
      total: 4,
      limit: 20,
      items: [{ cartId: 'A' }, null, { total: 5 }, { cartId: 'B' }],
    });
    const { data, errors } = await gateway.execute(CartsDocument, {});
    expect(errors).toBeUndefined();
    expect(data?.carts.nodes).toEqual([{ id: 'A' }, { id: 'B' }]);
    expect(gateway.logLines.join('')).toContain('"field":"carts"');
  });
});
