import { CombinedGraphQLErrors, type ObservableQuery } from '@apollo/client';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { createApolloClient } from './apollo-client.ts';
import { orderWithTip } from './calculations.ts';
import { readFragment } from './generated/fragment-masking.ts';
import type { CartsPageQuery, CartsPageQueryVariables } from './generated/graphql.ts';
import {
  CartDestination,
  CartReceiver,
  CartsPage,
  CartWithTotals,
  OrdersPage,
  OrderWithTotals,
  PlaceOrder,
  PlaceOrderOrThrow,
  Totals,
  TwoSurcharges,
} from './operations.ts';
import { allCartIds, emptyCart, gretasCart } from './store-contents.ts';

const gateway: GatewayOnSandbox = await startGateway();
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

/** Has it watch its query, and answers once there are data. */
async function watch(query: ObservableQuery<CartsPageQuery, CartsPageQueryVariables>): Promise<void> {
  query.subscribe({});
  await firstValueFrom(query.pipe(filter(({ dataState }) => dataState === 'complete')));
}

describe('Apollo Client', () => {
  test('pages through all carts without a double or a hole', async () => {
    const ids = await allCartIds(gateway);
    const carts = createApolloClient(gateway.url).watchQuery({ query: CartsPage, variables: { first: 50 } });
    await watch(carts);
    const connection = () => carts.getCurrentResult().data?.carts;
    let pages = 1;
    for (; connection()?.pageInfo?.hasNextPage; pages += 1) {
      await carts.fetchMore({ variables: { after: connection()?.pageInfo?.endCursor } });
      // Who watches is told in a turn of its own.
      await expect.poll(() => connection()?.edges?.length).toBeGreaterThan(pages * 50);
    }
    expect(pages).toBeGreaterThan(3);
    expect(connection()?.edges?.map((edge) => edge?.node?.id)).toEqual(ids);
    expect(connection()?.totalCount).toBe(ids.length);
  });

  test('keeps the pages of each filter apart', async () => {
    const client = createApolloClient(gateway.url);
    const idsOf = async (customer: string) => {
      const variables = { first: 5, filter: { customer } };
      const { data } = await client.query({ query: CartsPage, variables });
      return data?.carts.edges.map(({ node }) => node.id);
    };
    expect(await idsOf('Greta')).toEqual([gretasCart]);
    expect(await idsOf('Emma')).toEqual([emptyCart]);
    expect(await idsOf('Greta')).toEqual([gretasCart]);
    expect(gateway.calls).toHaveLength(2);
  });

  test('keeps the pages of each offset apart', async () => {
    const ids = await allCartIds(gateway);
    const client = createApolloClient(gateway.url);
    const cartsFrom = async (offset: number | null) => {
      const { data } = await client.query({ query: CartsPage, variables: { first: 5, offset } });
      return data?.carts.edges.map(({ node }) => node.id);
    };
    const ordersFrom = async (offset: number | null) => {
      const { data } = await client.query({ query: OrdersPage, variables: { first: 5, offset } });
      return data?.orders.edges.map(({ node }) => node.id);
    };
    expect(await cartsFrom(null)).toEqual(ids.slice(0, 5));
    expect(await cartsFrom(5)).toEqual(ids.slice(5, 10));
    expect(await cartsFrom(null)).toEqual(ids.slice(0, 5));
    expect(await ordersFrom(5)).not.toEqual(await ordersFrom(null));
  });

  test('joins pages of orders likewise', async () => {
    const client = createApolloClient(gateway.url);
    const variables = { first: 20 };
    const { data } = await client.query({ query: OrdersPage, variables });
    const after = data?.orders.pageInfo.endCursor ?? null;
    // Not from the cache, which would answer with what there is of the list.
    const fetchPolicy = 'network-only';
    await client.query({ query: OrdersPage, variables: { ...variables, after }, fetchPolicy });
    expect(client.readQuery({ query: OrdersPage, variables })?.orders.edges).toHaveLength(40);
  });

  test('reads a fragment on OrderDetails from its cache, of a cart as of an order', async () => {
    const client = createApolloClient(gateway.url);
    for (const policy of ['network-only', 'cache-only'] as const) {
      const cart = await client.query({
        query: CartWithTotals,
        variables: { id: gretasCart },
        fetchPolicy: policy,
      });
      expect(readFragment(Totals, cart.data?.cart)?.total).toBeGreaterThan(0);
      const order = await client.query({
        query: OrderWithTotals,
        variables: { id: 'RCVR1' },
        fetchPolicy: policy,
      });
      expect(readFragment(Totals, order.data?.order)?.total).toBeGreaterThan(0);
    }
  });

  test('keeps what only has the id of another thing apart from it', async () => {
    const { data } = await createApolloClient(gateway.url).query({
      query: TwoSurcharges,
      variables: { small: orderWithTip(1), large: orderWithTip(2) },
    });
    expect(data?.small.customSurcharges).toMatchObject([{ id: 'tips', total: 1 }]);
    expect(data?.large.customSurcharges).toMatchObject([{ id: 'tips', total: 2 }]);
  });

  test('keeps what two queries know of one person', async () => {
    const client = createApolloClient(gateway.url);
    const variables = { id: gretasCart };
    await client.query({ query: CartReceiver, variables });
    await client.query({ query: CartDestination, variables });
    expect(client.readQuery({ query: CartReceiver, variables })?.cart?.shippingPerson?.name).toBe(
      'Greta Guest',
    );
  });

  test('places a cart and forgets it', async () => {
    const client = createApolloClient(gateway.url);
    const variables = { first: 50, filter: { customer: 'Greta' } };
    const carts = client.watchQuery({ query: CartsPage, variables });
    await watch(carts);
    expect(carts.getCurrentResult().data?.carts?.edges).toHaveLength(1);
    const { data } = await client.mutate({
      mutation: PlaceOrder,
      variables: { input: { cart_id: gretasCart } },
      update(cache) {
        const id = cache.identify({ __typename: 'Cart', id: gretasCart });
        if (id) cache.evict({ id });
      },
    });
    expect(data?.placeOrder?.errors).toEqual([]);
    expect(data?.placeOrder?.order?.order_number).toMatch(/^\w+$/);
    await expect.poll(() => carts.getCurrentResult().data?.carts?.edges).toEqual([]);
  });

  test('reads the code of a refusal from the extensions of its error', async () => {
    const placing = createApolloClient(gateway.url).mutate({
      mutation: PlaceOrderOrThrow,
      variables: { input: { cart_id: emptyCart } },
    });
    const error = await placing.catch((reason: unknown) => reason);
    expect(CombinedGraphQLErrors.is(error) && error.errors.map(({ extensions }) => extensions?.code)).toEqual(
      ['CART_EMPTY'],
    );
  });
});
