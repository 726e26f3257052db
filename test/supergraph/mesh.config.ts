import { defineConfig, loadGraphQLHTTPSubgraph } from '@graphql-mesh/compose-cli';

const { ECWID_URL = 'http://127.0.0.1:4000/graphql', CUSTOMERS_URL = 'http://127.0.0.1:4002/graphql' } =
  process.env;

const subgraph = (name: string, endpoint: string, source: string) => ({
  sourceHandler: loadGraphQLHTTPSubgraph(name, { endpoint, source, federation: true }),
});

export const composeConfig = defineConfig({
  subgraphs: [
    subgraph('ecwid', ECWID_URL, 'subgraph.graphql'),
    subgraph('customers', CUSTOMERS_URL, 'customers.graphql'),
  ],
});
