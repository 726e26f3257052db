import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post, read } from '../post.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const query = '{"query":"{__typename}"}';

describe('a request', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['is no JSON', '{"query": ', 'The body of the request must be JSON.'],
    ['is empty', '', 'The body of the request must be JSON.'],
    ['holds a null byte', '{"query":"{\0__typename}"}', 'The body of the request must be JSON.'],
    ['is not in UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'The body of the request must be in UTF-8.'],
    ['is in UTF-16', Buffer.from(query, 'utf16le'), 'The body of the request must be JSON.'],
    ['is null', 'null', 'The body of the request must be a JSON object.'],
    [
      'is a text',
      query.replaceAll('"', '\\"').replace(/.*/, '"$&"'),
      'The body of the request must be a JSON object.',
    ],
    [
      'is a list',
      `[${query},${query}]`,
      'Only one operation is taken in a request; send each of a list by itself.',
    ],
    ['is an empty list', '[]', 'Only one operation is taken in a request; send each of a list by itself.'],
  ])('whose body %s is refused', async (_name, body, message) => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { status, answer } = await post(gateway.url, body, { accept });
      expect([status, answer]).toEqual([400, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }]);
    }
  });

  test('in UTF-8 with a byte order mark, or said to be in it, is read', async () => {
    for (const contentType of ['application/json; charset=utf-8', 'application/graphql+json']) {
      const { answer } = await post(gateway.url, Buffer.from(`\ufeff${query}`), {
        'content-type': contentType,
      });
      expect(answer).toEqual({ data: { __typename: 'Query' } });
    }
  });

  test.each(['gzip', 'br', 'deflate', 'gzip, identity', 'x'])(
    'that is packed as %s is not unpacked',
    async (encoding) => {
      const packed = gzipSync(Buffer.alloc(50_000_000, ' '));
      expect(await post(gateway.url, packed, { 'content-encoding': encoding })).toMatchObject({
        status: 415,
        code: 'UNSUPPORTED_MEDIA_TYPE',
      });
      expect((await post(gateway.url, query, { 'content-encoding': 'identity' })).status).toBe(200);
    },
  );

  test.each(['{', 'nonsense', '[1', '{"a":NaN}', "{'a':1}"])(
    'by GET whose variables are %j is refused',
    async (text) => {
      for (const name of ['variables', 'extensions']) {
        const refused = await read(
          await fetch(`${gateway.url}?query={__typename}&${name}=${encodeURIComponent(text)}`),
        );
        expect([refused.status, refused.answer]).toEqual([
          400,
          {
            errors: [
              { message: `The parameter "${name}" must be JSON.`, extensions: { code: 'BAD_REQUEST' } },
            ],
          },
        ]);
      }
    },
  );

  test('by GET is read with its variables and the name of its operation', async () => {
    const parameters = new URLSearchParams({
      query: 'query A { a: __typename } query B($id: ID!) { cart(id: $id) { id } }',
      operationName: 'B',
      variables: '{"id":"x"}',
      extensions: '',
    });
    expect((await read(await fetch(`${gateway.url}?${parameters}`))).answer).toEqual({
      data: { cart: null },
    });
  });

  test('with names of every object among its keys changes no object', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString'];
    for (const name of names) {
      const inVariables = `{"query":"{__typename}","variables":{"${name}":{"polluted":1},"a":{"${name}":{"polluted":1}}}}`;
      expect((await post(gateway.url, inVariables)).answer).toEqual({ data: { __typename: 'Query' } });
      expect(await post(gateway.url, `{"query":"{__typename}","${name}":{"polluted":1}}`)).toMatchObject({
        status: 400,
        code: 'BAD_REQUEST',
      });
      const asVariable = `{"query":"query($${name}:ID!){cart(id:$${name}){id}}","variables":{"${name}":"x"}}`;
      expect((await post(gateway.url, asVariable)).answer).toEqual({ data: { cart: null } });
    }
    expect('polluted' in {}).toBe(false);
    expect('polluted' in Object).toBe(false);
  });
});
