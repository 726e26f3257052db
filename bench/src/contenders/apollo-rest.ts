import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readTypeDefs, tellReady, upstream, upstreamHeaders } from './environment.ts';
import { type CartsQuery, createResolvers, type Json } from './resolvers.ts';

// As Apollo's guide to REST has it: a data source for each request, which asks for one address once.

class EcwidDataSource extends RESTDataSource {
  override baseURL = `${upstream}/`;

  getCart(id: string): Promise<Json> {
    return this.get(`carts/${id}`, { headers: upstreamHeaders });
  }

  getCarts({ limit, totalFrom }: CartsQuery): Promise<Json> {
    return this.get('carts', {
      params: { limit: String(limit), totalFrom: String(totalFrom) },
      headers: upstreamHeaders,
    });
  }

  calculate(input: Json): Promise<Json> {
    return this.post('order/calculate', { body: input, headers: upstreamHeaders });
  }

  place(cartId: string): Promise<Json> {
    return this.post(`carts/${cartId}/place`, { headers: upstreamHeaders });
  }
}

interface Context {
  readonly ecwid: EcwidDataSource;
}

const server = new ApolloServer<Context>({
  typeDefs: readTypeDefs(),
  resolvers: createResolvers<Context>({
    cart: (id, { ecwid }) => ecwid.getCart(id),
    carts: (query, { ecwid }) => ecwid.getCarts(query),
    calculate: (input, { ecwid }) => ecwid.calculate(input),
    place: (cartId, { ecwid }) => ecwid.place(cartId),
  }) as never,
});

const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async () => ({ ecwid: new EcwidDataSource({ cache: server.cache }) }),
});
tellReady(Number(new URL(url).port));
