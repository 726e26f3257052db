import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../viewer.ts';
import { type Authenticate, AuthenticationError } from './authenticate.ts';
import { errorResponse } from './error-response.ts';

interface ServerContext {
  viewer: Viewer;
  readonly req: IncomingMessage;
}

/** Asks of each request who sent it, before anything is done for it. */
export function useViewer(authenticate: Authenticate): Plugin<object, ServerContext> {
  return {
    async onRequest({ request, serverContext, fetchAPI, endResponse }) {
      try {
        // Of several, a proxy in front may have looked at another one than the first.
        const [authorization = null, ...others] = serverContext.req.headersDistinct.authorization ?? [];
        if (others.length > 0) throw new AuthenticationError();
        serverContext.viewer = await authenticate(authorization);
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
