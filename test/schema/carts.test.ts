import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type CartFilter,
  CartsDocument,
  type CartsQueryVariables,
  WholeCartDocument,
} from '../operations/generated/graphql.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { wireFieldsOf } from '../wire-fields.ts';

let gateway: GatewayOnSandbox;

beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

async function carts(variables: CartsQueryVariables) {
  const { data, errors } = await gateway.execute(CartsDocument, variables);
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no data');
  return data.carts;
}

/** What the store says of itself, past the gateway. */
async function restTotal(query: string): Promise<number> {
  const { url, storeId, secretToken } = gateway.sandbox;
  const response = await fetch(`${url}/${storeId}/carts?responseFields=total&${query}`, {
    headers: { authorization: `Bearer ${secretToken}` },
  });
  gateway.calls.length = 0;
  return ((await response.json()) as { total: number }).total;
}

describe('Query.carts', () => {
  test('answers with the newest twenty by default, and with all the store has by their number', async () => {
    const total = await restTotal('');
    const page = await carts({});
    expect(page.totalCount).toBe(total);
    expect(page.nodes).toHaveLength(20);
    expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(gateway.calls).toHaveLength(1);
    expect(gateway.calls[0]?.query.get('limit')).toBe('20');
    expect(wireFieldsOf(gateway.calls[0])).toEqual(['items.cartId', 'limit', 'total']);
  });

  test('reads all carts in one operation, the pages after the first side by side', async () => {
    const total = await restTotal('');
    const page = await carts({ first: 1000 });
    expect(page.nodes).toHaveLength(total);
    expect(new Set(page.nodes.map(({ id }) => id)).size).toBe(total);
    expect(page.pageInfo.hasNextPage).toBe(false);
    expect(gateway.calls.map(({ query }) => [query.get('offset'), query.get('limit')])).toEqual([
      ['0', '100'],
      ['100', '100'],
      ['200', String(total - 200)],
    ]);
  });

  test('comes to the same by cursors, by offsets and at once', async () => {
    const all = (await carts({ first: 1000 })).nodes;
    const byCursor: typeof all = [];
    let after: string | null = null;
    do {
      const page = await carts({ first: 77, ...(after && { after }) });
      byCursor.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
    } while (after);
    expect(byCursor).toEqual(all);
    expect((await carts({ first: 30, offset: 40 })).nodes).toEqual(all.slice(40, 70));
  });

  test('gives each edge the cursor after which the next one comes', async () => {
    const { data } = await gateway.query(
      '{ carts(first: 3) { edges { cursor node { id } } pageInfo { startCursor endCursor } } }',
    );
    const { edges, pageInfo } = data.carts;
    expect(pageInfo).toEqual({ startCursor: edges[0].cursor, endCursor: edges[2].cursor });
    const next = await carts({ first: 2, after: edges[0].cursor });
    expect(next.nodes.map(({ id }) => id)).toEqual([edges[1].node.id, edges[2].node.id]);
    expect(next.pageInfo.hasPreviousPage).toBe(true);
  });

  test('counts without reading a cart', async () => {
    const total = await restTotal('');
    const { data } = await gateway.query(
      '{ carts(offset: 10) { totalCount pageInfo { hasNextPage endCursor } } }',
    );
    expect(data.carts.totalCount).toBe(total);
    expect(data.carts.pageInfo.hasNextPage).toBe(true);
    expect(gateway.calls).toHaveLength(1);
    expect(wireFieldsOf(gateway.calls[0])).toEqual(['total']);
    const page = await carts({ first: 20, offset: 10 });
    expect(page.pageInfo.endCursor).toBe(data.carts.pageInfo.endCursor);
  });

  test('is empty beyond the last cart', async () => {
    const page = await carts({ offset: 100_000 });
    expect(page.nodes).toEqual([]);
    expect(page.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    });
  });

  test('asks for no more of each cart than nodes and edges select together', async () => {
    await gateway.query('{ carts(first: 1) { nodes { email } edges { node { items { name } total } } } }');
    expect(wireFieldsOf(gateway.calls[0])).toEqual([
      'items.email',
      'items.items.name',
      'items.total',
      'limit',
      'total',
    ]);
  });

  test.each<[CartFilter, string]>([
    [{ showHidden: false }, 'showHidden=false'],
    [{ showHidden: true }, 'showHidden=true'],
    [{ totalFrom: 50, totalTo: 120.5 }, 'totalFrom=50&totalTo=120.5'],
    [
      { createdFrom: '2026-01-01T00:00:00Z', createdTo: '2026-03-31T23:59:59.5+02:00' },
      'createdFrom=1767225600&createdTo=1774994399',
    ],
    [
      { updatedFrom: '2026-01-01T00:00:00Z', updatedTo: '2026-06-01T00:00:00Z' },
      'updatedFrom=1767225600&updatedTo=1780272000',
    ],
    [{ couponCode: '5PERCENTOFF' }, 'couponCode=5PERCENTOFF'],
    [{ email: 'johnsmith@example.com' }, 'email=johnsmith%40example.com'],
    [{ customerId: '15319410' }, 'customerId=15319410'],
    [{ customer: 'Rene Recovered' }, 'customer=Rene+Recovered'],
  ])('passes the filter %j on', async (filter, query) => {
    const total = await restTotal(query);
    expect((await carts({ filter })).totalCount).toBe(total);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(query === 'showHidden=true' ? Number.POSITIVE_INFINITY : await restTotal(''));
  });

  test.each<[string, object, string, object]>([
    [
      'first: 0',
      { first: 0 },
      'Argument "first" must be from 1 to 1000.',
      { argument: 'first', minimum: 1, maximum: 1000 },
    ],
    ['a negative first', { first: -1 }, 'Argument "first" must be from 1 to 1000.', { argument: 'first' }],
    [
      'a negative offset',
      { offset: -1 },
      'Argument "offset" must be from 0 to 999999999.',
      { argument: 'offset', minimum: 0 },
    ],
    [
      'a broken cursor',
      { after: 'xyz' },
      'Argument "after" must be a cursor that this field has answered with.',
      { argument: 'after' },
    ],
    [
      'an empty cursor',
      { after: '' },
      'Argument "after" must be a cursor that this field has answered with.',
      { argument: 'after' },
    ],
    [
      'a cursor of another making',
      { after: Buffer.from('offset:-5').toString('base64url') },
      'Argument "after" must be a cursor that this field has answered with.',
      { argument: 'after' },
    ],
    [
      'a huge cursor',
      { after: 'b2Zmc2V0Oj'.repeat(9_000) },
      'Argument "after" must be a cursor that this field has answered with.',
      { argument: 'after' },
    ],
    [
      'a cursor with an offset',
      { after: 'b2Zmc2V0OjE', offset: 1 },
      'Arguments "after" and "offset" exclude each other.',
      { argument: 'offset' },
    ],
    [
      'an empty filter',
      { filter: { email: '' } },
      'Argument "filter.email" must not be empty.',
      { argument: 'filter.email' },
    ],
    [
      'an endless coupon',
      { filter: { couponCode: 'x'.repeat(501) } },
      'Argument "filter.couponCode" must hold at most 500 characters.',
      { argument: 'filter.couponCode' },
    ],
    [
      'an offset beyond all stores',
      { offset: 1_000_000_000 },
      'Argument "offset" must be from 0 to 999999999.',
      { argument: 'offset', maximum: 999_999_999 },
    ],
    [
      'a cursor beyond all stores',
      { after: Buffer.from('offset:9999999999').toString('base64url') },
      'Argument "after" must be a cursor that this field has answered with.',
      { argument: 'after' },
    ],
    [
      'a customerId of letters',
      { filter: { customerId: 'x' } },
      'Argument "filter.customerId" must be digits.',
      { argument: 'filter.customerId' },
    ],
    [
      'an endless filter',
      { filter: { email: 'x'.repeat(501) } },
      'Argument "filter.email" must hold at most 500 characters.',
      { argument: 'filter.email', maximum: 500 },
    ],
  ])('refuses %s before Ecwid is asked', async (_name, variables, message, extensions) => {
    const { errors } = await gateway.execute(CartsDocument, variables);
    expect(errors).toMatchObject([
      { message, path: ['carts'], extensions: { code: 'BAD_USER_INPUT', ...extensions } },
    ]);
    expect(gateway.calls).toEqual([]);
  });

  test('writes amounts without exponents and no time before the epoch', async () => {
    await gateway.execute(CartsDocument, {
      filter: { totalFrom: 1e-7, totalTo: 1e21, createdFrom: '1960-01-01T00:00:00Z' },
    });
    expect(gateway.calls[0]?.query.get('totalFrom')).toBe('0.0000001');
    expect(gateway.calls[0]?.query.get('totalTo')).toBe('1000000000000000000000');
    expect(gateway.calls[0]?.query.get('createdFrom')).toBe('0');
  });

  test('refuses an amount, a date and a number that are none as bad input', async () => {
    for (const variables of [
      { filter: { totalFrom: '12' } },
      { filter: { createdFrom: 'yesterday' } },
      { first: 'many' },
      { filter: { totalFrom: null, colour: 'red' } },
    ]) {
      const { data, errors } = await gateway.execute(CartsDocument, variables as never);
      expect(data).toBeUndefined();
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    const { errors } = await gateway.query('{ carts(filter: { totalFrom: "12" }) { totalCount } }');
    expect(errors).toMatchObject([{ message: 'Money must be a finite number.' }]);
  });
});

