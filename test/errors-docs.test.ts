import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  codesOfFields,
  codesOfRequests,
  refusalsOfCreation,
  refusalsOfHiding,
  refusalsOfPlacing,
} from '../src/error-codes.ts';
import { printErrorsPage } from '../src/print-errors.ts';
import { AuthenticationError } from '../src/server/authenticate.ts';
import { everyScope, guest } from '../src/viewer.ts';
import { type GatewayOnSandbox, startGateway } from './running-gateway.ts';

const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
const src = new URL('../src/', import.meta.url).pathname;

/** Texts of the code that look like codes and are none that a caller is told of as one. */
const others: readonly string[] = [
  // HTTP, signals, SQLite.
  ...[
    'POST',
    'HEAD',
    'OPTIONS',
    'SIGINT',
    'SIGTERM',
    'COMMIT',
    'ROLLBACK',
    'DEFERRED',
    'IMMEDIATE',
    'HTTP',
    'JSON',
  ],
  // Redis's commands.
  ...['HDEL', 'HGETALL', 'HMGET', 'HSET', 'INCRBY'],
  ...['PEXPIRE', 'PTTL', 'SELECT', 'TIME'],
  // Node's, undici's, Redis' and Ecwid's codes of failures, which are read and never told.
  ...['ENOTCONN', 'ETIMEDOUT', 'NOSCRIPT', 'READONLY'],
  ...['EACCES', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EAI_AGAIN', 'ENOTFOUND', 'EPIPE', 'ERR_HTTP_REQUEST_TIMEOUT'],
  ...['HPE_HEADER_OVERFLOW', 'UND_ERR_INVALID_ARG', 'UND_ERR_RES_EXCEEDED_MAX_SIZE'],
  ...['INSUFFICIENT_APP_SCOPE', 'INVALID_API_TOKEN'],
  // Variables of the environment.
  ...[
    'AUTH_JWKS_URL',
    'AUTH_JWT_AUDIENCE',
    'AUTH_JWT_ISSUER',
    'AUTH_JWT_SECRET',
    'ECWID_API_URL',
    'ECWID_CLIENT_SECRET',
    'ECWID_STORE_ID',
    'ECWID_TOKEN',
    'METRICS_PORT',
    'REDIS_URL',
  ],
  // Values of Ecwid's.
  ...['ABSOLUTE', 'AWAITING_PAYMENT', 'AWAITING_PROCESSING', 'CANCELLED', 'DELIVERY', 'INCOMPLETE', 'PAID'],
  ...['PARTIALLY_REFUNDED', 'PICKUP', 'REFUNDED', 'SHIPPING', 'UNKNOWN'],
  // Outcomes in metrics, and of a call that its caller gave up.
  ...['ABORTED', 'CALLER_LEFT', 'MADE'],
];

const listed = new Set(
  [codesOfRequests, codesOfFields, refusalsOfPlacing, refusalsOfCreation, refusalsOfHiding].flatMap(
    Object.keys,
  ),
);

const written = new Set(
  readdirSync(src, { recursive: true, withFileTypes: true })
    // What speaks to no caller has codes of its own.
    .filter((entry) => entry.isFile() && !/\/src\/(sandbox|doctor)/.test(entry.parentPath))
    .filter(({ name }) => name !== 'error-codes.ts')
    .flatMap(({ parentPath, name }) => [
      ...readFileSync(join(parentPath, name), 'utf8').matchAll(/'([A-Z][A-Z_]{3,})'/g),
    ])
    .map(([, text = '']) => text),
);

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway({}, [], {
    introspection: 'staff',
    authenticate: async (authorization) => {
      if (authorization === 'wrong') throw new AuthenticationError();
      if (authorization === 'unknown') throw new AuthenticationError('AUTHENTICATION_UNAVAILABLE');
      if (authorization === 'broken') throw new Error('what is not expected');
      return authorization === 'staff' ? everyScope : guest;
    },
  });
});
afterAll(() => gateway?.close());

