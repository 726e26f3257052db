import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Scope } from '../../src/viewer.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { testAuthenticate } from '../viewers.ts';
import { cellsOf, everyScope, type Owner, other, own, owners, staff, verdicts, without } from './table.ts';

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

  test('is right about placeOrder, and the order that placeOrder answers with', async () => {
    const { data } = await gateway
      .as(everyScope)
      .query('{ carts(first: 1000) { nodes { id customerId recoveredOrder { id } } } }');
    const customers: Readonly<Record<Owner, string | null>> = { guest: null, own, other };
    const cartsOf = (owner: Owner): string[] =>
      data.carts.nodes
        .filter(
          (cart: { customerId: string | null; recoveredOrder: object | null }) =>
            cart.customerId === customers[owner] && !cart.recoveredOrder,
        )
        .map(({ id }: { id: string }) => id);
    const whole = 'order { number email total items { name } }';
    for (const [n, [viewer, allowed]] of verdicts('placeOrder').entries()) {
      const caller = gateway.as(viewer);
      for (const owner of owners) {
        const id = cartsOf(owner)[n];
        const place = (fields: string) =>
          caller.query(`mutation { placeOrder(input: { cart_id: "${id}" }) { ${fields} } }`);
        const { data, errors } = await place(`${whole} errors { code message }`);
        if (allowed.includes(owner)) {
          expect([viewer, owner, errors, data.placeOrder.errors]).toEqual([viewer, owner, undefined, []]);
          expect(data.placeOrder.order).toMatchObject({
            number: expect.any(String),
            total: expect.any(Number),
          });
          expect(data.placeOrder.order.items.length).toBeGreaterThan(0);
        } else {
          const message = `The current user cannot perform operations on cart "${id}"`;
          expect(data.placeOrder).toEqual({ order: null, errors: [{ code: 'NOT_PERMITTED', message }] });
          expect((await place(whole)).errors).toMatchObject([
            { message, extensions: { code: 'NOT_PERMITTED', category: 'graphql-authorization' } },
          ]);
        }
      }
    }
    expect(Object.values(cellsOf('the order that placeOrder answers with'))).toEqual([
      'whole',
      'whole',
      'whole',
    ]);
  });

  test('is right about createOrder', async () => {
    const create = async (viewer: string, input: object) => {
      const items = [{ name: 'Tea', price: 1, quantity: 1 }];
      const { data } = await gateway
        .as(viewer)
        .query('mutation ($input: CreateOrderInput!) { createOrder(input: $input) { errors { code } } }', {
          input: { items, ...input },
        });
      return data.createOrder.errors.map(({ code }: { code: string }) => code);
    };
    const statuses = { paymentStatus: 'INCOMPLETE', fulfillmentStatus: 'AWAITING_PROCESSING' };
    const requests: readonly (readonly [needs: readonly string[], input: object])[] = [
      [[], {}],
      [['INCOMPLETE', 'AWAITING_PROCESSING'], statuses],
      [['the own customerId'], { customerId: own }],
      [['everything'], { customerId: other }],
      [['everything'], { paymentStatus: 'PAID' }],
      [['everything'], { fulfillmentStatus: 'SHIPPED' }],
      [['everything'], { privateAdminNotes: 'Call back' }],
    ];
    const { guest, customer, staff: scope } = cellsOf('createOrder');
    const words = (cell: string) => cell.split(/, and |, /);
    const viewers: readonly (readonly [viewer: string, allowed: readonly string[]])[] = [
      ['guest', words(guest)],
      [`customer ${own}`, words(customer)],
      [staff(scope as Scope), ['INCOMPLETE', 'AWAITING_PROCESSING', 'the own customerId', 'everything']],
    ];
    for (const [viewer, allowed] of viewers) {
      for (const [needs, input] of requests) {
        const isAllowed = needs.every((need) => allowed.includes(need));
        expect([viewer, input, await create(viewer, input)]).toEqual([
          viewer,
          input,
          isAllowed ? [] : ['NOT_PERMITTED'],
        ]);
      }
    }
    for (const [, input] of requests) expect(await create(without(scope), input)).toEqual(['NOT_PERMITTED']);
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
