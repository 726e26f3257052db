import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../viewer.ts';
import { type Authenticate, AuthenticationError } from './authenticate.ts';
import { errorResponse } from './error-response.ts';

/** Asks of each request who sent it, before anything is done for it. */
export function useViewer(authenticate: Authenticate): Plugin<object, { viewer: Viewer }> {
  return {
    async onRequest({ request, serverContext, endResponse }) {
      try {
        serverContext.viewer = await authenticate(request.headers.get('authorization'));
      } catch (error) {
        if (!(error instanceof AuthenticationError)) throw error;
        const { code, message } = error;
        endResponse(
          errorResponse(
            request,
            code === 'UNAUTHENTICATED'
              ? {
                  status: 401,
                  code,
                  message,
                  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
                }
              : { status: 503, code, message, headers: { 'retry-after': '30' } },
          ),
        );
      }
    },
  };
}
