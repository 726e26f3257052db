import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HideCartDocument } from '../operations/generated/graphql.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const current = '0B299518-FB54-491A-A6E0-5B6BA6E20868';
const unknown = '00000000-0000-0000-0000-000000000000';

let gateway: GatewayOnSandbox;

beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

const callsMade = () => gateway.calls.map(({ method, path }) => `${method} ${path}`);

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
