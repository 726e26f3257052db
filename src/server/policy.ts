import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
} from 'graphql';
import { createLimitCheck } from '../check-limit.ts';
import { createExecutor, type Execute } from '../execution/executor.ts';
import type { Limits, LimitsMode } from '../limits.ts';
import type { Log } from '../log.ts';
import { currentRequest } from '../request-scope.ts';
import { inSpan } from '../tracing.ts';
import type { Viewer } from '../viewer.ts';
import type { Authenticate } from './authenticate.ts';
import { callerAddress } from './caller-address.ts';
import { checkSubscription } from './check-subscription.ts';
import { createDocuments } from './documents.ts';
import { takesEventStream } from './event-stream.ts';
import { findOperation } from './find-operation.ts';
import { identify } from './identify.ts';
import type { Incoming, Outgoing } from './incoming.ts';
import { createLoadLimit, type SharedPlaces } from './load-limit.ts';
import { anyText, trustedText } from './operation-text.ts';
import { presentError } from './present-errors.ts';
import { type Caller, createRateLimit, type RateLimitOptions } from './rate-limit.ts';
import { checkMediaType, readRequest } from './read-request.ts';
import { type Answers, createSubscriptions, type SubscriptionsOptions } from './subscriptions.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

export interface PolicyOptions extends Pick<SubscriptionsOptions, 'draining' | 'onSubscription'> {
  readonly schema: GraphQLSchema;
  /** Makes what resolvers share for the length of one request. */
  readonly createContext: (request: RequestInfo) => RequestContext;
  readonly authenticate: Authenticate;
  readonly log: Log;
  readonly limits: Limits;
  readonly limitsMode: LimitsMode;
  /** Points of the operation that is about to run. */
  readonly costOf: (args: ExecutionArgs) => number;
  /** In place of graphql-js's own. Default an executor that plans operations. */
  readonly execute?: Execute;
  /** Whether the viewer gets introspection, and suggestions in errors. */
  readonly mayExplore: (viewer: Viewer) => boolean;
  /** What one caller may ask for in a minute. Default anything. */
  readonly rateLimit?: RateLimitOptions;
  /** All that others than staff may run. Default anything. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
  /** Of requests that are answered at once, where other gateways answer some too. */
  readonly places?: SharedPlaces | undefined;
  /** How late this process is with what it has to do. Default never. */
  readonly lagMs?: () => number;
}

/** What resolvers may know of a request. */
export interface RequestInfo {
  readonly viewer: Viewer;
  /** Calls back once nobody waits for the answer any more. */
  readonly whenLeft: (listener: () => void) => void;
  /**
   * Counts an event of a subscription that is about to be read for whoever listens.
   * @throws GraphQLError RATE_LIMITED
   */
  readonly chargeEvent: () => Promise<void>;
}

/** What this server knows of what resolvers share. */
interface RequestContext {
  /** Errors of fields that have a value nonetheless. */
  readonly fieldErrors: readonly GraphQLError[];
  /** Of a subscription: whether its listener is not told of it at all. */
  readonly event: { readonly isPassedOver: boolean };
  /** Has whatever is still being read fail after so long, unless what it returns is called before. */
  readonly limitTime: (ms: number) => () => void;
}

