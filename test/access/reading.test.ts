import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type GatewayOnSandbox, startGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, startScriptedOrigin } from '../scripted-origin.ts';
import { testAuthenticate } from '../viewers.ts';
import { everyScope, type Owner, other, own, owners, staff, verdicts, without } from './table.ts';

interface Possessions {
  readonly cart: string;
  readonly recoveredCart: string;
  readonly order: string;
  readonly orderNumber: string;
  /** A cart seen as an order. */
  readonly incompleteOrder: string;
}

describe('docs/access.md, of what is read', () => {
  let gateway: GatewayOnSandbox;
  let of: Readonly<Record<Owner, Possessions>>;

  beforeAll(async () => {
    gateway = await startGateway({}, [], { authenticate: testAuthenticate });
    const { data } = await gateway.as(everyScope).query(`{
        carts(first: 1000) { nodes { id customerId recoveredOrder { id orderNumber } } }
        orders(first: 1000, filter: { paymentStatus: [INCOMPLETE] }) { nodes { id customerId } }
      }`);
    const possessionsOf = (customerId: string | null): Possessions => {
      const carts = data.carts.nodes.filter(
        (cart: { customerId: string | null }) => cart.customerId === customerId,
      );
      const cart = carts.find(({ recoveredOrder }: { recoveredOrder: object | null }) => !recoveredOrder);
      const recovered = carts.find(({ recoveredOrder }: { recoveredOrder: object | null }) => recoveredOrder);
      return {
        cart: cart.id,
        recoveredCart: recovered.id,
        order: recovered.recoveredOrder.id,
        orderNumber: recovered.recoveredOrder.orderNumber,
        incompleteOrder: data.orders.nodes.find(
          (order: { customerId: string | null }) => order.customerId === customerId,
        ).id,
      };
    };
    of = { guest: possessionsOf(null), own: possessionsOf(own), other: possessionsOf(other) };
  });
  afterAll(() => gateway.close());

  type Road = (caller: Caller, possessions: Possessions) => Promise<unknown>;

  /** Every way to a cart; null or undefined where it does not lead there. */
  const roadsToCarts: Readonly<Record<string, Road>> = {
    cart: async (caller, { cart }) => (await caller.query(`{ cart(id: "${cart}") { total } }`)).data.cart,
    'cart without a field of its own': async (caller, { cart }) =>
      (await caller.query(`{ cart(id: "${cart}") { __typename } }`)).data.cart,
    'cart in a fragment of its interface': async (caller, { cart }) =>
      (await caller.query(`{ cart(id: "${cart}") { ...on OrderDetails { email items { name } } } }`)).data
        .cart,
    'an alias beside others': async (caller, { cart }) => {
      const all = owners.map((owner) => `${owner}: cart(id: "${of[owner].cart}") { id }`).join(' ');
      const { data } = await caller.query(`{ ${all} it: cart(id: "${cart}") { customerId email } }`);
      return data.it;
    },
    cartsByIds: async (caller, { cart }) => {
      const ids = [...owners.map((owner) => of[owner].cart), cart];
      return (await caller.query('query ($ids: [ID!]!) { cartsByIds(ids: $ids) { id } }', { ids })).data
        .cartsByIds[3];
    },
    _entities: (caller, { cart }) => findEntity(caller, 'Cart', cart, 'email'),
    '_entities without a field': (caller, { cart }) => findEntity(caller, 'Cart', cart, '__typename'),
  };

  /** As another service would that points at it. */
  const findEntity = async (caller: Caller, __typename: string, id: string, selection: string) => {
    const text = `query ($it: [_Any!]!) { _entities(representations: $it) { ... on ${__typename} { ${selection} } } }`;
    const all = owners.map((owner) => of[owner][__typename === 'Cart' ? 'cart' : 'order']);
    const it = [...all, id].map((one) => ({ __typename, id: one }));
    return (await caller.query(text, { it })).data._entities[3];
  };

  const roadsToOrders: Readonly<Record<string, Road>> = {
    order: async (caller, { order }) =>
      (await caller.query(`{ order(id: "${order}") { total } }`)).data.order,
    'order by its internal number': async (caller, { orderNumber }) =>
      (await caller.query(`{ order(id: "${orderNumber}") { id } }`)).data.order,
    'order of a cart': async (caller, { incompleteOrder }) =>
      (await caller.query(`{ order(id: "${incompleteOrder}") { email } }`)).data.order,
    'an alias beside others': async (caller, { order }) => {
      const all = owners.map((owner) => `${owner}: order(id: "${of[owner].order}") { id }`).join(' ');
      return (await caller.query(`{ ${all} it: order(id: "${order}") { number } }`)).data.it;
    },
    ordersByIds: async (caller, { order }) => {
      const ids = [...owners.map((owner) => of[owner].order), order];
      return (await caller.query('query ($ids: [ID!]!) { ordersByIds(ids: $ids) { id } }', { ids })).data
        .ordersByIds[3];
    },
    _entities: (caller, { order }) => findEntity(caller, 'Order', order, 'email'),
    '_entities without a field': (caller, { order }) => findEntity(caller, 'Order', order, '__typename'),
  };

  /** Through a cart, so as far as the cart can be seen. */
  const roadsToRecoveredOrders: Readonly<Record<string, Road>> = {
    'recoveredOrder by id alone': async (caller, { recoveredCart }) =>
      (await caller.query(`{ cart(id: "${recoveredCart}") { recoveredOrder { id } } }`)).data.cart
        ?.recoveredOrder,
    'recoveredOrder without a field': async (caller, { recoveredCart }) =>
      (await caller.query(`{ cart(id: "${recoveredCart}") { recoveredOrder { __typename } } }`)).data.cart
        ?.recoveredOrder,
    'recoveredOrder with more': async (caller, { recoveredCart }) =>
      (await caller.query(`{ cartsByIds(ids: ["${recoveredCart}"]) { recoveredOrder { email total } } }`))
        .data.cartsByIds[0]?.recoveredOrder,
  };

  const rows: readonly (readonly [row: string, roads: Readonly<Record<string, Road>>])[] = [
    ['cart, cartsByIds', roadsToCarts],
    ['order, ordersByIds, recoveredOrder', { ...roadsToOrders, ...roadsToRecoveredOrders }],
  ];

  test.each(rows.flatMap(([row, roads]) => Object.keys(roads).map((road) => [row, road] as const)))(
    'is right about %s: %s',
    async (row, name) => {
      const road = new Map(rows).get(row)?.[name];
      for (const [viewer, allowed] of verdicts(row)) {
        for (const owner of owners) {
          const found = await road?.(gateway.as(viewer), of[owner]);
          const what = `${viewer}, ${owner}`;
          if (allowed.includes(owner)) expect(found, what).toMatchObject({});
          else expect(found ?? null, what).toBeNull();
        }
      }
    },
  );

  test('is right about carts, orders', async () => {
    for (const field of ['carts', 'orders']) {
      const text = `{ ${field}(first: 1000) { totalCount nodes { customerId } edges { node { customerId } } } }`;
      for (const [viewer, allowed] of verdicts('carts, orders')) {
        const { data, errors } = await gateway.as(viewer).query(text);
        if (allowed.length === 0) {
          expect([viewer, data, errors]).toMatchObject([
            viewer,
            null,
            [{ extensions: { code: 'NOT_PERMITTED' } }],
          ]);
          continue;
        }
        const { totalCount, nodes, edges } = data[field];
        const found = new Set(
          [...nodes, ...edges.map(({ node }: { node: object }) => node)].map((n) => n.customerId),
        );
        expect(totalCount).toBe(nodes.length);
        if (allowed.length === 1) expect([...found]).toEqual([own]);
        else expect(found.size).toBeGreaterThan(2);
      }
    }
  });

  test.each(['customer', 'keywords', 'customerIdOrEmail', 'orderNumber', 'vendorOrderNumber', 'refererId'])(
    'keeps the filter %s of orders for staff, and another customerId',
    async (name) => {
      const customer = gateway.as(`customer ${own}`);
      const ask = (filter: object) =>
        customer.query('query ($filter: OrderFilter) { orders(filter: $filter) { totalCount } }', { filter });
      for (const filter of [{ [name]: '1' }, { customerId: other }]) {
        const { data, errors } = await ask(filter);
        expect(data).toBeNull();
        expect(errors).toMatchObject([
          { extensions: { code: 'NOT_PERMITTED', argument: `filter.${Object.keys(filter)[0]}` } },
        ]);
      }
      expect((await ask({ customerId: own, [name]: null })).data.orders.totalCount).toBeGreaterThan(0);
    },
  );

  test('is right about calculateOrder, store', async () => {
    const text = '{ calculateOrder(input: { items: [{ price: 1, quantity: 1 }] }) { total } store { id } }';
    for (const [viewer, allowed] of verdicts('calculateOrder, store')) {
      expect(allowed).toEqual(owners);
      expect((await gateway.as(viewer).query(text)).data).toMatchObject({
        calculateOrder: { total: expect.any(Number) },
        store: { id: '4870020' },
      });
    }
  });

  test('counts for a customer no more than their own, whatever the filter leaves open', async () => {
    const count = async (viewer: string, filter: object) =>
      (
        await gateway
          .as(viewer)
          .query('query ($f: CartFilter) { carts(filter: $f) { totalCount } }', { f: filter })
      ).data.carts.totalCount;
    const mine = await count(everyScope, { customerId: own });
    expect(mine).toBeGreaterThan(0);
    expect(await count(`customer ${own}`, { customerId: null })).toBe(mine);
    expect(await count(`customer ${own}`, {})).toBe(mine);
    expect(await count(`customer ${own}`, { customerId: own })).toBe(mine);
  });

  test('calculates for no other customer, whose discounts would tell their group', async () => {
    const calculate = (viewer: string, customerId: string | null) =>
      gateway
        .as(viewer)
        .query('query ($input: CalculateOrderInput!) { calculateOrder(input: $input) { total } }', {
          input: { customerId, items: [{ price: 10, quantity: 1 }] },
        });
    for (const [viewer, customerId] of [
      ['guest', own],
      [`customer ${own}`, other],
    ] as const) {
      expect(await calculate(viewer, customerId)).toMatchObject({
        data: null,
        errors: [{ extensions: { code: 'NOT_PERMITTED', argument: 'input.customerId' } }],
      });
    }
    for (const [viewer, customerId] of [
      ['guest', null],
      [`customer ${own}`, own],
      [`customer ${own}`, null],
      [staff(), other],
    ] as const) {
      expect((await calculate(viewer, customerId)).errors).toBeUndefined();
    }
  });

  test('makes no call for who may see nothing of what is asked for', async () => {
    gateway.calls.length = 0;
    await gateway.query(`{ order(id: "${of.guest.order}") { email } carts { totalCount } }`);
    await gateway.as(without('read_orders')).query(`{ cart(id: "${of.guest.cart}") { email } }`);
    expect(gateway.calls).toEqual([]);
  });

  test('tells a customer of no search in which Ecwid finds what is not their own, not even its total', async () => {
    const items = [
      { cartId: 'A-1', customerId: other },
      { cartId: 'A-2', customerId: own },
      { cartId: 'A-3' },
    ];
    const origin = await startScriptedOrigin(
      answerJson({ total: 3, count: 3, offset: 0, limit: 100, items }),
    );
    const careless = await startGatewayOver(origin.url, { authenticate: testAuthenticate });
    for (const fields of [
      'nodes { id }',
      'edges { node { total } }',
      'totalCount',
      'pageInfo { hasNextPage }',
    ]) {
      const { data, errors } = await careless.as(`customer ${own}`).query(`{ carts { ${fields} } }`);
      expect([data, errors?.[0]?.extensions]).toEqual([null, { code: 'UPSTREAM_ERROR', retryable: true }]);
      expect((await careless.as(everyScope).query(`{ carts { ${fields} } }`)).errors).toBeUndefined();
    }
    await careless.close();
    await origin.close();
  });

  test('finds a customer their own by the very document that staff found everything by', async () => {
    const text = '{ carts(first: 100) { nodes { id } } orders(first: 100) { nodes { id } } }';
    const everything = await gateway.as(everyScope).query(text);
    for (const viewer of [`customer ${own}`, everyScope, `customer ${own}`]) {
      const { data, errors } = await gateway.as(viewer).query(text);
      expect(errors).toBeUndefined();
      const isAll = data.carts.nodes.length === everything.data.carts.nodes.length;
      expect(isAll).toBe(viewer === everyScope);
    }
  });

  test('costs a viewer as many calls for what may not be seen as for what is not there', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const text of [
      (id: string) => `{ cart(id: "${id}") { email } }`,
      (id: string) => `{ cartsByIds(ids: ["${id}", "${id}"]) { email } }`,
      (id: string) => `{ order(id: "${id}") { email } }`,
    ]) {
      for (const viewer of ['guest', `customer ${own}`, staff('update_orders')]) {
        gateway.calls.length = 0;
        const isCart = text('').includes('cart');
        const hidden = await gateway.as(viewer).query(text(isCart ? of.other.cart : of.other.order));
        const callsForHidden = gateway.calls.splice(0).length;
        const missing = await gateway.as(viewer).query(text(isCart ? unknown : 'NONE'));
        expect(callsForHidden).toBe(gateway.calls.length);
        expect(hidden).toEqual(missing);
      }
    }
  });
});
