import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Close } from './closing.ts';
import { type Config, ConfigurationError } from './config.ts';
import { createLog, type Log } from './log.ts';
import type { Metrics } from './metrics/metrics.ts';
import { openStore, type Store } from './open-store.ts';
import type { ManySurroundings } from './open-stores.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { authenticateOnSandbox } from './sandbox-viewers.ts';
import { schema } from './schema/schema.ts';
import { type Authenticate, createAuthenticate } from './server/authenticate.ts';
import { watchEventLoopLag } from './server/event-loop-lag.ts';
import type { HttpGateway } from './server/http-gateway.ts';
import {
  readTrustedDocuments,
  type TrustedDocuments,
  TrustedDocumentsError,
} from './server/trusted-documents.ts';
import type { StoresFile } from './stores/read-stores.ts';
import { guest } from './viewer.ts';

export interface OpenOptions {
  readonly endpoint?: string;
  /** In place of what the configuration says of callers. */
  readonly authenticate?: Authenticate;
  /** Where it is counted what it does. Default nowhere. */
  readonly metrics?: Metrics | undefined;
  /** Aborts when no more callers may be sent here. */
  readonly stopping?: AbortSignal;
  /** Aborts when what goes on without end has to end. */
  readonly draining?: AbortSignal;
}

export interface OpenGateway extends HttpGateway {
  /** What it serves, in words for people. */
  readonly serves: string;
  readonly log: Log;
}

/**
 * Puts the gateway together over the store that is configured, or over a sandbox of its own.
 * @param opened how to close each thing is put on this pile as soon as the thing is open
 */
export async function openGateway(
  config: Config,
  opened: Close[],
  { endpoint, authenticate, metrics, stopping, draining }: OpenOptions = {},
): Promise<OpenGateway> {
  const { logLevel: level } = config;
  const trustedDocuments = config.trustedDocuments ? openManifest(config.trustedDocuments) : undefined;
  if (config.stores) {
    return openMany(config.stores, config, opened, {
      trustedDocuments,
      endpoint,
      metrics,
      stopping,
      draining,
    });
  }
  const sandbox = config.store ? undefined : await openSandbox(createLog({ level }));
  if (sandbox) opened.push(sandbox.close);
  const store = config.store ?? storeOf(sandbox);
  const log = createLog({ level, secrets: secretsOf([store], config.redis) });

  const gateway = openStore(store, config, opened, {
    isSandbox: sandbox !== undefined,
    directory: sandbox ? await openTemporaryDirectory(opened) : config.dataDir,
    authenticate: authenticate ?? authenticateBy(config, log),
    isOpen: config.isOpen && !authenticate,
    trustedDocuments,
    endpoint,
    log,
    metrics,
    stopping,
    draining,
    ...(await openProcess(config, opened, log)),
  });
  const { storeId } = store;
  return {
    ...gateway,
    serves: sandbox ? `the embedded sandbox (store ${storeId})` : `Ecwid store ${storeId}`,
    log,
  };
}

// Of no use to who has one store, and so not even read then.
async function openMany(
  { entries, isExposed }: StoresFile,
  config: Config,
  opened: Close[],
  options: Pick<ManySurroundings, 'trustedDocuments' | 'endpoint' | 'metrics' | 'stopping' | 'draining'>,
): Promise<OpenGateway> {
  const { openStores } = await import('./open-stores.ts');
  const secrets = secretsOf(
    entries.map(({ store }) => store),
    config.redis,
  );
  const ofCallers = entries.flatMap(({ auth }) => (typeof auth?.keys === 'string' ? auth.keys : []));
  const log = createLog({ level: config.logLevel, secrets: [...secrets, ...ofCallers] });
  if (isExposed) log.warn('STORES_FILE holds secrets, and every user of this machine may read it');
  const gateway = openStores(entries, config, opened, {
    ...options,
    directory: config.dataDir,
    log,
    ...(await openProcess(config, opened, log)),
  });
  return { ...gateway, serves: `${entries.length} Ecwid stores`, log };
}

/** What there is once in a process, however many stores it serves. */
async function openProcess(config: Config, opened: Close[], log: Log) {
  const redis = config.redis && (await openRedis(config.redis, log));
  if (redis) opened.push(redis.close);
  await redis?.tried;
  const eventLoop = watchEventLoopLag();
  opened.push(async () => eventLoop.close());
  return { redis, lagMs: eventLoop.lagMs };
}

// Of no use to who has one process, and so not even read then.
async function openRedis(options: NonNullable<Config['redis']>, log: Log) {
  const { connectRedis } = await import('./redis/connect-redis.ts');
  return connectRedis({ ...options, log });
}

/** What no line of the log may hold, whatever it is made from. */
function secretsOf(stores: readonly Store[], redis: Config['redis']): readonly string[] {
  const ofStores = stores.flatMap(({ token, apiUrl, clientSecret = '' }) => [
    token,
    apiUrl.host,
    clientSecret,
  ]);
  const ofRedis = redis ? [redis.url.host, decodeURIComponent(redis.url.password)] : [];
  return [...new Set([...ofStores, ...ofRedis])];
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

function openManifest(path: string): TrustedDocuments {
  try {
    return readTrustedDocuments(path, schema);
  } catch (error) {
    if (!(error instanceof TrustedDocumentsError)) throw error;
    throw new ConfigurationError([`TRUSTED_DOCUMENTS ${error.message}`]);
  }
}

function storeOf(sandbox: Sandbox | undefined): Store {
  if (!sandbox) throw new TypeError('Neither a store nor a sandbox.');
  return { storeId: sandbox.storeId, token: sandbox.secretToken, apiUrl: new URL(sandbox.url) };
}
