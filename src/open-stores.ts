import { GraphQLError } from 'graphql';
import type { Close } from './closing.ts';
import type { Config } from './config.ts';
import { openStore, type StoreSurroundings } from './open-store.ts';
import { webhookAddress } from './open-webhooks.ts';
import { costOf } from './schema/cost.ts';
import { schema } from './schema/schema.ts';
import { AuthenticationError, createAuthenticate } from './server/authenticate.ts';
import { createHttpGateway, type HttpGateway, type HttpGatewayOptions } from './server/http-gateway.ts';
import { createSharedPlaces } from './server/load-limit.ts';
import { createStoreChoice } from './stores/choose-store.ts';
import { createEventRouter } from './stores/event-router.ts';
import type { StoreEntry } from './stores/store-entry.ts';
import { createStorePool } from './stores/store-pool.ts';
import { createStoreRouter } from './stores/store-router.ts';
import { guest } from './viewer.ts';

/** What is this process's, and not one store's. */
export type ManySurroundings = Omit<StoreSurroundings, 'isSandbox' | 'authenticate' | 'isOpen' | 'places'>;

/**
 * Puts many stores together behind one address. Of each all is its own that its outage or its callers could use up;
 * places are shared so that some are left for every other.
 * @param opened how to close each thing is put on this pile as soon as the thing is open
 */
export function openStores(
  entries: readonly StoreEntry[],
  config: Config,
  opened: Close[],
  surroundings: ManySurroundings,
): HttpGateway {
  const { log, metrics } = surroundings;
  const choice = createStoreChoice(entries);
  const places = createSharedPlaces(config.limits.inFlight);

  const open = (entry: StoreEntry, ofStore: Close[]) => {
    const { storeId } = entry.store;
    const { ecwidRateLimit = config.ecwidRateLimit } = entry;
    const ownLog = log.child({ store: storeId });
    return openStore(entry.store, { ...config, ecwidRateLimit }, ofStore, {
      ...surroundings,
      isSandbox: false,
      isOpen: false,
      authenticate: entry.auth
        ? createAuthenticate({ ...entry.auth, isFor: (claims) => choice.isFor(entry, claims), log: ownLog })
        : async () => guest,
      places,
      log: ownLog,
      metrics: metrics?.ofStore(storeId),
    });
  };
  const pool = createStorePool({ open, log });
  opened.push(() => pool.close());
  // What every store needs is then known to be there, before anybody asks.
  const [first] = entries;
  if (first) pool.take(first).release();

  const receive = createEventRouter({
    entries,
    pool,
    log,
    onEvent: (event, outcome) => metrics?.countWebhook(event, outcome),
  });

  return createStoreRouter({
    choice,
    pool,
    lobby: openLobby(config, surroundings, {
      authenticate: async (authorization) => {
        if (authorization !== null) throw new AuthenticationError();
        throw storeNotFound();
      },
      webhooks: receive && { ...webhookAddress, receive },
    }),
    closed: openLobby(config, surroundings, {
      authenticate: async () => {
        throw new TypeError('The store is not open.');
      },
    }),
    trustProxy: config.trustProxy,
    log,
  });
}

/** A gateway without a store: it refuses as the others do, by the same steps and with the same lines in the log. */
function openLobby(
  config: Config,
  { endpoint, log, metrics, stopping, lagMs }: ManySurroundings,
  { authenticate, webhooks }: Pick<HttpGatewayOptions, 'authenticate' | 'webhooks'>,
): HttpGateway {
  return createHttpGateway({
    schema,
    ...(endpoint && { endpoint }),
    createContext: () => {
      throw new TypeError('There is no store to read.');
    },
    authenticate,
    log,
    limits: config.limits,
    limitsMode: config.limitsMode,
    costOf,
    introspection: 'nobody',
    exampleOperations: [],
    rateLimit: { perMinute: config.rateLimit, trustProxy: config.trustProxy },
    corsOrigins: config.corsOrigins,
    isReady: () => !stopping?.aborted,
    lagMs,
    webhooks,
    onRequest: (report) => metrics?.countRequest(report),
  });
}

function storeNotFound(): GraphQLError {
  return new GraphQLError('There is no store at this host, and no token that names one.', {
    extensions: { code: 'STORE_NOT_FOUND', http: { status: 404 } },
  });
}
