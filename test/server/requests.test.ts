import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuthenticationError } from '../../src/server/authenticate.ts';
import { everyScope } from '../../src/viewer.ts';
import { post, read } from '../post.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway({}, [], {
    limits: { requestSeconds: 1 },
    authenticate: async (authorization) => {
      if (authorization === 'nobody') throw new AuthenticationError();
      return everyScope;
    },
  });
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
          await fetch(`${gateway.origin}/graphql?query={__typename}&${name}=${encodeURIComponent(text)}`),
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
    expect((await read(await fetch(`${gateway.origin}/graphql?${parameters}`))).answer).toEqual({
      data: { cart: null },
    });
  });

  test.concurrent.each([
    [413, '/graphql', 'Content-Type: application/json\r\nContent-Length: 5000000'],
    [415, '/graphql', 'Content-Type: text/plain\r\nContent-Length: 5000'],
    [415, '/graphql', 'Content-Type: text/plain\r\nTransfer-Encoding: chunked'],
    [401, '/graphql', 'Content-Type: application/json\r\nContent-Length: 5000\r\nAuthorization: nobody'],
    [404, '/elsewhere', 'Content-Type: application/json\r\nContent-Length: 5000'],
    [400, '//', 'Content-Type: application/json\r\nContent-Length: 5000'],
  ])('refused with %i is answered once, while it is sent: %s, %j', async (status, path, headers) => {
    const answer = await converse(`POST ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`, '1\r\nx\r\n');
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect(answer).toMatch(/^connection: close\r$/im);
  });

  test('that is refused may be sent to its end before the answer is read', async () => {
    const body = 'x'.repeat(20_000_000);
    const head = 'Host: x\r\nContent-Type: application/json';
    const answer = await converse(
      `POST /graphql HTTP/1.1\r\n${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*BODY_LIMIT_EXCEEDED[^\n]*\}$/);
  });

  test('that was read leaves its connection open for the next one', async () => {
    const asked = [
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${query.length}\r\n\r\n${query}`,
      'GET /graphql?query={__typename} HTTP/1.1\r\nHost: x\r\n\r\n',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}',
      'GET /graphql?query={__typename} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ];
    const answer = await converse(asked.join(''));
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(
      [200, 200, 415, 200].map((status) => `HTTP/1.1 ${status}`),
    );
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

/** Sends a text before it reads, then another again and again until the other side hangs up; tells what went wrong. */
function converse(text: string, drop?: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () =>
      socket.pause().write(text, () => socket.resume()),
    );
    const dripping = drop === undefined ? undefined : setInterval(() => socket.write(drop), 50);
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', ({ message }) => {
      answer += `\n${message}`;
    });
    socket.on('close', () => {
      clearInterval(dripping);
      resolve(answer);
    });
  });
}
