import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Changes, createChanges } from '../src/changes/changes.ts';
import { type CheckoutOptions, createCheckout } from '../src/checkout/checkout.ts';
import { createSqliteJournal } from '../src/checkout/sqlite-journal.ts';
import { defaultTiming, type Timing } from '../src/checkout/timing.ts';
import type { CallBudget } from '../src/ecwid/call-budget.ts';
import { type CircuitBreakerOptions, createCircuitBreaker } from '../src/ecwid/circuit-breaker.ts';
import { createEcwidClient } from '../src/ecwid/client.ts';
import { createDispatcher } from '../src/ecwid/dispatcher.ts';
import { shareReads } from '../src/ecwid/shared-reads.ts';
import { defaultLimits, type Limits, type LimitsMode } from '../src/limits.ts';
import { createLog, type Log } from '../src/log.ts';
import type { Metrics } from '../src/metrics/metrics.ts';
import { countUpstream, currentRequest } from '../src/request-scope.ts';
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxRequest,
} from '../src/sandbox/sandbox.ts';
import { createContextFactory } from '../src/schema/context.ts';
import { costOf } from '../src/schema/cost.ts';
import { schema } from '../src/schema/schema.ts';
import { createHttpGateway, type HttpGatewayOptions } from '../src/server/http-gateway.ts';
import { startHttpServer } from '../src/server/http-server.ts';
import { everyScope } from '../src/viewer.ts';
import { doorOf } from './door.ts';
import { createComparingExecutor } from './execution/comparing-executor.ts';
import type { TypedDocumentString } from './operations/generated/graphql.ts';
import { withoutRequestId } from './request-id.ts';

export interface GraphQLAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** Somebody who calls a gateway. */
export interface Caller {
  /** The whole body of an answer to a typed operation or a text. */
  execute<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables?: NoInfer<Variables>,
  ): Promise<GraphQLAnswer<Data>>;
  // biome-ignore lint/suspicious/noExplicitAny: what an untyped text answers with is the test's own to know.
  query(text: string, variables?: Record<string, unknown>): Promise<GraphQLAnswer<any>>;
}

/** Calls without an Authorization header. */
export interface RunningGateway extends Caller {
  readonly origin: string;
  readonly url: string;
  readonly log: Log;
  readonly changes: Changes;
  /** Every line that the gateway has logged, but for those of requests that have ended. */
  readonly logLines: string[];
  /** Those. */
  readonly requestLines: string[];
  /** How many calls have ended how, as `placeOrder CART_EMPTY`. */
  readonly endings: ReadonlyMap<string, number>;
  /** Calls with this Authorization header. */
  as(authorization: string): Caller;
  close(): Promise<void>;
}

export interface GatewayOnSandbox extends RunningGateway {
  readonly sandbox: Sandbox;
  /** The calls that the sandbox has seen, oldest first. */
  readonly calls: SandboxRequest[];
  /** The sandbox back at its seed, with no call seen. */
  reset(): void;
}

type Protection = Pick<
  HttpGatewayOptions,
  'rateLimit' | 'trustedDocuments' | 'corsOrigins' | 'isReady' | 'lagMs' | 'draining' | 'onSubscription'
>;

/** What the tests look for in everything that comes out: it must never be there. */
export const markedToken = 'secret_MARKED0000000000000000000000';

/** After a 429 that a test provokes the others need not wait. */
const patient: CallBudget = {
  take: async () => () => {},
  throttled: () => {},
  left: Number.POSITIVE_INFINITY,
  waiting: 0,
};

