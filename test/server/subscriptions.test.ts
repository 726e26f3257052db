import { getEventListeners, once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { mostWaiting } from '../../src/changes/follow-changes.ts';
import type { GatewayOnSandbox } from '../running-gateway.ts';
import { startGateway } from '../running-gateway.ts';
import { type Listener, subscribe } from '../subscribe.ts';
import { testAuthenticate } from '../viewers.ts';

const staff = 'staff read_orders update_orders create_orders';
const everyCart = 'subscription { cartChanged { id } }';

const opened: { close(): Promise<unknown> }[] = [];
const listeners: Listener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.leave();
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function open(settings: Parameters<typeof startGateway>[2] = {}): Promise<GatewayOnSandbox> {
  const gateway = await startGateway({}, [], { authenticate: testAuthenticate, ...settings });
  opened.push(gateway);
  return gateway;
}

async function follow(
  { url }: { readonly url: string },
  query: string,
  options: Parameters<typeof subscribe>[2] = { authorization: staff },
): Promise<Listener> {
  const listener = await subscribe(url, query, options);
  listeners.push(listener);
  return listener;
}

const shared = await startGateway({}, [], { authenticate: testAuthenticate });
afterAll(() => shared.close());
const { nodes } = (await shared.as(staff).query('{ carts(first: 100) { nodes { id customerId } } }')).data
  .carts as {
  nodes: { id: string; customerId: string | null }[];
};
const [cartId, otherId] = nodes.map(({ id }) => id) as [string, string];
const { id: guestsCart } = nodes.find(({ customerId }) => customerId === null) as { id: string };
const owned = nodes.find(({ customerId }) => customerId !== null) as { id: string; customerId: string };
const change = { kind: 'cart', id: cartId } as const;

describe('a subscription', () => {
  test('is answered as an event stream that no proxy need hold back', async () => {
    const { status, headers } = await follow(shared, everyCart);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('x-request-id')).not.toBeNull();
  });

  test('can be opened by GET, as EventSource does', async () => {
    const url = `${shared.origin}/graphql?query=${encodeURIComponent(everyCart)}`;
    const listener = await subscribe(url, '', {
      method: 'GET',
      body: null,
      headers: { accept: 'text/event-stream', authorization: staff },
    });
    listeners.push(listener);
    shared.changes.publish(change);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: cartId } } });
  });

  test.each([
    'application/graphql-response+json, text/event-stream',
    'text/event-stream, multipart/mixed',
    'multipart/mixed, text/event-stream;q=0.5',
  ])('is an event stream to who takes %s', async (accept) => {
    const listener = await follow(shared, everyCart, {
      headers: { 'content-type': 'application/json', accept, authorization: staff },
    });
    shared.changes.publish(change);
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: cartId } } });
  });

  test.each(['application/json', '*/*', 'multipart/mixed'])('is refused to who takes %s', async (accept) => {
    const response = await fetch(shared.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, authorization: staff },
      body: JSON.stringify({ query: everyCart }),
    });
    expect(response.status).toBe(406);
    if (accept !== 'multipart/mixed')
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_ACCEPTABLE' } }] });
  });

  test('tells the mistakes of its document, and is complete', async () => {
    const listener = await follow(shared, 'subscription { cartChanged { nonsense } }');
    expect(await listener.next()).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    expect(await listener.next()).toBeUndefined();
  });

  test('follows one field', async () => {
    const both = 'subscription { cartChanged { id } orderChanged { id } }';
    expect(await (await follow(shared, both)).next()).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  test('is kept open by comments while nothing changes', async () => {
    const listener = await follow(shared, `subscription { cartChanged(id: "${otherId}") { id } }`);
    void listener.next().catch(() => {});
    await expect.poll(() => listener.comments).toBeGreaterThan(3);
  });

  test('has its errors masked, event by event, and goes on', async () => {
    const { changes, sandbox, ...gateway } = await open({ deadlineMs: 1_000 });
    const listener = await follow(gateway, everyCart);
    await sandbox.close();
    changes.publish(change);
    const told = await listener.next();
    expect(told).toMatchObject({
      data: { cartChanged: null },
      errors: [{ path: ['cartChanged'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
    });
    changes.publish({ ...change, id: otherId });
    expect((await listener.next())?.errors).toHaveLength(1);
  });

  test('tells several changes of an id at once as one, while their listener hears of an earlier one', async () => {
    const { changes, calls, ...gateway } = await open();
    const listener = await follow(gateway, everyCart);
    calls.length = 0;
    for (let time = 0; time < 50; time += 1) changes.publish(change);
    changes.publish({ ...change, id: otherId });
    const told = [];
    for (let count = 0; count < 3; count += 1) told.push((await listener.next())?.data.cartChanged.id);
    expect(told).toEqual([cartId, cartId, otherId]);
    expect(calls).toHaveLength(3);
  });

  test('costs one call, however many ask for the same at once', async () => {
    const { changes, calls, ...gateway } = await open({ limits: { subscriptionsPerCaller: 200 } });
    const many = await Promise.all(Array.from({ length: 100 }, () => follow(gateway, everyCart)));
    calls.length = 0;
    changes.publish(change);
    const told = await Promise.all(many.map((listener) => listener.next()));
    for (const one of told) expect(one).toEqual({ data: { cartChanged: { id: cartId } } });
    expect(calls).toHaveLength(1);
  });

  test('takes no place among the requests that are answered', async () => {
    const gateway = await open({ limits: { inFlight: 2 } });
    for (let count = 0; count < 5; count += 1) await follow(gateway, everyCart);
    expect((await gateway.as(staff).query('{ store { name } }')).errors).toBeUndefined();
  });

  test('is told in the log how it went, once its caller has left', async () => {
    const { changes, logLines, ...gateway } = await open();
    const listener = await follow(gateway, everyCart);
    changes.publish(change);
    await listener.next();
    await listener.leave();
    const ended = () => logLines.filter((line) => line.includes('a subscription has ended'));
    await expect.poll(ended).toHaveLength(1);
    expect(JSON.parse(ended()[0] ?? '')).toMatchObject({
      level: 'info',
      requestId: listener.headers.get('x-request-id'),
      ending: 'left',
      told: 1,
    });
  });
});

describe('subscriptions', () => {
  test('are so many for one caller, and free again when one is left', async () => {
    const gateway = await open({ limits: { subscriptionsPerCaller: 2 } });
    const first = await follow(gateway, everyCart);
    await follow(gateway, everyCart);
    const refused = await follow(gateway, everyCart);
    expect(refused.status).toBe(429);
    expect((await refused.next())?.errors).toMatchObject([
      { extensions: { code: 'SUBSCRIPTIONS_PER_CALLER_LIMIT_EXCEEDED', limit: 2 } },
    ]);
    expect((await follow(gateway, everyCart, { authorization: 'customer 1' })).status).toBe(200);
    await first.leave();
    await expect.poll(async () => (await follow(gateway, everyCart)).status).toBe(200);
  });

  test('are so many in all', async () => {
    const gateway = await open({ limits: { subscriptions: 1 } });
    await follow(gateway, everyCart);
    const refused = await follow(gateway, everyCart, { authorization: 'customer 1' });
    expect(refused.status).toBe(503);
    expect((await refused.next())?.errors).toMatchObject([{ extensions: { code: 'OVERLOADED' } }]);
  });

  test('that are refused take no place', async () => {
    const gateway = await open({ limits: { subscriptions: 1 } });
    for (let count = 0; count < 3; count += 1) {
      const refused = await follow(gateway, 'subscription { orderChanged { id } }', {});
      expect((await refused.next())?.errors).toMatchObject([{ extensions: { code: 'NOT_PERMITTED' } }]);
    }
    expect((await follow(gateway, everyCart)).status).toBe(200);
  });

  test('spend as many points as a query of as many calls', async () => {
    const gateway = await open({ protection: { rateLimit: { perMinute: 4 } } });
    await follow(gateway, everyCart);
    await follow(gateway, everyCart);
    expect((await follow(gateway, everyCart)).status).toBe(429);
  });

  test('spend points for each event that is read for a guest, which is told of as over the limit then', async () => {
    const gateway = await open({ protection: { rateLimit: { perMinute: 7 } } });
    const named = `subscription { cartChanged(id: "${guestsCart}") { id } }`;
    const many = [await follow(gateway, named, {}), await follow(gateway, named, {})];
    const told = [];
    for (let time = 0; time < 3; time += 1) {
      gateway.changes.publish({ kind: 'cart', id: guestsCart });
      told.push(...(await Promise.all(many.map((listener) => listener.next()))));
    }
    const read = told.filter((one) => one?.data.cartChanged !== null);
    expect(read).toHaveLength(3);
    const over = { errors: [{ path: ['cartChanged'], extensions: { code: 'RATE_LIMITED' } }] };
    for (const one of told) if (!read.includes(one)) expect(one).toMatchObject(over);
    expect(gateway.calls).toHaveLength(2);
  });

  test('spend no points of a customer for what is another’s', async () => {
    const gateway = await open({ protection: { rateLimit: { perMinute: 3 } } });
    const listener = await follow(gateway, everyCart, { authorization: `customer ${owned.customerId}` });
    for (const { id } of nodes.filter(({ customerId }) => customerId !== owned.customerId))
      gateway.changes.publish({ kind: 'cart', id });
    gateway.changes.publish({ kind: 'cart', id: owned.id });
    expect(await listener.next()).toEqual({ data: { cartChanged: { id: owned.id } } });
  });

  test('end with the token of their caller', async () => {
    const expiresAt = Date.now() + 500;
    const gateway = await open({
      authenticate: async () => ({ kind: 'customer', customerId: '1', expiresAt }),
    });
    const listener = await follow(gateway, everyCart);
    expect(await listener.next()).toBeUndefined();
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
    await expect.poll(() => gateway.logLines.join('')).toContain('"ending":"token expired"');
  });

  test('end when the process is about to, and are refused from then on', async () => {
    const draining = new AbortController();
    const gateway = await open({ protection: { draining: draining.signal } });
    const many = await Promise.all(Array.from({ length: 10 }, () => follow(gateway, everyCart)));
    draining.abort();
    for (const listener of many) expect(await listener.next()).toBeUndefined();
    expect((await follow(gateway, everyCart)).status).toBe(503);
  });

  test('that have ended are known to nothing that lasts as long as the process', async () => {
    const draining = new AbortController();
    const gateway = await open({ protection: { draining: draining.signal } });
    await (await follow(gateway, everyCart)).leave();
    await expect.poll(() => getEventListeners(draining.signal, 'abort')).toHaveLength(0);
  });

  test('end for a caller who does not read, while others hear of everything', async () => {
    const gateway = await open({ limits: { idleSeconds: 1 } });
    const { changes, logLines } = gateway;
    const listener = await follow(gateway, everyCart);
    const socket = connect(Number(new URL(gateway.origin).port), '127.0.0.1').pause();
    // Large ones, as the two sockets hold some millions of bytes.
    const names = Array.from({ length: 50 }, (_one, index) => `name${index}: name`).join(' ');
    const query = `subscription { cartChanged { id items { ${names} } } }`;
    const body = JSON.stringify({ query });
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nauthorization: ${staff}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    const ended = () => logLines.filter((line) => line.includes('a subscription has ended'));
    let isEnded = false;
    while (!isEnded) {
      changes.publish(change);
      expect(await listener.next()).toEqual({ data: { cartChanged: { id: cartId } } });
      isEnded = ended().length > 0;
    }
    expect(JSON.parse(ended()[0] ?? '')).toMatchObject({ ending: 'left' });
    socket.resume();
    await closed;
  });

  test('of who lets too many changes wait end by themselves', async () => {
    const gateway = await open();
    const listener = await follow(gateway, everyCart);
    for (let count = 0; count < mostWaiting + 2; count += 1) {
      gateway.changes.publish({ kind: 'cart', id: `NONE-${count}` });
    }
    expect(await listener.next()).toBeUndefined();
    expect(gateway.logLines.join('')).toContain('"ending":"slow"');
  });
});
