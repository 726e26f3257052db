import { ApolloClient, defaultDataIdFromObject, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

const entities = ['Cart', 'Customer', 'Order', 'Product', 'Store'];

export function createApolloClient(uri: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri }),
    cache: new InMemoryCache({
      possibleTypes: {
        Discount: ['DiscountInfo', 'ShippingDiscountInfo'],
        MutationError: ['CreateOrderError', 'HideCartError', 'PlaceOrderError'],
        OrderDetails: ['CalculatedOrder', 'Cart', 'Order'],
      },
      dataIdFromObject: (object, context) =>
        entities.includes(object.__typename ?? '') ? defaultDataIdFromObject(object, context) : false,
      typePolicies: {
        Query: {
          fields: {
            carts: relayStylePagination(['filter', 'offset']),
            orders: relayStylePagination(['filter', 'offset']),
          },
        },
        PersonInfo: { merge: true },
      },
    }),
  });
}
