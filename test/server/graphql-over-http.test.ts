import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutRequestId } from '../request-id.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

let gateway: GatewayOnSandbox;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const hide =
  'mutation { hideCart(input: { cart_id: "0B299518-FB54-491A-A6E0-5B6BA6E20868" }) { cart { hidden } } }';

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => gateway.url, fetchFn: fetch });

  test('is audited by the whole suite', () => {
    expect(audits.length).toBeGreaterThan(60);
  });

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s',
    async (_id, _name, audit) => {
      const result = await audit.fn();
      expect('reason' in result ? result.reason : result.status).toBe('ok');
    },
  );

  test('is closed to pages of other origins', async () => {
    for (const method of ['OPTIONS', 'POST']) {
      const response = await fetch(gateway.url, {
        method,
        headers: { origin: 'https://elsewhere.example', 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{"query":"{__typename}"}' } : {}),
      });
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  test.each([
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(hide)}`],
    [
      'multipart/form-data; boundary=x',
      `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: hide })}\r\n--x--`,
    ],
    ['text/plain', JSON.stringify({ query: hide })],
    ['application/graphql', hide],
    ['', JSON.stringify({ query: hide })],
  ])('takes no POST as %j, which any page can send', async (contentType, body) => {
    gateway.calls.length = 0;
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': contentType, origin: 'https://elsewhere.example' },
      body,
    });
    expect(response.status).toBe(415);
    expect(withoutRequestId(await response.json(), response)).toMatchObject({
      errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }],
    });
    expect(gateway.calls).toEqual([]);
  });

  test('quotes no parser at whoever sends broken JSON', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query": ',
    });
    const { errors } = withoutRequestId(await response.json(), response) as {
      errors: { extensions: object }[];
    };
    expect([response.status, errors.map(({ extensions }) => extensions)]).toEqual([
      400,
      [{ code: 'BAD_REQUEST' }],
    ]);
  });

  test('tells a mistake in the request by a code of its own', async () => {
    const codeOf = async (body: unknown) => {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify(body),
      });
      const { errors } = withoutRequestId(await response.json(), response) as {
        errors: { extensions: { code: string } }[];
      };
      return [response.status, errors[0]?.extensions.code];
    };
    expect(await codeOf({ query: '{ cart(' })).toEqual([400, 'GRAPHQL_PARSE_FAILED']);
    expect(await codeOf({ query: '{ basket }' })).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(await codeOf({ query: 'query ($id: ID!) { cart(id: $id) { id } }' })).toEqual([
      400,
      'BAD_USER_INPUT',
    ]);
    expect(
      await codeOf({ query: 'query ($n: Int) { carts(first: $n) { totalCount } }', variables: { n: 'x' } }),
    ).toEqual([400, 'BAD_USER_INPUT']);
    expect(await codeOf({ query: 'query A { __typename } query B { __typename }' })).toEqual([
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ]);
    expect(await codeOf({})).toEqual([400, 'BAD_REQUEST']);
  });
});
