import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { type FragmentType, readFragment } from './generated/fragment-masking.ts';
import { createRequestClient } from './graphql-request-client.ts';
import { CalculationWithTotals, CartWithTotals, OrderWithTotals, PlaceOrder, Totals } from './operations.ts';
import { gretasCart } from './store-contents.ts';

/** A component, but for its looks. It has the fields of its own fragment, whatever they are the fields of. */
function describeTotals(details: FragmentType<typeof Totals>): string {
  const { subtotal, total, shippingOption } = readFragment(Totals, details);
  return `${subtotal} by ${shippingOption?.shippingMethodName}: ${total}`;
}

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

describe('fragments on OrderDetails', () => {
  test('serve a cart, the order that it becomes, and a calculation by the same component', async () => {
    const client = createRequestClient(gateway.url, 'anybody');
    const { cart } = await client.request(CartWithTotals, { id: gretasCart });
    const { placeOrder } = await client.request(PlaceOrder, { input: { cart_id: gretasCart } });
    const { order } = await client.request(OrderWithTotals, { id: placeOrder?.order?.id ?? '' });
    const { calculateOrder } = await client.request(CalculationWithTotals, {
      input: { items: [{ name: 'Cherry', price: 5.99, quantity: 2 }] },
    });
    if (!cart || !placeOrder?.order || !order) throw new Error('There is nothing to describe.');

    expect(describeTotals(cart)).toMatch(/^[\d.]+ by \w[\w ]+: [\d.]+$/);
    expect(describeTotals(placeOrder.order)).toBe(describeTotals(cart));
    expect(describeTotals(order)).toBe(describeTotals(cart));
    expect(describeTotals(calculateOrder)).toMatch(/^11.98 by \w[\w ]+: [\d.]+$/);
  });

  test('hide their fields from whoever spreads them', async () => {
    const { cart } = await createRequestClient(gateway.url, 'anybody').request(CartWithTotals, {
      id: 'AAAAAAAA-0000-4000-8000-000000000000',
    });
    expectTypeOf(cart?.id).toEqualTypeOf<string | undefined>();
    // @ts-expect-error The total is the fragment's own.
    expect(cart?.total).toBeUndefined();
    expectTypeOf(readFragment(Totals, cart)?.total).toEqualTypeOf<number | null | undefined>();
  });

  test('take nothing that lacks them', () => {
    // @ts-expect-error Without the fragment in its selection, a cart is none to describe.
    const describe = () => describeTotals({ id: gretasCart, total: 1 });
    expect(describe).toBeTypeOf('function');
  });
});
