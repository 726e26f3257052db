import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markedToken, type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const fineId = 'F14E0000-0000-0000-0000-000000000001';
const badId = 'BAD00000-0000-0000-0000-000000000002';

let origin: ScriptedOrigin;
let gateway: RunningGateway;

beforeAll(async () => {
  origin = await startScriptedOrigin();
  gateway = await startGatewayOver(origin.url, { deadlineMs: 400 });
});
afterAll(async () => {
  await gateway.close();
  await origin.close();
});

const fineCart = { cartId: fineId, total: 12.5, email: 'ann@example.com' };

/** Every way to go wrong: what the origin does, and the code that the caller gets. */
const weather: readonly [
  name: string,
  script: ScriptedOrigin['script'],
  code: string,
  extensions?: object,
][] = [
  [
    'a page of HTML with status 200',
    (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Ecwid is down</html>'),
    'UPSTREAM_ERROR',
  ],
  [
    'a page of HTML with status 502',
    (_request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>'),
    'UPSTREAM_ERROR',
  ],
  [
    'JSON that ends early',
    (_request, response) => response.writeHead(200).end('{"cartId":"BAD'),
    'UPSTREAM_ERROR',
  ],
  [
    'a body shorter than its length',
    (_request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('{"cartId":"BAD"');
      setTimeout(() => response.destroy(), 20);
    },
    'UPSTREAM_ERROR',
  ],
  ['an empty body', (_request, response) => response.writeHead(200).end(), 'UPSTREAM_ERROR'],
  ['null', answerJson(null), 'UPSTREAM_ERROR'],
  ['a list', answerJson([fineCart]), 'UPSTREAM_ERROR'],
  ['a text', answerJson('secret_of_theirs'), 'UPSTREAM_ERROR'],
  [
    'a compressed body that nobody asked for',
    (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(fineCart))),
    'UPSTREAM_ERROR',
  ],
  [
    '500 with words of its own',
    answerJson({ errorMessage: `token=${markedToken} at db.internal`, errorCode: 'INTERNAL_ERROR' }, 500),
    'UPSTREAM_ERROR',
    { ecwidErrorCode: 'INTERNAL_ERROR' },
  ],
  ['500 with an errorCode of another type', answerJson({ errorCode: { x: 1 } }, 500), 'UPSTREAM_ERROR'],
  [
    '403 for the token',
    answerJson({ errorMessage: 'Wrong token', errorCode: 'INVALID_API_TOKEN' }, 403),
    'UPSTREAM_ERROR',
    { ecwidErrorCode: 'INVALID_API_TOKEN' },
  ],
  [
    '429',
    answerJson({ errorCode: 'RATE_LIMITED' }, 429),
    'UPSTREAM_ERROR',
    { ecwidErrorCode: 'RATE_LIMITED' },
  ],
  [
    'a redirect to another host',
    (_request, response) => response.writeHead(302, { location: 'http://elsewhere.example/' }).end(),
    'UPSTREAM_ERROR',
  ],
  ['a connection that ends without a word', (request) => request.socket.destroy(), 'UPSTREAM_ERROR'],
  ['silence', () => {}, 'UPSTREAM_TIMEOUT'],
  [
    'headers and then silence',
    (_request, response) => void response.writeHead(200).write('{'),
    'UPSTREAM_TIMEOUT',
  ],
  [
    'a body that drips forever',
    (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
    'UPSTREAM_TIMEOUT',
  ],
];

function expectNothingLeaked(text: string): void {
  const { host, port } = new URL(origin.url);
  for (const secret of [
    markedToken,
    host,
    `:${port}`,
    'db.internal',
    'secret_of_theirs',
    'elsewhere',
    '<html',
    'node:',
    '.ts:',
    '    at ',
  ]) {
    expect(text).not.toContain(secret);
  }
}

describe('when Ecwid answers with', () => {
  test.each(weather)(
    '%s, one cart fails with a code and the rest of the query survives',
    async (_name, script, code, extensions = {}) => {
      gateway.logLines.length = 0;
      origin.script = (request, response) =>
        request.url?.includes(badId) ? script(request, response) : answerJson(fineCart)(request, response);
      const answer = await gateway.query(
        `{ good: cart(id: "${fineId}") { total } bad: cart(id: "${badId}") { total } many: cartsByIds(ids: ["${fineId}", "${badId}"]) { email } }`,
      );
      expect(answer.data).toEqual({
        good: { total: 12.5 },
        bad: null,
        many: [{ email: 'ann@example.com' }, null],
      });
      expect(answer.errors?.map(({ path }) => path).sort()).toEqual([['bad'], ['many', 1]]);
      for (const error of answer.errors ?? []) expect(error.extensions).toEqual({ code, ...extensions });
      expect(gateway.logLines.some((line) => JSON.parse(line).code === code)).toBe(true);
      expectNothingLeaked(JSON.stringify(answer));
      expectNothingLeaked(gateway.logLines.join(''));
    },
  );

  test.each(weather)(
    '%s to a request to place, nobody is told that nothing was placed unless it is sure',
    async (name, script, code) => {
      origin.script = script;
      const { data } = await gateway.query(
        `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { id } errors { code message } } }`,
      );
      const isSure = /^(403|429)/.test(name);
      expect(data?.placeOrder).toMatchObject({
        order: null,
        errors: [{ code: isSure ? 'UNABLE_TO_PLACE_ORDER' : 'OUTCOME_UNKNOWN' }],
      });
      expectNothingLeaked(JSON.stringify(data));
      expect(code).toMatch(/^UPSTREAM_/);
    },
  );
});

describe('an order that was placed', () => {
  test('keeps its number where the rest of it cannot be read', async () => {
    origin.script = (request, response) =>
      request.method === 'POST'
        ? answerJson({ id: 'AB1CD', orderNumber: 108394551, vendorOrderNumber: '108394551', cartId: badId })(
            request,
            response,
          )
        : answerJson({}, 503)(request, response);
    const { data, errors } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) {
        order { order_number orderNumber total email } orderV2 { number } errors { code }
      } }`,
    );
    expect(data.placeOrder).toEqual({
      order: { order_number: 'AB1CD', orderNumber: '108394551', total: null, email: null },
      orderV2: { number: 'AB1CD' },
      errors: [],
    });
    expect(errors?.map(({ path }) => path?.join('.')).sort()).toEqual([
      'placeOrder.order.email',
      'placeOrder.order.total',
    ]);
  });

  test('keeps its number where it cannot be found yet', async () => {
    origin.script = (request, response) =>
      request.method === 'POST'
        ? answerJson({ id: 'AB1CD', orderNumber: 108394551 })(request, response)
        : answerJson({ errorCode: 'ORDER_NOT_FOUND' }, 404)(request, response);
    const { data, errors } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { order_number total } } }`,
    );
    expect(data.placeOrder.order).toEqual({ order_number: 'AB1CD', total: null });
    expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['placeOrder.order.total']);
  });

  test('is told from the older answer, which has no id and no cartId', async () => {
    origin.script = answerJson({ orderNumber: 829, vendorOrderNumber: '000008292017' });
    const { data } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { order_number orderNumber } } }`,
    );
    expect(data.placeOrder.order).toEqual({ order_number: '000008292017', orderNumber: '829' });
  });

  test('is not known where the answer names no order', async () => {
    origin.script = answerJson({ cartId: badId });
    const { errors } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { order_number } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);
  });
});

describe('a call to Ecwid', () => {
  test('ends when its caller leaves, unless it is a write', async () => {
    const aborted: string[] = [];
    const arrived = Promise.withResolvers<void>();
    let expected = 2;
    origin.script = (request) => {
      request.on('close', () => aborted.push(`${request.method}`));
      expected -= 1;
      if (expected === 0) arrived.resolve();
    };
    const leave = new AbortController();
    const slow = await startGatewayOver(origin.url, { deadlineMs: 60_000 });
    try {
      const calls = [
        `{ cart(id: "${badId}") { total } }`,
        `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { id } } }`,
      ].map((query) =>
        fetch(slow.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query }),
          signal: leave.signal,
        }).catch(() => {}),
      );
      await arrived.promise;
      leave.abort();
      await Promise.all(calls);
      await expect.poll(() => aborted).toEqual(['GET']);
      // Time enough for the write to have been cancelled as well, had it been.
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(aborted).toEqual(['GET']);
    } finally {
      await slow.close();
    }
  });

  test('is one of no more than there are sockets, and the others wait their turn', async () => {
    let open = 0;
    let most = 0;
    origin.script = (request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        answerJson(fineCart)(request, response);
      }, 5);
    };
    const narrow = await startGatewayOver(origin.url, { deadlineMs: 5_000, connections: 7 });
    try {
      const ids = Array.from({ length: 100 }, (_, index) => `ID-${index}`);
      const { data } = await narrow.query('query ($ids: [ID!]!) { cartsByIds(ids: $ids) { total } }', {
        ids,
      });
      expect(data.cartsByIds).toHaveLength(100);
      expect(most).toBe(7);
    } finally {
      await narrow.close();
    }
  });
});
