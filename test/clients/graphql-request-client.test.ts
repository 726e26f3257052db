import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { testAuthenticate } from '../viewers.ts';
import { codeOf, createRequestClient } from './graphql-request-client.ts';
import { CartsPage, PlaceOrder, PlaceOrderOrThrow } from './operations.ts';
import { emptyCart, gretasCart } from './store-contents.ts';

const staff = 'staff read_orders create_orders';
const gateway: GatewayOnSandbox = await startGateway({}, [], {
  authenticate: async (authorization) => testAuthenticate(authorization?.replace(/^Bearer /, '') ?? null),
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

describe('graphql-request', () => {
  test('sends a typed document and answers with its type', async () => {
    const { carts } = await createRequestClient(gateway.url, staff).request(CartsPage, {
      first: 5,
      filter: { customer: 'Greta' },
    });
    const ids: readonly string[] = carts.edges.map(({ node }) => node.id);
    expect(ids).toEqual([gretasCart]);
    expect(carts.totalCount).toBe(1);
  });

  test('is who the token in its headers says', async () => {
    const asking = createRequestClient(gateway.url, 'guest').request(CartsPage, { first: 5 });
    expect(codeOf(await asking.catch((error: unknown) => error))).toBe('NOT_PERMITTED');
  });

  test('places a cart once however often it asks', async () => {
    const client = createRequestClient(gateway.url, 'guest');
    const place = () => client.request(PlaceOrder, { input: { cart_id: gretasCart } });
    const [first, second] = await Promise.all([place(), place()]);
    expect(first.placeOrder?.order?.order_number).toMatch(/^\w+$/);
    expect(second).toEqual(first);
    expect(gateway.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('has refusals as data where errors is selected, and as an error with a code where it is not', async () => {
    const client = createRequestClient(gateway.url, 'guest');
    const variables = { input: { cart_id: emptyCart } };
    const { placeOrder } = await client.request(PlaceOrder, variables);
    expect(placeOrder).toMatchObject({ order: null, errors: [{ code: 'CART_EMPTY' }] });
    const placing = client.request(PlaceOrderOrThrow, variables);
    expect(codeOf(await placing.catch((error: unknown) => error))).toBe('CART_EMPTY');
  });

  test('tells a document that the schema does not know by its code', async () => {
    const asking = createRequestClient(gateway.url, staff).request('{ carts { nonsense } }');
    expect(codeOf(await asking.catch((error: unknown) => error))).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});
