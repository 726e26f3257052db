import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuthenticationError } from '../../src/server/authenticate.ts';
import { guest } from '../../src/viewer.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const cart = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

/** What clients send, and what nobody does. */
const accepts = [
  undefined,
  '*/*',
  'application/json',
  'application/json, */*',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/graphql-response+json',
  'application/graphql-response+json,application/json;q=0.9',
  'application/graphql-response+json;charset=utf-8, application/json;charset=utf-8',
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
  'APPLICATION/JSON',
  'Application/GraphQL-Response+JSON',
  'application/graphql-response+json, application/json; charset=utf-16',
  'text/html',
  'text/event-stream',
  'multipart/mixed;deferSpec=20220824, application/json',
  '',
];

const bodies = {
  'an operation': { query: `{ cart(id: "${cart}") { id total items { name } } }` },
  'a mutation that is refused': {
    query: 'mutation { placeOrder(input: { cart_id: "none" }) { errors { code } } }',
  },
  'a field that fails': { query: '{ carts(first: 0) { totalCount } }' },
  'no GraphQL': { query: '{ cart(' },
  'an unknown field': { query: '{ basket }' },
  'a variable that is missing': { query: 'query ($id: ID!) { cart(id: $id) { id } }' },
  'an unknown operation': { query: '{ __typename }', operationName: 'Other' },
  'too much': { query: `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: __typename`).join(' ')} }` },
  'no query': {},
  'another parameter': { query: '{ __typename }', queries: [] },
  'variables that are none': { query: '{ __typename }', variables: [1] },
  'a list': [{ query: '{ __typename }' }],
};

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway({}, [], {
    authenticate: async (authorization) => {
      if (authorization) throw new AuthenticationError();
      return guest;
    },
    limits: { aliases: 30 },
    protection: { corsOrigins: ['https://shop.example'] },
  });
});
afterAll(() => gateway.close());

/** Status, headers and body of an answer. */
async function ask(path: string, body: string, headers: Record<string, string>) {
  const sent = request(`${gateway.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'the-same', ...headers },
  }).end(body);
  const [response] = await once(sent, 'response');
  const { date: _now, ...told } = response.headers;
  return { status: response.statusCode, headers: told, body: await text(response) };
}

async function expectTheSame(body: string, headers: Record<string, string>) {
  const directly = await ask('/graphql', body, headers);
  expect(directly).toEqual(await ask('/graphql?by=yoga', body, headers));
  return directly;
}

describe('an answer is the same by either door', () => {
  test.each(Object.entries(bodies))('to %s', async (_what, body) => {
    for (const accept of accepts) {
      await expectTheSame(JSON.stringify(body), accept === undefined ? {} : { accept });
    }
  });

  test('to what cannot be read', async () => {
    for (const body of [
      '',
      '{',
      'null',
      '"{ __typename }"',
      '{"query":"\u0000"}',
      '[[[[',
      'x'.repeat(200_000),
    ]) {
      expect((await expectTheSame(body, {})).status).toBeGreaterThanOrEqual(400);
    }
  });

  test('to other media types, to who is not known, and to other origins', async () => {
    const body = JSON.stringify(bodies['an operation']);
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/graphql+json; charset=utf-8' },
      { 'content-encoding': 'gzip' },
      { authorization: 'Bearer x' },
      { origin: 'https://shop.example' },
      { origin: 'https://elsewhere.example' },
      { host: 'a/b' },
    ] as Record<string, string>[]) {
      for (const accept of accepts.filter((one) => one !== undefined)) {
        await expectTheSame(body, { ...headers, accept });
      }
    }
  });
});
