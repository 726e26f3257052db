import type { GraphQLError } from 'graphql';
import { type FetchAPI, processRegularResult } from 'graphql-yoga';

/**
 * The answer to a whole request that is refused before its body is read, with the status and headers of the
 * error's `extensions.http`, in the newer media type for callers who take that.
 */
export function errorResponse({ headers }: Request, error: GraphQLError, fetchAPI: FetchAPI): Response {
  const type = 'application/graphql-response+json';
  const isAccepted = headers.get('accept')?.toLowerCase().includes(type);
  return processRegularResult({ errors: [error] }, fetchAPI, isAccepted ? type : 'application/json');
}
