import { z } from 'zod';
import { type PlacingWay, placingWays, type Requirement, requirements } from './checkout/settings.ts';
import { defaultLimits, type Limits, type LimitsMode, limitsModes, parseLimits } from './limits.ts';
import { type LogLevel, logLevels } from './log.ts';

export interface Config {
  /** Absent where no store is configured: then the gateway serves its embedded sandbox. */
  readonly store?: {
    readonly storeId: string;
    readonly token: string;
    readonly apiUrl: URL;
  };
  /** Calls a minute that Ecwid gives the token, or that this gateway may make of them. */
  readonly ecwidRateLimit: number;
  /** Seconds for which carts that were read are remembered; 0 for none. */
  readonly cartCacheTtl: number;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
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

const audiences = ['everyone', 'staff', 'nobody'] as const;
export type Introspection = (typeof audiences)[number];

/** One message with a line for each variable that is wrong; values are left out, since any may be a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(problems: readonly string[]) {
    super(['The configuration is not usable:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

const rate = z
  .string()
  .regex(/^([1-9]\d{0,6}|off)$/, 'must be a whole number from 1 on, or off')
  .transform((text) => (text === 'off' ? null : Number(text)));

const variables = z
  .object({
    ECWID_STORE_ID: z
      .string()
      .regex(/^\d{1,18}$/, 'must be the digits of a store id')
      .optional(),
    ECWID_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be an access token without spaces or line breaks')
      .optional(),
    ECWID_API_URL: z
      .string()
      .refine(isApiUrl, 'must be an http or https URL without credentials, query and fragment')
      .optional(),
    ECWID_RATE_LIMIT: z
      .string()
      .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 on')
      .transform(Number)
      .default(600),
    CART_CACHE_TTL: z
      .string()
      .regex(/^\d{1,4}$/, 'must be a whole number of seconds from 0 to 9999')
      .transform(Number)
      .default(0),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, 'must be a host name or address')
      .default('127.0.0.1'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535')
      .optional(),
    DATA_DIR: z.string().default('data'),
    PLACE_ORDER_REQUIRE: z.string().default(requirements.join(',')).transform(readRequirements),
    PLACE_ORDER_VIA: z.enum(placingWays, `must be one of ${placingWays.join(', ')}`).default('direct'),
    LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
    AUTH_JWKS_URL: z
      .string()
      .refine(isKeysUrl, 'must be an https URL, or an http one of this machine')
      .transform((text) => new URL(text))
      .optional(),
    AUTH_JWT_SECRET: z
      .string()
      .refine((text) => Buffer.byteLength(text) >= 32, 'must be of 32 bytes or more')
      .optional(),
    AUTH_JWT_ISSUER: z.string().optional(),
    AUTH_JWT_AUDIENCE: z.string().optional(),
    ALLOW_OPEN: flag.default(false),
    INTROSPECTION: z.enum(audiences, `must be one of ${audiences.join(', ')}`).optional(),
    CORS_ORIGINS: z.string().default('').transform(readOrigins),
    LIMITS: z.string().transform(readLimits).default(defaultLimits),
    LIMITS_MODE: z.enum(limitsModes, `must be one of ${limitsModes.join(', ')}`).default('enforce'),
    RATE_LIMIT: rate.default(120),
    ORDER_RATE_LIMIT: rate.default(30),
    TRUST_PROXY: z
      .string()
      .regex(/^\d$/, 'must be how many proxies stand in front, from 0 to 9')
      .transform(Number)
      .default(0),
    SHUTDOWN_DELAY: z
      .string()
      .regex(/^\d{1,3}$/, 'must be a whole number from 0 to 300')
      .transform(Number)
      .refine((seconds) => seconds <= 300, 'must be a whole number from 0 to 300')
      .default(0),
    TRUSTED_DOCUMENTS: z.string().optional(),
  })
  .refine(({ ECWID_STORE_ID, ECWID_TOKEN }) => ECWID_STORE_ID === undefined || ECWID_TOKEN !== undefined, {
    path: ['ECWID_TOKEN'],
    message: 'is missing: the store in ECWID_STORE_ID cannot be read without one',
    when: () => true,
  })
  .refine(
    ({ ECWID_STORE_ID, ECWID_TOKEN, ECWID_API_URL }) =>
      ECWID_STORE_ID !== undefined || (ECWID_TOKEN === undefined && ECWID_API_URL === undefined),
    {
      path: ['ECWID_STORE_ID'],
      message: 'is missing: ECWID_TOKEN and ECWID_API_URL are of no use without a store',
      when: () => true,
    },
  )
  .refine(({ AUTH_JWKS_URL, AUTH_JWT_SECRET }) => !(AUTH_JWKS_URL && AUTH_JWT_SECRET), {
    path: ['AUTH_JWT_SECRET'],
    message: 'must not be set together with AUTH_JWKS_URL: tokens are checked in one way',
    when: () => true,
  })
  .check((context) => {
    const { AUTH_JWKS_URL, AUTH_JWT_SECRET, ...claims } = context.value;
    const hasKeys = AUTH_JWKS_URL !== undefined || AUTH_JWT_SECRET !== undefined;
    for (const name of ['AUTH_JWT_ISSUER', 'AUTH_JWT_AUDIENCE'] as const) {
      if (hasKeys === (claims[name] !== undefined)) continue;
      context.issues.push({
        code: 'custom',
        path: [name],
        message: hasKeys
          ? "is missing: without it another service's tokens would count"
          : 'is of no use without AUTH_JWKS_URL or AUTH_JWT_SECRET',
        input: undefined,
      });
    }
  });

const defaultApiUrl = 'https://app.ecwid.com/api/v3';

/**
 * The configuration that the environment asks for. A variable set to an empty text counts as unset.
 * @throws ConfigurationError which names every wrong variable
 */
export function readConfig({
  defaultPort,
  mayBeOpen = false,
  environment = process.env,
}: {
  readonly defaultPort: number;
  /** Whether what is started has no rules of its own about who may call it, as the sandbox alone. */
  readonly mayBeOpen?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = variables.safeParse(given);
  if (!result.success) {
    throw new ConfigurationError(
      result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
    );
  }
  const { ECWID_STORE_ID, ECWID_TOKEN, ECWID_API_URL, HOST, PORT, LOG_LEVEL } = result.data;
  const { DATA_DIR, PLACE_ORDER_REQUIRE, PLACE_ORDER_VIA } = result.data;
  const { AUTH_JWKS_URL, AUTH_JWT_SECRET, AUTH_JWT_ISSUER, AUTH_JWT_AUDIENCE } = result.data;
  const keys = AUTH_JWKS_URL ?? AUTH_JWT_SECRET;
  const isOpen = ECWID_STORE_ID === undefined && keys === undefined;
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
          },
        }
      : {}),
    ecwidRateLimit: result.data.ECWID_RATE_LIMIT,
    cartCacheTtl: result.data.CART_CACHE_TTL,
    host: HOST,
    port: PORT ?? defaultPort,
    logLevel: LOG_LEVEL,
    dataDir: DATA_DIR,
    placeOrderRequire: PLACE_ORDER_REQUIRE,
    placeOrderVia: PLACE_ORDER_VIA,
    ...(keys && AUTH_JWT_ISSUER && AUTH_JWT_AUDIENCE
      ? { auth: { keys, issuer: AUTH_JWT_ISSUER, audience: AUTH_JWT_AUDIENCE } }
      : {}),
    isOpen,
    introspection: result.data.INTROSPECTION ?? (ECWID_STORE_ID === undefined ? 'everyone' : 'staff'),
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

function readLimits(text: string, context: z.RefinementCtx): Limits {
  try {
    return parseLimits(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.addIssue(error.message);
    return z.NEVER;
  }
}

function readOrigins(text: string, context: z.RefinementCtx): readonly string[] {
  const origins = text.split(',').flatMap((part) => part.trim() || []);
  if (!origins.every((origin) => origin === '*' || URL.parse(origin)?.origin === origin)) {
    context.addIssue('must be origins such as https://shop.example with commas between them, or *');
  }
  return origins;
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

// Whoever can change the keys on their way can be anybody.
function isKeysUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url?.username !== '' || url.password !== '') return false;
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')))
  );
}

function readRequirements(text: string, context: z.RefinementCtx): readonly Requirement[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'none') return [];
  const known = requirements.filter((requirement) => names.includes(requirement));
  if (known.length !== new Set(names).size) {
    context.addIssue(`must be some of ${requirements.join(', ')} with commas between them, or none`);
  }
  return known;
}

function isApiUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  );
}
