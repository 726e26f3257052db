import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits, type LimitName, type Limits } from '../../src/limits.ts';
import { post, read } from '../post.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const small: Partial<Limits> = {
  tokens: 40,
  nesting: 6,
  depth: 2,
  aliases: 3,
  fields: 4,
  directives: 2,
  introspections: 2,
  first: 3,
  ids: 2,
  body: 1_000,
  jsonDepth: 5,
};

let byDefault: GatewayOnSandbox;
let configured: GatewayOnSandbox;
let measuring: GatewayOnSandbox;
beforeAll(async () => {
  byDefault = await startGateway();
  configured = await startGateway({}, [], { limits: small });
  measuring = await startGateway({}, [], { limits: { ...small, cost: 2_000 }, limitsMode: 'measure' });
});
afterAll(async () => {
  for (const gateway of [byDefault, configured, measuring]) await gateway.close();
});

const repeat = (count: number, field: string) => `{ ${`${field} `.repeat(count)}}`;
const idList = (count: number) => `[${Array.from({ length: count }, (_, n) => `"${n}"`)}]`;

/** For each limit of documents, one that counts so much. The deep one is not of this schema. */
const documents = {
  tokens: (count: number) =>
    `query ($ids: [ID!] = [${'1 '.repeat(count - 25)}]) { cartsByIds(ids: $ids) { id } }`,
  nesting: (count: number) => `${'{ ... '.repeat(count - 1)}{ __typename }${' }'.repeat(count - 1)}`,
  depth: (count: number) => `${'{ cart '.repeat(count - 1)}{ id }${' }'.repeat(count - 1)}`,
  aliases: (count: number) => repeat(count, 'a: __typename'),
  fields: (count: number) => repeat(count, '__typename'),
  directives: (count: number) => repeat(count, '__typename @skip(if: false)'),
  introspections: (count: number) => repeat(count, '__type(name: "Cart") { name }'),
} satisfies { [Name in LimitName]?: (count: number) => string };

/** The same for those that fail a field alone, with the argument that they are about. */
const fields = [
  ['first', 'first', (count: number) => `{ carts(first: ${count}) { totalCount } }`],
  ['ids', 'ids', (count: number) => `{ ordersByIds(ids: ${idList(count)}) { id } }`],
  ['ids', 'ids', (count: number) => `{ cartsByIds(ids: ${idList(count)}) { id } }`],
  [
    'ids',
    'filter.productIds',
    (count: number) => `{ orders(first: 1, filter: { productIds: ${idList(count)} }) { totalCount } }`,
  ],
] as const;

const places = [
  ['by default', () => byDefault, defaultLimits],
  ['where it is configured', () => configured, { ...defaultLimits, ...small }],
] as const;

const ask = ({ url }: GatewayOnSandbox, query: string, accept = 'application/graphql-response+json') =>
  post(url, { query, variables: { ids: [] } }, { accept });

async function expectWell(gateway: GatewayOnSandbox) {
  const { status, answer } = await ask(gateway, '{ store { id } }');
  expect([status, answer]).toEqual([200, { data: { store: { id: gateway.sandbox.storeId } } }]);
}

const each = Object.entries(documents).flatMap(([name, make]) =>
  places.map(
    ([place, gatewayOf, limits]) => [name as keyof typeof documents, place, gatewayOf, limits, make] as const,
  ),
);

