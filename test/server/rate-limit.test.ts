import { afterEach, describe, expect, test } from 'vitest';
import { AuthenticationError } from '../../src/server/authenticate.ts';
import type { HttpGatewayOptions } from '../../src/server/http-gateway.ts';
import type { RateLimitOptions } from '../../src/server/rate-limit.ts';
import { everyScope, guest } from '../../src/viewer.ts';
import { withoutRequestId } from '../request-id.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const fields = ['placeOrder', 'createOrder'];
const carts = ['6626E60A-A6F9-4CD5-8230-43D5F162E0CD', '0B299518-FB54-491A-A6E0-5B6BA6E20868'];
const hurried = { headers: { 'x-forwarded-for': '198.51.100.1' } };

/** `customer 1` is that customer, `open` the staff of an open sandbox, nothing a guest. */
const authenticate: HttpGatewayOptions['authenticate'] = async (authorization) => {
  const [kind, customerId = ''] = authorization?.split(' ') ?? [];
  if (kind === 'customer') return { kind, customerId };
  if (kind === 'staff') return { kind, subject: customerId, scopes: new Set() };
  return kind === 'open' ? everyScope : guest;
};

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function startLimited(rateLimit: RateLimitOptions): Promise<GatewayOnSandbox> {
  const gateway = await startGateway({}, [], { authenticate, protection: { rateLimit } });
  opened.push(gateway);
  return gateway;
}

interface Ask {
  readonly headers?: Record<string, string>;
  readonly query?: string;
}

function ask(
  { url }: { url: string },
  { headers = {}, query = '{ __typename }' }: Ask = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
}

async function statusOf(gateway: { url: string }, request?: Ask): Promise<number> {
  const response = await ask(gateway, request);
  await response.arrayBuffer();
  return response.status;
}

const as = (authorization: string, query?: string): Ask => ({
  headers: { authorization },
  ...(query && { query }),
});
const through = (address: string): Ask => ({ headers: { 'x-forwarded-for': address } });

const placing = (names: readonly string[]) =>
  `mutation { ${names.map((name, index) => `${name}: placeOrder(input: { cart_id: "${carts[index] ?? carts[0]}" }) { order { order_number } }`).join(' ')} }`;

describe('a limit of requests', () => {
  test.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('is told to who accepts %s, with when to come again', async (accept, contentType) => {
    const gateway = await startLimited({ perMinute: 1 });
    expect(await statusOf(gateway)).toBe(200);
    gateway.calls.length = 0;
    const response = await ask(gateway, { headers: { accept }, query: '{ store { name } }' });
    const retryAfter = Number(response.headers.get('retry-after'));
    expect([response.status, response.headers.get('content-type')]).toEqual([429, contentType]);
    expect(Number.isInteger(retryAfter) && retryAfter >= 1 && retryAfter <= 60).toBe(true);
    expect(withoutRequestId(await response.json(), response)).toEqual({
      errors: [
        { message: expect.stringContaining('Too many'), extensions: { code: 'RATE_LIMITED', retryAfter } },
      ],
    });
    expect(gateway.calls).toEqual([]);
  });

  test('is one for each customer and each of the staff, wherever they are', async () => {
    const gateway = await startLimited({ perMinute: 2, trustProxy: 1 });
    const statuses = [];
    for (const who of [
      'customer 1',
      'customer 1',
      'customer 2',
      'staff 1',
      'customer 1',
      'staff 1',
      'staff 1',
    ]) {
      const { headers } = through(`192.0.2.${statuses.length}`);
      statuses.push(await statusOf(gateway, { headers: { ...headers, authorization: who } }));
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 200, 429]);
  });

  test.each([['guest'], ['open']])('is one for each address of a viewer who is %s', async (authorization) => {
    const gateway = await startLimited({ perMinute: 1, trustProxy: 1 });
    const from = (address: string) => ({ headers: { ...through(address).headers, authorization } });
    expect(await statusOf(gateway, from('198.51.100.1'))).toBe(200);
    expect(await statusOf(gateway, from('198.51.100.2'))).toBe(200);
    expect(await statusOf(gateway, from('203.0.113.9, 198.51.100.1'))).toBe(429);
    expect(await statusOf(gateway, from('2001:db8::1'))).toBe(200);
    expect(await statusOf(gateway, from('2001:db8::2'))).toBe(429);
  });

  test('is not got round by a header that no proxy vouches for', async () => {
    const gateway = await startLimited({ perMinute: 1 });
    expect(await statusOf(gateway, through('198.51.100.1'))).toBe(200);
    expect(await statusOf(gateway, through('198.51.100.2'))).toBe(429);
  });

  test('is the same for a request by GET, and none for a preflight', async () => {
    const gateway = await startLimited({ perMinute: 1 });
    for (let i = 0; i < 3; i++)
      expect((await fetch(gateway.url, { method: 'OPTIONS' })).status).not.toBe(429);
    const get = () => fetch(`${gateway.origin}/graphql?query={__typename}`).then(({ status }) => status);
    expect([await get(), await get()]).toEqual([200, 429]);
  });

  test('waits for no body of what it refuses', async () => {
    const gateway = await startLimited({ perMinute: 1 });
    await statusOf(gateway);
    const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{"query":')) });
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(429);
  });

  test('ends with its minute', async () => {
    const gateway = await startLimited({ perMinute: 1, windowSeconds: 0.5 });
    expect([await statusOf(gateway), await statusOf(gateway)]).toContain(200);
    await expect.poll(() => statusOf(gateway)).toBe(200);
  });

  test('is none where it is off', async () => {
    const gateway = await startLimited({ perMinute: null, fields: { names: fields, perMinute: null } });
    for (let i = 0; i < 20; i++) expect(await statusOf(gateway, hurried)).toBe(200);
  });
});

