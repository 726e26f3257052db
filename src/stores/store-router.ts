import type { IncomingHttpHeaders } from 'node:http';
import type { Log } from '../log.ts';
import { describeUnexpected } from '../server/describe-unexpected.ts';
import type { HttpGateway } from '../server/http-gateway.ts';
import { hostOf, type StoreChoice } from './choose-store.ts';
import type { StoreEntry } from './store-entry.ts';
import type { StorePool } from './store-pool.ts';

export interface StoreRouterOptions {
  readonly choice: StoreChoice;
  readonly pool: StorePool;
  /** Answers what is asked of no store, and probes: these are about this process, whatever becomes of one store. */
  readonly lobby: HttpGateway;
  /** Answers in place of a store that cannot be opened. */
  readonly closed: HttpGateway;
  /** How many proxies stand in front. */
  readonly trustProxy: number;
  readonly log: Log;
}

/** Where each store takes webhooks, and where it does so with many: there its id comes last. */
const webhooks = '/webhooks/ecwid';
const webhooksOfStore = /^\/webhooks\/ecwid\/(\d{1,18})$/;

/** Leads each request to its store. */
export function createStoreRouter(options: StoreRouterOptions): HttpGateway {
  const { choice, pool, lobby, closed, trustProxy, log } = options;
  const noRelease = () => {};

  const find = (path: string, headers: IncomingHttpHeaders) => {
    if (path === '/health/live' || path === '/health/ready') return undefined;
    const [, named] = webhooksOfStore.exec(path) ?? [];
    if (named === undefined)
      return (
        // A caller could have written the other header, where no proxy does.
        choice.choose({ host: hostOf(headers, 0), authorization: undefined }) ??
        choice.choose({ host: hostOf(headers, trustProxy), authorization: headers.authorization })
      );
    const entry = choice.find(named);
    // Nobody gets a store opened by an address that it does not have.
    return entry?.store.clientSecret === undefined ? undefined : entry;
  };

  const enter = (path: string, headers: IncomingHttpHeaders) => {
    let entry: StoreEntry | undefined;
    try {
      entry = find(path, headers);
      if (!entry) return { gateway: lobby, release: noRelease, isNamed: false };
      return { ...pool.take(entry), isNamed: webhooksOfStore.test(path) };
    } catch (error) {
      log.error({ store: entry?.store.storeId, ...describeUnexpected(error) }, 'a store could not be opened');
      return { gateway: closed, release: noRelease, isNamed: false };
    }
  };

  return {
    listener(request, response) {
      const { gateway, release, isNamed } = enter(pathOf(request.url), request.headers);
      if (response.closed) release();
      else response.once('close', release);
      if (isNamed) request.url = webhooks;
      return gateway.listener(request, response);
    },
    async fetch(request, client) {
      const url = new URL(request.url);
      // The host of its address is where it is asked, be it that no header says so.
      const headers = { host: url.host, ...Object.fromEntries(request.headers) };
      const { gateway, release, isNamed } = enter(url.pathname, headers);
      try {
        const own = isNamed ? new Request(new URL(webhooks, url), request) : request;
        return whenSent(await gateway.fetch(own, client), release);
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

/** Calls back once the whole answer was read or is not wanted any more: events may go on for hours. */
function whenSent(response: Response, listener: () => void): Response {
  const { body, status, headers } = response;
  if (body === null || !headers.get('content-type')?.startsWith('text/event-stream')) {
    listener();
    return response;
  }
  // Of the standard, which the types of Node do not have whole.
  const watch: Transformer & { readonly cancel: () => void } = { flush: listener, cancel: listener };
  return new Response(body.pipeThrough(new TransformStream(watch)), { status, headers });
}

function pathOf(url = ''): string {
  return url.split('?', 1)[0] ?? '';
}
