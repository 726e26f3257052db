import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import codegen from '../../codegen.ts';
import { schema } from '../../src/schema/schema.ts';
import type { HttpGatewayOptions } from '../../src/server/http-gateway.ts';
import { readTrustedDocuments, TrustedDocumentsError } from '../../src/server/trusted-documents.ts';
import { everyScope, guest } from '../../src/viewer.ts';
import { withoutRequestId } from '../request-id.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const directory = mkdtempSync(join(tmpdir(), 'ecwid-graphql-trusted-'));
afterAll(() => rmSync(directory, { recursive: true }));

function write(content: unknown): string {
  const path = join(directory, `${crypto.randomUUID()}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What graphql-codegen makes of the operations of these tests, as a storefront's build would. */
async function generateManifest(): Promise<Record<string, string>> {
  const [target = '', output] = Object.entries(codegen.generates)[0] ?? [];
  const files: { readonly filename: string; readonly content: string }[] = await generate(
    {
      ...codegen,
      silent: true,
      generates: { [target]: { ...output, presetConfig: { persistedDocuments: true } } },
    },
    false,
  );
  return JSON.parse(
    files.find(({ filename }) => filename.endsWith('/persisted-documents.json'))?.content ?? '',
  );
}

const cartId = '5A0DB0C5-0000-4000-8000-000000000001';
const variables = { id: cartId };
const authenticate: HttpGatewayOptions['authenticate'] = async (authorization) =>
  authorization === 'staff' ? everyScope : guest;

let gateway: GatewayOnSandbox;
let manifest: Record<string, string>;
let id: string;
let text: string;

beforeAll(async () => {
  manifest = await generateManifest();
  [id = '', text = ''] =
    Object.entries(manifest).find(([, document]) => document.startsWith('query Cart(')) ?? [];
  const trustedDocuments = readTrustedDocuments(write(manifest), schema);
  gateway = await startGateway({}, [], { authenticate, protection: { trustedDocuments } });
});
afterAll(() => gateway?.close());

type Accept = 'application/json' | 'application/graphql-response+json';

async function post(
  body: unknown,
  authorization?: string,
  accept: Accept = 'application/graphql-response+json',
) {
  gateway.calls.length = 0;
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...(authorization && { authorization }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...(withoutRequestId(await response.json(), response) as object) };
}

const refusedAs = (code: string) => ({
  status: 400,
  errors: [{ message: expect.any(String), extensions: { code } }],
});
const answered = {
  status: 200,
  data: { cart: { id: cartId, total: 26.67, email: 'greta.guest@example.com' } },
};
const byHash = (sha256Hash: unknown, version = 1) => ({ persistedQuery: { version, sha256Hash } });

describe('trusted documents', () => {
  test('run by the id that graphql-codegen gave them', async () => {
    expect(id).toMatch(/^sha256:[\da-f]{64}$/);
    expect(await post({ documentId: id, variables })).toEqual(answered);
    expect(await post({ documentId: id, variables, operationName: 'Cart' })).toEqual(answered);
    expect(await post({ extensions: byHash(id), variables })).toEqual(answered);
    expect(await post({ extensions: byHash(id.slice('sha256:'.length)), variables })).toEqual(answered);
  });

  test('run word for word, and with their id beside', async () => {
    expect(await post({ query: text, variables })).toEqual(answered);
    expect(await post({ query: text, documentId: id, variables })).toEqual(answered);
    expect(await post({ query: text, extensions: byHash(id), variables })).toEqual(answered);
  });

  test('run by GET', async () => {
    const get = async (parameters: Record<string, string>) => {
      const response = await fetch(`${gateway.origin}/graphql?${new URLSearchParams(parameters)}`);
      return { status: response.status, ...(withoutRequestId(await response.json(), response) as object) };
    };
    const inUrl = { variables: JSON.stringify(variables) };
    expect(await get({ documentId: id, ...inUrl })).toEqual(answered);
    expect(await get({ extensions: JSON.stringify(byHash(id)), ...inUrl })).toEqual(answered);
    expect(await get({ documentId: 'x', ...inUrl })).toEqual(refusedAs('PERSISTED_QUERY_NOT_FOUND'));
    expect(await get({ query: '{ __typename }' })).toEqual(refusedAs('PERSISTED_QUERY_ONLY'));
    const [placing = ''] =
      Object.entries(manifest).find(([, document]) => document.includes('placeOrder')) ?? [];
    expect((await get({ documentId: placing, variables: `{"cartId":"${cartId}"}` })).status).toBe(405);
  });

  test.each(['application/json', 'application/graphql-response+json'] as const)(
    'are all that others than staff may run, whoever accepts %s',
    async (accept) => {
      for (const query of ['{ __typename }', `${text} `, text.toLowerCase(), `# ${id}\n${text}`]) {
        expect(await post({ query, variables }, undefined, accept)).toEqual(
          refusedAs('PERSISTED_QUERY_ONLY'),
        );
        expect(await post({ query, documentId: id, variables }, undefined, accept)).toEqual(
          refusedAs('PERSISTED_QUERY_ONLY'),
        );
        expect(gateway.calls).toEqual([]);
      }
    },
  );

  test.each(['x', '__proto__', 'constructor', 'toString', 'sha256:', '../../etc/passwd'])(
    'are not found by %j',
    async (unknown) => {
      for (const authorization of [undefined, 'staff']) {
        expect(await post({ documentId: unknown }, authorization)).toEqual(
          refusedAs('PERSISTED_QUERY_NOT_FOUND'),
        );
        expect(await post({ extensions: byHash(unknown) }, authorization)).toEqual(
          refusedAs('PERSISTED_QUERY_NOT_FOUND'),
        );
      }
    },
  );

  test('cannot be asked for without an id', async () => {
    for (const body of [{}, { query: '' }, { query: [text] }, { documentId: 5 }, { documentId: [id] }]) {
      expect(await post(body)).toEqual(refusedAs('BAD_REQUEST'));
    }
    for (const extensions of [byHash(id, 2), byHash([id]), byHash(null), { persistedQuery: null }]) {
      expect(await post({ extensions, variables })).toEqual(refusedAs('BAD_REQUEST'));
    }
  });

  test('do not bind staff', async () => {
    expect(await post({ query: '{ store { name } }' }, 'staff')).toMatchObject({ status: 200, data: {} });
    expect(await post({ documentId: id, variables }, 'staff')).toEqual(answered);
  });

  test('are no matter where there is no manifest', async () => {
    const open = await startGateway();
    try {
      const response = await fetch(open.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ documentId: id, variables }),
      });
      expect(response.status).toBe(400);
      expect(await open.query(text, variables)).toHaveProperty('data.cart.id', cartId);
    } finally {
      await open.close();
    }
  });
});

