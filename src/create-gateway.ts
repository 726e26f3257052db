import { z } from 'zod';
import type { PlacingWay, Requirement } from './checkout/settings.ts';
import { type Close, closeInReverse } from './closing.ts';
import { ConfigurationError, readConfig } from './config.ts';
import type { Introspection } from './config-variables.ts';
import type { Limits, LimitsMode } from './limits.ts';
import type { LogLevel } from './log.ts';
import { openGateway } from './open-gateway.ts';
import type { Authenticate } from './server/authenticate.ts';
import type { HttpGateway } from './server/http-gateway.ts';
import type { StoreOptions } from './stores/store-entry.ts';

/**
 * What the README's table of variables tells, for a gateway inside another program: the same defaults, and checked in
 * the same way, with the names of those variables in what is wrong. Nothing is read from the environment.
 */
export interface GatewayOptions {
  /** Absent: an embedded sandbox. */
  readonly store?: {
    readonly storeId: string;
    /** A secret access token. */
    readonly token: string;
    /** Where the API is, without the store. */
    readonly apiUrl?: string;
    /** Of the app, by which webhooks are known to be Ecwid's. */
    readonly clientSecret?: string;
  };
  /** In place of `store` and `auth`: many stores, led to by the host of a request or by its token. */
  readonly stores?: readonly StoreOptions[];
  /** What replicas share it through. */
  readonly redis?: {
    /** Such as `rediss://user:password@redis.example:6379/0`. */
    readonly url: string;
    /** Of every key and channel. Default `ecwid-graphql:`. */
    readonly prefix?: string;
  };
  /** Where the gateway is mounted. Default `/graphql`. */
  readonly endpoint?: string;
  /** Whose bearer tokens (JWTs) are believed. Without it and `authenticate` all are guests, and over the sandbox staff. */
  readonly auth?: {
    readonly issuer: string;
    readonly audience: string;
  } & ({ readonly jwksUrl: string } | { readonly secret: string });
  /** Tells who asks from the Authorization header, in place of `auth`. Throws AuthenticationError where it cannot. */
  readonly authenticate?: Authenticate;
  /** Where the journal of orders is kept; it must outlive the process. Default `data`; a sandbox's is temporary. */
  readonly dataDir?: string;
  readonly ecwidRateLimit?: number;
  /** Seconds. */
  readonly cartCacheTtl?: number;
  readonly placeOrderRequire?: readonly Requirement[];
  readonly placeOrderVia?: PlacingWay;
  readonly introspection?: Introspection;
  readonly corsOrigins?: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly limitsMode?: LimitsMode;
  readonly rateLimit?: number | 'off';
  readonly orderRateLimit?: number | 'off';
  readonly trustProxy?: number;
  /** Path of a manifest. */
  readonly trustedDocuments?: string;
  readonly logLevel?: LogLevel;
}

export interface Gateway extends Pick<HttpGateway, 'listener' | 'fetch'> {
  /**
   * Ends subscriptions, and takes no more; to be called when the server that it is mounted in is about to close, which
   * would wait for them without end.
   */
  endSubscriptions(): void;
  /** Ends it; to be called once the server that it is mounted in takes no more requests. */
  close(): Promise<void>;
}

/**
 * A gateway to mount in a server of one's own. It listens nowhere.
 * @throws ConfigurationError which names every option that is wrong
 */
