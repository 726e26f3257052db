import {
  commitMutation,
  createOperationDescriptor,
  type Environment,
  fetchQuery,
  getSingularSelector,
  type ReaderFragment,
} from 'relay-runtime';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../../running-gateway.ts';
import { orderWithTip } from '../calculations.ts';
import { allCartIds, emptyCart, gretasCart } from '../store-contents.ts';
import calculationsQuery, {
  type operationsCalculationsQuery,
} from './__generated__/operationsCalculationsQuery.graphql.ts';
import cartFragment, { type operationsCart$key } from './__generated__/operationsCart.graphql.ts';
import cartQuery, { type operationsCartQuery } from './__generated__/operationsCartQuery.graphql.ts';
import cartsFragment, { type operationsCarts$key } from './__generated__/operationsCarts.graphql.ts';
import cartsQuery, { type operationsCartsQuery } from './__generated__/operationsCartsQuery.graphql.ts';
import moreCartsQuery, {
  type operationsMoreCartsQuery,
} from './__generated__/operationsMoreCartsQuery.graphql.ts';
import orderFragment, { type operationsOrder$key } from './__generated__/operationsOrder.graphql.ts';
import orderQuery, { type operationsOrderQuery } from './__generated__/operationsOrderQuery.graphql.ts';
import placeOrderMutation, {
  type operationsPlaceOrderMutation,
} from './__generated__/operationsPlaceOrderMutation.graphql.ts';
import totalsFragment, { type operationsTotals$key } from './__generated__/operationsTotals.graphql.ts';
import { createEnvironment } from './environment.ts';

const gateway: GatewayOnSandbox = await startGateway();
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

/** What a component has of its fragment: `useFragment` without React. */
function read<Key extends { readonly ' $data'?: unknown }>(
  environment: Environment,
  fragment: ReaderFragment,
  key: Key | null | undefined,
): NonNullable<Key[' $data']> {
  const { data, isMissingData } = environment.lookup(getSingularSelector(fragment, key));
  expect(isMissingData).toBe(false);
  return data as NonNullable<Key[' $data']>;
}

function place(environment: Environment, cartId: string) {
  return new Promise<operationsPlaceOrderMutation['response']>((resolve, reject) => {
    commitMutation<operationsPlaceOrderMutation>(environment, {
      mutation: placeOrderMutation,
      variables: { input: { cart_id: cartId } },
      updater: (store) => store.delete(`Cart:${cartId}`),
      onCompleted: resolve,
      onError: reject,
    });
  });
}

describe('Relay', () => {
  test('pages through all carts without a double or a hole', async () => {
    const ids = await allCartIds(gateway);
    const environment = createEnvironment(gateway.url);
    const variables = { first: 50 };
    environment.retain(createOperationDescriptor(cartsQuery, variables));
    const root = await fetchQuery<operationsCartsQuery>(environment, cartsQuery, variables).toPromise();
    const connection = () => read<operationsCarts$key>(environment, cartsFragment, root).carts;
    let pages = 1;
    for (; connection().pageInfo.hasNextPage; pages += 1) {
      const after = connection().pageInfo.endCursor;
      await fetchQuery<operationsMoreCartsQuery>(environment, moreCartsQuery, {
        ...variables,
        after,
      }).toPromise();
    }
    expect(pages).toBeGreaterThan(3);
    expect(connection().edges.map(({ node }) => node.id)).toEqual(ids);
    expect(connection().totalCount).toBe(ids.length);
  });

  test('keeps the pages of each offset apart', async () => {
    const ids = await allCartIds(gateway);
    const environment = createEnvironment(gateway.url);
    const rootOf = (offset: number | null) => {
      const variables = { first: 5, offset };
      environment.retain(createOperationDescriptor(cartsQuery, variables));
      return fetchQuery<operationsCartsQuery>(environment, cartsQuery, variables).toPromise();
    };
    const roots = [await rootOf(null), await rootOf(5)];
    const [front, further] = roots.map((root) =>
      read<operationsCarts$key>(environment, cartsFragment, root).carts.edges.map(({ node }) => node.id),
    );
    expect(front).toEqual(ids.slice(0, 5));
    expect(further).toEqual(ids.slice(5, 10));
  });

  test('reads a fragment on OrderDetails within fragments on a cart and on an order', async () => {
    const environment = createEnvironment(gateway.url);
    const cart = await fetchQuery<operationsCartQuery>(environment, cartQuery, {
      id: gretasCart,
    }).toPromise();
    const order = await fetchQuery<operationsOrderQuery>(environment, orderQuery, {
      id: 'RCVR1',
    }).toPromise();
    const cartData = read<operationsCart$key>(environment, cartFragment, cart?.cart);
    const orderData = read<operationsOrder$key>(environment, orderFragment, order?.order);
    expect([cartData.hidden, orderData.paymentStatus]).toEqual([false, 'PAID']);
    expect(read<operationsTotals$key>(environment, totalsFragment, cartData).total).toBeGreaterThan(0);
    expect(read<operationsTotals$key>(environment, totalsFragment, orderData).total).toBeGreaterThan(0);
  });

  test('keeps a customer and a product of the same id apart, and what is no entity where it is', async () => {
    const sameId = '15319410';
    const large = orderWithTip(2);
    const data = await fetchQuery<operationsCalculationsQuery>(
      createEnvironment(gateway.url),
      calculationsQuery,
      {
        small: {
          ...orderWithTip(1),
          customerId: sameId,
          items: [{ ...large.items[0], name: 'Cherry', price: 1, quantity: 1, productId: sameId }],
        },
        large,
      },
    ).toPromise();
    expect(data?.small.customer).toEqual({ __typename: 'Customer', id: sameId });
    expect(data?.small.items[0]?.product).toEqual({ __typename: 'Product', id: sameId });
    expect(data?.small.customSurcharges).toEqual([{ id: 'tips', total: 1 }]);
    expect(data?.large.customSurcharges).toEqual([{ id: 'tips', total: 2 }]);
  });

  test('places a cart and forgets it', async () => {
    const environment = createEnvironment(gateway.url);
    await fetchQuery<operationsCartQuery>(environment, cartQuery, { id: gretasCart }).toPromise();
    expect(environment.getStore().getSource().get(`Cart:${gretasCart}`)).toBeTruthy();
    const { placeOrder } = await place(environment, gretasCart);
    expect(placeOrder?.order?.order_number).toMatch(/^\w+$/);
    expect(environment.getStore().getSource().get(`Cart:${gretasCart}`)).toBeNull();
  });

  test('has refusals as data', async () => {
    const { placeOrder } = await place(createEnvironment(gateway.url), emptyCart);
    expect(placeOrder).toMatchObject({ order: null, errors: [{ code: 'CART_EMPTY' }] });
  });
});
