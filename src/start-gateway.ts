import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCheckout } from './checkout/checkout.ts';
import { createSqliteJournal } from './checkout/sqlite-journal.ts';
import { defaultTiming } from './checkout/timing.ts';
import type { Config } from './config.ts';
import { createCallBudget } from './ecwid/call-budget.ts';
import { createCircuitBreaker } from './ecwid/circuit-breaker.ts';
import { createEcwidClient } from './ecwid/client.ts';
import { createDispatcher, defaultConnections } from './ecwid/dispatcher.ts';
import { shareReads } from './ecwid/shared-reads.ts';
import { exampleOperations, sandboxOperations } from './example-operations.ts';
import { createLog, type Log } from './log.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { createContextFactory } from './schema/context.ts';
import { costOf } from './schema/cost.ts';
import { schema } from './schema/schema.ts';
import { createAuthenticate } from './server/authenticate.ts';
import { watchEventLoopLag } from './server/event-loop-lag.ts';
import { createGateway } from './server/gateway.ts';
import { startHttpServer } from './server/http-server.ts';
import { readTrustedDocuments } from './server/trusted-documents.ts';
import { everyScope, guest } from './viewer.ts';

export type Close = () => Promise<void>;

/**
 * Starts the gateway over the store that is configured, or over a sandbox of its own, and says so in a text for people.
 * @param opened how to close each thing is put on this pile as soon as the thing is open
 * @param stopping aborts when the process is to end
 */
export async function startGateway(config: Config, opened: Close[], stopping: AbortSignal): Promise<string> {
  const { logLevel: level, limits, limitsMode } = config;
  const trustedDocuments = config.trustedDocuments
    ? readTrustedDocuments(config.trustedDocuments, schema)
    : undefined;
  const sandbox = config.store ? undefined : await openSandbox(createLog({ level }));
  if (sandbox) opened.push(sandbox.close);
  const store = config.store ?? storeOf(sandbox);
  const log = createLog({ level, secrets: [store.token, store.apiUrl.host] });

  const directory = sandbox ? await openTemporaryDirectory(opened) : config.dataDir;
  const journal = createSqliteJournal({ directory, storeId: store.storeId });
  opened.push(() => journal.close());

  const queryMs = limits.querySeconds * 1_000;
  const dispatcher = createDispatcher(store.apiUrl, { connectMs: queryMs * 0.25 });
  opened.push(() => dispatcher.close());

  const breaker = createCircuitBreaker({ log });
  const { ecwid, sharedEcwid } = shareReads(
    createEcwidClient({
      ...store,
      dispatcher,
      budget: createCallBudget({ perMinute: config.ecwidRateLimit, atOnce: defaultConnections }),
      breaker,
      deadlineMs: Math.max(queryMs, defaultTiming.stepMs),
      attemptMs: queryMs * 0.8,
      log,
    }),
    { cartTtlMs: config.cartCacheTtl * 1_000 },
  );
  const checkout = createCheckout({
    ecwid,
    journal,
    log,
    required: config.placeOrderRequire,
    via: config.placeOrderVia,
  });
  opened.push(() => checkout.close());

  const server = await startHttpServer(
    createGateway({
      schema,
      createContext: createContextFactory({ ecwid, sharedEcwid, checkout, limits, limitsMode, log }),
      authenticate: config.auth
        ? createAuthenticate({ ...config.auth, log })
        : async () => (config.isOpen ? everyScope : guest),
      log,
      limits,
      limitsMode,
      costOf,
      introspection: config.introspection,
      exampleOperations: sandbox ? sandboxOperations : exampleOperations,
      rateLimit: {
        perMinute: config.rateLimit,
        fields: { names: ['placeOrder', 'createOrder'], perMinute: config.orderRateLimit },
        trustProxy: config.trustProxy,
      },
      trustedDocuments,
      corsOrigins: config.corsOrigins,
      isReady: () => !stopping.aborted && !breaker.isOpen,
      lagMs: watchEventLoopLag(),
    }),
    { ...config, log },
  );
  // Nobody has been sent here who would have to be led elsewhere.
  const delaySeconds = stopping.aborted ? 0 : config.shutdownDelaySeconds;
  opened.push(async () => {
    // What has failed is not to be trusted with more.
    const cut = await server.close(process.exitCode === 1 ? 0 : delaySeconds * 1_000);
    if (cut > 0) process.exitCode = 1;
  });

  return `ecwid-graphql is ready.

  ${config.introspection === 'everyone' ? 'GraphiQL ' : 'GraphQL  '}  ${server.origin}/graphql
  Store      ${sandbox ? `the embedded sandbox (store ${store.storeId})` : `Ecwid store ${store.storeId}`}
  Callers    ${describeCallers(config)}

A first query to paste:

  ${config.isOpen ? '{ carts(first: 3) { totalCount nodes { id email total } } }' : '{ store { name currency } }'}
`;
}

function describeCallers({ auth, isOpen }: Config): string {
  if (auth) return `guests, and whoever has a token of ${auth.issuer}`;
  return isOpen
    ? 'everybody is staff: nobody is asked who they are'
    : 'guests, since no tokens are configured';
}

// Of no use to who has a store, and so not even read then.
async function openSandbox(log: Log): Promise<Sandbox> {
  const { createSandbox } = await import('./sandbox/sandbox.ts');
  return createSandbox({ log });
}

// The sandbox forgets its orders when it ends, and a journal that did not would answer with them.
async function openTemporaryDirectory(opened: Close[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ecwid-graphql-'));
  opened.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

function storeOf(sandbox: Sandbox | undefined): NonNullable<Config['store']> {
  if (!sandbox) throw new TypeError('Neither a store nor a sandbox.');
  return { storeId: sandbox.storeId, token: sandbox.secretToken, apiUrl: new URL(sandbox.url) };
}