export async function createGateway(options: GatewayOptions = {}): Promise<Gateway> {
  checkShape(options);
  const { endpoint, authenticate } = options;
  const config = readConfig({ defaultPort: 0, environment: variablesOf(options), stores: options.stores });
  const opened: Close[] = [];
  const stopping = new AbortController();
  const draining = new AbortController();
  const close = () => {
    stopping.abort();
    draining.abort();
    return closeInReverse(opened);
  };
  try {
    const { listener, fetch } = await openGateway(config, opened, {
      ...(endpoint && { endpoint }),
      ...(authenticate && { authenticate }),
      stopping: stopping.signal,
      draining: draining.signal,
    });
    let closed: Promise<void> | undefined;
    return {
      listener,
      fetch,
      endSubscriptions: () => draining.abort(),
      close() {
        closed ??= close();
        return closed;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const given = z.string('must be a text').min(1, 'must not be empty');

/**
 * What a compiler would have told who has one. Above all that a store whose id or token is missing is a mistake: without
 * a store the gateway would run over a sandbox, and sell what there is not.
 */
const shape = z.strictObject({
  store: z
    .strictObject({
      storeId: given,
      token: given,
      apiUrl: given.optional(),
      clientSecret: given.optional(),
    })
    .optional(),
  // Looked at where a file of them would be.
  stores: z.custom<readonly StoreOptions[]>().optional(),
  redis: z.strictObject({ url: given, prefix: z.string().optional() }).optional(),
  endpoint: z
    .string()
    .regex(/^(\/[\w.~-]+)+$/, 'must be a path such as /api/graphql')
    .optional(),
  auth: z
    .strictObject({ issuer: given, audience: given, jwksUrl: given.optional(), secret: given.optional() })
    .refine(({ jwksUrl, secret }) => jwksUrl ?? secret, 'must have a jwksUrl or a secret')
    .optional(),
  authenticate: z
    .custom<Authenticate>((value) => typeof value === 'function', 'must be a function')
    .optional(),
  dataDir: given.optional(),
  ecwidRateLimit: z.number().optional(),
  cartCacheTtl: z.number().optional(),
  placeOrderRequire: z.array(z.string()).optional(),
  placeOrderVia: z.string().optional(),
  introspection: z.string().optional(),
  corsOrigins: z.array(z.string()).optional(),
  limits: z.record(z.string(), z.number()).optional(),
  limitsMode: z.string().optional(),
  rateLimit: z.union([z.number(), z.literal('off')]).optional(),
  orderRateLimit: z.union([z.number(), z.literal('off')]).optional(),
  trustProxy: z.number().optional(),
  trustedDocuments: given.optional(),
  logLevel: z.string().optional(),
} satisfies Record<keyof GatewayOptions, z.ZodType>);

/** @throws ConfigurationError */
function checkShape(options: GatewayOptions): void {
  const { error } = shape.safeParse(options);
  if (!error && options.stores && options.authenticate) {
    throw new ConfigurationError([
      'authenticate must not be set together with stores: it cannot tell of which one',
    ]);
  }
  if (!error) return;
  throw new ConfigurationError(
    error.issues.map(({ path, message }) => `${path.join('.') || 'The options'} ${message}`),
  );
}

function variablesOf(options: GatewayOptions): Record<string, string> {
  const { store, auth, placeOrderRequire, corsOrigins, limits } = options;
  const variables: Record<string, string | number | undefined> = {
    ECWID_STORE_ID: store?.storeId,
    ECWID_TOKEN: store?.token,
    ECWID_API_URL: store?.apiUrl,
    ECWID_CLIENT_SECRET: store?.clientSecret,
    REDIS_URL: options.redis?.url,
    REDIS_PREFIX: options.redis?.prefix,
    ECWID_RATE_LIMIT: options.ecwidRateLimit,
    CART_CACHE_TTL: options.cartCacheTtl,
    DATA_DIR: options.dataDir,
    PLACE_ORDER_REQUIRE: placeOrderRequire && (placeOrderRequire.join() || 'none'),
    PLACE_ORDER_VIA: options.placeOrderVia,
    LOG_LEVEL: options.logLevel,
    AUTH_JWKS_URL: auth && 'jwksUrl' in auth ? auth.jwksUrl : undefined,
    AUTH_JWT_SECRET: auth && 'secret' in auth ? auth.secret : undefined,
    AUTH_JWT_ISSUER: auth?.issuer,
    AUTH_JWT_AUDIENCE: auth?.audience,
    INTROSPECTION: options.introspection,
    CORS_ORIGINS: corsOrigins?.join(),
    LIMITS:
      limits &&
      Object.entries(limits)
        .map((pair) => pair.join('='))
        .join(),
    LIMITS_MODE: options.limitsMode,
    RATE_LIMIT: options.rateLimit,
    ORDER_RATE_LIMIT: options.orderRateLimit,
    TRUST_PROXY: options.trustProxy,
    TRUSTED_DOCUMENTS: options.trustedDocuments,
  };
  const known = Object.entries(variables).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}
