import { GraphQLError } from 'graphql';

/** A request that no operation can be read from. */
export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}
