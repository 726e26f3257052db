import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { raw } from '../post.ts';
import { type GatewayOnSandbox, startGateway, startGatewayOver } from '../running-gateway.ts';
import { startScriptedOrigin } from '../scripted-origin.ts';
import { testAuthenticate } from '../viewers.ts';

const cart = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

let gateway: GatewayOnSandbox;
/** What Ecwid was told of the request that a call was made for. */
const told: (string | undefined)[] = [];
beforeAll(async () => {
  gateway = await startGateway({}, [], { authenticate: testAuthenticate });
});
beforeEach(() => {
  gateway.requestLines.length = 0;
  gateway.logLines.length = 0;
  told.length = 0;
});
afterAll(() => gateway.close());

async function ask(body: object, headers: Record<string, string> = {}, url = gateway.url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'staff read_orders', ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what it answers with is the test's own to know.
  return { id: response.headers.get('x-request-id'), answer: (await response.json()) as any };
}

async function linesOf({ requestLines }: { requestLines: string[] }, count: number) {
  await expect.poll(() => requestLines.length).toBe(count);
  return requestLines.map((line) => JSON.parse(line));
}

describe('the id of a request', () => {
  test.each(['a', 'A-1_b.c', 'x'.repeat(64)])('is the caller’s own where that is one: %s', async (given) => {
    const { id, answer } = await ask(
      { query: '{ carts(first: 0) { totalCount } }' },
      { 'x-request-id': given },
    );
    expect([id, answer.errors[0].extensions.requestId]).toEqual([given, given]);
    expect(await linesOf(gateway, 1)).toMatchObject([{ requestId: given }]);
  });

  test.each(['', 'two words', 'x'.repeat(65), 'a/b', '{"a":1}', 'é', 'a,b'])(
    'is another one where that is none: %j',
    async (given) => {
      const headers = { 'x-request-id': Buffer.from(given).toString('latin1') };
      const { id } = await ask({ query: '{ __typename }' }, headers);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
      expect(await linesOf(gateway, 1)).toMatchObject([{ requestId: id }]);
    },
  );

  test('joins the answer, its errors, each line of the log, and the calls to Ecwid', async () => {
    const origin = await startScriptedOrigin((request, response) => {
      told.push(request.headers['x-ecwid-api-request-id']?.toString());
      response.writeHead(503).end();
    });
    const over = await startGatewayOver(origin.url);
    const text = `{ a: cart(id: "${cart}") { total } b: order(id: "A1") { total } }`;
    const [one, other] = await Promise.all([
      ask({ query: text }, { 'x-request-id': 'one' }, over.url),
      ask({ query: text.replace('A1', 'B2') }, {}, over.url),
    ]);
    for (const { id, answer } of [one, other]) {
      expect(answer.errors).toHaveLength(2);
      for (const { extensions } of answer.errors) expect(extensions.requestId).toBe(id);
    }
    // The carts are one read, of whoever asked first.
    expect(told.toSorted()).toHaveLength(3);
    expect(new Set(told)).toEqual(new Set(['one', other.id]));
    expect(over.logLines.length).toBeGreaterThan(2);
    for (const line of over.logLines) expect(['one', other.id]).toContain(JSON.parse(line).requestId);
    await over.close();
    await origin.close();
  });
});

describe('the line of a request', () => {
  test('tells what was asked for, by whom, and what that took', async () => {
    await ask({ query: `query Both { cart(id: "${cart}") { total } orders(first: 1) { totalCount } }` });
    expect(await linesOf(gateway, 1)).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        requestId: expect.any(String),
        status: 200,
        durationMs: expect.any(Number),
        viewer: 'staff',
        operation: { type: 'query', name: 'Both' },
        upstream: { calls: 2, bytes: expect.any(Number), ms: expect.any(Number) },
        msg: 'answered',
      },
    ]);
  });

  test.each<[string, object, Record<string, string>, object]>([
    [
      'of a mutation',
      { query: 'mutation { hideCart(input: { cart_id: "none" }) { errors { code } } }' },
      {},
      { operation: { type: 'mutation' } },
    ],
    [
      'of an operation with a long name',
      { query: `query ${'N'.repeat(1_500)} { __typename }` },
      {},
      { operation: { name: `${'N'.repeat(100)}…` } },
    ],
    [
      'of a guest',
      { query: '{ __typename }' },
      { authorization: 'guest' },
      { viewer: 'guest', upstream: { calls: 0, bytes: 0, ms: 0 } },
    ],
    [
      'of one who may not',
      { query: '{ orders { totalCount } }' },
      { authorization: 'guest' },
      { codes: ['NOT_PERMITTED'] },
    ],
    ['of no GraphQL', { query: '{' }, {}, { status: 200, codes: ['GRAPHQL_PARSE_FAILED'] }],
    [
      'of what is refused before it is read',
      { query: '{ __typename }' },
      { 'content-type': 'text/plain' },
      { status: 415, codes: ['UNSUPPORTED_MEDIA_TYPE'] },
    ],
  ])('tells that %s', async (_what, body, headers, expected) => {
    await ask(body, headers);
    expect(await linesOf(gateway, 1)).toMatchObject([expected]);
  });

  test('has no variable, no address, and nothing of an answer', async () => {
    const person = 'MARKED@example.com';
    await ask({
      query: 'query ($email: String) { carts(filter: { email: $email }) { nodes { email } } }',
      variables: { email: person },
    });
    await ask({ query: `{ carts(filter: { email: "${person}" }) { nodes { email } } }` });
    await ask({ query: `{ cart(id: "${cart}") { email ipAddress billingPerson { street } } }` });
    const text = (await linesOf(gateway, 3)) && gateway.requestLines.join();
    for (const mark of ['MARKED', 'example.com', '127.0.0.1', cart]) expect(text).not.toContain(mark);
  });

  test.each([
    ['query', `{ cart(id: "${cart}") { total } }`, 'debug'],
    ['mutation', `mutation { hideCart(input: { cart_id: "${cart}" }) { cart { id } } }`, 'info'],
  ])('says of a caller who has left a %s just that', async (_type, query, level) => {
    const origin = await startScriptedOrigin();
    const over = await startGatewayOver(origin.url);
    const leaving = new AbortController();
    const asked = fetch(over.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    });
    await expect.poll(() => origin.pending).toBe(1);
    leaving.abort();
    await expect(asked).rejects.toThrow();
    expect(await linesOf(over, 1)).toMatchObject([{ level, status: 499, msg: 'left by its caller' }]);
    await over.close();
    await origin.close();
  });

  test('tells of a request that did not come to its end in time how that was answered', async () => {
    const hurried = await startGatewayOver(gateway.sandbox.url, { limits: { requestSeconds: 1 } });
    const stalled =
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{';
    const answered = await raw(stalled)(hurried.url);
    expect(answered).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT' });
    expect(await linesOf(hurried, 1)).toMatchObject([{ level: 'info', status: 408, msg: 'answered' }]);
    await hurried.close();
  });

  test('is none for a probe', async () => {
    for (const path of ['/health/live', '/health/ready']) await fetch(gateway.origin + path);
    await ask({ query: '{ __typename }' });
    expect(await linesOf(gateway, 1)).toHaveLength(1);
  });
});
