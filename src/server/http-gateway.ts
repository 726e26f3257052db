import type { RequestListener } from 'node:http';
import type { Viewer } from '../viewer.ts';
import { createDirectDoor } from './direct-door.ts';
import { createFetchHandler, type FetchHandler } from './fetch-handler.ts';
import type { GraphiqlOptions } from './graphiql-options.ts';
import { createHealth } from './health.ts';
import { mostLagMs } from './load-limit.ts';
import { createPolicy, type PolicyOptions } from './policy.ts';
import { createRequestListener } from './request-listener.ts';
import { createRequestWatch, type RequestReport } from './watch-requests.ts';
import { createWebhookDoor, type WebhookReceiver } from './webhook-door.ts';
import type { YogaDoor } from './yoga-door.ts';

export interface HttpGatewayOptions
  extends Omit<PolicyOptions, 'mayExplore'>,
    Pick<GraphiqlOptions, 'exampleOperations' | 'readyViewers'> {
  /** Where GraphQL is. Default `/graphql`. */
  readonly endpoint?: string;
  /** Who gets GraphiQL, introspection, and suggestions in errors. */
  readonly introspection: 'everyone' | 'staff' | 'nobody';
  /** Origins whose pages may read answers, `*` for any. Default none. */
  readonly corsOrigins?: readonly string[];
  /** Whether callers may be sent here, such as not while it ends. Default always. */
  readonly isReady?: () => boolean;
  /** Takes what is sent to an address of its own. Default nothing is taken. */
  readonly webhooks?: WebhookReceiver | undefined;
  /** Told of each request that has ended. */
  readonly onRequest?: (report: RequestReport) => void;
}

/** What answers requests, for servers of either kind. */
export interface HttpGateway {
  /** For node:http, and for servers that are made of it. */
  readonly listener: RequestListener;
  /** For servers of the Fetch standard. */
  readonly fetch: FetchHandler;
  /** What takes webhooks here, for whoever has read them already. */
  readonly webhooks?: WebhookReceiver | undefined;
}

/**
 * GraphQL over HTTP at one address, with GraphiQL for browsers there, and `/health/live` and `/health/ready`, and
 * webhooks where they are taken. There is one policy, and it has two doors: one for what nearly every request is, which costs little, and one for all that
 * HTTP knows besides.
 */
export function createHttpGateway(options: HttpGatewayOptions): HttpGateway {
  const { endpoint = '/graphql', log, introspection, corsOrigins = [] } = options;
  const { exampleOperations, readyViewers = [], isReady = () => true, lagMs = () => 0 } = options;
  const mayExplore = ({ kind }: Viewer) =>
    introspection === 'everyone' || (introspection === 'staff' && kind === 'staff');
  const policy = createPolicy({ ...options, mayExplore });
  const answerProbe = createHealth(() => isReady() && lagMs() <= mostLagMs, log);

  // Read when it is first needed, so that starting stays quick.
  let opened: Promise<YogaDoor> | undefined;
  const yogaDoor = () => {
    opened ??= import('./yoga-door.ts').then(({ createYogaDoor }) =>
      createYogaDoor({ endpoint, exampleOperations, readyViewers, mayExplore, policy, corsOrigins, log }),
    );
    return opened;
  };

  const watch = createRequestWatch({ log, onRequest: options.onRequest });
  const answerDirectly = createDirectDoor({ endpoint, policy, hasCors: corsOrigins.length > 0, log });
  const answerWebhook = options.webhooks
    ? createWebhookDoor(options.webhooks, options.limits, policy.checkLoad)
    : () => undefined;

  return {
    listener: createRequestListener({
      answerProbe,
      answerDirectly: (request, response) => answerDirectly(request, response) ?? answerWebhook(request),
      answer: async (...request) => (await yogaDoor()).answer(...request),
      watch,
      log,
    }),
    fetch: createFetchHandler({
      answerProbe,
      answer: async (...request) => answerWebhook(request[1]) ?? (await yogaDoor()).answerFetch(...request),
      limits: options.limits,
      watch,
      log,
    }),
    webhooks: options.webhooks,
  };
}