describe('a manifest', () => {
  test('is read as it is written', () => {
    const path = write('{ "__proto__": "{ store { name } }", "b": "query B { __typename }" }');
    expect([...readTrustedDocuments(path, schema)]).toEqual([
      ['__proto__', '{ store { name } }'],
      ['b', 'query B { __typename }'],
    ]);
  });

  test.each([
    ['', 'is not JSON'],
    ['{', 'is not JSON'],
    ['null', 'is not JSON'],
    ['["{ __typename }"]', 'is not JSON'],
    ['"{ __typename }"', 'is not JSON'],
    ['{ "a": { "body": "{ __typename }" } }', 'holds no text under a.'],
    ['{ "a": "{ __typename" }', 'holds a document that cannot run, a: Syntax Error'],
    [
      '{ "a": "{ __typename }", "b": "{ basket }" }',
      'holds a document that cannot run, b: Cannot query field',
    ],
    ['{ "a": "" }', 'holds a document that cannot run, a: Syntax Error'],
  ])('that is %s is refused', (content, problem) => {
    const read = () => readTrustedDocuments(write(content), schema);
    expect(read).toThrow(TrustedDocumentsError);
    expect(read).toThrow(problem);
  });

  test('that is not there is refused', () => {
    expect(() => readTrustedDocuments(join(directory, 'none.json'), schema)).toThrow('names no file');
    expect(() => readTrustedDocuments(directory, schema)).toThrow('names no file');
  });
});
