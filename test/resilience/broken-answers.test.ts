import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectNothingLeaked } from '../bad-weather.ts';
import { placeableCart } from '../placeable-cart.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { badId, faultFirst, openStoreInBadWeather, type StoreInBadWeather } from './store-in-bad-weather.ts';

type Script = ScriptedOrigin['script'];

// Each has its own, whose budget of retries is full.
let store: StoreInBadWeather;
beforeEach(async () => {
  store = await openStoreInBadWeather({ timing: { deadlineMs: 500, stepMs: 500, pauseMs: 50 } });
});
afterEach(() => store.close());

const readCart = `{ cart(id: "${badId}") { total email } }`;
const whole = JSON.stringify({ total: 5, email: 'bob@example.com' });
const half = whole.slice(0, 12);
const wholeData = { cart: { total: 5, email: 'bob@example.com' } };

/** Breaks off when what was written has got through. */
function breakOff(response: Parameters<Script>[1], text = ''): void {
  response.flushHeaders();
  if (text) response.write(text);
  setTimeout(() => response.socket?.resetAndDestroy(), 20);
}

const resets: readonly [when: string, fault: Script][] = [
  ['before the first byte', ({ socket }) => void socket.resetAndDestroy()],
  ['after the headers', (_request, response) => breakOff(response)],
  [
    'within a body of known length',
    (_request, response) => breakOff(response.setHeader('content-length', 500), half),
  ],
  ['within a body of unknown length', (_request, response) => breakOff(response, half)],
];

const place = `mutation { placeOrder(input: { cart_id: "${badId}" }) { order { id } errors { code } } }`;
const create = `mutation {
  createOrder(input: { calculate: false, items: [{ name: "Tea", price: 1, quantity: 1 }] }) { order { id } errors { code } }
}`;

/** Against a store that meets what writes with a fault, and whose cart is gone when it was asked to place it. */
async function expectSentOnce(operation: string, fault: Script): Promise<void> {
  let isGone = false;
  const { data, calls } = await store.ask(operation, (request, response) => {
    if (request.method === 'POST') {
      isGone = true;
      fault(request, response);
    } else if (request.url?.includes('/orders?')) {
      answerJson({ total: 0, items: [] })(request, response);
    } else {
      answerJson(isGone ? { errorCode: 'ORDER_NOT_FOUND' } : placeableCart, isGone ? 404 : 200)(
        request,
        response,
      );
    }
  });
  expect(Object.values(data)).toEqual([{ order: null, errors: [{ code: 'OUTCOME_UNKNOWN' }] }]);
  expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
}

describe('R7: a reset before, after and within an answer', () => {
  test.each(resets)(
    '%s is not seen by who reads, as long as the third attempt works',
    async (_when, fault) => {
      const { data, errors, calls } = await store.ask(readCart, faultFirst(2, fault, JSON.parse(whole)));
      expect(errors).toEqual([]);
      expect(data).toEqual(wholeData);
      expect(calls).toHaveLength(3);
    },
  );

  test.each(resets)('%s fails a read after the third attempt', async (_when, fault) => {
    const { data, codes, calls } = await store.ask(readCart, fault);
    expect(data).toEqual({ cart: null });
    expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(calls).toHaveLength(3);
  });

  test.each(resets)(
    '%s leaves a request to create an order unknown, which is sent once',
    async (_when, fault) => {
      await expectSentOnce(create, fault);
    },
  );

  test.each(resets)(
    '%s leaves a request to place a cart unknown, which is sent once',
    async (_when, fault) => {
      await expectSentOnce(place, fault);
    },
  );
});

