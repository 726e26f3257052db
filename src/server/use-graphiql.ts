import { type Plugin, shouldRenderGraphiQL } from 'graphql-yoga';
import type { Viewer } from '../viewer.ts';
import type { GraphiqlOptions } from './graphiql-options.ts';
import { renderGraphiqlPage } from './graphiql-page.ts';

// All of it is in the page: the scripts and their workers, the styles, the fonts. It asks nobody but this server.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** GraphiQL for browsers that open the endpoint. */
export function useGraphiql({
  endpoint,
  exampleOperations,
  readyViewers = [],
  mayExplore,
}: GraphiqlOptions): Plugin<object, { caller: { viewer: Viewer } }> {
  const options = {
    title: 'ecwid-graphql',
    defaultTabs: exampleOperations.map(({ query, variables }) => ({
      query,
      variables: variables ? JSON.stringify(variables, null, 2) : null,
    })),
    // A token that somebody types in is not for the browser's storage.
    shouldPersistHeaders: false,
  };
  let page: Promise<Uint8Array<ArrayBuffer>> | undefined;
  return {
    async onRequest({ request, url, serverContext, fetchAPI, endResponse }) {
      if (
        url.pathname !== endpoint ||
        !shouldRenderGraphiQL(request) ||
        !mayExplore(serverContext.caller.viewer)
      )
        return;
      // Made when the first browser asks, so that starting stays quick, and held once for all.
      page ??= renderGraphiqlPage(options, readyViewers).then((html) => new TextEncoder().encode(html));
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy,
      };
      endResponse(new fetchAPI.Response(await page, { headers }));
    },
  };
}
