import Fastify from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import mercurius from 'mercurius';
import { Pool } from 'undici';
import { projectionOf } from '../projection.ts';
import { createDispatch } from './dispatch.ts';
import { readTypeDefs, tellReady, upstream, upstreamHeaders } from './environment.ts';
import { createResolvers, type Json } from './resolvers.ts';

// With what the product does upstream: the fields that are selected, one call for each id, undici's own handlers.

interface Context {
  /** What is being read for this request, by address. */
  readonly reading: Map<string, Promise<Json>>;
}

const send = createDispatch(new Pool(upstream.origin, { connections: 20 }), upstreamHeaders);
const base = upstream.pathname;

// mercurius keeps parsed documents, so a selection is printed once.
const printed = new WeakMap<object, string>();

function fieldsOf({ fieldNodes, returnType, fragments }: GraphQLResolveInfo): string {
  const [node] = fieldNodes;
  if (!node?.selectionSet) return '';
  let fields = printed.get(node);
  if (fields === undefined) {
    fields = encodeURIComponent(projectionOf(returnType, node.selectionSet, fragments));
    printed.set(node, fields);
  }
  return fields;
}

const app = Fastify();
await app.register(mercurius, {
  schema: readTypeDefs(),
  resolvers: createResolvers<Context>({
    cart(id, { reading }, info) {
      const path = `${base}/carts/${encodeURIComponent(id)}?responseFields=${fieldsOf(info)}`;
      let cart = reading.get(path);
      if (!cart) {
        cart = send('GET', path);
        reading.set(path, cart);
      }
      return cart;
    },
    carts: ({ limit, totalFrom }, _context, info) =>
      send('GET', `${base}/carts?limit=${limit}&totalFrom=${totalFrom}&responseFields=${fieldsOf(info)}`),
    calculate: (input) => send('POST', `${base}/order/calculate`, JSON.stringify(input)),
    place: (cartId) => send('POST', `${base}/carts/${encodeURIComponent(cartId)}/place`),
  }) as never,
  context: () => ({ reading: new Map() }) as never,
  jit: 1,
});
tellReady(Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port));
