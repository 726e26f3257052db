import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { testAuthenticate } from '../viewers.ts';
import { everyScope, staff, verdicts } from './table.ts';

describe('docs/access.md, of what changes the store', () => {
  let gateway: GatewayOnSandbox;
  beforeEach(async () => {
    gateway = await startGateway({}, [], { authenticate: testAuthenticate, required: [] });
  });
  afterEach(() => gateway.close());

  test('is right about hideCart', async () => {
    const { data } = await gateway.as(everyScope).query('{ carts(first: 1) { nodes { id } } }');
    const [{ id }] = data.carts.nodes;
    const hide = (fields: string) => `mutation { hideCart(input: { cart_id: "${id}" }) { ${fields} } }`;
    for (const [viewer, allowed] of verdicts('hideCart')) {
      gateway.calls.length = 0;
      const told = await gateway.as(viewer).query(hide('cart { hidden } errors { code }'));
      if (allowed.length > 0) {
        expect(told.data.hideCart).toEqual({ cart: { hidden: true }, errors: [] });
        continue;
      }
      expect(told.data.hideCart).toEqual({ cart: null, errors: [{ code: 'NOT_PERMITTED' }] });
      const { errors } = await gateway.as(viewer).query(hide('cart { hidden }'));
      expect(errors).toMatchObject([{ path: ['hideCart'], extensions: { code: 'NOT_PERMITTED' } }]);
      expect(gateway.calls).toEqual([]);
    }
  });

  test('tells who may hide carts and not read them no more than that one is hidden', async () => {
    const staffOnly = gateway.as(staff('update_orders'));
    const { data: found } = await gateway.as(everyScope).query('{ carts(first: 1) { nodes { id } } }');
    const { data, errors } = await staffOnly.query(
      `mutation { hideCart(input: { cart_id: "${found.carts.nodes[0].id}" }) { cart { hidden email } } }`,
    );
    expect(data.hideCart.cart).toEqual({ hidden: true, email: null });
    expect(errors).toMatchObject([
      { path: ['hideCart', 'cart', 'email'], extensions: { code: 'NOT_PERMITTED' } },
    ]);
  });
});
