import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startGateway } from '../running-gateway.ts';
import { type Listener, subscribe } from '../subscribe.ts';
import { testAuthenticate } from '../viewers.ts';

const gateway = await startGateway({}, [], { authenticate: testAuthenticate });
const staff = 'staff read_orders update_orders create_orders';
const { query } = gateway.as(staff);
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const listeners: Listener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.leave();
});

async function follow(field: string, authorization?: string): Promise<Listener> {
  const text = `subscription { ${field} }`;
  const listener = await subscribe(gateway.url, text, authorization ? { authorization } : {});
  listeners.push(listener);
  return listener;
}

const hide = (id: string, hidden = true) =>
  query(`mutation { hideCart(input: { cart_id: "${id}", hidden: ${hidden} }) { errors { code } } }`);
const place = async (id: string): Promise<string> => {
  const { data } = await query(`mutation { placeOrder(input: { cart_id: "${id}" }) { order { id } } }`);
  return data.placeOrder.order.id;
};

// Each is placed once: the journal outlives a reset of the sandbox.
const gretasCart = '5A0DB0C5-0000-4000-8000-000000000001';
const johnsCart = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const { nodes } = (await query('{ carts(first: 100) { nodes { id customerId } } }')).data.carts as {
  nodes: { id: string; customerId: string | null }[];
};
const guestsCart = nodes.find(({ customerId }) => customerId === null)?.id ?? '';
const [ann, bob] = nodes.filter(
  ({ customerId }, index) =>
    customerId !== null && nodes.findIndex((other) => other.customerId === customerId) === index,
) as [{ id: string; customerId: string }, { id: string; customerId: string }];
const john = (await query(`{ cart(id: "${johnsCart}") { customerId } }`)).data.cart.customerId;

describe('cartChanged', () => {
  test('tells staff of every cart, as it is after the change', async () => {
    const listener = await follow('cartChanged { id hidden }', staff);
    await hide(guestsCart);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: guestsCart, hidden: true } } });
    await hide(ann.id);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: ann.id, hidden: true } } });
    await hide(ann.id, false);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: ann.id, hidden: false } } });
  });

  test('tells a customer of their own carts, and nothing of the others', async () => {
    const listener = await follow('cartChanged { id }', `customer ${ann.customerId}`);
    await hide(bob.id);
    await hide(ann.id);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: ann.id } } });
  });

  test('tells a customer who names no cart nothing of a guest’s, whose id is as good as a key', async () => {
    const listener = await follow('cartChanged { id }', `customer ${ann.customerId}`);
    await hide(guestsCart);
    await hide(ann.id);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: ann.id } } });
  });

  test('tells a guest of the one cart that they name', async () => {
    const listener = await follow(`cartChanged(id: "${guestsCart}") { id }`);
    await hide(bob.id);
    await hide(guestsCart);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: guestsCart } } });
  });

  test('tells nothing of what is in a cart that is another’s', async () => {
    const listener = await follow(`cartChanged(id: "${ann.id}") { id email }`);
    await hide(ann.id);
    expect(await listener.next()).toEqual({ data: { cartChanged: null } });
  });

  test('is null to who named a cart that became an order, and passed over by who named none', async () => {
    const named = await follow(`cartChanged(id: "${johnsCart}") { id }`, `customer ${john}`);
    const every = await follow('cartChanged { id }', staff);
    await place(johnsCart);
    expect(await named.next()).toEqual({ data: { cartChanged: null } });
    await hide(guestsCart);
    expect(await every.next()).toEqual({ data: { cartChanged: { id: guestsCart } } });
  });

  test.each([
    ['a guest who names none', undefined, 'cartChanged { id }'],
    ['staff who may not read', 'staff update_orders', 'cartChanged { id }'],
    ['staff who may not read, by an id as well', 'staff update_orders', 'cartChanged(id: "x") { id }'],
  ])('is refused to %s', async (_who, authorization, field) => {
    const listener = await follow(field, authorization);
    expect(await listener.next()).toMatchObject({
      errors: [{ path: ['cartChanged'], extensions: { code: 'NOT_PERMITTED' } }],
    });
    expect(await listener.next()).toBeUndefined();
  });

  test.each(['cart', 'order'] as const)('takes no id of a %s that is longer than any is', async (kind) => {
    const id = 'A'.repeat(128);
    const longest = await follow(`${kind}Changed(id: "${id}") { id }`, staff);
    gateway.changes.publish({ kind, id });
    expect(await longest.next()).toEqual({ data: { [`${kind}Changed`]: null } });
    const refused = await follow(`${kind}Changed(id: "${id}A") { id }`, staff);
    expect((await refused.next())?.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'id' } },
    ]);
  });

  test('takes no blank id for none', async () => {
    const listener = await follow('cartChanged(id: " ") { id }', staff);
    expect((await listener.next())?.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'id' } },
    ]);
  });

  test('asks for a cart’s owner once, however many customers ask whose it is', async () => {
    const fields = ['email', 'total', 'subtotal', 'tax', 'hidden', 'createDate', 'updateDate', 'trackingUrl'];
    await Promise.all(
      Array.from({ length: 32 }, (_one, index) =>
        follow(`cartChanged { ${fields[index % fields.length]} }`, `customer ${90_000 + index}`),
      ),
    );
    const owner = await follow('cartChanged { id }', `customer ${ann.customerId}`);
    gateway.calls.length = 0;
    gateway.changes.publish({ kind: 'cart', id: ann.id });
    expect(await owner.next()).toEqual({ data: { cartChanged: { id: ann.id } } });
    // Its owner’s own fields are the second one.
    expect(gateway.calls.length).toBeLessThanOrEqual(2);
  });
});

