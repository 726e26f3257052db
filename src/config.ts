import { isLoopback } from './addresses.ts';
import type { PlacingWay, Requirement } from './checkout/settings.ts';
import { type Introspection, variables } from './config-variables.ts';
import type { Limits, LimitsMode } from './limits.ts';
import type { LogLevel } from './log.ts';
import { parseStores, readStoresFile, StoresError, type StoresFile } from './stores/read-stores.ts';
import type { StoreOptions } from './stores/store-entry.ts';

export interface Config {
  /** Absent where no store is configured: then the gateway serves its embedded sandbox. */
  readonly store?: {
    readonly storeId: string;
    readonly token: string;
    readonly apiUrl: URL;
    /** Of the app, by which webhooks are known to be Ecwid's. Absent: none are taken. */
    readonly clientSecret?: string;
  };
  /** In place of that and of `auth`, where there are many. */
  readonly stores?: StoresFile;
  /** What replicas share it through; absent where this process is the only one. */
  readonly redis?: {
    readonly url: URL;
    /** Of every key and channel. */
    readonly prefix: string;
  };
  /** Calls a minute that Ecwid gives the token, or that this gateway may make of them. */
  readonly ecwidRateLimit: number;
  /** Seconds for which carts that were read are remembered; 0 for none. */
  readonly cartCacheTtl: number;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where metrics are, 0 for any free port; absent for none. */
  readonly metricsPort?: number;
  readonly logLevel: LogLevel;
  /** Where the journal of orders is kept. The sandbox's is as temporary as the sandbox. */
  readonly dataDir: string;
  /** What a cart has to have before it is placed, besides items. */
  readonly placeOrderRequire: readonly Requirement[];
  readonly placeOrderVia: PlacingWay;
  /** How callers prove who they are. Absent, nobody can. */
  readonly auth?: AuthConfig;
  /** Over the sandbox, with nobody asked who they are: then everybody is staff. */
  readonly isOpen: boolean;
  /** Who gets GraphiQL, introspection, and suggestions in errors. */
  readonly introspection: Introspection;
  /** Origins whose pages may read answers; `*` for any. */
  readonly corsOrigins: readonly string[];
  readonly limits: Limits;
  readonly limitsMode: LimitsMode;
  /** Calls of one caller a minute; null for any number. */
  readonly rateLimit: number | null;
  /** Of these, placeOrder and createOrder. */
  readonly orderRateLimit: number | null;
  /** How many proxies stand in front, each of which adds to X-Forwarded-For. */
  readonly trustProxy: number;
  /** For how long it still takes connections after it was told to end. */
  readonly shutdownDelaySeconds: number;
  /** Path of the manifest of the only documents that others than staff may run. */
  readonly trustedDocuments?: string;
}

export interface AuthConfig {
  /** Either the address of the public keys, or the secret that tokens are signed with. */
  readonly keys: URL | string;
  readonly issuer: string;
  readonly audience: string;
}

/** One message with a line for each variable that is wrong; values are left out, since any may be a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The configuration is not usable:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.problems = problems;
  }
}

const defaultApiUrl = 'https://app.ecwid.com/api/v3';

/**
 * The configuration that the environment asks for. A variable set to an empty text counts as unset.
 * @throws ConfigurationError which names every wrong variable
 */
export function readConfig({
  defaultPort,
  mayBeOpen = false,
  environment = process.env,
  stores,
}: {
  readonly defaultPort: number;
  /** Whether what is started has no rules of its own about who may call it, as the sandbox alone. */
  readonly mayBeOpen?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** In place of a file of them. */
  readonly stores?: readonly StoreOptions[] | undefined;
}): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  // What goes with a file of stores, or does not, goes with a list of them.
  const result = variables.safeParse(stores ? { ...given, STORES_FILE: 'stores' } : given);
  if (!result.success) {
    throw new ConfigurationError(
      result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
    );
  }
  const { ECWID_STORE_ID, ECWID_TOKEN, ECWID_API_URL, HOST, PORT, METRICS_PORT, LOG_LEVEL } = result.data;
  const { ECWID_CLIENT_SECRET, REDIS_URL, REDIS_PREFIX } = result.data;
  const { DATA_DIR, PLACE_ORDER_REQUIRE, PLACE_ORDER_VIA } = result.data;
  const { AUTH_JWKS_URL, AUTH_JWT_SECRET, AUTH_JWT_ISSUER, AUTH_JWT_AUDIENCE } = result.data;
  const keys = AUTH_JWKS_URL ?? AUTH_JWT_SECRET;
  const many = readStores(stores, result.data.STORES_FILE, environment);
  const isSandbox = ECWID_STORE_ID === undefined && many === undefined;
  const isOpen = isSandbox && keys === undefined;
  if (isOpen && !mayBeOpen && !result.data.ALLOW_OPEN && !isLoopback(HOST)) {
    throw new ConfigurationError([
      'HOST is not of this machine alone, and everybody who can reach the sandbox would be staff: configure ' +
        'AUTH_JWKS_URL or AUTH_JWT_SECRET, or set ALLOW_OPEN=true',
    ]);
  }
  return {
    ...(ECWID_STORE_ID && ECWID_TOKEN
      ? {
          store: {
            storeId: ECWID_STORE_ID,
            token: ECWID_TOKEN,
            apiUrl: new URL(ECWID_API_URL ?? defaultApiUrl),
            ...(ECWID_CLIENT_SECRET && { clientSecret: ECWID_CLIENT_SECRET }),
          },
        }
      : {}),
    ...(many && { stores: many }),
    ...(REDIS_URL && { redis: { url: REDIS_URL, prefix: REDIS_PREFIX } }),
    ecwidRateLimit: result.data.ECWID_RATE_LIMIT,
    cartCacheTtl: result.data.CART_CACHE_TTL,
    host: HOST,
    port: PORT ?? defaultPort,
    ...(METRICS_PORT !== undefined && { metricsPort: METRICS_PORT }),
    logLevel: LOG_LEVEL,
    dataDir: DATA_DIR,
    placeOrderRequire: PLACE_ORDER_REQUIRE,
    placeOrderVia: PLACE_ORDER_VIA,
    ...(keys && AUTH_JWT_ISSUER && AUTH_JWT_AUDIENCE
      ? { auth: { keys, issuer: AUTH_JWT_ISSUER, audience: AUTH_JWT_AUDIENCE } }
      : {}),
    isOpen,
    introspection: result.data.INTROSPECTION ?? (isSandbox ? 'everyone' : 'staff'),
    corsOrigins: result.data.CORS_ORIGINS,
    limits: result.data.LIMITS,
    limitsMode: result.data.LIMITS_MODE,
    rateLimit: result.data.RATE_LIMIT,
    orderRateLimit: result.data.ORDER_RATE_LIMIT,
    trustProxy: result.data.TRUST_PROXY,
    shutdownDelaySeconds: result.data.SHUTDOWN_DELAY,
    ...(result.data.TRUSTED_DOCUMENTS ? { trustedDocuments: result.data.TRUSTED_DOCUMENTS } : {}),
  };
}

function readStores(
  stores: readonly StoreOptions[] | undefined,
  path: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): StoresFile | undefined {
  try {
    if (stores) return { entries: parseStores(stores, defaultApiUrl), isExposed: false };
    return path === undefined ? undefined : readStoresFile(path, environment, defaultApiUrl);
  } catch (error) {
    throw error instanceof StoresError ? new ConfigurationError(error.problems) : error;
  }
}
