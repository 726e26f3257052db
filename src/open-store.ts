import { createChanges } from './changes/changes.ts';
import { createCheckout } from './checkout/checkout.ts';
import { type Journal, JournalError } from './checkout/journal.ts';
import { learnOrder } from './checkout/learnt-order.ts';
import { createSqliteJournal } from './checkout/sqlite-journal.ts';
import { defaultTiming } from './checkout/timing.ts';
import type { Close } from './closing.ts';
import { type Config, ConfigurationError } from './config.ts';
import { createCallBudget } from './ecwid/call-budget.ts';
import { createCircuitBreaker } from './ecwid/circuit-breaker.ts';
import { createEcwidClient, withPriority } from './ecwid/client.ts';
import { createDispatcher, defaultConnections } from './ecwid/dispatcher.ts';
import { shareReads } from './ecwid/shared-reads.ts';
import { exampleOperations, sandboxOperations } from './example-operations.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics/metrics.ts';
import { openWebhooks } from './open-webhooks.ts';
import { createCallerCounters } from './redis/caller-counter.ts';
import type { RedisConnection } from './redis/connect-redis.ts';
import { createPatience } from './redis/patience.ts';
import { createRedisChanges } from './redis/redis-changes.ts';
import { createRedisJournal } from './redis/redis-journal.ts';
import { createSharedCallBudget } from './redis/shared-call-budget.ts';
import { countUpstream, currentRequest } from './request-scope.ts';
import { sandboxViewers } from './sandbox-viewers.ts';
import { createContextFactory } from './schema/context.ts';
import { costOf } from './schema/cost.ts';
import { schema } from './schema/schema.ts';
import type { Authenticate } from './server/authenticate.ts';
import { createHttpGateway, type HttpGateway } from './server/http-gateway.ts';
import type { SharedPlaces } from './server/load-limit.ts';
import type { TrustedDocuments } from './server/trusted-documents.ts';

export type Store = NonNullable<Config['store']>;

/** What the store is opened with, besides its configuration. */
export interface StoreSurroundings {
  readonly isSandbox: boolean;
  /** In which the journal is a file, where it is not in Redis. */
  readonly directory: string;
  readonly redis?: RedisConnection | undefined;
  readonly authenticate: Authenticate;
  /** Whether visitors may say who they are. */
  readonly isOpen: boolean;
  readonly trustedDocuments?: TrustedDocuments | undefined;
  readonly endpoint?: string | undefined;
  readonly log: Log;
  readonly metrics?: Metrics | undefined;
  readonly stopping?: AbortSignal | undefined;
  /** Of requests that are answered at once, where those of other stores are too. */
  readonly places?: SharedPlaces | undefined;
  /** Aborts when what goes on without end has to end. */
  readonly draining?: AbortSignal | undefined;
  /** How late this process is with what it has to do. */
  readonly lagMs: () => number;
}

/**
 * Puts together all that is one store's alone: its calls, its journal, its callers.
 * @param opened how to close each thing is put on this pile as soon as the thing is open
 */
export function openStore(
  store: Store,
  config: Config,
  opened: Close[],
  { isSandbox, directory, redis, authenticate, isOpen, log, metrics, ...surroundings }: StoreSurroundings,
): HttpGateway {
  const { limits, limitsMode } = config;
  const { trustedDocuments, endpoint, stopping, draining, places, lagMs } = surroundings;
  const journal = redis
    ? createRedisJournal({ redis, storeId: store.storeId })
    : openJournal(directory, store.storeId);
  opened.push(() => journal.close());
  const changes = redis ? createRedisChanges({ redis, storeId: store.storeId, log }) : createChanges();
  opened.push(() => changes.close());

  const queryMs = limits.querySeconds * 1_000;
  const dispatcher = createDispatcher(store.apiUrl, { connectMs: queryMs * 0.25 });
  opened.push(() => dispatcher.close());

  const breaker = createCircuitBreaker({ log });
  const patience = createPatience(log);
  const perMinute = config.ecwidRateLimit;
  const budget = createCallBudget({
    perMinute,
    atOnce: defaultConnections,
    source: redis && createSharedCallBudget(redis, { storeId: store.storeId, perMinute, patience }),
  });
  const unwatch = metrics?.watch({ budget, breaker });
  opened.push(async () => unwatch?.());
  const { ecwid, sharedEcwid, forget } = shareReads(
    createEcwidClient({
      ...store,
      dispatcher,
      budget,
      breaker,
      deadlineMs: Math.max(queryMs, defaultTiming.stepMs),
      attemptMs: queryMs * 0.8,
      requestId: () => currentRequest()?.id,
      onCall(report) {
        metrics?.countCall(report);
        countUpstream(report);
      },
      log,
    }),
    { cartTtlMs: config.cartCacheTtl * 1_000, onShared: () => metrics?.countSharedRead() },
  );
  // Before anybody who reads anew because of a change.
  changes.listen(({ kind, id }) => forget({ kind: `${kind}s`, id }));
  changes.onMissed(() => forget());
  const checkout = createCheckout({
    ecwid,
    journal,
    log,
    required: config.placeOrderRequire,
    via: config.placeOrderVia,
    onEnding: (mutation, outcome) => metrics?.countEnding(mutation, outcome),
  });
  opened.push(() => checkout.close());
  // Whoever calls goes first.
  const learning = { ecwid: withPriority(ecwid, 'search'), journal };
  const webhooks = openWebhooks(store, opened, {
    redis,
    changes,
    learn: (pair, signal) => learnOrder(pair, { ...learning, signal }),
    log,
    onEvent: (event, outcome) => metrics?.countWebhook(event, outcome),
  });

  return createHttpGateway({
    schema,
    ...(endpoint && { endpoint }),
    createContext: createContextFactory({ ecwid, sharedEcwid, checkout, changes, limits, limitsMode, log }),
    authenticate,
    log,
    limits,
    limitsMode,
    costOf,
    introspection: config.introspection,
    exampleOperations: isSandbox ? sandboxOperations : exampleOperations,
    ...(isOpen && { readyViewers: sandboxViewers }),
    rateLimit: {
      perMinute: config.rateLimit,
      fields: { names: ['placeOrder', 'createOrder'], perMinute: config.orderRateLimit },
      trustProxy: config.trustProxy,
      counterOf:
        redis && createCallerCounters(redis, { storeId: store.storeId, secret: store.token, patience }),
    },
    trustedDocuments,
    corsOrigins: config.corsOrigins,
    isReady: () => !stopping?.aborted && !breaker.isOpen,
    places,
    lagMs,
    webhooks,
    draining,
    onSubscription: (happening) => metrics?.countSubscription(happening),
    onRequest: (report) => metrics?.countRequest(report),
  });
}

function openJournal(directory: string, storeId: string): Journal {
  try {
    return createSqliteJournal({ directory, storeId });
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    throw new ConfigurationError([
      'DATA_DIR cannot be used: the journal of orders needs a directory that this user may write to, or may make',
    ]);
  }
}
