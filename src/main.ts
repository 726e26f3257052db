#!/usr/bin/env node
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCheckout } from './checkout/checkout.ts';
import { JournalError } from './checkout/journal.ts';
import { createSqliteJournal } from './checkout/sqlite-journal.ts';
import { defaultTiming } from './checkout/timing.ts';
import { type Config, readConfig } from './config.ts';
import { createCallBudget } from './ecwid/call-budget.ts';
import { createCircuitBreaker } from './ecwid/circuit-breaker.ts';
import { createEcwidClient } from './ecwid/client.ts';
import { createDispatcher, defaultConnections } from './ecwid/dispatcher.ts';
import { shareReads } from './ecwid/shared-reads.ts';
import { exampleOperations, sandboxOperations } from './example-operations.ts';
import { createLog } from './log.ts';
import { createSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { createContextFactory } from './schema/context.ts';
import { costOf } from './schema/cost.ts';
import { schema } from './schema/schema.ts';
import { createAuthenticate } from './server/authenticate.ts';
import { describeUnexpected } from './server/describe-unexpected.ts';
import { watchEventLoopLag } from './server/event-loop-lag.ts';
import { createGateway } from './server/gateway.ts';
import { startHttpServer } from './server/http-server.ts';
import { readTrustedDocuments, TrustedDocumentsError } from './server/trusted-documents.ts';
import { everyScope, guest } from './viewer.ts';

type Close = () => Promise<void>;

/** Starts one thing, and puts how to close it on the pile as soon as it is open. */
type Start = (config: Config, opened: Close[], stopping: AbortSignal) => Promise<string>;

const usage = `Usage: ecwid-graphql [command]

  start      the gateway, over the store in ECWID_STORE_ID or else over its embedded sandbox (default)
  sandbox    the sandbox alone: an emulator of the Ecwid REST API
`;

async function startGateway(config: Config, opened: Close[], stopping: AbortSignal): Promise<string> {
  const { logLevel: level, limits, limitsMode } = config;
  const trustedDocuments = config.trustedDocuments
    ? readTrustedDocuments(config.trustedDocuments, schema)
    : undefined;
  const sandbox = config.store ? undefined : await createSandbox({ log: createLog({ level }) });
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

async function startSandbox({ host, port }: Config, opened: Close[]): Promise<string> {
  const sandbox = await createSandbox({ host, port });
  opened.push(() => sandbox.close());
  return `The sandbox is ready: an emulator of the Ecwid REST API. Point a gateway at it by

  ECWID_API_URL=${sandbox.url} ECWID_STORE_ID=${sandbox.storeId} ECWID_TOKEN=${sandbox.secretToken}
`;
}

const commands: ReadonlyMap<string, { readonly start: Start; readonly defaultPort: number }> = new Map([
  ['start', { start: startGateway, defaultPort: 4000 }],
  ['sandbox', { start: startSandbox, defaultPort: 4001 }],
]);

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  const [name = 'start', ...others] = positionals;
  const command = commands.get(name);
  if (values.help) return say(usage);
  if (!command || others.length > 0) throw new Error(`There is no such command.\n\n${usage}`);

  const opened: Close[] = [];
  const stopping = new AbortController();
  const stopped = once(stopping.signal, 'abort');
  const stop = () => {
    // Somebody is in a hurry.
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  try {
    const { start, defaultPort } = command;
    const config = readConfig({ defaultPort, mayBeOpen: name === 'sandbox' });
    const log = createLog({ level: config.logLevel });
    // Rejections that nobody handles come here as well.
    process.on('uncaughtException', (error) => {
      // What fails while it ends is no news.
      if (process.exitCode === 1) return;
      process.exitCode = 1;
      log.fatal(describeUnexpected(error), 'an uncaught error ends the process');
      // What is left of it is not to be trusted for long.
      setTimeout(() => process.exit(), 1_000).unref();
      stopping.abort();
    });
    const greeting = await start(config, opened, stopping.signal);
    if (stopping.signal.aborted) return;
    say(greeting);
    await stopped;
  } finally {
    await closeInReverse(opened);
  }
}

async function closeInReverse(opened: readonly Close[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of opened.toReversed()) {
    await close().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A sentence for a person: what is wrong, and no stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'Could not start.';
  if (error instanceof JournalError) {
    return 'DATA_DIR cannot be used: the journal of orders needs a directory that this user may write to, or may make.';
  }
  if (error instanceof TrustedDocumentsError) return `TRUSTED_DOCUMENTS ${error.message}`;
  if ('syscall' in error && error.syscall === 'mkdtemp') {
    return 'TMPDIR must be a directory that this user may write to: there is the journal of a sandbox.';
  }
  switch ('code' in error && error.code) {
    case 'EADDRINUSE':
      return 'The port is taken by another program. Set PORT to a free one.';
    case 'EACCES':
      return 'The port may not be used by this user. Set PORT to one above 1023.';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'HOST is no address of this machine.';
    default:
      return error.message;
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
