import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';

export interface Contender {
  readonly name: string;
  readonly about: string;
  /** The program. */
  readonly main: string;
}

/** What all contenders are told. */
export interface Surroundings {
  readonly upstreamPort: number;
  readonly schemaPath: string;
  readonly pickersPath: string;
  readonly dataDir: string;
}

const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const program = (name: string) => inRepository(`bench/src/contenders/${name}.ts`);

export const limitJson: Contender = {
  name: 'limit-json',
  about: 'node:http and undici, exact projection, JSON.parse, object literals, JSON.stringify; no GraphQL',
  main: program('limit-json'),
};

export const product: Contender = {
  name: 'product',
  about:
    'ecwid-graphql as it is published, with access rules, limits, request ids, masking, and logs at info to a file',
  main: inRepository('src/main.ts'),
};

export const productFromSource: Contender = {
  name: 'product-source',
  about: 'the same as it lies in the repository: Node takes the types away as it starts',
  main: product.main,
};

export const contenders: readonly Contender[] = [
  limitJson,
  { name: 'yoga-naive', about: 'graphql-yoga and the global fetch', main: program('yoga-naive') },
  { name: 'apollo-rest', about: '@apollo/server and @apollo/datasource-rest', main: program('apollo-rest') },
  { name: 'mercurius-jit', about: 'fastify, mercurius with jit, undici', main: program('mercurius-jit') },
  {
    name: 'mercurius-tuned',
    about: "the same with projection, one call for each id, and undici's dispatch",
    main: program('mercurius-tuned'),
  },
  product,
  productFromSource,
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
