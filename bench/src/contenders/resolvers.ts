import { type GraphQLResolveInfo, GraphQLScalarType } from 'graphql';
import { entityIds, wirePaths } from '../wire-names.ts';

export type Json = Readonly<Record<string, unknown>>;

/** How a contender reads the REST API. */
export interface Reader<Context> {
  cart(id: string, context: Context, info: GraphQLResolveInfo): Promise<Json>;
  carts(query: CartsQuery, context: Context, info: GraphQLResolveInfo): Promise<Json>;
  calculate(input: Json, context: Context): Promise<Json>;
  place(cartId: string, context: Context): Promise<Json>;
}

export interface CartsQuery {
  readonly limit: number;
  readonly totalFrom: number;
}

interface CartsArgs {
  readonly first: number;
  readonly filter: { readonly totalFrom: number };
}

/** Reads bodies as they are, whatever is selected of them. */
export function readWhole(send: (path: string, body?: object) => Promise<Json>): Reader<unknown> {
  return {
    cart: (id) => send(`/carts/${id}`),
    carts: ({ limit, totalFrom }) => send(`/carts?limit=${limit}&totalFrom=${totalFrom}`),
    calculate: (input) => send('/order/calculate', input),
    place: (cartId) => send(`/carts/${cartId}/place`, {}),
  };
}

/** Resolvers that graphql-tools, Apollo and mercurius all take. */
export function createResolvers<Context>(reader: Reader<Context>) {
  const resolvers: Record<string, Record<string, unknown> | GraphQLScalarType> = {
    Query: {
      cart: (_root: unknown, { id }: { id: string }, context: Context, info: GraphQLResolveInfo) =>
        reader.cart(id, context, info),
      carts: (_root: unknown, { first, filter }: CartsArgs, context: Context, info: GraphQLResolveInfo) =>
        reader.carts({ limit: first, totalFrom: filter.totalFrom }, context, info),
      calculateOrder: (_root: unknown, { input }: { input: Json }, context: Context) =>
        reader.calculate(input, context),
    },
    Mutation: {
      placeOrder: async (_root: unknown, { input }: { input: { cart_id: string } }, context: Context) => ({
        order: await reader.place(input.cart_id, context),
        errors: [],
      }),
    },
    DateTime: new GraphQLScalarType({
      name: 'DateTime',
      serialize: (value) => new Date(value as string).toISOString(),
    }),
  };
  for (const [coordinate, path] of Object.entries(wirePaths)) {
    const [name = '', inside] = path.split('.');
    add(coordinate, inside ? (source) => (source[name] as Json | null)?.[inside] : (source) => source[name]);
  }
  for (const [coordinate, wireName] of Object.entries(entityIds)) {
    add(coordinate, (source) => (source[wireName] == null ? null : { id: source[wireName] }));
  }
  return resolvers;

  function add(coordinate: string, resolve: (source: Json) => unknown): void {
    const [type = '', field = ''] = coordinate.split('.');
    resolvers[type] = { ...resolvers[type], [field]: resolve };
  }
}
