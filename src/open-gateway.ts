import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCheckout } from './checkout/checkout.ts';
import { type Journal, JournalError } from './checkout/journal.ts';
import { createSqliteJournal } from './checkout/sqlite-journal.ts';
import { defaultTiming } from './checkout/timing.ts';
import type { Close } from './closing.ts';
import { type Config, ConfigurationError } from './config.ts';
import { createCallBudget } from './ecwid/call-budget.ts';
import { createCircuitBreaker } from './ecwid/circuit-breaker.ts';
import { createEcwidClient } from './ecwid/client.ts';
import { createDispatcher, defaultConnections } from './ecwid/dispatcher.ts';
import { shareReads } from './ecwid/shared-reads.ts';
import { exampleOperations, sandboxOperations } from './example-operations.ts';
import { createLog, type Log } from './log.ts';
import type { Metrics } from './metrics/metrics.ts';
import { countUpstream, currentRequest } from './request-scope.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { authenticateOnSandbox, sandboxViewers } from './sandbox-viewers.ts';
import { createContextFactory } from './schema/context.ts';
import { costOf } from './schema/cost.ts';
import { schema } from './schema/schema.ts';
import { type Authenticate, createAuthenticate } from './server/authenticate.ts';
import { watchEventLoopLag } from './server/event-loop-lag.ts';
import { createHttpGateway, type HttpGateway } from './server/http-gateway.ts';
import {
  readTrustedDocuments,
  type TrustedDocuments,
  TrustedDocumentsError,
} from './server/trusted-documents.ts';
import { guest } from './viewer.ts';

export interface OpenOptions {
  readonly endpoint?: string;
  /** In place of what the configuration says of callers. */
  readonly authenticate?: Authenticate;
  /** Where it is counted what it does. Default nowhere. */
  readonly metrics?: Metrics | undefined;
  /** Aborts when no more callers may be sent here. */
  readonly stopping?: AbortSignal;
}

export interface OpenGateway extends HttpGateway {
  readonly storeId: string;
  readonly isSandbox: boolean;
  readonly log: Log;
}

/**
 * Puts the gateway together over the store that is configured, or over a sandbox of its own.
 * @param opened how to close each thing is put on this pile as soon as the thing is open
 */
export async function openGateway(
  config: Config,
  opened: Close[],
  { endpoint, authenticate, metrics, stopping }: OpenOptions = {},
): Promise<OpenGateway> {
  const { logLevel: level, limits, limitsMode } = config;
  const trustedDocuments = config.trustedDocuments ? openManifest(config.trustedDocuments) : undefined;
  const sandbox = config.store ? undefined : await openSandbox(createLog({ level }));
  if (sandbox) opened.push(sandbox.close);
  const store = config.store ?? storeOf(sandbox);
  const log = createLog({ level, secrets: [store.token, store.apiUrl.host] });

  const directory = sandbox ? await openTemporaryDirectory(opened) : config.dataDir;
  const journal = openJournal(directory, store.storeId);
  opened.push(() => journal.close());

  const queryMs = limits.querySeconds * 1_000;
  const dispatcher = createDispatcher(store.apiUrl, { connectMs: queryMs * 0.25 });
  opened.push(() => dispatcher.close());

  const breaker = createCircuitBreaker({ log });
  const budget = createCallBudget({ perMinute: config.ecwidRateLimit, atOnce: defaultConnections });
  metrics?.watch({ budget, breaker });
  const { ecwid, sharedEcwid } = shareReads(
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
  const checkout = createCheckout({
    ecwid,
    journal,
    log,
    required: config.placeOrderRequire,
    via: config.placeOrderVia,
    onEnding: (mutation, outcome) => metrics?.countEnding(mutation, outcome),
  });
  opened.push(() => checkout.close());

  const eventLoop = watchEventLoopLag();
  opened.push(async () => eventLoop.close());

  const gateway = createHttpGateway({
    schema,
    ...(endpoint && { endpoint }),
    createContext: createContextFactory({ ecwid, sharedEcwid, checkout, limits, limitsMode, log }),
    authenticate: authenticate ?? authenticateBy(config, log),
    log,
    limits,
    limitsMode,
    costOf,
    introspection: config.introspection,
    exampleOperations: sandbox ? sandboxOperations : exampleOperations,
    ...(config.isOpen && !authenticate && { readyViewers: sandboxViewers }),
    rateLimit: {
      perMinute: config.rateLimit,
      fields: { names: ['placeOrder', 'createOrder'], perMinute: config.orderRateLimit },
      trustProxy: config.trustProxy,
    },
    trustedDocuments,
    corsOrigins: config.corsOrigins,
    isReady: () => !stopping?.aborted && !breaker.isOpen,
    lagMs: eventLoop.lagMs,
    onRequest: (report) => metrics?.countRequest(report),
  });
  return { ...gateway, storeId: store.storeId, isSandbox: sandbox !== undefined, log };
}

function authenticateBy({ auth, isOpen }: Config, log: Log): Authenticate {
  if (auth) return createAuthenticate({ ...auth, log });
  return isOpen ? authenticateOnSandbox : async () => guest;
}

// Of no use to who has a store, and so not even read then.
async function openSandbox(log: Log): Promise<Sandbox> {
  const { createSandbox } = await import('./sandbox/sandbox.ts');
  return createSandbox({ log });
}

// The sandbox forgets its orders when it ends, and a journal that did not would answer with them.
async function openTemporaryDirectory(opened: Close[]): Promise<string> {
  let directory: string;
  try {
    directory = await mkdtemp(join(tmpdir(), 'ecwid-graphql-'));
  } catch {
    throw new ConfigurationError([
      'TMPDIR must be a directory that this user may write to: there is the journal of a sandbox',
    ]);
  }
  opened.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
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

function openManifest(path: string): TrustedDocuments {
  try {
    return readTrustedDocuments(path, schema);
  } catch (error) {
    if (!(error instanceof TrustedDocumentsError)) throw error;
    throw new ConfigurationError([`TRUSTED_DOCUMENTS ${error.message}`]);
  }
}

function storeOf(sandbox: Sandbox | undefined): NonNullable<Config['store']> {
  if (!sandbox) throw new TypeError('Neither a store nor a sandbox.');
  return { storeId: sandbox.storeId, token: sandbox.secretToken, apiUrl: new URL(sandbox.url) };
}