/** What a request asks for. */
export interface Asked {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What is done of a request, by whichever door it came: three steps, in this order. */
export interface Policy {
  /**
   * Whether there is room for anything, whatever it is.
   * @throws GraphQLError OVERLOADED
   */
  checkLoad(): void;
  /**
   * Whether it is taken at all, known from its headers. What there is no room for costs nobody anything, its caller no
   * point and this process no look at a token or a body; who asks is known before they are charged, and charged before
   * anything is done for them.
   * @throws GraphQLError
   */
  admit(request: Incoming): Promise<Caller>;
  /** @throws GraphQLError, LimitError */
  read(request: Incoming, caller: Caller): Promise<Asked>;
  /**
   * Never throws: what is refused is answered with errors, and each of them is what the caller may be told. Answers of a
   * subscription are to be read or returned, for as long as they do they have a place.
   */
  run(asked: Asked, caller: Caller, response: Outgoing): Promise<ExecutionResult | Answers>;
}

/** Of a query's time; in the rest its answer is made of what was read. */
const readingShare = 0.95;

export function createPolicy(options: PolicyOptions): Policy {
  const { schema, createContext, authenticate, log, limits, costOf, mayExplore } = options;
  const { rateLimit = {}, trustedDocuments, lagMs = () => 0, execute = createExecutor() } = options;
  const load = createLoadLimit({ inFlight: limits.inFlight, shared: options.places, lagMs, log });
  const rates = createRateLimit(rateLimit);
  const checkLimit = createLimitCheck(options);
  const documents = createDocuments(schema, { ...options, checkLimit });
  const textOf = trustedDocuments ? trustedText(trustedDocuments) : anyText;
  const extraNames = trustedDocuments ? ['documentId'] : [];
  const subscriptions = createSubscriptions(options);
  const present = (error: unknown) => presentError(error, log);
  const presentAll = (result: ExecutionResult): ExecutionResult =>
    result.errors ? { ...result, errors: result.errors.map(present) } : result;

  async function admit(request: Incoming): Promise<Caller> {
    load.check();
    checkMediaType(request);
    const address = callerAddress(request, rateLimit.trustProxy ?? 0);
    let viewer: Viewer;
    try {
      viewer = await identify(request, authenticate);
    } catch (error) {
      const { code } = (error as Partial<GraphQLError>).extensions ?? {};
      if (code === 'UNAUTHENTICATED') await rates.spendRefusedToken(address);
      throw error;
    }
    const caller = { viewer, address };
    const scope = currentRequest();
    if (scope) scope.viewer = viewer.kind;
    if (request.method !== 'OPTIONS') await rates.spendRequest(caller);
    return caller;
  }

  async function read(request: Incoming, { viewer }: Caller): Promise<Asked> {
    const params = await readRequest(request, limits, extraNames);
    const { operationName, variables } = params;
    return { query: textOf(params, viewer), operationName, variables };
  }

  async function answer(
    { query, operationName, variables }: Asked,
    caller: Caller,
    response: Outgoing,
  ): Promise<ExecutionResult | Answers> {
    const { viewer } = caller;
    const document = documents.parse(query);
    const wanted = findOperation(document, operationName, response.req.method);
    const { operation, name } = wanted;
    if (operation === OperationTypeNode.SUBSCRIPTION) {
      expectEventStream(response);
      checkSubscription(document, wanted);
    }
    const scope = currentRequest();
    if (scope) scope.operation = { type: operation, name: shown(name?.value) };
    const mistakes = documents.validate(document, viewer);
    if (mistakes.length > 0) return { errors: mistakes };

    const args = {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables ?? {},
      hideSuggestions: !mayExplore(viewer),
    };
    const cost = costOf(args);
    checkLimit('cost', cost);
    await rates.spendOperation(caller, args, cost);

    // Staff follow whole stores, of which each change is read once for all of them.
    const chargeEvent = async () => {
      if (viewer.kind !== 'staff') await rates.spendOperation(caller, args, cost);
    };
    const attributes = {
      'graphql.operation.type': operation,
      'graphql.operation.name': shown(name?.value),
    };
    const runOnce = async (whenLeft: RequestInfo['whenLeft'], rootValue?: unknown) => {
      const context = createContext({ viewer, whenLeft, chargeEvent });
      // A mutation has deadlines of its own, and reads back what it has made however long that took.
      const isMutation = operation === OperationTypeNode.MUTATION;
      const release = isMutation ? undefined : context.limitTime(limits.querySeconds * 1_000 * readingShare);
      try {
        const result = await inSpan(operation, { attributes }, () =>
          execute({ ...args, rootValue, contextValue: context }),
        );
        const { fieldErrors, event } = context;
        if (event.isPassedOver) return undefined;
        if (fieldErrors.length === 0) return result;
        return { ...result, errors: [...(result.errors ?? []), ...fieldErrors] };
      } finally {
        release?.();
      }
    };
    if (operation !== OperationTypeNode.SUBSCRIPTION)
      return (await runOnce((listener) => listenForLeaving(response, listener))) ?? {};

    return subscriptions.open(caller, async () => {
      // One at a time is read.
      let leave = () => {};
      const whenLeft: RequestInfo['whenLeft'] = (listener) => {
        leave = listener;
      };
      listenForLeaving(response, () => leave());
      const source = await createSourceEventStream({
        ...args,
        contextValue: createContext({ viewer, whenLeft, chargeEvent }),
      });
      if (!(Symbol.asyncIterator in source)) return source;
      return {
        events: source[Symbol.asyncIterator](),
        async answer(event) {
          try {
            const result = await runOnce(whenLeft, event);
            return result && presentAll(result);
          } catch (error) {
            return { errors: [present(error)] };
          }
        },
      };
    });
  }

  return {
    checkLoad: load.check,
    admit,
    read,
    async run(asked, caller, response) {
      try {
        const leavePlace = load.takePlace();
        try {
          const result = await answer(asked, caller, response);
          return isOfSubscription(result) ? result : presentAll(result);
        } finally {
          leavePlace();
        }
      } catch (error) {
        return { errors: [present(error)] };
      }
    },
  };
}

/** Whether what is answered goes on, for as long as somebody listens. */
export function isOfSubscription(answered: ExecutionResult | Answers): answered is Answers {
  return Symbol.asyncIterator in answered;
}

/** @throws GraphQLError NOT_ACCEPTABLE */
function expectEventStream({ req: { headers } }: Outgoing): void {
  if (takesEventStream(headers.accept)) return;
  throw new GraphQLError('A subscription is answered to who sends "accept: text/event-stream".', {
    extensions: { code: 'NOT_ACCEPTABLE', http: { status: 406 } },
  });
}

/** Names may be as long as documents, and what reads a log takes so much in a line. */
function shown(name: string | undefined): string | undefined {
  return name !== undefined && name.length > 100 ? `${name.slice(0, 100)}…` : name;
}

function listenForLeaving(response: Outgoing, listener: () => void): void {
  if (response.closed) listener();
  else
    response.once('close', () => {
      if (!response.writableEnded) listener();
    });
}
