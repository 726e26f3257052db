import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import type { GraphQLObjectType } from 'graphql';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMetrics } from '../src/metrics/metrics.ts';
import { schema } from '../src/schema/schema.ts';
import { createAuthenticate } from '../src/server/authenticate.ts';
import { markedToken, type RunningGateway, startGatewayOver } from './running-gateway.ts';
import { type ScriptedOrigin, startScriptedOrigin } from './scripted-origin.ts';
import { exampleValues, wholeBody } from './whole-body.ts';
import { wholeSelection } from './whole-selection.ts';

const secret = 'MARKED-secret-of-more-than-thirty-two-bytes';
const cartId = 'A110000-0000-0000-0000-000000000000';

/** What a person is known by, wherever Ecwid or a caller writes a text. */
const person = 'MARKED-Ann Person ann.MARKED@example.com +1 555 0100 203.0.113.77';

const bodyOf = (name: string, values: Readonly<Record<string, unknown>>) =>
  wholeBody(schema.getType(name) as GraphQLObjectType, 0, { ...exampleValues, ...values });

const good = { String: person, JSONObject: { note: person } };
// Where an amount, a date or a list should be there is a text that must not be quoted.
const odd = { ...good, Money: person, DateTime: person, Int: person, Boolean: person, ID: { note: person } };

type Script = (request: IncomingMessage, response: ServerResponse) => void;

function answer(values: Readonly<Record<string, unknown>>): Script {
  const cart = bodyOf('Cart', values);
  const order = bodyOf('Order', values);
  return ({ url = '', method }, response) => {
    const entity = url.includes('/carts') ? cart : order;
    const isPage = method === 'GET' && /\/(carts|orders)(\?|$)/.test(url);
    response.end(JSON.stringify(isPage ? { total: 1, count: 1, limit: 100, items: [entity] } : entity));
  };
}

const fail =
  (status: number, body: string): Script =>
  (_request, response) => {
    response.writeHead(status, { 'x-marked': person, location: `http://127.0.0.1/${markedToken}` }).end(body);
  };
const words = JSON.stringify({ errorCode: 'INVALID', errorMessage: `${person} ${markedToken}` });

const weathers: readonly (readonly [string, Script])[] = [
  ['answers well', answer(good)],
  ['answers oddly', answer(odd)],
  ...[302, 400, 401, 402, 403, 404, 409, 422, 429, 500, 503].map(
    (status) => [`answers ${status}`, fail(status, words)] as const,
  ),
  ['answers a page', fail(200, `<html>${person} ${markedToken}`)],
  ['answers half', fail(200, words.slice(0, 40))],
  ['hangs up', (_request, response) => void response.destroy()],
];

const input = `{ email: "${person}", items: [{ name: "${person}", price: 1, quantity: 1 }], billingPerson: { name: "${person}" } }`;
const operations: readonly string[] = [
  `{ cart(id: "${cartId}") ${wholeSelection('Cart', ['recoveredOrder'])} }`,
  `{ cartsByIds(ids: ["${cartId}", "${person}"]) { recoveredOrder { email total } } }`,
  `{ carts(filter: { email: "${person}", customer: "${person}" }) { totalCount edges { cursor node { id } } pageInfo { startCursor endCursor } } }`,
  `{ order(id: "A1") ${wholeSelection('Order')} }`,
  `{ orders(filter: { keywords: "${person}" }) { nodes { email } pageInfo { startCursor endCursor } } }`,
  `{ ordersByIds(ids: ["A1", "A2", "${person}"]) { email } }`,
  `{ calculateOrder(input: ${input}) { total email } }`,
  '{ store { name url currency } }',
  '{ MARKED_4111111111111111: cart(id: "odd") { MARKED_5500000000000004: total } MARKED_x: carts { totalCount } }',
  `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { email total } } }`,
  `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { email } errors { code message } } }`,
  `mutation { hideCart(input: { cart_id: "${cartId}" }) { cart { email } } }`,
  `mutation { createOrder(input: ${input}) { order { email } } }`,
  `mutation { createOrder(input: { idempotencyKey: "${person}", ${input.slice(1)}) { order { email } errors { code message } } }`,
];

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
const metrics = createMetrics();

