import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pointsOfCall } from '../../src/limits.ts';
import { costOf } from '../../src/schema/cost.ts';
import { schema } from '../../src/schema/schema.ts';
import { post } from '../post.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const cost = (text: string, variableValues: Record<string, unknown> = {}, operationName?: string) =>
  costOf({ schema, document: parse(text), variableValues, operationName });

const input = 'input: { cart_id: "x" }';

describe('costOf', () => {
  test.each([
    ['{ __typename }', 1],
    ['{ __schema { types { name } } }', 1],
    ['{ cart(id: "x") { id email } }', 1_001],
    ['{ order(id: "x") { id } }', 1_001],
    ['{ store { id } }', 1_001],
    ['{ cart(id: "x") { shippingOption { shippingRate } } }', 1_002],
    ['{ cart(id: "x") { items { name } } }', 1_004],
    ['{ cart(id: "x") { items { files { name } } } }', 1_001 + 3 + 9],
    ['{ cart(id: "x") { recoveredOrder { id } } }', 2_002],
    ['{ a: cart(id: "x") { recoveredOrder { id } } b: cart(id: "y") { recoveredOrder { id } } }', 4_004],
    ['{ cartsByIds(ids: ["a", "b"]) { recoveredOrder { id } } }', 4_004],
    ['{ cartsByIds(ids: []) { id } }', 0],
    ['{ cartsByIds(ids: ["a", "b", "b"]) { id } }', 2_003],
    ['{ ordersByIds(ids: ["a", "b", "b"]) { id } }', 1_003],
    ['{ carts { totalCount } }', 1_000],
    ['{ carts { nodes { id } } }', 1_020],
    ['{ carts(first: null) { nodes { id } } }', 1_020],
    ['{ carts(first: 100) { nodes { id } pageInfo { endCursor } } }', 1_100],
    ['{ carts(first: 101) { edges { cursor node { id } } } }', 2_202],
    ['{ orders(first: 1000) { nodes { items { name } } } }', 14_000],
    ['{ carts(first: 100) { nodes { recoveredOrder { id } } } }', 2_200],
    ['{ carts(first: 30) { nodes { recoveredOrder { id } } } }', 2_060],
    ['{ carts(first: -5) { nodes { id } } }', 1_001],
    ['{ calculateOrder(input: { items: [] }) { total } }', 1_001],
    [`mutation { placeOrder(${input}) { order { id } } }`, 3_002],
    [`mutation { hideCart(${input}) { cart { id } } }`, 2_002],
    ['mutation { createOrder(input: { items: [] }) { order { id } } }', 4_002],
    ['{ a: cart(id: "x") { id } b: cart(id: "x") { id } }', 2_002],
    [
      '{ ...F } fragment F on Query { cart(id: "x") { ...G } } fragment G on OrderDetails { items { name } }',
      1_004,
    ],
  ])('of %s is %i', (text, points) => {
    expect(cost(text)).toBe(points);
  });

  test('is told anew for each size of a page, and number of ids, that a document is asked with', () => {
    const document = parse(`
      query A($n: Int = 30, $id: ID!) { carts(first: $n) { nodes { id } } cart(id: $id) { id } }
      query B($n: Int = 10, $ids: [ID!]!) { carts(first: $n) { nodes { id } } ordersByIds(ids: $ids) { id } }
      query C($id: ID!) { ordersByIds(ids: [$id]) { id } }
      query E($n: Int = 30) { carts(first: $n) { nodes { id } } }
      query F($constructor: Int = 30) { carts(first: $constructor) { nodes { id } } }`);
    const costs = (operationName: string, ...variables: Record<string, unknown>[]) =>
      variables.map((variableValues) => costOf({ schema, document, operationName, variableValues }));
    for (let round = 0; round < 2; round += 1) {
      expect(costs('A', { id: 'x', n: 5 }, { id: 'x' }, { id: 'x', n: null }, { id: 'y', n: 5 })).toEqual([
        2_006, 2_031, 2_021, 2_006,
      ]);
      expect(costs('A', {}, { id: 'x', n: 'five' }, { n: 5 })).toEqual([0, 0, 0]);
      expect(costs('A', { id: 'x', n: 5 })).toEqual([2_006]);
      expect(costs('B', { ids: [] }, { ids: ['a'] }, { ids: ['a', 'b'], n: 5 })).toEqual([
        1_010, 2_011, 2_007,
      ]);
      expect(costs('C', { id: 'a' })).toEqual([1_001]);
      expect(costs('D', {})).toEqual([0]);
      expect(costs('E', { n: 5 }, {})).toEqual([1_005, 1_030]);
      expect(costs('F', { constructor: null }, {}, { constructor: 5 })).toEqual([1_020, 1_030, 1_005]);
    }
  });

  test.each([
    ['query ($ids: [ID!]! = ["a", "b", "c"]) { cartsByIds(ids: $ids) { id } }', 'ids', 3_003],
    [
      'query ($them: [_Any!]! = [{__typename: "Cart", id: 1}]) { _entities(representations: $them) { ... on Cart { id } } }',
      'them',
      1_001,
    ],
    ['query ($n: Int = 30) { carts(first: $n) { nodes { id } } }', 'n', 1_030],
  ])('of what is so by default is that, whatever was given before: %s', (text, name, points) => {
    const document = parse(text);
    const costs = ([[], null, 'absent', undefined] as unknown[]).map((value) =>
      costOf({ schema, document, variableValues: value === undefined ? {} : { [name]: value } }),
    );
    expect(costs.at(-1)).toBe(points);
    expect(costOf({ schema, document })).toBe(points);
  });

  test('is that of the operation that runs, with its variables', () => {
    const text =
      'query A { cart(id: "x") { id } } query B($n: Int = 30) { carts(first: $n) { nodes { id } } }';
    expect(cost(text, {}, 'A')).toBe(1_001);
    expect(cost(text, {}, 'B')).toBe(1_030);
    expect(cost(text, { n: 250 }, 'B')).toBe(3_250);
    expect(cost(text, { n: null }, 'B')).toBe(1_020);
    expect(cost(text, { n: 2_147_483_647 }, 'B')).toBeGreaterThan(1e10);
  });

  test('leaves to the execution what it refuses as a whole', () => {
    const text = 'query A($n: Int) { carts(first: $n) { nodes { id } } } query B { __typename }';
    expect(cost(text, { n: 'many' }, 'A')).toBe(0);
    expect(cost(text, {}, 'C')).toBe(0);
  });

  test('takes no longer for fragments that spread each other over and over', () => {
    const bomb = Array.from(
      { length: 200 },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`,
    );
    const points = cost(`{ ...F0 } ${bomb.join(' ')} fragment F200 on Query { cart(id: "x") { id } }`);
    expect(points).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('the calls of an operation', () => {
  let gateway: GatewayOnSandbox;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());

  const guest = '5A0DB0C5-0000-4000-8000-000000000001';
  const recovered = ['37A255FB-8A58-40DA-A612-0A37B77284A1', '2650ACF6-8633-4E1B-A791-B345912B1A70'];

  test.each([
    [`{ cart(id: "${guest}") { total } }`, 1],
    [`{ cart(id: "${recovered[0]}") { recoveredOrder { total } } }`, 2],
    [`{ a: cart(id: "${recovered[0]}") { recoveredOrder { total } } b: store { id } }`, 3],
    [`{ cartsByIds(ids: ${JSON.stringify([...recovered, ...recovered])}) { recoveredOrder { total } } }`, 4],
    [
      `{ _entities(representations: [${[...recovered, ...recovered].map((id) => `{__typename: "Cart", id: "${id}"}`)}]) {
        ... on Cart { recoveredOrder { total } } } }`,
      4,
    ],
    [
      '{ _entities(representations: [{__typename: "Order", id: 1}, {__typename: "Order", id: 2}]) { ... on Order { total } } }',
      1,
    ],
    [
      `{ ordersByIds(ids: ${JSON.stringify(Array.from({ length: 40 }, (_, n) => '日'.repeat(40) + n))}) { id } }`,
      4,
    ],
    ['{ carts(first: 30) { nodes { recoveredOrder { total } } } }', 2],
    ['{ carts(first: 250) { nodes { recoveredOrder { total } } } }', 6],
    ['{ orders(first: 30) { nodes { id } totalCount } }', 1],
    ['{ ordersByIds(ids: ["AB1CD", "RCVR1", "RCVR2", "RCVR1"]) { total } }', 1],
    ['{ order(id: "RCVR1") { total } }', 1],
    ['{ calculateOrder(input: { items: [{ price: 1, quantity: 1 }] }) { total } }', 1],
    [`mutation { hideCart(input: { cart_id: "${guest}" }) { cart { total } } }`, 2],
    [`mutation { placeOrder(input: { cart_id: "${guest}" }) { order { total } } }`, 3],
    ['mutation { createOrder(input: { items: [{ price: 1, quantity: 1 }] }) { order { total } } }', 4],
  ])('of %s are at most %i', async (text, calls) => {
    expect(Math.floor(cost(text) / pointsOfCall)).toBe(calls);
    gateway.calls.length = 0;
    expect(await gateway.query(text)).not.toHaveProperty('errors');
    expect(gateway.calls.length).toBeGreaterThan(0);
    expect(gateway.calls.length).toBeLessThanOrEqual(calls);
  });
});

describe('the limit of cost', () => {
  let gateway: GatewayOnSandbox;
  beforeAll(async () => {
    gateway = await startGateway({}, [], { limits: { cost: 2_002 } });
  });
  afterAll(() => gateway.close());

  const carts = (count: number) =>
    `{ ${Array.from({ length: count }, (_, n) => `c${n}: cart(id: "${n}") { id }`)} }`;

  test('lets pass what is at it, and refuses what is over it before Ecwid is asked', async () => {
    expect((await post(gateway.url, { query: carts(2) })).code).toBeUndefined();
    gateway.calls.length = 0;
    for (const [accept, status] of [
      ['application/graphql-response+json', 400],
      ['application/json', 400],
    ] as const) {
      const refused = await post(gateway.url, { query: carts(3) }, { accept });
      expect([refused.status, refused.answer]).toEqual([
        status,
        {
          errors: [
            {
              message: 'The operation costs 3003 points; the limit is 2002.',
              extensions: { code: 'COST_LIMIT_EXCEEDED', limit: 2_002, actual: 3_003 },
            },
          ],
        },
      ]);
    }
    expect(gateway.calls).toEqual([]);
    expect((await post(gateway.url, { query: '{ store { id } }' })).status).toBe(200);
  });

  test('is not passed by an argument that fails its own field', async () => {
    gateway.calls.length = 0;
    const query = `query ($ids: [ID!] = ["x"]) { ${carts(3).slice(1, -1)} cartsByIds(ids: $ids) { id } }`;
    const refused = await post(gateway.url, { query, variables: { ids: null } });
    expect(refused).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(gateway.calls).toEqual([]);
  });

  test('lets a thousand whole carts through by default, and not five times over', async () => {
    const byDefault = await startGateway();
    const page = 'carts(first: 1000) { nodes { id items { name taxes { name } files { name } } } }';
    const pages = (count: number) =>
      `{ ${Array.from({ length: count }, (_, n) => `p${n}: ${page}`).join(' ')} }`;
    expect((await post(byDefault.url, { query: pages(1) })).code).toBeUndefined();
    expect((await post(byDefault.url, { query: pages(5) })).code).toBe('COST_LIMIT_EXCEEDED');
    await byDefault.close();
  });
});