describe('a limit', () => {
  test.each(each)(
    'of %s lets pass what is at it and nothing over it, %s',
    async (name, _, gatewayOf, limits, make) => {
      const [gateway, limit] = [gatewayOf(), limits[name]];
      const within = await ask(gateway, make(limit));
      expect(within.code).toBe(name === 'depth' ? 'GRAPHQL_VALIDATION_FAILED' : undefined);
      gateway.calls.length = 0;
      const over = await ask(gateway, make(limit + 1));
      const code = `${name.toUpperCase()}_LIMIT_EXCEEDED`;
      expect(over).toMatchObject({ status: 400, code, answer: { errors: [{ extensions: { limit } }] } });
      expect(over.answer.errors).toHaveLength(1);
      // The parser does not go on to count what is over.
      const actual = name === 'tokens' ? undefined : limit + 1;
      expect(over.answer.errors[0].extensions.actual).toBe(actual);
      expect(over.answer.errors[0].message).toContain(` ${actual ?? `more than ${limit}`} `);
      expect(over.answer.errors[0].message).toMatch(new RegExp(`; the limit is ${limit}\\.$`));
      expect(await ask(gateway, make(limit + 1), 'application/json')).toMatchObject({ status: 400, code });
      expect(gateway.calls).toEqual([]);
      await expectWell(gateway);
    },
  );

  test.each(places)(
    'of a page or a list fails the field that is over it, %s',
    async (_, gatewayOf, limits) => {
      const gateway = gatewayOf();
      for (const [name, argument, make] of fields) {
        const limit = limits[name];
        expect((await ask(gateway, make(limit))).code).toBeUndefined();
        gateway.calls.length = 0;
        const { status, answer } = await ask(gateway, make(limit + 1));
        expect(status).toBe(200);
        expect(answer.errors[0].extensions).toMatchObject({
          code: `${name.toUpperCase()}_LIMIT_EXCEEDED`,
          limit,
          actual: limit + 1,
          argument,
          maximum: limit,
        });
        expect(gateway.calls).toEqual([]);
      }
      await expectWell(gateway);
    },
  );

  test.each(places)(
    'of a body counts its bytes, whether their number is told or not, %s',
    async (_, gatewayOf, { body: limit }) => {
      const gateway = gatewayOf();
      const body = (size: number) => Buffer.from('{"query":"{__typename}"}'.padEnd(size));
      const inPieces = (size: number) => new Blob([body(size)]).stream();
      for (const accept of ['application/json', 'application/graphql-response+json']) {
        for (const make of [body, inPieces]) {
          expect((await post(gateway.url, make(limit), { accept })).status).toBe(200);
          expect(await post(gateway.url, make(limit + 1), { accept })).toMatchObject({
            status: 413,
            code: 'BODY_LIMIT_EXCEEDED',
            answer: { errors: [{ extensions: { limit } }] },
          });
        }
      }
      await expectWell(gateway);
    },
  );

  test.each(places)(
    'of JSON counts its levels in bodies and in addresses, %s',
    async (_, gatewayOf, { jsonDepth: limit }) => {
      const gateway = gatewayOf();
      const lists = (depth: number) => `{"a":${'['.repeat(depth - 1)}"{"${']'.repeat(depth - 1)}}`;
      const inBody = (depth: number) =>
        post(gateway.url, `{"query":"{__typename}","variables":${lists(depth - 1)}}`);
      const inAddress = (name: string) => async (depth: number) =>
        read(
          await fetch(
            `${gateway.origin}/graphql?query={__typename}&${name}=${encodeURIComponent(lists(depth))}`,
          ),
        );
      for (const send of [inBody, inAddress('variables'), inAddress('extensions')]) {
        expect((await send(limit)).status).toBe(200);
        expect(await send(limit + 1)).toMatchObject({
          status: 400,
          code: 'JSON_DEPTH_LIMIT_EXCEEDED',
          answer: { errors: [{ extensions: { limit, actual: limit + 1 } }] },
        });
      }
      await expectWell(gateway);
    },
  );

  test('of mistakes tells that many, and that there are more', async () => {
    for (const [query, count] of [
      [repeat(5, 'a'), 5],
      [repeat(6, 'a'), 6],
      [repeat(60, 'a'), 6],
    ] as const) {
      const { answer } = await ask(byDefault, query);
      expect(answer.errors).toHaveLength(count);
    }
  });

  test('that is only measured lets pass what is over it, and logs that and no more', async () => {
    const over = [
      ...Object.entries(documents).filter(([name]) => name !== 'nesting' && name !== 'depth'),
      ...fields.map(([name, , make]) => [name, make] as const),
    ];
    for (const [name, make] of over) {
      const limit = small[name as LimitName] ?? 0;
      measuring.logLines.length = 0;
      for (const _time of ['first', 'second']) {
        const { status, code } = await ask(measuring, make(limit + 1));
        expect([status, code], name).toEqual([200, undefined]);
      }
      const lines = measuring.logLines
        .map((line) => JSON.parse(line))
        .filter(({ code }) => code.startsWith(name.toUpperCase()));
      const line = {
        level: 'warn',
        time: expect.any(String),
        requestId: expect.any(String),
        code: `${name.toUpperCase()}_LIMIT_EXCEEDED`,
        limit,
        actual: limit + 1,
        msg: 'a request over a limit was let pass',
      };
      expect(lines, name).toEqual([line, line]);
    }
    await expectWell(measuring);
  });

  test('that guards the process is held where others are only measured', async () => {
    expect(await ask(measuring, documents.nesting(7))).toMatchObject({ code: 'NESTING_LIMIT_EXCEEDED' });
    expect(await post(measuring.url, ' '.repeat(1_001))).toMatchObject({ code: 'BODY_LIMIT_EXCEEDED' });
    expect(await post(measuring.url, '[[[[[[]]]]]]')).toMatchObject({ code: 'JSON_DEPTH_LIMIT_EXCEEDED' });
    expect(await ask(measuring, '{ carts(first: 10001) { totalCount } }')).toMatchObject({
      code: 'FIRST_LIMIT_EXCEEDED',
    });
  });
});
