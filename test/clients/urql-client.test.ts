import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { Client, cacheExchange, fetchExchange, type OperationResult } from '@urql/core';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { orderWithTip } from './calculations.ts';
import { readFragment } from './generated/fragment-masking.ts';
import {
  CartsPage,
  CartWithTotals,
  OrdersPage,
  OrderWithTotals,
  PlaceOrder,
  PlaceOrderOrThrow,
  Totals,
  TwoSurcharges,
} from './operations.ts';
import { allCartIds, emptyCart, gretasCart, johnsCart } from './store-contents.ts';
import { createUrqlClient } from './urql-client.ts';

const sdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const introspection = introspectionFromSchema(buildSchema(sdl), { descriptions: false });
const gateway: GatewayOnSandbox = await startGateway();
const createClient = () => createUrqlClient(gateway.url, introspection);

// Where the cache has something to say of its configuration, it says it here.
const warnings = vi.spyOn(console, 'warn');
beforeEach(() => gateway.reset());
afterEach(() => expect(warnings.mock.calls).toEqual([]));
afterAll(() => gateway.close());

describe('urql', () => {
  test('pages through all carts without a double or a hole', async () => {
    const ids = await allCartIds(gateway);
    const client = createClient();
    let pages = 0;
    let carts: Awaited<ReturnType<typeof page>> | undefined;
    async function page(after: string | null) {
      const { data, error } = await client.query(CartsPage, { first: 50, after });
      expect(error).toBeUndefined();
      pages += 1;
      return data?.carts;
    }
    do {
      carts = await page(carts?.pageInfo.endCursor ?? null);
    } while (carts?.pageInfo.hasNextPage);
    expect(pages).toBeGreaterThan(3);
    // The first page is all of them by now.
    expect((await page(null))?.edges.map(({ node }) => node.id)).toEqual(ids);
  });

  test('keeps the pages of each offset apart', async () => {
    const ids = await allCartIds(gateway);
    const client = createClient();
    const idsFrom = async (offset: number | null) => {
      const { data } = await client.query(CartsPage, { first: 5, offset });
      return data?.carts.edges.map(({ node }) => node.id);
    };
    expect(await idsFrom(null)).toEqual(ids.slice(0, 5));
    expect(await idsFrom(5)).toEqual(ids.slice(5, 10));
    expect(await idsFrom(null)).toEqual(ids.slice(0, 5));
  });

  test('joins pages of orders likewise', async () => {
    const client = createClient();
    const { data } = await client.query(OrdersPage, { first: 20 });
    await client.query(OrdersPage, { first: 20, after: data?.orders.pageInfo.endCursor ?? null });
    const both = await client.query(OrdersPage, { first: 20 }, { requestPolicy: 'cache-only' });
    expect(both.data?.orders.edges).toHaveLength(40);
  });

  test('reads a fragment on OrderDetails from its cache, of a cart as of an order', async () => {
    const client = createClient();
    for (const requestPolicy of ['network-only', 'cache-only'] as const) {
      const cart = await client.query(CartWithTotals, { id: gretasCart }, { requestPolicy });
      expect(readFragment(Totals, cart.data?.cart)?.total).toBeGreaterThan(0);
      const order = await client.query(OrderWithTotals, { id: 'RCVR1' }, { requestPolicy });
      expect(readFragment(Totals, order.data?.order)?.total).toBeGreaterThan(0);
    }
  });

  test('keeps what only has the id of another thing apart from it', async () => {
    const { data } = await createClient().query(TwoSurcharges, {
      small: orderWithTip(1),
      large: orderWithTip(2),
    });
    expect(data?.small.customSurcharges).toMatchObject([{ id: 'tips', total: 1 }]);
    expect(data?.large.customSurcharges).toMatchObject([{ id: 'tips', total: 2 }]);
  });

  test('keeps the id of a cart, which is as good as a key, out of addresses', async () => {
    const asked: string[] = [];
    const look = (message: unknown) => {
      const { origin, method, path } = (message as { request: Record<string, string> }).request;
      if (origin === gateway.origin) asked.push(`${method} ${path}`);
    };
    subscribe('undici:request:create', look);
    await createClient().query(CartWithTotals, { id: gretasCart });
    unsubscribe('undici:request:create', look);
    expect(asked).toEqual(['POST /graphql']);
  });

  test('places a cart, and asks for it anew wherever it is shown', async () => {
    const client = createClient();
    const results: OperationResult[] = [];
    const watching = client
      .query(CartWithTotals, { id: gretasCart })
      .subscribe((result) => results.push(result));
    await expect.poll(() => results.at(-1)?.data?.cart).toMatchObject({ id: gretasCart });
    const { data } = await client.mutation(PlaceOrder, { input: { cart_id: gretasCart } });
    expect(data?.placeOrder?.errors).toEqual([]);
    expect(data?.placeOrder?.order?.order_number).toMatch(/^\w+$/);
    await expect.poll(() => results.at(-1)?.data).toEqual({ cart: null });
    watching.unsubscribe();
  });

  test('does so with its document cache where the mutation names what it changes', async () => {
    const client = new Client({
      url: gateway.url,
      preferGetMethod: false,
      exchanges: [cacheExchange, fetchExchange],
    });
    const read = async () => (await client.query(CartWithTotals, { id: johnsCart })).data?.cart?.id;
    expect(await read()).toBe(johnsCart);
    await client.mutation(
      PlaceOrderOrThrow,
      { input: { cart_id: johnsCart } },
      { additionalTypenames: ['Cart'] },
    );
    expect(await read()).toBeUndefined();
  });

  test('reads the code of a refusal from the extensions of its error', async () => {
    const { error } = await createClient().mutation(PlaceOrderOrThrow, { input: { cart_id: emptyCart } });
    expect(error?.graphQLErrors.map(({ extensions }) => extensions.code)).toEqual(['CART_EMPTY']);
  });
});