/** A gateway over any server that speaks the API, on a socket of its own. */
export async function startGatewayOver(
  apiUrl: string,
  {
    storeId = '4870020',
    token = markedToken,
    deadlineMs = 1_000,
    connections = 20,
    exampleOperations = [],
    dataDir,
    timing,
    required,
    via,
    authenticate = async () => everyScope,
    limits = {},
    limitsMode = 'enforce',
    introspection = 'everyone',
    retries = false,
    budget = patient,
    breaker,
    cartTtlMs = 0,
    metrics,
    protection = {},
    changes = createChanges(),
  }: {
    storeId?: string;
    token?: string;
    deadlineMs?: number;
    connections?: number;
    exampleOperations?: HttpGatewayOptions['exampleOperations'];
    /** Where the journal is; a directory of its own by default. */
    dataDir?: string | undefined;
    timing?: Partial<Timing> | undefined;
    required?: CheckoutOptions['required'];
    via?: CheckoutOptions['via'];
    /** Everybody is staff by default. */
    authenticate?: HttpGatewayOptions['authenticate'];
    /** Those that are not as by default. */
    limits?: Partial<Limits>;
    limitsMode?: LimitsMode;
    introspection?: HttpGatewayOptions['introspection'];
    /** False by default, so that what a test provokes happens once. */
    retries?: boolean;
    /** Of calls; without an end by default. */
    budget?: CallBudget;
    /** None by default, as above. */
    breaker?: Pick<CircuitBreakerOptions, 'probeMs'>;
    cartTtlMs?: number;
    /** Where it is counted what the gateway does. */
    metrics?: Metrics;
    /** Without any by default, as somebody may want a gateway. */
    protection?: Protection;
    changes?: Changes;
  } = {},
): Promise<RunningGateway> {
  const logLines: string[] = [];
  const requestLines: string[] = [];
  const address = new URL(apiUrl);
  const log = createLog({
    level: 'trace',
    secrets: [token, address.host],
    // Each is looked at, however many a test provokes.
    repeats: Number.POSITIVE_INFINITY,
    destination: {
      write: (line) =>
        (/"msg":"(?:answered|left by its caller)"/.test(line) ? requestLines : logLines).push(line),
    },
  });
  const dispatcher = createDispatcher(address, { connections });
  const { ecwid, sharedEcwid, forget } = shareReads(
    createEcwidClient({
      apiUrl: address,
      storeId,
      token,
      dispatcher,
      deadlineMs,
      attemptMs: deadlineMs * 0.8,
      budget,
      ...(breaker && { breaker: createCircuitBreaker({ ...breaker, log }) }),
      ...(retries ? {} : { retry: () => null }),
      requestId: () => currentRequest()?.id,
      onCall(report) {
        countUpstream(report);
        metrics?.countCall(report);
      },
      log,
    }),
    { cartTtlMs },
  );
  changes.listen(({ kind, id }) => forget({ kind: `${kind}s`, id }));
  const directory = dataDir ?? (await mkdtemp(join(tmpdir(), 'ecwid-graphql-test-')));
  const journal = createSqliteJournal({ directory, storeId });
  const endings = new Map<string, number>();
  const checkout = createCheckout({
    ecwid,
    journal,
    log,
    timing: { ...defaultTiming, ...timing },
    onEnding: (mutation, outcome) => {
      metrics?.countEnding(mutation, outcome);
      const ending = `${mutation} ${outcome}`;
      endings.set(ending, (endings.get(ending) ?? 0) + 1);
    },
    ...(required && { required }),
    ...(via && { via }),
  });
  const limiting = { limits: { ...defaultLimits, ...limits }, limitsMode };
  const server = await startHttpServer(
    createHttpGateway({
      schema,
      createContext: createContextFactory({ ecwid, sharedEcwid, checkout, changes, ...limiting, log }),
      authenticate,
      log,
      ...limiting,
      costOf,
      execute: createComparingExecutor(schema),
      introspection,
      exampleOperations,
      onRequest: (report) => metrics?.countRequest(report),
      ...protection,
    }).listener,
    { host: '127.0.0.1', port: 0, limits: limiting.limits, log },
  );
  const url = doorOf(`${server.origin}/graphql`);

  const callerWith = (credentials: Readonly<Record<string, string>>): Caller => {
    const query: Caller['query'] = async (text, variables) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...credentials },
        body: JSON.stringify({ query: text, variables }),
      });
      return withoutRequestId((await response.json()) as Awaited<ReturnType<Caller['query']>>, response);
    };
    return {
      query,
      execute: (document, variables) => query(document.toString(), variables as Record<string, unknown>),
    };
  };
  return {
    ...callerWith({}),
    as: (authorization) => callerWith({ authorization }),
    origin: server.origin,
    url,
    log,
    changes,
    logLines,
    requestLines,
    endings,
    async close() {
      await server.close();
      await checkout.close();
      await dispatcher.destroy();
      await journal.close();
      if (!dataDir) await rm(directory, { recursive: true });
      for (const line of [...logLines, ...requestLines]) expectNothingPrivate(line, [token, address.host]);
    },
  };
}

/** A gateway over a sandbox of its own. */
export async function startGateway(
  options: SandboxOptions = {},
  exampleOperations: HttpGatewayOptions['exampleOperations'] = [],
  settings: Parameters<typeof startGatewayOver>[1] = {},
): Promise<GatewayOnSandbox> {
  const calls: SandboxRequest[] = [];
  const sandbox = await createSandbox({
    requestsPerMinute: Number.POSITIVE_INFINITY,
    ...options,
    onRequest: (request) => {
      calls.push(request);
      options.onRequest?.(request);
    },
  });
  const gateway = await startGatewayOver(sandbox.url, {
    storeId: sandbox.storeId,
    token: sandbox.secretToken,
    deadlineMs: 10_000,
    exampleOperations,
    ...settings,
  });
  return {
    ...gateway,
    sandbox,
    calls,
    reset() {
      sandbox.reset();
      calls.length = 0;
    },
    async close() {
      await gateway.close();
      await sandbox.close();
    },
  };
}

/** Of every gateway in every test, whatever that is about: no secret of it, and nobody's e-mail address. */
function expectNothingPrivate(line: string, secrets: readonly string[]): void {
  const found = secrets.find((secret) => line.includes(secret)) ?? /[\w.+-]+@[\w-]+\.\w+/.exec(line)?.[0];
  if (found !== undefined) throw new Error(`A line of the log holds ${found}: ${line}`);
}
