import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  HideCartDocument,
  PlaceOrderDocument,
  PlaceOrderWithErrorsDocument,
} from '../operations/generated/graphql.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { wireFieldsOf } from '../wire-fields.ts';

const documented = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const current = '0B299518-FB54-491A-A6E0-5B6BA6E20868';
const unknown = '00000000-0000-0000-0000-000000000000';

let gateway: GatewayOnSandbox;

beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

const callsMade = () => gateway.calls.map(({ method, path }) => `${method} ${path}`);

describe('Mutation.placeOrder', () => {
  test("runs Magento's document word for word, and it costs one call", async () => {
    const answer = await gateway.query(`mutation {
  placeOrder(
    input: {
      cart_id: "${documented}"
    }
  ) {
    order {
      order_number
    }
  }
}`);
    expect(answer).toEqual({ data: { placeOrder: { order: { order_number: 'AB1CD' } } } });
    expect(callsMade()).toEqual([`POST /carts/${documented}/place`]);
  });

  test('runs it with $cartId: String!', async () => {
    const answer = await gateway.execute(PlaceOrderDocument, { cartId: documented });
    expect(answer).toEqual({ data: { placeOrder: { order: { order_number: 'AB1CD' } } } });
  });

  test('reads the rest of the order once, with what order and orderV2 select together', async () => {
    const { data, errors } = await gateway.execute(PlaceOrderWithErrorsDocument, {
      input: { cart_id: documented },
    });
    expect(errors).toBeUndefined();
    expect(data?.placeOrder).toEqual({
      order: {
        id: 'AB1CD',
        order_number: 'AB1CD',
        order_id: 'AB1CD',
        number: 'AB1CD',
        orderNumber: '108394551',
        total: 37.39,
        paymentStatus: 'AWAITING_PAYMENT',
      },
      orderV2: { number: 'AB1CD' },
      errors: [],
    });
    expect(callsMade()).toEqual([`POST /carts/${documented}/place`, 'GET /orders/AB1CD']);
    expect(wireFieldsOf(gateway.calls[1])).toEqual([
      'id',
      'internalId',
      'orderNumber',
      'paymentStatus',
      'publicUid',
      'total',
      'vendorOrderNumber',
    ]);
  });

  test.each([
    ['no input', null, 'CART_ID_MISSING', 'Required parameter "cart_id" is missing'],
    ['an empty id', { cart_id: '' }, 'CART_ID_MISSING', 'Required parameter "cart_id" is missing'],
    ['a blank id', { cart_id: ' \t' }, 'CART_ID_MISSING', 'Required parameter "cart_id" is missing'],
    ['an unknown cart', { cart_id: unknown }, 'CART_NOT_FOUND', `Could not find a cart with ID "${unknown}"`],
    ['a path', { cart_id: '../orders' }, 'CART_NOT_FOUND', 'Could not find a cart with ID "../orders"'],
  ])('refuses %s in the payload where errors is selected', async (_name, input, code, message) => {
    const answer = await gateway.execute(PlaceOrderWithErrorsDocument, { input: input ?? null });
    expect(answer).toEqual({
      data: { placeOrder: { order: null, orderV2: null, errors: [{ code, message }] } },
    });
  });

  test.each([
    ['', 'CART_ID_MISSING', 'UNDEFINED', 'graphql-input'],
    [unknown, 'CART_NOT_FOUND', 'CART_NOT_FOUND', 'graphql-no-such-entity'],
  ])(
    'throws the refusal of %j from the field where errors is not selected',
    async (cartId, code, errorCode, category) => {
      const { data, errors } = await gateway.execute(PlaceOrderDocument, { cartId });
      expect(data).toEqual({ placeOrder: null });
      expect(errors).toMatchObject([
        { path: ['placeOrder'], extensions: { code, error_code: errorCode, category } },
      ]);
    },
  );

  test('gives back no more of an endless id than a real one would be', async () => {
    const cartId = 'x'.repeat(10_000);
    const { errors } = await gateway.execute(PlaceOrderDocument, { cartId });
    expect(errors?.[0]?.message).toBe(`Could not find a cart with ID "${'x'.repeat(64)}"`);
    const hidden = await gateway.execute(HideCartDocument, { input: { cart_id: cartId } });
    expect(hidden.data?.hideCart?.errors[0]?.message).toHaveLength(errors?.[0]?.message.length ?? 0);
  });

  test('takes errors in a fragment, under an alias, or skipped for what it is', async () => {
    const run = (selection: string, fragment = '') =>
      gateway.query(`mutation { p: placeOrder(input: { cart_id: "" }) { ${selection} } } ${fragment}`);
    expect((await run('...E', 'fragment E on PlaceOrderOutput { why: errors { code } }')).data).toEqual({
      p: { why: [{ code: 'CART_ID_MISSING' }] },
    });
    expect((await run('errors @skip(if: true) { code } order { id }')).errors).toHaveLength(1);
  });

  test('answers a second call for a cart that is gone with CART_NOT_FOUND, having placed it once', async () => {
    await gateway.execute(PlaceOrderDocument, { cartId: documented });
    const second = await gateway.execute(PlaceOrderWithErrorsDocument, { input: { cart_id: documented } });
    expect(second.data?.placeOrder?.errors).toMatchObject([{ code: 'CART_NOT_FOUND' }]);
  });

  test('answers a second call with the same order where placed carts stay listed', async () => {
    const other = await startGateway({ afterPlacing: 'kept' });
    try {
      for (let call = 0; call < 3; call += 1) {
        const { data } = await other.execute(PlaceOrderWithErrorsDocument, {
          input: { cart_id: documented },
        });
        expect(data?.placeOrder).toMatchObject({
          order: { order_number: 'AB1CD', total: 37.39 },
          errors: [],
        });
      }
    } finally {
      await other.close();
    }
  });
});