describe('R8: JSON that is cut off', () => {
  const cuts: readonly [what: string, fault: Script, code: string][] = [
    [
      'before the length it claims to have',
      (_request, response) => {
        response.writeHead(200, { 'content-length': whole.length }).write(half);
        setTimeout(() => response.destroy(), 20);
      },
      'UPSTREAM_UNAVAILABLE',
    ],
    [
      'before its last chunk',
      (_request, response) => {
        response.writeHead(200).write(half);
        setTimeout(() => response.destroy(), 20);
      },
      'UPSTREAM_UNAVAILABLE',
    ],
    ['within the length it claims to have', (_request, response) => response.end(half), 'UPSTREAM_ERROR'],
    ['by its last chunk', (_request, response) => response.writeHead(200).end(half), 'UPSTREAM_ERROR'],
    [
      'by the end of a connection that tells its length',
      ({ socket }) => void socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${half}`),
      'UPSTREAM_ERROR',
    ],
  ];

  test.each(cuts)('%s is never told in part', async (_what, fault, code) => {
    const { data, codes } = await store.ask(readCart, fault);
    expect(data).toEqual({ cart: null });
    expect(codes).toEqual([code]);
  });

  test.each(cuts)('%s is not seen by who reads where the next attempt works', async (_what, fault) => {
    const { data, calls } = await store.ask(readCart, faultFirst(1, fault, JSON.parse(whole)));
    expect(data).toEqual(wholeData);
    expect(calls).toHaveLength(2);
  });

  test.each(cuts)(
    '%s leaves a request to create an order unknown, which is sent once',
    async (_what, fault) => {
      await expectSentOnce(create, fault);
    },
  );
});

describe('R9: an answer that is no JSON object', () => {
  const page =
    (status: number): Script =>
    (_request, response) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end(`<html>${'x'.repeat(100_000)}</html>`);

  test.each([
    ['a page of HTML with 200', page(200), 'UPSTREAM_ERROR'],
    ['a page of HTML with 502', page(502), 'UPSTREAM_UNAVAILABLE'],
    ['nothing with 200', (_request, response) => response.writeHead(200).end(), 'UPSTREAM_ERROR'],
    ['null', answerJson(null), 'UPSTREAM_ERROR'],
    ['a list', answerJson([{ total: 5 }]), 'UPSTREAM_ERROR'],
    ['a text', answerJson('secret_of_theirs'), 'UPSTREAM_ERROR'],
    ['a number', answerJson(5), 'UPSTREAM_ERROR'],
    ['true', answerJson(true), 'UPSTREAM_ERROR'],
  ] as [string, Script, string][])(
    'such as %s fails with a code, and is dropped',
    async (_what, fault, code) => {
      const { data, errors } = await store.ask(readCart, fault);
      expect(data).toEqual({ cart: null });
      expect(errors).toMatchObject([{ path: ['cart'], extensions: { code, retryable: true } }]);
    },
  );
});

describe('R10: JSON under another content type', () => {
  test.each([undefined, 'text/html', 'text/plain; charset=utf-8', 'application/octet-stream', 'nonsense'])(
    'such as %s is read all the same',
    async (type) => {
      const { data, errors, calls } = await store.ask(readCart, (_request, response) => {
        if (type) response.setHeader('content-type', type);
        response.end(whole);
      });
      expect(errors).toEqual([]);
      expect(data).toEqual(wholeData);
      expect(calls).toHaveLength(1);
    },
  );
});

describe('R11: JSON of another shape', () => {
  test('fails the fields that cannot be read and no others, and the log names them', async () => {
    const { data, errors } = await store.ask(
      `{ cart(id: "${badId}") { total subtotal tax email hidden items { name } billingPerson { name } } }`,
      (_request, response) =>
        response.end(
          `{ "total": 1e400, "subtotal": 10, "tax": "3.5", "email": { "address": "bob@example.com" },
             "items": 7, "billingPerson": "Bob", "extra": [[[]]], "__proto__": { "hidden": true },
             "constructor": { "prototype": { "polluted": true } } }`,
        ),
    );
    expect(data.cart).toEqual({
      total: null,
      subtotal: 10,
      tax: 3.5,
      email: null,
      hidden: false,
      items: [],
      billingPerson: null,
    });
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual([
      'cart.billingPerson',
      'cart.email',
      'cart.items',
      'cart.total',
    ]);
    const logged = store.gateway.logLines.join('');
    for (const field of ['billingPerson', 'email', 'total', 'items']) expect(logged).toContain(`"${field}"`);
    expect(logged).not.toMatch(/bob@|Bob/);
    expect({}).not.toHaveProperty('polluted');
  });

  test('with an id twice tells each caller of one of them', async () => {
    const items = [
      { id: 'A', orderNumber: 1, total: 1 },
      { id: 'B', orderNumber: 2, total: 2 },
      { id: 'A', orderNumber: 1, total: 3 },
    ];
    const { data, errors, calls } = await store.ask(
      '{ ordersByIds(ids: ["A", "B", "A"]) { id total } }',
      answerJson({ total: 3, items }),
    );
    expect(errors).toEqual([]);
    const [first, second, third] = data.ordersByIds;
    expect([first.id, second]).toEqual(['A', { id: 'B', total: 2 }]);
    expect(third).toEqual(first);
    expect(calls).toHaveLength(1);
  });
});

describe('R14: a redirect', () => {
  const statuses = [301, 302, 303, 307, 308];

  test.each(statuses)('by %i is followed nowhere, and takes no token there', async (status) => {
    const elsewhere = await startScriptedOrigin(answerJson({ total: 5 }));
    const { data, errors, calls } = await store.ask(readCart, (_request, response) =>
      response.writeHead(status, { location: `${elsewhere.url}/1/carts/${badId}` }).end(),
    );
    expect(data).toEqual({ cart: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR', retryable: false } }]);
    expect(calls).toHaveLength(1);
    expect(elsewhere.requests).toEqual([]);
    expectNothingLeaked(elsewhere, JSON.stringify(errors) + store.gateway.logLines.join(''));
    await elsewhere.close();
  });

  test('to itself is no loop', async () => {
    const { codes, calls } = await store.ask(readCart, (request, response) =>
      response.writeHead(302, { location: request.url }).end(),
    );
    expect(codes).toEqual(['UPSTREAM_ERROR']);
    expect(calls).toHaveLength(1);
  });

  test('leaves a request to create an order unknown, which is sent once', async () => {
    await expectSentOnce(create, (request, response) =>
      response.writeHead(307, { location: request.url }).end(),
    );
  });
});
