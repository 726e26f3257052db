import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigurationError, readConfig } from '../../src/config.ts';
import { createGateway } from '../../src/library.ts';

const directory = mkdtempSync(join(tmpdir(), 'ecwid-graphql-stores-file-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
function write(content: unknown, mode = 0o600): string {
  files += 1;
  const path = join(directory, `${files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode });
  chmodSync(path, mode);
  return path;
}

const read = (path: string, environment: Record<string, string> = {}) =>
  readConfig({ defaultPort: 4000, environment: { STORES_FILE: path, ...environment } });

function problemsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const secret = 'MARKED-secret-of-more-than-thirty-two-bytes';
const auth = { issuer: 'https://id.example', audience: 'us', secret };
const one = { id: '1001', token: 'secret_one', host: 'one.example' };
const two = { id: '1002', token: 'secret_two', auth };

describe('STORES_FILE', () => {
  test('has each store with what is its own, and the rest of the configuration is for all', () => {
    const jwksUrl = 'https://id.example/jwks.json';
    const path = write({
      stores: [
        { ...one, hosts: ['ONE.example', 'www.one.example'], host: undefined, clientSecret: 'client_one' },
        {
          ...two,
          apiUrl: 'https://eu.example/api/v3',
          ecwidRateLimit: 300,
          auth: { issuer: 'https://id.example', audience: 'us', jwksUrl },
        },
      ],
    });
    const config = read(path, { REDIS_URL: 'redis://r.example', RATE_LIMIT: '7' });
    expect(config).toMatchObject({ isOpen: false, introspection: 'staff', rateLimit: 7 });
    expect(config.store).toBeUndefined();
    expect(config.stores).toEqual({
      isExposed: false,
      entries: [
        {
          store: {
            storeId: '1001',
            token: 'secret_one',
            apiUrl: new URL('https://app.ecwid.com/api/v3'),
            clientSecret: 'client_one',
          },
          hosts: ['one.example', 'www.one.example'],
        },
        {
          store: { storeId: '1002', token: 'secret_two', apiUrl: new URL('https://eu.example/api/v3') },
          hosts: [],
          auth: { issuer: 'https://id.example', audience: 'us', keys: new URL(jwksUrl) },
          ecwidRateLimit: 300,
        },
      ],
    });
  });

  test('names variables for secrets, and is nobody’s secret then', () => {
    const named = {
      stores: [
        {
          ...one,
          token: { env: 'TOKEN_ONE' },
          clientSecret: { env: 'CLIENT_ONE' },
          auth: { ...auth, secret: { env: 'JWT_ONE' } },
        },
      ],
    };
    const path = write(named, 0o644);
    const environment = { TOKEN_ONE: 'secret_one', CLIENT_ONE: 'client_one', JWT_ONE: secret };
    expect(read(path, environment).stores).toMatchObject({
      isExposed: false,
      entries: [{ store: { token: 'secret_one', clientSecret: 'client_one' }, auth: { keys: secret } }],
    });
    expect(problemsOf(() => read(path, { ...environment, TOKEN_ONE: ' ' }))).toEqual([
      'STORES_FILE: stores.0.token names a variable of the environment that is not set',
    ]);
  });

  test.each([
    [0o600, false],
    [0o640, false],
    [0o644, true],
  ])('with secrets in it and mode %o is exposed: %s', (mode, isExposed) => {
    expect(read(write({ stores: [one] }, mode)).stores).toMatchObject({ isExposed });
  });

  test.each([
    ['{', ['STORES_FILE is not JSON']],
    [[], ['STORES_FILE: must be an object']],
    [{ stores: {} }, ['STORES_FILE: stores must be a list of stores']],
    [{ stores: [] }, ['STORES_FILE: stores must have one store or more']],
    [
      { stores: [one, { host: 'MARKED host', id: 'MARKED', token: 'MARKED MARKED' }] },
      [
        'STORES_FILE: stores.1.id must be the digits of a store id',
        'STORES_FILE: stores.1.token must be an access token without spaces or line breaks',
        'STORES_FILE: stores.1.host must be the name of a host, without a port',
      ],
    ],
    [{ stores: [{ id: '1' }] }, ['STORES_FILE: stores.0.token is missing']],
    [{ stores: [{ ...one, token: 5 }] }, ['STORES_FILE: stores.0.token must be a text']],
    [{ stores: [{ ...one, token: { env: 'A', or: 'B' } }] }, ['STORES_FILE: stores.0.token must be a text']],
    [
      { stores: [{ id: '1', token: 'secret_x' }] },
      ['STORES_FILE: stores.0 must have a host or auth: nothing would lead to it'],
    ],
    [{ stores: [{ ...one, hosts: ['a'] }] }, ['STORES_FILE: stores.0 must not have both host and hosts']],
    [{ stores: [{ ...one, tokn: 'MARKED' }] }, ['STORES_FILE: stores.0 Unrecognized key: "tokn"']],
    [
      { stores: [{ ...two, auth: { ...auth, jwksUrl: 'https://id.example' } }] },
      ['STORES_FILE: stores.0.auth must have either a jwksUrl or a secret'],
    ],
    [
      { stores: [{ ...two, auth: { issuer: 'i', audience: 'a' } }] },
      ['STORES_FILE: stores.0.auth must have either a jwksUrl or a secret'],
    ],
    [
      { stores: [{ ...two, auth: { audience: 'us', secret: 'MARKED' } }] },
      [
        'STORES_FILE: stores.0.auth.issuer is missing',
        'STORES_FILE: stores.0.auth.secret must be of 32 bytes or more',
      ],
    ],
    [
      { stores: [{ ...two, auth: { issuer: 'i', audience: 'a', jwksUrl: 'http://MARKED.example' } }] },
      ['STORES_FILE: stores.0.auth.jwksUrl must be an https URL, or an http one of this machine'],
    ],
    [
      { stores: [one, { ...two, id: '1001', host: 'ONE.example' }] },
      [
        'STORES_FILE: stores.1 has the same id as stores.0',
        'STORES_FILE: stores.1 has the same host as stores.0',
      ],
    ],
    [{ stores: [{ ...one, ecwidRateLimit: 0 }] }, ['STORES_FILE: stores.0.ecwidRateLimit must be 1 or more']],
  ])('that holds %j is refused by the paths of what is wrong, and no value', (content, problems) => {
    const found = problemsOf(() => read(write(content)));
    expect(found).toEqual(problems);
    expect(found.join()).not.toContain('MARKED');
  });

  test('that is not there is named', () => {
    expect(problemsOf(() => read(join(directory, 'none.json')))).toEqual([
      'STORES_FILE names no file that can be read',
    ]);
  });

  test('takes the place of all that is of one store', () => {
    const problems = problemsOf(() =>
      read(write({ stores: [one] }), {
        ECWID_STORE_ID: '1',
        ECWID_TOKEN: 'secret_x',
        AUTH_JWT_SECRET: secret,
        AUTH_JWT_ISSUER: 'i',
        AUTH_JWT_AUDIENCE: 'a',
      }),
    );
    expect(problems).toEqual(
      ['ECWID_STORE_ID', 'ECWID_TOKEN', 'AUTH_JWT_SECRET', 'AUTH_JWT_ISSUER', 'AUTH_JWT_AUDIENCE'].map(
        (name) => `${name} must not be set together with STORES_FILE: each store of it has its own`,
      ),
    );
  });
});

describe('stores of a program of one’s own', () => {
  test.each([
    [
      { stores: [{ ...one, token: '' }] },
      [
        'stores.0.token must not be empty',
        'stores.0.token must be an access token without spaces or line breaks',
      ],
    ],
    [
      { stores: [{ ...one, token: { env: 'PATH' } }] },
      ['stores.0.token names a variable of the environment that is not set'],
    ],
    [
      { stores: [one], store: { storeId: '1', token: 'secret_x' } },
      [
        'ECWID_STORE_ID must not be set together with STORES_FILE: each store of it has its own',
        'ECWID_TOKEN must not be set together with STORES_FILE: each store of it has its own',
      ],
    ],
    [
      { stores: [one], authenticate: async () => ({ kind: 'guest' }) },
      ['authenticate must not be set together with stores: it cannot tell of which one'],
    ],
    [{ stores: 'one' }, ['stores must be a list of stores']],
  ])('are looked at in the same way: %j', async (options, problems) => {
    const error = await createGateway({ logLevel: 'silent', ...options } as never).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.problems).toEqual(problems);
  });
});
