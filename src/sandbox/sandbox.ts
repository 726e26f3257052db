import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { createBatchQueue } from './batch/batch-queue.ts';
import { publicToken, secretToken, type Token } from './http/access.ts';
import { ApiError } from './http/api-error.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { readTarget } from './http/read-request.ts';
import { respond, toErrorAnswer } from './http/respond.ts';
import { basePath, route, type Service } from './router.ts';
import { createSeed } from './seed/seed.ts';
import { createStore } from './store/store.ts';
import type { StoreTerms } from './store/terms.ts';
import { resolveSwitches, type Switches } from './switches.ts';
import { eventOf } from './webhooks/events.ts';
import { createWebhookSender, type WebhookSettings } from './webhooks/webhook-sender.ts';

/** A request as it arrived, before anything was made of it. */
export interface SandboxRequest {
  readonly method: string;
  /** Below `/api/v3/{storeId}`, still encoded, such as `/carts/6626E60A-A6F9-4CD5-8230-43D5F162E0CD/place`. */
  readonly path: string;
  /** Without the token. */
  readonly query: URLSearchParams;
}

export interface SandboxOptions extends Partial<Switches> {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1: the sandbox's tokens are no secret. */
  readonly host?: string;
  /** Digits. Default 4870020, the store of Ecwid's own examples. */
  readonly storeId?: string;
  /** One of each kind at least. Default: `secretToken`, which may do everything, and `publicToken`. */
  readonly tokens?: readonly Token[];
  /** Stamps what is written, and tells how late it is; default the system's clock. */
  readonly now?: () => Date;
  /** On what terms the store sells, wherever it is not on those of the seed. */
  readonly terms?: Partial<StoreTerms>;
  /** How long searches take to find what was written; reading by id knows at once. Default 0. */
  readonly searchLagMs?: number;
  /** Of each token's; Infinity for no limit. Default 600, as documented. */
  readonly requestsPerMinute?: number;
  /** How long each request of a batch takes, by the clock. Default 0: a batch is done as soon as it is sent. */
  readonly batchCallMs?: number;
  /** Where carts and orders that change are told of. Default nowhere. */
  readonly webhooks?: WebhookSettings;
  /** Called once for each request that arrives, refused ones included. */
  readonly onRequest?: (request: SandboxRequest) => void;
  /** Told of faults that are the sandbox's own, which callers see as 500 alone. Default: nobody is. */
  readonly log?: Pick<Log, 'error'>;
}

export interface Sandbox {
  /** The API without the store, such as `http://127.0.0.1:8080/api/v3`: what ECWID_API_URL takes. */
  readonly url: string;
  readonly storeId: string;
  readonly secretToken: string;
  readonly publicToken: string;
  /** Tells of changes there from now on, as if the app's settings were changed. */
  sendWebhooksTo(webhooks: WebhookSettings | null): void;
  /** Back to the seed. */
  reset(): void;
  /**
   * Takes no more requests, finishes those in flight and closes every connection. Webhooks are tried once within two
   * seconds, and not again.
   */
  close(): Promise<void>;
}

const closeWithinMs = 2000;

/**
 * An Ecwid that fits in the process, for carts and their orders. It speaks only HTTP, keeps everything in
 * memory and starts out with the same store every time.
 * @throws TypeError for an option that makes no sense
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    port = 0,
    host = '127.0.0.1',
    storeId = '4870020',
    tokens = [secretToken, publicToken],
    now = () => new Date(),
    terms = {},
    searchLagMs = 0,
    requestsPerMinute = 600,
    batchCallMs = 0,
    webhooks = null,
    onRequest = () => {},
    log,
  } = options;
  if (!/^\d{1,15}$/.test(storeId))
    throw new TypeError(`storeId is ${JSON.stringify(storeId)}; it is digits.`);
  const firstSecret = tokens.find(({ kind }) => kind === 'secret');
  const firstPublic = tokens.find(({ kind }) => kind === 'public');
  if (!firstSecret || !firstPublic)
    throw new TypeError('tokens has one secret and one public token at least.');
  if (!(requestsPerMinute >= 1))
    throw new TypeError(`requestsPerMinute is ${requestsPerMinute}; it is 1 or more.`);
  for (const [name, value] of Object.entries({ searchLagMs, batchCallMs })) {
    if (!(value >= 0)) throw new TypeError(`${name} is ${value}; it is 0 or more.`);
  }

  const sender = createWebhookSender({ storeId, now });
  sender.sendTo(webhooks);
  const store = createStore(createSeed(storeId, terms), {
    now,
    searchLagMs,
    onWrite(before, after) {
      const event = eventOf(before, after);
      if (event) sender.send(event);
    },
  });
  const rateLimit = createRateLimit(requestsPerMinute, now);
  const batches = createBatchQueue(batchCallMs, now);
  const switches = resolveSwitches(options);
  const service: Service = { storeId, tokens, store, rateLimit, batches, switches, now };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const target = readTarget(request);
      const { path, query } = target;
      const prefix = `${basePath}/${storeId}`;
      onRequest({
        method: request.method ?? '',
        path: path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path,
        query: new URLSearchParams(query),
      });
      respond(request, response, await route(request, target, service));
    } catch (error) {
      // Whoever went away while sending is past answering, and no fault of the sandbox's.
      if (request.errored) return;
      if (!(error instanceof ApiError)) log?.error({ err: error }, 'the sandbox failed');
      respond(request, response, toErrorAnswer(error));
    }
  };

  let inFlight = 0;
  let isClosing = false;
  const server = createServer((request, response) => {
    inFlight++;
    response.once('close', () => {
      inFlight--;
      if (isClosing && inFlight === 0) server.closeAllConnections();
    });
    void handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;

  const close = async () => {
    // What has reached this machine is in flight too: a turn to accept it, a turn to read it.
    await nextTurn();
    await nextTurn();
    isClosing = true;
    // Whoever does not finish sending does not hold up the rest.
    const patience = setTimeout(() => server.closeAllConnections(), closeWithinMs);
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(patience);
    await sender.close(closeWithinMs);
  };
  let closed: Promise<void> | undefined;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}${basePath}`,
    storeId,
    secretToken: firstSecret.value,
    publicToken: firstPublic.value,
    sendWebhooksTo: sender.sendTo,
    reset() {
      sender.reset();
      store.reset();
      batches.reset();
      rateLimit.reset();
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}