const query = (text: string, more: object = {}) => ({ body: JSON.stringify({ query: text, ...more }) });
const levels = (name: string, count: number) => `${`${name}{`.repeat(count)}x${'}'.repeat(count)}`;

/** A request that is refused by each code, as far as one alone can be. */
const refused: readonly (readonly [code: string, request: RequestInit])[] = [
  ['BAD_REQUEST', { body: '[]' }],
  ['BAD_REQUEST', { method: 'PUT', body: '{}' }],
  ['UNSUPPORTED_MEDIA_TYPE', { body: '{}', headers: { 'content-type': 'text/plain' } }],
  ['UNAUTHENTICATED', { ...query('{ __typename }'), headers: { authorization: 'wrong' } }],
  ['AUTHENTICATION_UNAVAILABLE', { ...query('{ __typename }'), headers: { authorization: 'unknown' } }],
  ['INTERNAL_SERVER_ERROR', { ...query('{ __typename }'), headers: { authorization: 'broken' } }],
  ['GRAPHQL_PARSE_FAILED', query('{')],
  ['GRAPHQL_VALIDATION_FAILED', query('{ nope }')],
  ['BAD_USER_INPUT', query('query ($id: ID!) { cart(id: $id) { id } }')],
  ['OPERATION_RESOLUTION_FAILURE', query('query A { __typename } query B { __typename }')],
  ['INTROSPECTION_DISABLED', query('{ __schema { queryType { name } } }')],
  ['BODY_LIMIT_EXCEEDED', query(' '.repeat(100_001))],
  ['JSON_DEPTH_LIMIT_EXCEEDED', { body: `{"variables":{"a":${'['.repeat(80)}${']'.repeat(80)}}}` }],
  ['HEADERS_LIMIT_EXCEEDED', { ...query('{ __typename }'), headers: { long: 'x'.repeat(16_384) } }],
  ['TOKENS_LIMIT_EXCEEDED', query(`{${' x'.repeat(2_000)} }`)],
  ['NESTING_LIMIT_EXCEEDED', query(levels('a', 101))],
  ['DEPTH_LIMIT_EXCEEDED', query(`{ ${levels('a', 11)} }`)],
  ['ALIASES_LIMIT_EXCEEDED', query(`{ ${Array.from({ length: 61 }, (_, n) => `a${n}: __typename`)} }`)],
  ['FIELDS_LIMIT_EXCEEDED', query(`{ ${'__typename '.repeat(401)} }`)],
  ['DIRECTIVES_LIMIT_EXCEEDED', query(`{ __typename ${'@include(if: true) '.repeat(10)} }`)],
  ['INTROSPECTIONS_LIMIT_EXCEEDED', query('{ __schema { __typename } b: __schema { __typename } }')],
  [
    'COST_LIMIT_EXCEEDED',
    query(`{ ${Array.from({ length: 20 }, (_, n) => `a${n}: orders(first: 1000) { nodes { id } }`)} }`),
  ],
];

describe('docs/errors.md', () => {
  test('has the tables that the code makes (npm run docs writes them)', () => {
    expect(page).toBe(printErrorsPage());
  });

  test('lists every code that is written in the code', () => {
    const unlisted = [...written].filter((text) => !listed.has(text) && !others.includes(text));
    expect(unlisted).toEqual([]);
    expect(others.filter((text) => !written.has(text) || listed.has(text))).toEqual([]);
  });

  test('lists no code that nothing is refused by', () => {
    const idle = [...listed].filter((code) => !written.has(code) && !code.endsWith('_LIMIT_EXCEEDED'));
    expect(idle).toEqual([]);
    expect(listed.size).toBeGreaterThan(45);
  });

  test.each(refused)('tells the status of %s', async (code, request) => {
    const { status = '' } = codesOfRequests[code] ?? {};
    for (const accept of ['application/graphql-response+json', 'application/json']) {
      const response = await fetch(gateway.url, {
        method: 'POST',
        ...request,
        headers: { 'content-type': 'application/json', ...request.headers, accept },
      });
      const { data, errors } = (await response.json()) as Awaited<ReturnType<GatewayOnSandbox['query']>>;
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([{ extensions: { code } }]);
      const isExcepted = status.includes('†') && accept === 'application/json';
      expect(isExcepted ? ['200'] : status.match(/\d+/g)).toContain(String(response.status));
    }
  });
});