describe('Cart.recoveredOrder', () => {
  test('costs no call where its number is all that is asked for and the cart knows it', async () => {
    const { data } = await gateway.query(
      '{ carts(filter: { customer: "Rene Recovered" }) { nodes { recoveredOrder { id order_number } recoveryEmailSentDate } } }',
    );
    expect(data.carts.nodes).toEqual([
      {
        recoveredOrder: { id: 'RCVR1', order_number: 'RCVR1' },
        recoveryEmailSentDate: '2026-07-02T09:00:00.000Z',
      },
    ]);
    expect(gateway.calls).toHaveLength(1);
  });

  test('is read from the orders for anything else, also where the cart has the older spelling', async () => {
    const { data, errors } = await gateway.query(
      `{ carts(filter: { customer: "recovered" }) {
        nodes { recoveredOrder { order_number orderNumber paymentStatus ...on OrderDetails { total } } recoveryEmailSentDate }
      } }`,
    );
    expect(errors).toBeUndefined();
    const orders = data.carts.nodes.filter((node: { recoveredOrder: unknown }) => node.recoveredOrder);
    expect(orders).toHaveLength(2);
    for (const { recoveredOrder, recoveryEmailSentDate } of orders) {
      expect(recoveredOrder.order_number).toMatch(/^RCVR/);
      expect(recoveredOrder.orderNumber).toMatch(/^56000090\d$/);
      expect(recoveredOrder.paymentStatus).not.toBe('INCOMPLETE');
      expect(recoveredOrder.total).toBeGreaterThan(0);
      expect(recoveryEmailSentDate).toBe('2026-07-02T09:00:00.000Z');
    }
    expect(gateway.calls.map(({ path }) => path)).toEqual(['/carts', '/orders']);
  });
});

describe('every cart of the sandbox', () => {
  test('is answered whole without an error', async () => {
    const { nodes } = await carts({ first: 1000 });
    for (const { id } of nodes) {
      const { data, errors } = await gateway.execute(WholeCartDocument, { id });
      expect(errors, id).toBeUndefined();
      expect(data?.cart?.id).toBe(id);
    }
  });
});
