import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../viewer.ts';
import { type Authenticate, AuthenticationError } from './authenticate.ts';
import { errorResponse } from './error-response.ts';

/** Asks of each request who sent it, before anything is done for it. */
export function useViewer(authenticate: Authenticate): Plugin<object, { viewer: Viewer }> {
  return {
    async onRequest({ request, serverContext, fetchAPI, endResponse }) {
      try {
        serverContext.viewer = await authenticate(request.headers.get('authorization'));
      } catch (error) {
        if (!(error instanceof AuthenticationError)) throw error;
        endResponse(errorResponse(request, toGraphQLError(error), fetchAPI));
      }
    },
  };
}

function toGraphQLError({ code, message }: AuthenticationError): GraphQLError {
  const http =
    code === 'UNAUTHENTICATED'
      ? { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }
      : { status: 503, headers: { 'retry-after': '30' } };
  return new GraphQLError(message, { extensions: { code, http } });
}
