import { Environment, Network, RecordSource, Store } from 'relay-runtime';

const entities = ['Cart', 'Customer', 'Order', 'Product', 'Store'];

export function createEnvironment(url: string): Environment {
  return new Environment({
    network: Network.create(async ({ text }, variables) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: text, variables }),
      });
      return response.json();
    }),
    store: new Store(new RecordSource()),
    // Relay gives what has no id of its own one by its place.
    getDataID: ({ id }, type) => (entities.includes(type) ? `${type}:${id}` : undefined),
  });
}
