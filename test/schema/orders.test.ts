import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { wireFieldsOf } from '../wire-fields.ts';

let gateway: GatewayOnSandbox;
/** Public ids of the store's orders, newest first, with their internal numbers. */
let known: { id: string; orderNumber: string; total: number }[];

beforeAll(async () => {
  gateway = await startGateway();
  const { data } = await gateway.query('{ orders(first: 1000) { nodes { id orderNumber total } } }');
  known = data.orders.nodes;
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

const callsMade = () => gateway.calls.map(({ method, path }) => `${method} ${path}`);

describe('Query.order', () => {
  test('finds an order by its public id and by its internal number', async () => {
    const [order] = known;
    for (const id of [order?.id, order?.orderNumber]) {
      const { data } = await gateway.query('query ($id: ID!) { order(id: $id) { id total } }', { id });
      expect(data.order).toEqual({ id: order?.id, total: order?.total });
    }
  });

  test('knows an order that was placed a moment ago, which searches do not', async () => {
    const lagging = await startGateway({ searchLagMs: 600_000 });
    try {
      await lagging.query(
        'mutation { placeOrder(input: { cart_id: "6626E60A-A6F9-4CD5-8230-43D5F162E0CD" }) { order { id } } }',
      );
      expect((await lagging.query('{ order(id: "AB1CD") { total } }')).data).toEqual({
        order: { total: 37.39 },
      });
    } finally {
      await lagging.close();
    }
  });

  test.each(['NONE', '', '..', 'last', 'deleted', 'LAST', 'a/b', 'a%2Fb', 'a\u0000b', 'x'.repeat(200)])(
    'is null for %j, whatever else Ecwid has at that address',
    async (id) => {
      const { data, errors } = await gateway.query('query ($id: ID!) { order(id: $id) { id } }', { id });
      expect([data, errors]).toEqual([{ order: null }, undefined]);
      if (id !== 'NONE') expect(gateway.calls).toEqual([]);
    },
  );

  test('finds what is still a cart by the same rule alone and among others', async () => {
    const unplaced = 'XJ12H';
    const one = await gateway.query(`{ order(id: "${unplaced}") { paymentStatus } }`);
    expect(one.data.order).toEqual({ paymentStatus: 'INCOMPLETE' });
    const several = await gateway.query(
      `{ a: order(id: "${unplaced}") { paymentStatus } b: order(id: "${known[0]?.id}") { total } }`,
    );
    expect(several.data).toEqual({ a: { paymentStatus: 'INCOMPLETE' }, b: { total: known[0]?.total } });
  });

  test('asks Ecwid once for fifty aliases, with the fields that they together select', async () => {
    const aliases = known.slice(0, 50).map(({ id, orderNumber }, index) => {
      // Half of them by the number that customers never see.
      return `a${index}: order(id: "${index % 2 ? id : orderNumber}") { ${index % 3 ? 'total' : 'total email'} }`;
    });
    expect(aliases).toHaveLength(50);
    const { data, errors } = await gateway.query(`{ ${aliases.join(' ')} }`);
    expect(errors).toBeUndefined();
    expect(known.slice(0, 50).map((_, index) => data[`a${index}`].total)).toEqual(
      known.slice(0, 50).map(({ total }) => total),
    );
    expect(callsMade()).toEqual(['GET /orders']);
    expect(wireFieldsOf(gateway.calls[0])).toEqual([
      'items.email',
      'items.id',
      'items.internalId',
      'items.orderNumber',
      'items.publicUid',
      'items.total',
      'items.vendorOrderNumber',
    ]);
  });
});

describe('Query.ordersByIds', () => {
  test('answers a hundred ids in their order from one call, null where there is none', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => known[index % 60]?.id ?? 'NONE').map((id, index) =>
      index % 10 === 9 ? `NONE-${index}` : id,
    );
    const { data, errors } = await gateway.query('query ($ids: [ID!]!) { ordersByIds(ids: $ids) { id } }', {
      ids,
    });
    expect(errors).toBeUndefined();
    expect(data.ordersByIds.map((order: { id: string } | null) => order?.id ?? null)).toEqual(
      ids.map((id) => (id.startsWith('NONE') ? null : id)),
    );
    expect(callsMade()).toEqual(['GET /orders']);
  });

  test('knows no id with a comma, which would be two in the list', async () => {
    const ids = [known[0]?.id, known[1]?.id, 'A,B'];
    const { data } = await gateway.query('query ($ids: [ID!]!) { ordersByIds(ids: $ids) { id } }', { ids });
    expect(data.ordersByIds).toEqual([{ id: ids[0] }, { id: ids[1] }, null]);
    expect(callsMade()).toEqual(['GET /orders']);
  });

  test('makes several calls of ids that are too long for one address', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `${'日'.repeat(60)}${index}`);
    const { data, errors } = await gateway.query('query ($ids: [ID!]!) { ordersByIds(ids: $ids) { id } }', {
      ids: [...ids.slice(0, 99), known[0]?.id],
    });
    expect(errors).toBeUndefined();
    expect(data.ordersByIds.at(-1)).toEqual({ id: known[0]?.id });
    expect(gateway.calls.length).toBeGreaterThan(5);
    expect(gateway.calls.length).toBeLessThan(20);
  });

  test('refuses more than a hundred', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => String(index));
    const { errors } = await gateway.query('query ($ids: [ID!]!) { ordersByIds(ids: $ids) { id } }', { ids });
    expect(errors).toMatchObject([
      { extensions: { code: 'IDS_LIMIT_EXCEEDED', argument: 'ids', maximum: 100 } },
    ]);
    expect(gateway.calls).toEqual([]);
  });
});

