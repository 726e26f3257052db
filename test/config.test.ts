import { describe, expect, test } from 'vitest';
import { ConfigurationError, readConfig } from '../src/config.ts';
import { defaultLimits } from '../src/limits.ts';

const read = (environment: Record<string, string>) => readConfig({ defaultPort: 4000, environment });
const store = { ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_abc' };

const auth = {
  AUTH_JWT_SECRET: '0123456789abcdef0123456789abcdef',
  AUTH_JWT_ISSUER: 'https://id.example',
  AUTH_JWT_AUDIENCE: 'ecwid-graphql',
};

const defaults = {
  ecwidRateLimit: 600,
  cartCacheTtl: 0,
  host: '127.0.0.1',
  port: 4000,
  logLevel: 'info',
  dataDir: 'data',
  placeOrderRequire: ['email', 'billing', 'shipping', 'payment', 'stock'],
  placeOrderVia: 'direct',
  isOpen: true,
  introspection: 'everyone',
  corsOrigins: [],
  limits: defaultLimits,
  limitsMode: 'enforce',
  rateLimit: 120,
  orderRateLimit: 30,
  trustProxy: 0,
  shutdownDelaySeconds: 0,
};

describe('the configuration', () => {
  test('is a sandbox on a loopback address where nothing is set', () => {
    expect(read({})).toEqual(defaults);
  });

  test('takes a variable set to nothing for unset', () => {
    expect(read({ ECWID_STORE_ID: '', ECWID_TOKEN: ' ', PORT: '', HOST: '', LOG_LEVEL: '' })).toEqual(
      read({}),
    );
  });

  test("is a store at Ecwid's own address where id and token are set", () => {
    const config = read({ ...store, HOST: '0.0.0.0', PORT: '8080', LOG_LEVEL: 'warn' });
    expect(config).toEqual({
      ...defaults,
      isOpen: false,
      introspection: 'staff',
      store: { storeId: '1003', token: 'secret_abc', apiUrl: new URL('https://app.ecwid.com/api/v3') },
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'warn',
    });
  });

  test.each([
    ['payment', ['payment']],
    [' stock, email ,stock', ['email', 'stock']],
    ['none', []],
  ])('requires of a cart what PLACE_ORDER_REQUIRE names: %s', (value, required) => {
    expect(read({ PLACE_ORDER_REQUIRE: value }).placeOrderRequire).toEqual(required);
  });

  test.each([
    ['with tokens by a secret', auth, { keys: auth.AUTH_JWT_SECRET }],
    [
      'with tokens by public keys',
      { ...auth, AUTH_JWT_SECRET: '', AUTH_JWKS_URL: 'https://id.example/jwks' },
      { keys: new URL('https://id.example/jwks') },
    ],
  ])('serves the whole network %s', (_what, environment, keys) => {
    const config = read({ ...environment, HOST: '0.0.0.0' });
    expect(config.isOpen).toBe(false);
    expect(config.auth).toEqual({ issuer: 'https://id.example', audience: 'ecwid-graphql', ...keys });
  });

  test.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost', 'LOCALHOST'])('may be open on %s', (HOST) => {
    expect(read({ HOST }).isOpen).toBe(true);
  });

  test.each(['http://127.0.0.1:8080/jwks', 'http://[::1]:8080/jwks', 'http://localhost/jwks'])(
    'takes keys of this machine without https: %s',
    (AUTH_JWKS_URL) => {
      const config = read({ ...auth, AUTH_JWT_SECRET: '', AUTH_JWKS_URL });
      expect(config.auth?.keys).toEqual(new URL(AUTH_JWKS_URL));
    },
  );

  test('may be open to the network where that is said', () => {
    expect(read({ HOST: '0.0.0.0', ALLOW_OPEN: 'true' }).isOpen).toBe(true);
    expect(readConfig({ defaultPort: 4001, mayBeOpen: true, environment: { HOST: '::' } }).host).toBe('::');
  });

  test('changes the limits that LIMITS names, and no other', () => {
    expect(read({ LIMITS: ' depth=12, aliases = 100 ' }).limits).toEqual({
      ...defaultLimits,
      depth: 12,
      aliases: 100,
    });
  });

  test('opens and closes what else there is to', () => {
    const config = read({
      INTROSPECTION: 'nobody',
      CORS_ORIGINS: 'https://shop.example, http://localhost:3000',
      LIMITS_MODE: 'measure',
      RATE_LIMIT: 'off',
      ORDER_RATE_LIMIT: '5',
      TRUST_PROXY: '2',
      SHUTDOWN_DELAY: '300',
      TRUSTED_DOCUMENTS: 'documents.json',
    });
    expect(config).toMatchObject({
      introspection: 'nobody',
      corsOrigins: ['https://shop.example', 'http://localhost:3000'],
      limitsMode: 'measure',
      rateLimit: null,
      orderRateLimit: 5,
      trustProxy: 2,
      shutdownDelaySeconds: 300,
      trustedDocuments: 'documents.json',
    });
  });

  test('names every wrong variable in one message, and no value of any', () => {
    const wrong = {
      ECWID_STORE_ID: 'secret_in_the_wrong_place',
      ECWID_TOKEN: 'secret abc',
      ECWID_API_URL: 'https://user:pass@example.com/api',
      ECWID_RATE_LIMIT: 'six hundred',
      CART_CACHE_TTL: '1.5',
      HOST: 'no host',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      PLACE_ORDER_REQUIRE: 'email,telephone',
      PLACE_ORDER_VIA: 'carrier pigeon',
      AUTH_JWKS_URL: 'http://keys.example/jwks',
      AUTH_JWT_SECRET: 'too-short-a-secret',
      ALLOW_OPEN: 'perhaps',
      INTROSPECTION: 'friends',
      CORS_ORIGINS: 'somewhere/else',
      LIMITS: 'breadth=9',
      LIMITS_MODE: 'guess',
      RATE_LIMIT: '-4',
      ORDER_RATE_LIMIT: 'plenty',
      TRUST_PROXY: 'yes',
      SHUTDOWN_DELAY: '301',
    };
    const message = messageOf(wrong);
    // A line for each, one before them, and one for the two ways of checking tokens.
    expect(message.split('\n')).toHaveLength(Object.keys(wrong).length + 2);
    for (const [name, value] of Object.entries(wrong)) {
      expect(message).toContain(`  ${name} must be `);
      expect(message).not.toContain(value);
    }
  });

  test.each<[string, Record<string, string>, string]>([
    ['a store without a token', { ECWID_STORE_ID: '1003' }, 'ECWID_TOKEN is missing'],
    ['a token without a store', { ECWID_TOKEN: 'secret_abc' }, 'ECWID_STORE_ID is missing'],
    [
      'an address without a store',
      { ECWID_API_URL: 'http://127.0.0.1:4001/api/v3' },
      'ECWID_STORE_ID is missing',
    ],
    ['a rule that there is none of', { PLACE_ORDER_REQUIRE: 'email,phone' }, 'PLACE_ORDER_REQUIRE must be'],
    ['none beside others', { PLACE_ORDER_REQUIRE: 'none,email' }, 'PLACE_ORDER_REQUIRE must be'],
    [
      'two ways of checking tokens',
      { ...auth, AUTH_JWKS_URL: 'https://id.example/jwks' },
      'AUTH_JWT_SECRET must not be',
    ],
    ['tokens of any service', { AUTH_JWT_SECRET: auth.AUTH_JWT_SECRET }, 'AUTH_JWT_AUDIENCE is missing'],
    ['an issuer of no tokens', { AUTH_JWT_ISSUER: 'https://id.example' }, 'AUTH_JWT_ISSUER is of no use'],
    ['keys over plain http', { ...auth, AUTH_JWKS_URL: 'http://id.example/jwks' }, 'AUTH_JWKS_URL must be'],
    [
      'keys of somebody with a password',
      { ...auth, AUTH_JWT_SECRET: '', AUTH_JWKS_URL: 'https://a:b@id.example' },
      'AUTH_JWKS_URL must be',
    ],
    [
      'more brackets than the parser can read',
      { LIMITS: 'nesting=501' },
      'LIMITS must have no more than 500',
    ],
    [
      'more seconds than a timer can wait for',
      { LIMITS: 'querySeconds=3601' },
      'LIMITS must have no more than 3600 for querySeconds',
    ],
    ['an origin with a path', { CORS_ORIGINS: 'https://shop.example/' }, 'CORS_ORIGINS must be'],
    ['a limit of none', { LIMITS: 'depth=0' }, 'LIMITS must be'],
    ['a limit of an inherited name', { LIMITS: 'toString=5' }, 'LIMITS must be'],
    ['an open sandbox for the whole network', { HOST: '0.0.0.0' }, 'ALLOW_OPEN=true'],
    ['an open sandbox for a name that only looks local', { HOST: '127.0.0.1.example' }, 'ALLOW_OPEN=true'],
    ['a port of words', { PORT: 'http' }, 'PORT must be'],
    ['a port one too high', { PORT: '65536' }, 'PORT must be'],
    ['an address with a fragment', { ...store, ECWID_API_URL: 'https://e.com/#x' }, 'ECWID_API_URL must be'],
    ['a negative port', { PORT: '-1' }, 'PORT must be'],
    ['a port with a fraction', { PORT: '80.5' }, 'PORT must be'],
    ['an address that is none', { ...store, ECWID_API_URL: 'app.ecwid.com' }, 'ECWID_API_URL must be'],
    ['an address of another kind', { ...store, ECWID_API_URL: 'ftp://example.com' }, 'ECWID_API_URL must be'],
    [
      'an address with a query',
      { ...store, ECWID_API_URL: 'https://e.com/?token=x' },
      'ECWID_API_URL must be',
    ],
    ['a token with a line break', { ...store, ECWID_TOKEN: 'secret\nabc' }, 'ECWID_TOKEN must be'],
  ])('refuses %s', (_name, environment, text) => {
    expect(messageOf(environment)).toContain(text);
  });

  test.each([
    ['a password with a bare %', 'redis://:50%off@r.example/0'],
    ['a user with a bare %', 'redis://50%off:hunter2@r.example/0'],
    ['options in a query', 'redis://r.example/0?enableOfflineQueue=true'],
    ['a database that is no number', 'redis://r.example/shop'],
    ['a path of two parts', 'redis://r.example/0/1'],
    ['another protocol', 'https://r.example/0'],
  ])('refuses a Redis of %s, and does not repeat it', (_name, url) => {
    const message = messageOf({ ...store, REDIS_URL: url });
    expect(message).toContain('  REDIS_URL must be ');
    expect(message).not.toMatch(/50%off|hunter2|r\.example/);
  });

  test.each(['redis://r.example', 'redis://r.example/', 'rediss://user:50%25off@r.example:6380/15'])(
    'takes a Redis of %s',
    (url) => {
      expect(read({ ...store, REDIS_URL: url }).redis?.url.href).toBe(url);
    },
  );
});

function messageOf(environment: Record<string, string>): string {
  try {
    read(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error('The configuration was taken.');
}
