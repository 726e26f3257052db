import type { RequestListener } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Viewer } from '../viewer.ts';
import { corsFor, varyByOrigin } from './cors.ts';
import { createDirectDoor } from './direct-door.ts';
import { createHealth } from './health.ts';
import { mostLagMs } from './load-limit.ts';
import { createPolicy, type PolicyOptions } from './policy.ts';
import { presentError } from './present-errors.ts';
import { createRequestListener } from './request-listener.ts';
import { useGraphiql } from './use-graphiql.ts';
import { type ServerContext, usePolicy } from './use-policy.ts';

export interface GatewayOptions extends Omit<PolicyOptions, 'mayExplore'> {
  /** Who gets GraphiQL, introspection, and suggestions in errors. */
  readonly introspection: 'everyone' | 'staff' | 'nobody';
  /** What GraphiQL opens with, an operation a tab. */
  readonly exampleOperations: readonly string[];
  /** Origins whose pages may read answers, `*` for any. Default none. */
  readonly corsOrigins?: readonly string[];
  /** Whether callers may be sent here, such as not while it ends. Default always. */
  readonly isReady?: () => boolean;
}

const endpoint = '/graphql';

/**
 * `/graphql` over HTTP, with GraphiQL for browsers at the same address, and `/health/live` and `/health/ready`. What
 * nearly every request is, a POST of JSON, goes straight through the policy; all else GraphQL over HTTP knows goes
 * there through Yoga.
 */
export function createGateway(options: GatewayOptions): RequestListener {
  const { log, introspection, exampleOperations, corsOrigins = [] } = options;
  const { isReady = () => true, lagMs = () => 0 } = options;
  const mayExplore = ({ kind }: Viewer) =>
    introspection === 'everyone' || (introspection === 'staff' && kind === 'staff');
  const policy = createPolicy({ ...options, mayExplore });
  const yoga = createYoga<ServerContext>({
    plugins: [
      corsOrigins.length > 0 && varyByOrigin,
      usePolicy(policy),
      useGraphiql({ endpoint, exampleOperations, mayExplore }),
    ],
    graphqlEndpoint: endpoint,
    // Errors are logged where they are presented; the server's own logger would print their stacks.
    logging: false,
    maskedErrors: { maskError: (error) => presentError(error, log), isDev: false },
    // The default answers any origin, with credentials.
    cors: corsFor(corsOrigins),
    landingPage: false,
    // An address with a space in it, which there is none of: Yoga answers whatever ends so, before any plugin.
    healthCheckEndpoint: ' ',
    // What the plugins above do in place of the server's own.
    graphiql: false,
    multipart: false,
    maxRequestBodySize: false,
    parserAndValidationCache: false,
  });
  return createRequestListener({
    answerProbe: createHealth(() => isReady() && lagMs() <= mostLagMs, log),
    answerDirectly: createDirectDoor({
      endpoint,
      policy,
      hasCors: corsOrigins.length > 0,
      fetchAPI: yoga.fetchAPI,
      log,
    }),
    answer: (...request) => yoga.handleNodeRequestAndResponse(...request),
    log,
  });
}
