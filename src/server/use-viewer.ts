import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../viewer.ts';

/** Asks of each request who sent it, before anything is done for it. */
export function useViewer(
  authenticate: (authorization: string | null) => Promise<Viewer>,
): Plugin<object, { viewer: Viewer }> {
  return {
    async onRequest({ request, serverContext }) {
      serverContext.viewer = await authenticate(request.headers.get('authorization'));
    },
  };
}
