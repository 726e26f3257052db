import type { IncomingMessage, RequestListener } from 'node:http';
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { createYoga, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import type { Log } from '../log.ts';
import type { Viewer } from '../viewer.ts';
import type { Authenticate } from './authenticate.ts';
import { corsFor, varyByOrigin } from './cors.ts';
import { presentError } from './present-errors.ts';
import type { TrustedDocuments } from './trusted-documents.ts';
import { useJsonOnly } from './use-json-only.ts';
import { type RateLimitOptions, useRateLimit } from './use-rate-limit.ts';
import { useTrustedDocuments } from './use-trusted-documents.ts';
import { useViewer } from './use-viewer.ts';

export interface GatewayOptions {
  readonly schema: GraphQLSchema;
  /** Makes what resolvers share for the length of one request. */
  readonly createContext: (initial: YogaInitialContext & ServerContext) => RequestContext;
  readonly authenticate: Authenticate;
  readonly log: Log;
  /** What GraphiQL opens with, an operation a tab. */
  readonly exampleOperations: readonly string[];
  /** What one caller may ask for in a minute. Default anything. */
  readonly rateLimit?: RateLimitOptions;
  /** All that others than staff may run. Default anything. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
  /** Origins whose pages may read answers, `*` for any. Default none. */
  readonly corsOrigins?: readonly string[];
}

/** What is known of a request before its body is read. */
export interface ServerContext {
  readonly viewer: Viewer;
  readonly req: IncomingMessage;
}

/** What this server knows of what resolvers share. */
interface RequestContext {
  /** Errors of fields that have a value nonetheless. */
  readonly fieldErrors: readonly GraphQLError[];
}

/** `/graphql` over HTTP, with GraphiQL for browsers at the same address. */
export function createGateway({
  schema,
  createContext,
  authenticate,
  log,
  exampleOperations,
  rateLimit = {},
  trustedDocuments,
  corsOrigins = [],
}: GatewayOptions): RequestListener {
  const limitRate = useRateLimit(rateLimit);
  return createYoga<ServerContext>({
    schema,
    plugins: [
      corsOrigins.length > 0 && varyByOrigin,
      useJsonOnly(),
      limitRate.ofRequests,
      useViewer(authenticate),
      trustedDocuments !== undefined && useTrustedDocuments(trustedDocuments),
      limitRate.ofOperations,
      referenceExecutor,
    ],
    extraParamNames: trustedDocuments ? ['documentId'] : [],
    context: createContext,
    // Errors are logged where they are presented; the server's own logger would print their stacks.
    logging: false,
    maskedErrors: { maskError: (error) => presentError(error, log), isDev: false },
    // The default answers any origin, with credentials.
    cors: corsFor(corsOrigins),
    landingPage: false,
    graphiql: {
      title: 'ecwid-graphql',
      defaultTabs: exampleOperations.map((query) => ({ query })),
    },
    // 9 MB of script: read when the first browser asks, so that starting stays quick.
    renderGraphiQL: async (options) => {
      const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
      return renderGraphiQL(options);
    },
  });
}

// Yoga's own executor turns a scalar's GraphQLError into a plain Error; then a value that Ecwid sent and a
// mistake of this program look the same.
const referenceExecutor: Plugin = {
  onExecute({ setExecuteFn }) {
    setExecuteFn(executeAndCollect);
  },
};

async function executeAndCollect(args: ExecutionArgs): Promise<ExecutionResult> {
  const result = await execute(args);
  const { fieldErrors } = args.contextValue as RequestContext;
  return fieldErrors.length > 0 ? { ...result, errors: [...(result.errors ?? []), ...fieldErrors] } : result;
}