describe('orderChanged', () => {
  test('tells of an order that a cart became, and of one that was created', async () => {
    const listener = await follow('orderChanged { id paymentStatus }', staff);
    const id = await place(gretasCart);
    const told = { id, paymentStatus: 'AWAITING_PAYMENT' };
    expect(await listener.next()).toEqual({ data: { orderChanged: told } });
    const { data } = await query(
      `mutation { createOrder(input: { email: "ann@example.com", paymentStatus: INCOMPLETE,
        items: [{ name: "A", price: 1, quantity: 1 }] }) { order { id } errors { code message } } }`,
    );
    const { order } = data.createOrder;
    expect(await listener.next()).toMatchObject({ data: { orderChanged: { id: order.id } } });
  });

  test('tells a customer of their own orders, and not even when another’s changes', async () => {
    const { orders } = (await query('{ orders(first: 100) { nodes { id customerId } } }')).data;
    const own = orders.nodes.find((order: { customerId: string | null }) => order.customerId !== null);
    const [foreign, later] = orders.nodes
      .filter(({ customerId }: { customerId: string | null }) => customerId !== own.customerId)
      .map((order: { id: string }) => order.id);
    const every = await follow('orderChanged { id }', `customer ${own.customerId}`);
    const named = await follow(`orderChanged(id: "${foreign}") { id }`, `customer ${own.customerId}`);
    gateway.changes.publish({ kind: 'order', id: foreign });
    gateway.changes.publish({ kind: 'order', id: own.id });
    expect(await every.next()).toEqual({ data: { orderChanged: { id: own.id } } });
    await expect(Promise.race([named.next(), every.next(), afterChangeOf(later)])).resolves.toBe('later');
  });

  test('is null to staff who named an order that is gone', async () => {
    const listener = await follow('orderChanged(id: "GONE") { id }', staff);
    gateway.changes.publish({ kind: 'order', id: 'GONE' });
    expect(await listener.next()).toEqual({ data: { orderChanged: null } });
  });

  test('is refused to guests', async () => {
    const listener = await follow('orderChanged(id: "AB1CD") { id }');
    expect((await listener.next())?.errors).toMatchObject([{ extensions: { code: 'NOT_PERMITTED' } }]);
  });
});

/** Once another listener has heard of this change, which is later than those before. */
async function afterChangeOf(orderId: string): Promise<string> {
  const witness = await follow('orderChanged { id }', staff);
  gateway.changes.publish({ kind: 'order', id: orderId });
  await witness.next();
  return 'later';
}
