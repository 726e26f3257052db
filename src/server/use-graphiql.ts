import { type Plugin, shouldRenderGraphiQL } from 'graphql-yoga';
import type { Viewer } from '../viewer.ts';

export interface GraphiqlOptions {
  readonly endpoint: string;
  /** What it opens with, an operation a tab. */
  readonly exampleOperations: readonly string[];
  /** To others it is as if it were not there. */
  readonly mayExplore: (viewer: Viewer) => boolean;
}

/** GraphiQL for browsers that open the endpoint. */
export function useGraphiql({
  endpoint,
  exampleOperations,
  mayExplore,
}: GraphiqlOptions): Plugin<object, { caller: { viewer: Viewer } }> {
  const options = { title: 'ecwid-graphql', defaultTabs: exampleOperations.map((query) => ({ query })) };
  let page: Promise<Uint8Array<ArrayBuffer>> | undefined;
  return {
    async onRequest({ request, url, serverContext, fetchAPI, endResponse }) {
      if (
        url.pathname !== endpoint ||
        !shouldRenderGraphiQL(request) ||
        !mayExplore(serverContext.caller.viewer)
      )
        return;
      // 9 MB of script: read when the first browser asks, so that starting stays quick, and held once for all.
      page ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) =>
        new TextEncoder().encode(renderGraphiQL(options)),
      );
      const headers = { 'content-type': 'text/html; charset=utf-8' };
      endResponse(new fetchAPI.Response(await page, { headers }));
    },
  };
}
