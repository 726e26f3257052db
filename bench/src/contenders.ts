import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';

export interface Contender {
  readonly name: string;
  readonly about: string;
  /** The program. */
  readonly main: string;
  /** Of Node. Default none. */
  readonly flags?: readonly string[];
}

/** What all contenders are told. */
export interface Surroundings {
  readonly upstreamPort: number;
  readonly schemaPath: string;
  readonly pickersPath: string;
  readonly dataDir: string;
}

const program = (name: string) => fileURLToPath(new URL(`contenders/${name}.ts`, import.meta.url));

export const limitJson: Contender = {
  name: 'limit-json',
  about: 'node:http and undici, exact projection, JSON.parse, object literals, JSON.stringify; no GraphQL',
  main: program('limit-json'),
};

/** As docs/deploying.md has it. */
const flags = ['--max-semi-space-size=16'];

/** As it is published, put together with what it imports. */
export function publishedProduct(main: string): Contender {
  const about =
    'ecwid-graphql as it is published, with access rules, limits, request ids, masking, and logs at info to a file, ' +
    `by \`node ${flags.join(' ')}\``;
  return { name: 'product', about, main, flags };
}

export const productFromSource: Contender = {
  name: 'product, from source',
  about: 'the same as it lies in the repository',
  main: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
  flags,
};

export const others: readonly Contender[] = [
  limitJson,
  { name: 'yoga-naive', about: 'graphql-yoga and the global fetch', main: program('yoga-naive') },
  { name: 'apollo-rest', about: '@apollo/server and @apollo/datasource-rest', main: program('apollo-rest') },
  { name: 'mercurius-jit', about: 'fastify, mercurius with jit, undici', main: program('mercurius-jit') },
  {
    name: 'mercurius-tuned',
    about: "the same with projection, one call for each id, and undici's dispatch",
    main: program('mercurius-tuned'),
  },
];

const storeId = '4870020';
const secret = 'a secret of more than thirty-two bytes';
const issuer = 'https://id.example';
const audience = 'ecwid-graphql';

/** A member of staff who may do everything. */
export function signToken(): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = {
    sub: 'bench',
    iss: issuer,
    aud: audience,
    scope: 'read_orders update_orders create_orders',
    exp: Math.floor(Date.now() / 1_000) + 86_400,
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

export function environmentOf({ upstreamPort, schemaPath, pickersPath, dataDir }: Surroundings) {
  const api = `http://127.0.0.1:${upstreamPort}/api/v3`;
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    // The contenders' own.
    UPSTREAM_URL: `${api}/${storeId}`,
    UPSTREAM_TOKEN: 'secret_bench',
    SCHEMA: schemaPath,
    PICKERS: pickersPath,
    // The product's: all protections as they are, but for limits that one caller would meet at once, or S2 at all.
    ECWID_API_URL: api,
    ECWID_STORE_ID: storeId,
    ECWID_TOKEN: 'secret_bench',
    ECWID_RATE_LIMIT: '999999',
    RATE_LIMIT: 'off',
    ORDER_RATE_LIMIT: 'off',
    LIMITS: 'fields=500,inFlight=1000',
    AUTH_JWT_SECRET: secret,
    AUTH_JWT_ISSUER: issuer,
    AUTH_JWT_AUDIENCE: audience,
    LOG_LEVEL: 'info',
    DATA_DIR: dataDir,
    PORT: '0',
  };
}