describe('the weight of an operation', () => {
  test('is what its calls to Ecwid are, where nobody says otherwise', async () => {
    const lookup = (count: number): Ask => ({
      query: `{ cartsByIds(ids: ${JSON.stringify(Array.from({ length: count }, (_, n) => `A-${n}`))}) { id } }`,
    });
    const gateway = await startLimited({ perMinute: 10 });
    expect(await statusOf(gateway, lookup(9))).toBe(200);
    expect(gateway.calls.length).toBe(9);
    expect(await statusOf(gateway, lookup(2))).toBe(429);
    expect(gateway.calls.length).toBe(9);

    // Nothing of a call, and much of this process.
    const large = await startLimited({ perMinute: 10 });
    const ids = JSON.stringify(Array(100).fill('A-1'));
    const items = Array.from({ length: 50 }, (_, n) => `i${n}: items { name }`).join(' ');
    expect(await statusOf(large, { query: `{ cartsByIds(ids: ${ids}) { ${items} } }` })).toBe(429);
    expect(large.calls).toEqual([]);

    const another = await startLimited({ perMinute: 10 });
    for (let n = 0; n < 10; n += 1) expect(await statusOf(another, lookup(1))).toBe(200);
    expect(await statusOf(another, lookup(1))).toBe(429);
  });

  const weightOf: RateLimitOptions['weightOf'] = (_cost, { operationName }) =>
    Number(operationName?.slice(1) ?? 1);
  const weighing = async (gateway: GatewayOnSandbox, weight: number) => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `query W${weight} { store { name } }`, operationName: `W${weight}` }),
    });
    return {
      status: response.status,
      ...(withoutRequestId(await response.json(), response) as { errors?: { message: string }[] }),
    };
  };

  test('counts, and is known before anything is asked of Ecwid', async () => {
    const gateway = await startLimited({ perMinute: 10, weightOf });
    expect((await weighing(gateway, 6)).status).toBe(200);
    gateway.calls.length = 0;
    const refused = await weighing(gateway, 6);
    expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect(refused).not.toHaveProperty('data');
    expect(gateway.calls).toEqual([]);
  });

  test('costs what it is refused for no more than a request', async () => {
    const gateway = await startLimited({ perMinute: 10, weightOf });
    expect((await weighing(gateway, 11)).status).toBe(429);
    expect((await weighing(gateway, 9)).status).toBe(200);
    expect((await weighing(gateway, 1)).status).toBe(429);
  });
});

describe('a limit of orders', () => {
  test('is smaller than that of requests, and leaves them', async () => {
    const gateway = await startLimited({ perMinute: 100, fields: { names: fields, perMinute: 1 } });
    expect(await statusOf(gateway, as('open', placing(['a'])))).toBe(200);
    gateway.calls.length = 0;
    const response = await ask(gateway, as('open', placing(['a'])));
    expect([response.status, response.headers.has('retry-after')]).toEqual([429, true]);
    expect(withoutRequestId(await response.json(), response)).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    expect(gateway.calls).toEqual([]);
    expect(await statusOf(gateway, as('customer 2', placing(['a'])))).toBe(200);
    expect(await statusOf(gateway, as('open', '{ store { name } }'))).toBe(200);
  });

  test.each([
    ['aliases', placing(['a', 'b'])],
    [
      'fragments',
      `${placing(['a']).slice(0, -1)} ...F } fragment F on Mutation { b: placeOrder(input: { cart_id: "${carts[1]}" }) { order { order_number } } }`,
    ],
  ])('counts every order of a mutation, and refuses too many together by %s', async (_how, query) => {
    const gateway = await startLimited({ fields: { names: fields, perMinute: 1 } });
    expect(await statusOf(gateway, as('open', query))).toBe(429);
    expect(gateway.calls).toEqual([]);
    expect(await statusOf(gateway, as('open', placing(['a'])))).toBe(200);
  });
});

describe('tokens that are refused', () => {
  test('have a budget of their own for each address', async () => {
    const gateway = await startGateway({}, [], {
      authenticate: async (authorization) => {
        if (authorization === 'wrong') throw new AuthenticationError();
        return authorization ? { kind: 'customer', customerId: '1' } : guest;
      },
      protection: { rateLimit: { perMinute: 2, trustProxy: 1 } },
    });
    opened.push(gateway);
    const from = (address: string, authorization?: string) =>
      statusOf(gateway, { headers: { 'x-forwarded-for': address, ...(authorization && { authorization }) } });

    expect([await from('192.0.2.1', 'wrong'), await from('192.0.2.1', 'wrong')]).toEqual([401, 401]);
    expect(await from('192.0.2.1', 'wrong')).toBe(429);
    expect(await from('192.0.2.2', 'wrong')).toBe(401);
    // Others behind the same address are not kept out.
    expect(await from('192.0.2.1', 'right')).toBe(200);
    expect(await from('192.0.2.1')).toBe(200);
  });
});
