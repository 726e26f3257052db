import { GraphQLError } from 'graphql';

/** A request that nothing was done of, since this process has more to do than it can do well. */
export function overloaded(): GraphQLError {
  const retryAfter = 1;
  return new GraphQLError(`There are too many requests at the moment; try again in ${retryAfter} s.`, {
    extensions: {
      code: 'OVERLOADED',
      retryAfter,
      http: { status: 503, headers: { 'retry-after': String(retryAfter) } },
    },
  });
}
