import { z } from 'zod';
import { isApiUrl, isKeysUrl, isRedisUrl } from './addresses.ts';
import { placingWays, requirements } from './checkout/settings.ts';
import { readLimits, readOrigins, readRequirements } from './config-lists.ts';
import { defaultLimits, limitsModes } from './limits.ts';
import { logLevels } from './log.ts';

const audiences = ['everyone', 'staff', 'nobody'] as const;
export type Introspection = (typeof audiences)[number];

const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

const rate = z
  .string()
  .regex(/^([1-9]\d{0,6}|off)$/, 'must be a whole number from 1 on, or off')
  .transform((text) => (text === 'off' ? null : Number(text)));

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a whole number from 0 to 65535');

/** What each store has for itself where there are many. */
const ofOneStore = [
  ...(['ECWID_STORE_ID', 'ECWID_TOKEN', 'ECWID_API_URL', 'ECWID_CLIENT_SECRET'] as const),
  ...(['AUTH_JWKS_URL', 'AUTH_JWT_SECRET', 'AUTH_JWT_ISSUER', 'AUTH_JWT_AUDIENCE'] as const),
];

/** Beside what a variable means: what it is by default, where no value tells that. */
declare module 'zod' {
  interface GlobalMeta {
    shownDefault?: string;
  }
}