describe('Query.orders', () => {
  async function restTotal(query: string): Promise<number> {
    const { url, storeId, secretToken } = gateway.sandbox;
    const response = await fetch(`${url}/${storeId}/orders?responseFields=total&${query}`, {
      headers: { authorization: `Bearer ${secretToken}` },
    });
    gateway.calls.length = 0;
    return ((await response.json()) as { total: number }).total;
  }

  test.each<[string, string]>([
    ['keywords: "Cherry"', 'keywords=Cherry'],
    ['totalFrom: 20, totalTo: 60.5', 'totalFrom=20&totalTo=60.5'],
    [
      'createdFrom: "2026-01-01T00:00:00Z", createdTo: "2026-03-31T00:00:00Z"',
      'createdFrom=1767225600&createdTo=1774915200',
    ],
    [
      'updatedFrom: "2026-01-01T00:00:00Z", updatedTo: "2026-05-01T00:00:00Z"',
      'updatedFrom=1767225600&updatedTo=1777593600',
    ],
    ['paymentStatus: [PAID, REFUNDED]', 'paymentStatus=PAID,REFUNDED'],
    ['paymentStatus: [INCOMPLETE]', 'paymentStatus=INCOMPLETE'],
    ['fulfillmentStatus: [SHIPPED, DELIVERED]', 'fulfillmentStatus=SHIPPED,DELIVERED'],
    ['couponCode: "5PERCENTOFF"', 'couponCode=5PERCENTOFF'],
    ['customerId: "15319412"', 'customerId=15319412'],
    ['acceptMarketing: true', 'acceptMarketing=true'],
  ])('passes the filter { %s } on', async (filter, query) => {
    const total = await restTotal(query);
    const { data, errors } = await gateway.query(`{ orders(filter: { ${filter} }) { totalCount } }`);
    expect(errors).toBeUndefined();
    expect(data.orders.totalCount).toBe(total);
    expect(total).toBeGreaterThan(0);
  });

  test('writes the rest of the filters as Ecwid names them', async () => {
    await gateway.query(`{ orders(filter: {
      customer: "Ann", email: "ann@example.com", paymentMethod: "Invoice", paymentModule: "X", paymentReference: "R",
      shippingMethod: "Pickup", refererId: "ref", subscriptionId: "9", productIds: ["1", "2"], containsPreorderItems: false,
      pickupTimeFrom: "2026-01-01T00:00:00.5Z", pickupTimeTo: "2026-01-01T00:00:00.5Z"
    }) { totalCount } }`);
    const query = Object.fromEntries(gateway.calls[0]?.query ?? []);
    expect(query).toMatchObject({
      customer: 'Ann',
      email: 'ann@example.com',
      paymentMethod: 'Invoice',
      paymentModule: 'X',
      paymentReference: 'R',
      shippingMethod: 'Pickup',
      refererId: 'ref',
      subscriptionId: '9',
      productId: '1,2',
      containsPreorderItems: 'false',
      // Whole seconds, without widening the bounds.
      pickupTimeFrom: '1767225601',
      pickupTimeTo: '1767225600',
    });
  });

  test.each([
    ['paymentStatus: [PAID, UNKNOWN]', 'filter.paymentStatus.1'],
    ['productIds: ["x"]', 'filter.productIds'],
    ['keywords: " "', 'filter.keywords'],
    ['paymentStatus: []', 'filter.paymentStatus'],
    ['productIds: []', 'filter.productIds'],
    ['orderNumber: "A1"', 'filter.orderNumber'],
  ])('refuses { %s } by its place', async (filter, argument) => {
    const { errors } = await gateway.query(`{ orders(filter: { ${filter} }) { totalCount } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
    expect(gateway.calls).toEqual([]);
  });
});

describe('Cart.recoveredOrder', () => {
  test('of a page of a hundred carts costs one call for all their orders', async () => {
    const { data, errors } = await gateway.query(
      '{ carts(first: 100) { nodes { recoveredOrder { total } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.carts.nodes).toHaveLength(100);
    expect(
      data.carts.nodes.filter((cart: { recoveredOrder: unknown }) => cart.recoveredOrder).length,
    ).toBeGreaterThan(1);
    expect(callsMade()).toEqual(['GET /carts', 'GET /orders']);
  });
});

describe('Query.store', () => {
  test('tells which store it is, and the currency of every amount', async () => {
    const { data } = await gateway.query('{ store { id name url currency } }');
    expect(data.store).toMatchObject({ id: '4870020', currency: expect.stringMatching(/^[A-Z]{3}$/) });
    expect(data.store.name).toBeTruthy();
    expect(data.store.url).toMatch(/^https?:/);
    expect(callsMade()).toEqual(['GET /profile']);
  });
});
