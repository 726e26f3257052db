import { afterAll, describe, expect, test } from 'vitest';
import { startGateway } from '../running-gateway.ts';
import { subscribe } from '../subscribe.ts';
import { testAuthenticate } from '../viewers.ts';

const gateway = await startGateway({}, [], { authenticate: testAuthenticate });
const staff = 'staff read_orders update_orders create_orders';
afterAll(() => gateway.close());

const { nodes } = (await gateway.as(staff).query('{ carts(first: 50) { nodes { id customerId } } }')).data
  .carts;
const cartOf = (isGuest: boolean) =>
  nodes.find(({ customerId }: { customerId: string | null }) => (customerId === null) === isGuest);

function hide(cartId: string, hidden = true) {
  return gateway
    .as(staff)
    .query(`mutation { hideCart(input: { cart_id: "${cartId}", hidden: ${hidden} }) { errors { code } } }`);
}

describe('a subscription', () => {
  test('tells of a cart as it is after each change', async () => {
    const { id } = cartOf(true);
    const listener = await subscribe(gateway.url, `subscription { cartChanged(id: "${id}") { id hidden } }`);
    await hide(id);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id, hidden: true } } });
    await hide(id, false);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id, hidden: false } } });
    await listener.leave();
  });
});