const wordsOf = ({ name, attributes, events, status }: ReadableSpan) =>
  JSON.stringify([name, attributes, events, status]);

describe('what nobody may read', () => {
  let origin: ScriptedOrigin;
  let gateway: RunningGateway;
  const tokens: string[] = [];

  beforeAll(async () => {
    origin = await startScriptedOrigin();
    gateway = await startGatewayOver(origin.url, {
      metrics,
      deadlineMs: 300,
      limits: { fields: 2_000, tokens: 5_000 },
      timing: { deadlineMs: 200, stepMs: 150, pauseMs: 10, atWorkMs: 0 },
      authenticate: (authorization) => authenticate(authorization),
    });
    const log = gateway.log;
    const authenticate = createAuthenticate({
      keys: secret,
      issuer: 'https://id.example',
      audience: 'us',
      log,
    });
    for (const claims of [
      { sub: 'ann', scope: 'read_orders update_orders create_orders' },
      { sub: String(exampleValues.ID) },
      { sub: 'MARKED-nobody' },
    ]) {
      const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('5m');
      tokens.push(
        await token.setIssuer('https://id.example').setAudience('us').sign(new TextEncoder().encode(secret)),
      );
    }
  });
  afterAll(async () => {
    await gateway.close();
    await origin.close();
  });

  const marks = () => [
    'MARKED',
    '203.0.113.77',
    '555 0100',
    secret,
    new URL(origin.url).host,
    ...tokens.flatMap((token) => token.split('.').slice(1)),
  ];

  test.each(weathers)(
    'stands in no error, cursor, header, log line, metric or trace while Ecwid %s',
    async (what, script) => {
      origin.script = script;
      // A cart that was placed in one weather would be answered from the journal in the next.
      const cart = `${cartId.slice(0, -2)}${10 + weathers.findIndex(([name]) => name === what)}`;
      gateway.logLines.length = 0;
      gateway.requestLines.length = 0;
      exporter.reset();
      let errors = 0;
      for (const authorization of [undefined, ...tokens.map((token) => `Bearer ${token}`)]) {
        for (const query of operations) {
          const response = await fetch(gateway.url, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
            body: JSON.stringify({ query: query.replaceAll(cartId, cart) }),
          });
          const body = (await response.json()) as { data?: object; errors?: object[] };
          errors += body.errors?.length ?? 0;
          const told = JSON.stringify([
            [...response.headers],
            // A path is made of the names that the caller has given.
            body.errors?.map((error) => ({ ...error, path: undefined })),
            cursorsOf(body.data).map((cursor) => [cursor, Buffer.from(cursor, 'base64url').toString()]),
            messagesOf(body.data),
          ]);
          for (const mark of marks()) expect(told, query).not.toContain(mark);
        }
      }
      expect(errors).toBeGreaterThan(10);
      await provider.forceFlush();
      const written = [
        ...gateway.logLines,
        ...gateway.requestLines,
        await metrics.print(),
        ...exporter.getFinishedSpans().map(wordsOf),
      ];
      expect(written.length).toBeGreaterThan(100);
      for (const mark of marks()) expect(written.join('')).not.toContain(mark);
    },
  );

  test('stands not in GraphiQL', async () => {
    const page = await fetch(gateway.url, {
      headers: { accept: 'text/html', authorization: `Bearer ${tokens[0]}` },
    });
    const text = await page.text();
    expect(text).toContain('<html');
    for (const mark of marks()) expect(text).not.toContain(mark);
  });

  test('is not in the schema where it is a key of the merchant', () => {
    expect(JSON.stringify(Object.values(schema.getTypeMap()))).not.toContain('adminUrl');
    expect(wholeSelection('Cart')).not.toContain('adminUrl');
  });
});

function valuesOf(data: unknown, names: readonly string[]): string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    names.includes(name) && typeof value === 'string' ? [value] : valuesOf(value, names),
  );
}

const cursorsOf = (data: unknown) => valuesOf(data, ['cursor', 'startCursor', 'endCursor']);
const messagesOf = (data: unknown) => valuesOf(data, ['message']);
