import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { magentoDocuments } from '../schema/magento-documents.ts';
import { ask } from './ask.ts';
import { apollo, byConfiguration, byDirectives, hive } from './engines.ts';
import type { Listening } from './listen.ts';
import { credentials, missingCart, startTwoServices, type TwoServices } from './two-services.ts';

const { staff, customer, expired } = credentials;

let services: TwoServices;
beforeAll(async () => {
  services = await startTwoServices();
});
beforeEach(() => services.reset());
afterAll(() => services.close());

const pathsCalled = () => services.gateway.calls.map(({ path }) => path).sort();
const personAt = (index: number) => ({ cartIds: [], ...services.people[index] });

describe.each([apollo, hive, byDirectives, byConfiguration])('$name', (facts) => {
  const { start, lookup, repeats, missesEntities, countsInPaths } = facts;
  let engine: Listening;
  beforeAll(async () => {
    engine = await start({ ecwid: services.ecwid.url, customers: services.customers.url });
  });
  afterAll(() => engine?.close());

  test('finds the carts of twenty customers by one request, and each cart once', async () => {
    const ids = [...new Set(services.people.flatMap(({ cartIds = [] }) => cartIds))];
    const known = await services.gateway
      .as(staff)
      .query('query ($ids: [ID!]!) { cartsByIds(ids: $ids) { id total } }', { ids });
    const cartOf = (id: string) => known.data.cartsByIds[ids.indexOf(id)] ?? { id, total: null };
    services.reset();

    const { data, errors } = await ask(engine, '{ customers { name carts { id total } } }', staff);
    expect(errors).toBeUndefined();
    expect(data.customers).toHaveLength(20);
    expect(data.customers).toEqual(
      services.people.map(({ name, cartIds = [] }) => ({ name, carts: cartIds.map(cartOf) })),
    );
    expect(services.ecwid.requests).toHaveLength(1);
    const [{ query, variables } = { query: '', variables: {} }] = services.ecwid.requests;
    expect(query).toMatch(lookup);
    const places = services.people.flatMap(({ cartIds = [] }) => cartIds);
    expect(places.length).toBeGreaterThan(ids.length);
    expect(Object.values(variables)).toMatchObject([{ length: repeats ? places.length : ids.length }]);
    expect(pathsCalled()).toEqual(ids.map((id) => `/carts/${id}`).sort());
  });

  test('finds fifty orders by one request and one call to the store', async () => {
    const { data } = await ask(engine, '{ customers { orders { id total } } }', staff);
    const [{ orders }] = data.customers;
    expect(orders.map(({ id }: { id: string }) => id)).toEqual(services.people[0]?.orderIds);
    expect(orders).toHaveLength(50);
    for (const { total } of orders) expect(total).toBeGreaterThan(0);
    expect(services.ecwid.requests).toHaveLength(1);
    expect(pathsCalled()).toEqual(['/orders']);
  });

  test('asks the other service once for the customers of a page of carts', async () => {
    const text = '{ carts(first: 100) { nodes { customerId customer { name } } } }';
    const { data } = await ask(engine, text, staff);
    const named = data.carts.nodes.filter(
      ({ customer }: { customer: { name: string } | null }) => customer?.name,
    );
    expect(named.length).toBeGreaterThan(10);
    for (const { customerId, customer } of named) expect(customer.name).toBe(`Customer ${customerId}`);
    expect(services.ecwid.requests).toHaveLength(1);
    expect(services.customers.requests).toHaveLength(1);
  });

  test('has null in the place of a cart that is not there', async () => {
    const [cart, other] = personAt(2).cartIds;
    const listed = await ask(
      engine,
      `{ cartsByIds(ids: ["${cart}", "${missingCart}", "${other}"]) { id } }`,
      staff,
    );
    expect(listed).toEqual({ data: { cartsByIds: [{ id: cart }, null, { id: other }] } });
    // Where a field of it cannot be null: else it has nothing but its id.
    const { data, errors = [] } = await ask(engine, '{ customers { carts { hidden } } }', staff);
    expect(errors).toHaveLength(missesEntities ? 1 : 0);
    const { cartIds } = personAt(0);
    expect(data.customers[0].carts).toEqual(
      cartIds.map((id) => (id === missingCart ? null : { hidden: false })),
    );
  });

  test('tells one coded error for each place of a cart that could not be read', async () => {
    const [shared = ''] = personAt(0).cartIds;
    const [single = ''] = personAt(4).cartIds;
    services.failing.add(`/carts/${shared}`).add(`/carts/${single}`);
    const { data, errors } = await ask(engine, '{ customers { carts { id total } } }', staff);
    const places = [
      [0, 0],
      [1, personAt(1).cartIds.indexOf(shared)],
      [4, 0],
    ] as const;
    const pathOf = ([customer, cart]: (typeof places)[number]) =>
      countsInPaths ? ['customers', customer, 'carts', cart] : ['customers', customer, 'carts', 'total'];
    const told = errors.map((error: { path: unknown; extensions: { code: string } }) => [
      error.extensions.code,
      error.path,
    ]);
    const byText = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
    expect(told.sort(byText)).toEqual(places.map((place) => ['UPSTREAM_ERROR', pathOf(place)]).sort(byText));
    for (const [customer, cart] of places) expect(data.customers[customer].carts[cart].total).toBeNull();
    expect(data.customers[3].carts[0].total).toBeGreaterThan(0);

    const listed = await ask(
      engine,
      `{ cartsByIds(ids: ["${shared}", "${personAt(3).cartIds[0]}", "${single}"]) { id } }`,
      staff,
    );
    expect(listed.data.cartsByIds).toEqual([null, { id: personAt(3).cartIds[0] }, null]);
    expect(listed.errors).toMatchObject([
      { path: ['cartsByIds', 0], extensions: { code: 'UPSTREAM_ERROR' } },
      { path: ['cartsByIds', 2], extensions: { code: 'UPSTREAM_ERROR' } },
    ]);
  });

  test.each([
    ['a guest', undefined],
    ['a customer', customer],
    ['staff', staff],
  ])('shows %s what is theirs, as this gateway does by itself', async (_name, authorization) => {
    const ids = services.people.slice(0, 3).flatMap(({ cartIds = [] }) => cartIds);
    const text = 'query ($ids: [ID!]!) { cartsByIds(ids: $ids) { id customerId privateAdminNotes } }';
    const caller = authorization ? services.gateway.as(authorization) : services.gateway;
    const { data } = await caller.query(text, { ids });
    expect(await ask(engine, text, authorization, { variables: { ids } })).toEqual({ data });

    const found = await ask(engine, '{ customers { id carts { customerId } } }', authorization);
    const owners = found.data.customers.flatMap(({ carts }: { carts: { customerId: string | null }[] }) =>
      carts.flatMap(({ customerId }) => customerId ?? []),
    );
    const seen = { staff: 20, customer: 1, guest: 0 };
    const kind = authorization === staff ? 'staff' : authorization ? 'customer' : 'guest';
    expect(new Set(owners).size).toBe(seen[kind]);
  });

  test('keeps the code of what is refused, of a field and of a request', async () => {
    const field = await ask(engine, '{ carts { totalCount } }');
    expect(field.errors).toMatchObject([{ path: ['carts'], extensions: { code: 'NOT_PERMITTED' } }]);
    const request = await ask(engine, '{ carts { totalCount } }', expired);
    expect(request.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(services.gateway.calls).toEqual([]);
    // Services are a matter between the engine and themselves.
    expect(JSON.stringify([field, request])).not.toContain('127.0.0.1');
  });

  test('passes on who asks, from where and by which id, and nothing else of the request', async () => {
    const headers = {
      'x-request-id': 'request-1',
      'x-forwarded-for': '203.0.113.7',
      cookie: 'session=1',
      'x-other': '1',
    };
    await ask(engine, '{ customers { carts { total } } }', staff, { headers });
    expect(services.ecwid.requests).toHaveLength(1);
    const [{ headers: sent } = { headers: {} }] = services.ecwid.requests;
    expect(sent).toMatchObject({
      authorization: staff,
      'x-request-id': 'request-1',
      'x-forwarded-for': '203.0.113.7, 127.0.0.1',
    });
    expect(sent).not.toHaveProperty('cookie');
    expect(sent).not.toHaveProperty('x-other');
  });

  test.each(magentoDocuments)('runs %s document word for word', async (_name, document, variables, order) => {
    const { data, errors } = await ask(engine, document, staff, { variables });
    expect(errors).toBeUndefined();
    expect(data.placeOrder.order).toEqual(order);
    expect(services.ecwid.requests).toHaveLength(1);
  });
});
