import { describe, expect, test } from 'vitest';
import { startGateway } from '../running-gateway.ts';
import { testAuthenticate } from '../viewers.ts';

describe('carts that are remembered', () => {
  test('are told to whoever may see them, until the gateway writes', async () => {
    const remembering = await startGateway({}, [], { cartTtlMs: 600_000, authenticate: testAuthenticate });
    const { calls } = remembering;
    const staff = remembering.as('staff read_orders update_orders');
    const { nodes } = (await staff.query('{ carts(first: 20) { nodes { id customerId } } }')).data.carts;
    const { id, customerId } = nodes.find((cart: { customerId: string | null }) => cart.customerId !== null);
    const readCart = `{ cart(id: "${id}") { id customerId hidden } }`;
    calls.length = 0;

    expect(await staff.query(readCart)).toEqual({ data: { cart: { id, customerId, hidden: false } } });
    expect(await staff.query(readCart)).toEqual({ data: { cart: { id, customerId, hidden: false } } });
    expect(await remembering.as('customer 999').query(readCart)).toEqual({ data: { cart: null } });
    expect(calls.map(({ method }) => method)).toEqual(['GET']);

    await staff.query(`mutation { hideCart(input: { cart_id: "${id}" }) { cart { id } } }`);
    expect(await staff.query(readCart)).toEqual({ data: { cart: { id, customerId, hidden: true } } });
    await remembering.close();
  });

  test('are read anew for placing', async () => {
    const remembering = await startGateway({}, [], { cartTtlMs: 600_000 });
    const { calls } = remembering;
    const { nodes } = (await remembering.query('{ carts(first: 1) { nodes { id } } }')).data.carts;
    const [{ id: cartId }] = nodes;
    await remembering.query(`{ cart(id: "${cartId}") { id } }`);
    calls.length = 0;
    await remembering.query(`mutation { placeOrder(input: { cart_id: "${cartId}" }) { errors { code } } }`);
    expect(calls.filter(({ method, path }) => method === 'GET' && path.endsWith(cartId))).not.toEqual([]);
    await remembering.close();
  });
});