describe('Mutation.hideCart', () => {
  test('hides a cart, and shows it again', async () => {
    const hide = await gateway.execute(HideCartDocument, { input: { cart_id: current } });
    expect(hide).toEqual({ data: { hideCart: { cart: { id: current, hidden: true }, errors: [] } } });
    expect((await gateway.query(`{ cart(id: "${current}") { hidden } }`)).data).toEqual({
      cart: { hidden: true },
    });
    const show = await gateway.execute(HideCartDocument, { input: { cart_id: current, hidden: false } });
    expect(show.data?.hideCart?.cart).toEqual({ id: current, hidden: false });
  });

  test('costs one call where what it wrote is all that is asked for, and one more for the rest', async () => {
    await gateway.execute(HideCartDocument, { input: { cart_id: current } });
    expect(callsMade()).toEqual([`PUT /carts/${current}`]);
    const { data } = await gateway.query(
      `mutation { hideCart(input: { cart_id: "${current}" }) { cart { id hidden email } } }`,
    );
    expect(data.hideCart.cart.email).toMatch(/@/);
    expect(callsMade().slice(1)).toEqual([`PUT /carts/${current}`, `GET /carts/${current}`]);
  });

  test('answers a later field of the operation with the cart as it is then', async () => {
    const { data } = await gateway.query(`mutation {
      a: hideCart(input: { cart_id: "${current}" }) { cart { hidden email updateDate } }
      b: hideCart(input: { cart_id: "${current}", hidden: false }) { cart { hidden email updateDate } }
    }`);
    expect([data.a.cart.hidden, data.b.cart.hidden]).toEqual([true, false]);
    expect(callsMade()).toHaveLength(4);
  });

  test.each([
    ['', 'CART_ID_MISSING'],
    [unknown, 'CART_NOT_FOUND'],
    ['../profile', 'CART_NOT_FOUND'],
  ])('refuses %j where the caller looks', async (cartId, code) => {
    const inPayload = await gateway.execute(HideCartDocument, { input: { cart_id: cartId } });
    expect(inPayload.data?.hideCart).toMatchObject({ cart: null, errors: [{ code }] });
    const thrown = await gateway.query(
      `mutation { hideCart(input: { cart_id: "${cartId}" }) { cart { id } } }`,
    );
    expect(thrown).toMatchObject({ data: { hideCart: null }, errors: [{ extensions: { code } }] });
  });
});
