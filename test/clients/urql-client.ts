import { Client, fetchExchange } from '@urql/core';
import { cacheExchange, type KeyingConfig } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import type { IntrospectionQuery } from 'graphql';

const entities = ['Cart', 'Customer', 'Order', 'Product', 'Store'];

export function createUrqlClient(url: string, schema: IntrospectionQuery): Client {
  const keys: KeyingConfig = {};
  for (const { kind, name } of schema.__schema.types) {
    if (kind === 'OBJECT' && !entities.includes(name)) keys[name] = () => null;
  }
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        schema,
        keys,
        resolvers: { Query: { carts: relayPagination(), orders: relayPagination() } },
        updates: {
          Mutation: {
            placeOrder(_result, { input }, cache) {
              const { cart_id: id } = input as { cart_id: string };
              cache.invalidate({ __typename: 'Cart', id });
            },
          },
        },
      }),
      fetchExchange,
    ],
  });
}
