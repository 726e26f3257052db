import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { testAuthenticate } from '../viewers.ts';

let gateway: GatewayOnSandbox;
let orders: { id: string; total: number }[];
let carts: { id: string; email: string }[];

beforeAll(async () => {
  gateway = await startGateway();
  const { data } = await gateway.query(
    '{ orders(first: 50) { nodes { id total } } carts(first: 10) { nodes { id email } } }',
  );
  orders = data.orders.nodes;
  carts = data.carts.nodes;
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

const callsMade = () => gateway.calls.map(({ method, path }) => `${method} ${path}`);
const cartOf = (id: unknown) => ({ __typename: 'Cart', id });
const orderOf = (id: unknown) => ({ __typename: 'Order', id });

function find(selection: string, ...representations: unknown[]) {
  return gateway.query(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
    { representations: representations.map(numbersAsTheyAre) },
  );
}

/** JSON has no end to its numbers, and JavaScript's own has none of that size. */
const numbersAsTheyAre = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_key, inside) => (typeof inside === 'bigint' ? Number(inside) : inside)));

describe('Query._entities', () => {
  test('finds fifty orders in one call, in their order', async () => {
    const asked = orders.toReversed();
    expect(asked).toHaveLength(50);
    const { data } = await find('... on Order { id total }', ...asked.map(({ id }) => orderOf(id)));
    expect(data._entities).toEqual(asked);
    expect(callsMade()).toEqual(['GET /orders']);
  });

  test('finds each cart once, beside orders, and asks for what is selected of either', async () => {
    const [cart, other] = carts;
    const [order] = orders;
    const representations = [cartOf(cart?.id), orderOf(order?.id), cartOf(other?.id), cartOf(cart?.id)];
    const selection = '__typename ... on Cart { email } ... on Order { total }';
    const { data } = await find(selection, ...representations);
    expect(data._entities).toEqual([
      { __typename: 'Cart', email: cart?.email },
      { __typename: 'Order', total: order?.total },
      { __typename: 'Cart', email: other?.email },
      { __typename: 'Cart', email: cart?.email },
    ]);
    const asked = gateway.calls.map(({ path, query }) => [path, query.get('responseFields')]);
    expect(asked.sort()).toEqual(
      [
        [`/carts/${cart?.id}`, 'email'],
        [`/carts/${other?.id}`, 'email'],
        [`/orders/${order?.id}`, 'total'],
      ].sort(),
    );
  });

  test('reads what both have in a fragment of their interface, and finds who is there where nothing is selected', async () => {
    const representations = [cartOf(carts[0]?.id), orderOf(orders[0]?.id), cartOf('NONE'), orderOf('NONE')];
    const shared = await find('... on OrderDetails { __typename total }', ...representations);
    expect(shared.data._entities).toMatchObject([
      { __typename: 'Cart' },
      { __typename: 'Order', total: orders[0]?.total },
      null,
      null,
    ]);
    const there = await find('__typename', ...representations);
    expect(there).toEqual({
      data: { _entities: [{ __typename: 'Cart' }, { __typename: 'Order' }, null, null] },
    });
  });

  test.each([
    ['a type of another service', { __typename: 'Customer', id: '1' }, /__typename/],
    ['a type that is found by no id', { __typename: 'PersonInfo', id: '1' }, /__typename/],
    ['a type that is none', { __typename: 'constructor', id: '1' }, /__typename/],
    ['no type', { id: '1' }, /__typename/],
    ['no id', { __typename: 'Cart' }, /must have an id/],
    ['a blank id', orderOf(' '), /must have an id/],
    ['an object for an id', cartOf({ id: '1' }), /must have an id/],
    ['an object that is no text', orderOf({ toString: 1 }), /must have an id/],
    ['a number that may be another', orderOf(9_007_199_254_740_993n), /must have an id/],
    ['a list', [], /__typename/],
    ['a text', 'Cart', /__typename/],
  ])('refuses %s by itself', async (_name, representation, message) => {
    const [order] = orders;
    const { data, errors } = await find(
      '... on Order { total }',
      orderOf(order?.id),
      representation,
      orderOf(order?.id),
    );
    expect(data._entities).toEqual([{ total: order?.total }, null, { total: order?.total }]);
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(message),
        path: ['_entities', 1],
        extensions: { code: 'BAD_USER_INPUT', argument: 'representations.1' },
      },
    ]);
  });

  test('refuses an object for an id in the document as well', async () => {
    const { data, errors } = await gateway.query(
      '{ _entities(representations: [{ __typename: "Cart", id: { a: 1 } }]) { __typename } }',
    );
    expect([data, errors]).toMatchObject([
      { _entities: [null] },
      [{ extensions: { code: 'BAD_USER_INPUT' } }],
    ]);
  });

  test('refuses more than a hundred', async () => {
    const { errors } = await find(
      '__typename',
      ...Array.from({ length: 101 }, (_, index) => orderOf(index + 1)),
    );
    expect(errors).toMatchObject([
      { extensions: { code: 'IDS_LIMIT_EXCEEDED', argument: 'representations', maximum: 100 } },
    ]);
    expect(gateway.calls).toEqual([]);
  });
});

describe('what larger graphs are told', () => {
  test('is the committed subgraph.graphql', async () => {
    const sdl = readFileSync(new URL('../../subgraph.graphql', import.meta.url), 'utf8');
    expect(await gateway.query('{ _service { sdl } }')).toEqual({ data: { _service: { sdl } } });
    expect(sdl).toMatch(/^type Cart implements OrderDetails @key\(fields: "id"\) \{$/m);
    expect(sdl).toMatch(/^type Customer @key\(fields: "id", resolvable: false\) \{$/m);
    expect(sdl).toMatch(/^type PersonInfo @shareable \{$/m);
    expect(sdl).not.toMatch(/^type (Store|CartConnection|HideCartOutput)\b.*@shareable/m);
  });

  test('is how to merge types by their lookups of many', async () => {
    const { data } = await gateway.query('{ _sdl }');
    expect(data._sdl).toMatch(/^type Cart implements OrderDetails @key\(selectionSet: "\{ id \}"\) \{$/m);
    expect(data._sdl).toMatch(/^ {2}\): \[Cart\]! @merge\(keyField: "id"\)$/m);
    expect(data._sdl).toMatch(/^ {2}\): \[Order\]! @merge\(keyField: "id"\)$/m);
    expect(data._sdl).not.toMatch(/_entities|_Any|shareable/);
  });

  test('is told only to who may introspect', async () => {
    const closed = await startGateway({}, [], { introspection: 'staff', authenticate: testAuthenticate });
    try {
      for (const text of ['{ _service { sdl } }', '{ _sdl }', '{ ...F } fragment F on Query { it: _sdl }']) {
        const refused = await closed.as('guest').query(text);
        expect(refused).toMatchObject({ errors: [{ extensions: { code: 'INTROSPECTION_DISABLED' } }] });
        expect(refused.data).toBeUndefined();
        expect((await closed.as('staff').query(text)).errors).toBeUndefined();
      }
    } finally {
      await closed.close();
    }
  });
});
