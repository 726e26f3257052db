import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly cartIds?: readonly string[];
  readonly orderIds?: readonly string[];
}

export interface Service {
  readonly url: string;
  close(): Promise<void>;
}

export const customersSdl = readFileSync(new URL('customers.graphql', import.meta.url), 'utf8');

/** A service that knows who the customers are, and of their carts and orders the ids. */
export async function startCustomers(customers: readonly Customer[], port = 0): Promise<Service> {
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  const find = (id: string) => byId.get(id) ?? null;
  const toEntity = (id: string) => ({ id });

  const schema = buildSubgraphSchema({
    typeDefs: parse(customersSdl),
    resolvers: {
      Query: {
        customers: () => customers,
        customersByIds: (_root: unknown, { ids }: { ids: readonly string[] }) => ids.map(find),
      },
      Customer: {
        __resolveReference: ({ id }: Pick<Customer, 'id'>) => find(id),
        carts: ({ cartIds = [] }: Customer) => cartIds.map(toEntity),
        orders: ({ orderIds = [] }: Customer) => orderIds.map(toEntity),
      },
    },
  });
  const yoga = createYoga({ schema, graphiql: false, landingPage: false, logging: false });
  const server = createServer(yoga);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