/** The variables of the environment, each with what the README says of it. */
export const variables = z
  .object({
    ECWID_STORE_ID: z
      .string()
      .regex(/^\d{1,18}$/, 'must be the digits of a store id')
      .optional()
      .describe('The store to serve, in digits. Unset: the embedded sandbox.'),
    ECWID_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be an access token without spaces or line breaks')
      .optional()
      .describe(
        "The store's secret access token, with the scopes `read_orders`, `update_orders`, `create_orders`, `read_store_profile`.",
      ),
    ECWID_API_URL: z
      .string()
      .refine(isApiUrl, 'must be an http or https URL without credentials, query and fragment')
      .optional()
      .meta({ shownDefault: '`https://app.ecwid.com/api/v3`' })
      .describe('Where the API is, without the store.'),
    ECWID_RATE_LIMIT: z
      .string()
      .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 on')
      .transform(Number)
      .default(600)
      .describe(
        "Calls to Ecwid in a minute: what the token may make, or this gateway's share of it. With `REDIS_URL` what all replicas may make together, the same at each. Placing goes first.",
      ),
    CART_CACHE_TTL: z
      .string()
      .regex(/^\d{1,4}$/, 'must be a whole number of seconds from 0 to 9999')
      .transform(Number)
      .default(0)
      .describe(
        'Seconds for which carts that were read are remembered; forgotten sooner when the gateway writes.',
      ),
    ECWID_CLIENT_SECRET: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be a client secret without spaces or line breaks')
      .optional()
      .describe(
        "The app's client secret, by which [webhooks](docs/webhooks.md) are known to be Ecwid's. Unset: none are taken.",
      ),
    STORES_FILE: z
      .string()
      .optional()
      .describe(
        'JSON of [many stores](docs/many-stores.md), each with its own token, hosts and callers, in place of a single one.',
      ),
    REDIS_URL: z
      .string()
      .refine(
        isRedisUrl,
        'must be a redis or rediss URL, such as rediss://user:password@redis.example:6379/0: its path the number of a ' +
          'database, no query, and a % of user or password written as %25',
      )
      .transform((text) => new URL(text))
      .optional()
      .describe(
        'Redis, for what [several replicas](docs/scaling.md) have to share. Unset: one process, with all of it in itself.',
      ),
    REDIS_PREFIX: z
      .string()
      .regex(/^[\w:.-]{0,64}$/, 'must be at most 64 letters, digits and any of : . _ -')
      .default('ecwid-graphql:')
      .describe('What all keys and channels in Redis begin with.'),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, 'must be a host name or address')
      .default('127.0.0.1')
      .describe('Address to listen on.'),
    PORT: port
      .optional()
      .meta({ shownDefault: '`4000`' })
      .describe('Port to listen on, 0 for any that is free. The sandbox alone takes 4001.'),
    METRICS_PORT: port
      .optional()
      .describe(
        'Port of HOST where Prometheus finds [metrics](docs/observability.md#metrics) at `/metrics`. Unset: nowhere.',
      ),
    DATA_DIR: z
      .string()
      .default('data')
      .describe(
        "Where the journal of orders is kept: [why it must outlive the process](docs/placing.md). The sandbox's is temporary. Of no use with `REDIS_URL`.",
      ),
    PLACE_ORDER_REQUIRE: z
      .string()
      .default(requirements.join(','))
      .transform(readRequirements)
      .meta({ shownDefault: 'all of them' })
      .describe(
        'What a cart has to have before it is placed, besides items: `email,billing,shipping,payment,stock`, any of them, or `none`.',
      ),
    PLACE_ORDER_VIA: z
      .enum(placingWays, `must be one of ${placingWays.join(', ')}`)
      .default('direct')
      .describe(
        "How a cart is placed: `direct`, or `batch` through Ecwid's queue, [slower and surer](docs/placing.md#through-ecwids-queue).",
      ),
    LOG_LEVEL: z
      .enum(logLevels, `must be one of ${logLevels.join(', ')}`)
      .default('info')
      .describe(
        '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`. Lines of JSON on the error stream.',
      ),
    AUTH_JWKS_URL: z
      .string()
      .refine(isKeysUrl, 'must be an https URL, or an http one of this machine')
      .transform((text) => new URL(text))
      .optional()
      .describe("Where the public keys of callers' tokens are: [who may do what](docs/access.md)."),
    AUTH_JWT_SECRET: z
      .string()
      .refine((text) => Buffer.byteLength(text) >= 32, 'must be of 32 bytes or more')
      .optional()
      .describe('Instead of that, the secret that they are signed with (HS256), of 32 bytes or more.'),
    AUTH_JWT_ISSUER: z.string().optional().describe('The `iss` that a token must have; needed with either.'),
    AUTH_JWT_AUDIENCE: z
      .string()
      .optional()
      .describe('The `aud` that a token must have; needed with either.'),
    ALLOW_OPEN: flag
      .default(false)
      .describe(
        '`true` lets a sandbox without tokens, where everybody is staff, listen beyond this machine.',
      ),
    INTROSPECTION: z
      .enum(audiences, `must be one of ${audiences.join(', ')}`)
      .optional()
      .meta({ shownDefault: '`everyone`, over a store `staff`' })
      .describe(
        'Who gets GraphiQL, introspection and suggestions in errors: `everyone`, `staff` or `nobody`.',
      ),
    CORS_ORIGINS: z
      .string()
      .default('')
      .transform(readOrigins)
      .meta({ shownDefault: 'none' })
      .describe('Origins whose pages may read answers, with commas between them, or `*`.'),
    LIMITS: z
      .string()
      .transform(readLimits)
      .default(defaultLimits)
      .meta({ shownDefault: '' })
      .describe('[Limits](docs/limits.md) to change, such as `depth=12,aliases=100`.'),
    LIMITS_MODE: z
      .enum(limitsModes, `must be one of ${limitsModes.join(', ')}`)
      .default('enforce')
      .describe('`measure` lets requests over a limit pass and logs them.'),
    RATE_LIMIT: rate
      .default(120)
      .describe('Calls to Ecwid that one caller may cause in a minute, at least one a request; or `off`.'),
    ORDER_RATE_LIMIT: rate
      .default(30)
      .describe('How many of `placeOrder` and `createOrder` one caller may ask for in a minute; or `off`.'),
    TRUST_PROXY: z
      .string()
      .regex(/^\d$/, 'must be how many proxies stand in front, from 0 to 9')
      .transform(Number)
      .default(0)
      .describe('How many proxies stand in front and add to `X-Forwarded-For`.'),
    SHUTDOWN_DELAY: z
      .string()
      .regex(/^\d{1,3}$/, 'must be a whole number from 0 to 300')
      .transform(Number)
      .refine((seconds) => seconds <= 300, 'must be a whole number from 0 to 300')
      .default(0)
      .describe(
        'Seconds in which it still takes requests after SIGTERM, not ready any more, so that callers are led elsewhere first.',
      ),
    TRUSTED_DOCUMENTS: z
      .string()
      .optional()
      .describe(
        'Manifest of the only documents that others than staff may run: [trusted documents](docs/limits.md#trusted-documents).',
      ),
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
  .check((context) => {
    if (context.value.STORES_FILE === undefined) return;
    for (const name of ofOneStore) {
      if (context.value[name] === undefined) continue;
      context.issues.push({
        code: 'custom',
        path: [name],
        message: 'must not be set together with STORES_FILE: each store of it has its own',
        input: undefined,
      });
    }
  })
  .refine(
    ({ REDIS_URL, ECWID_STORE_ID, STORES_FILE }) =>
      !REDIS_URL || (ECWID_STORE_ID ?? STORES_FILE) !== undefined,
    {
      path: ['REDIS_URL'],
      message: 'is of no use without a store: each replica would have a sandbox of its own',
      when: () => true,
    },
  )
  .refine(({ ECWID_CLIENT_SECRET, ECWID_STORE_ID }) => !ECWID_CLIENT_SECRET || ECWID_STORE_ID !== undefined, {
    path: ['ECWID_CLIENT_SECRET'],
    message: 'is of no use without a store',
    when: () => true,
  })
  .refine(({ AUTH_JWKS_URL, AUTH_JWT_SECRET }) => !(AUTH_JWKS_URL && AUTH_JWT_SECRET), {
    path: ['AUTH_JWT_SECRET'],
    message: 'must not be set together with AUTH_JWKS_URL: tokens are checked in one way',
    when: () => true,
  })
  .refine(
    ({ PORT, METRICS_PORT }) => METRICS_PORT === undefined || METRICS_PORT === 0 || METRICS_PORT !== PORT,
    {
      path: ['METRICS_PORT'],
      message: 'must be another port than PORT',
      when: () => true,
    },
  )
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

/** The rows of the README's table: name, default and meaning. */
export function describeVariables(): readonly (readonly [
  name: string,
  byDefault: string,
  meaning: string,
])[] {
  return Object.entries(variables.shape).map(([name, variable]) => {
    const { shownDefault, description = '' } = variable.meta() ?? {};
    const { data } = variable.safeParse(undefined);
    return [name, shownDefault ?? (data === undefined ? '' : `\`${String(data)}\``), description];
  });
}
