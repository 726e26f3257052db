import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import { createYoga, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import { createLimitCheck } from '../check-limit.ts';
import { type Limits, type LimitsMode, pointsOfCall } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Viewer } from '../viewer.ts';
import type { Authenticate } from './authenticate.ts';
import { corsFor, varyByOrigin } from './cors.ts';
import { createHealth } from './health.ts';
import { presentError } from './present-errors.ts';
import { createRequestListener } from './request-listener.ts';
import type { TrustedDocuments } from './trusted-documents.ts';
import { type CostContext, useCost } from './use-cost.ts';
import { useDocuments } from './use-documents.ts';
import { useGraphiql } from './use-graphiql.ts';
import { useGraphqlRequest } from './use-graphql-request.ts';
import { mostLagMs, useLoadLimit } from './use-load-limit.ts';
import { type RateLimitOptions, useRateLimit } from './use-rate-limit.ts';
import { useTrustedDocuments } from './use-trusted-documents.ts';
import { useViewer } from './use-viewer.ts';

export interface GatewayOptions {
  readonly schema: GraphQLSchema;
  /** Makes what resolvers share for the length of one request. */
  readonly createContext: (initial: YogaInitialContext & ServerContext) => RequestContext;
  readonly authenticate: Authenticate;
  readonly log: Log;
  readonly limits: Limits;
  readonly limitsMode: LimitsMode;
  /** Points of the operation that is about to run. */
  readonly costOf: (args: ExecutionArgs) => number;
  /** Who gets GraphiQL, introspection, and suggestions in errors. */
  readonly introspection: 'everyone' | 'staff' | 'nobody';
  /** What GraphiQL opens with, an operation a tab. */
  readonly exampleOperations: readonly string[];
  /** What one caller may ask for in a minute. Default anything. */
  readonly rateLimit?: RateLimitOptions;
  /** All that others than staff may run. Default anything. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
  /** Origins whose pages may read answers, `*` for any. Default none. */
  readonly corsOrigins?: readonly string[];
  /** Whether callers may be sent here, such as not while it ends. Default always. */
  readonly isReady?: () => boolean;
  /** How late this process is with what it has to do. Default never. */
  readonly lagMs?: () => number;
}

/** What is known of a request before its body is read. */
export interface ServerContext {
  readonly viewer: Viewer;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** What this server knows of what resolvers share. */
interface RequestContext {
  /** Errors of fields that have a value nonetheless. */
  readonly fieldErrors: readonly GraphQLError[];
  /** Has whatever is still being read fail after so long, unless what it returns is called before. */
  readonly limitTime: (ms: number) => () => void;
}

const endpoint = '/graphql';

/** Of a query's time; in the rest its answer is made of what was read. */
const readingShare = 0.95;

/** `/graphql` over HTTP, with GraphiQL for browsers at the same address, and `/health/live` and `/health/ready`. */
export function createGateway({
  schema,
  createContext,
  authenticate,
  log,
  limits,
  limitsMode,
  costOf,
  introspection,
  exampleOperations,
  rateLimit = {},
  trustedDocuments,
  corsOrigins = [],
  isReady = () => true,
  lagMs = () => 0,
}: GatewayOptions): RequestListener {
  const checkLimit = createLimitCheck({ limits, limitsMode, log });
  const mayExplore = ({ kind }: Viewer) =>
    introspection === 'everyone' || (introspection === 'staff' && kind === 'staff');
  const limitRate = useRateLimit({
    // In calls, of which the store's token has so many a minute; enough objects take as much of this process.
    weightOf: ({ contextValue }) => Math.floor((contextValue as CostContext).cost / pointsOfCall),
    ...rateLimit,
  });
  const yoga = createYoga<ServerContext>({
    schema,
    // The order is the policy: what there is no room for costs nobody anything, its caller no point and this process
    // no look at a token or a body; who asks is known before they are charged, charged before anything is done for
    // them, and an operation is weighed before it is charged for.
    plugins: [
      corsOrigins.length > 0 && varyByOrigin,
      useLoadLimit({ inFlight: limits.inFlight, lagMs, log }),
      useGraphqlRequest(limits),
      useViewer(authenticate),
      limitRate.ofRequests,
      useGraphiql({ endpoint, exampleOperations, mayExplore }),
      trustedDocuments !== undefined && useTrustedDocuments(trustedDocuments),
      useDocuments({ limits, limitsMode, checkLimit, mayExplore }),
      useCost(costOf, checkLimit),
      limitRate.ofOperations,
      useReferenceExecutor(mayExplore, limits.querySeconds * 1_000),
    ],
    extraParamNames: trustedDocuments ? ['documentId'] : [],
    graphqlEndpoint: endpoint,
    context: createContext,
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
    answer: (...request) => yoga.handleNodeRequestAndResponse(...request),
    answerProbe: createHealth(() => isReady() && lagMs() <= mostLagMs, log),
    log,
  });
}

// Yoga's own executor turns a scalar's GraphQLError into a plain Error; then a value that Ecwid sent and a
// mistake of this program look the same.
function useReferenceExecutor(
  mayExplore: (viewer: Viewer) => boolean,
  queryMs: number,
): Plugin<ServerContext> {
  return {
    onExecute({ context, setExecuteFn }) {
      const hideSuggestions = !mayExplore(context.viewer);
      setExecuteFn((args: ExecutionArgs) => executeAndCollect({ ...args, hideSuggestions }, queryMs));
    },
  };
}

async function executeAndCollect(args: ExecutionArgs, queryMs: number): Promise<ExecutionResult> {
  const { fieldErrors, limitTime } = args.contextValue as RequestContext;
  // A mutation has deadlines of its own, and reads back what it has made however long that took.
  const isQuery = getOperationAST(args.document, args.operationName)?.operation === OperationTypeNode.QUERY;
  const release = isQuery ? limitTime(queryMs * readingShare) : undefined;
  try {
    const result = await execute(args);
    return fieldErrors.length > 0
      ? { ...result, errors: [...(result.errors ?? []), ...fieldErrors] }
      : result;
  } finally {
    release?.();
  }
}
