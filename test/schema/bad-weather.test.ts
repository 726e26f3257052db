import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCallBudget } from '../../src/ecwid/call-budget.ts';
import { startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { testAuthenticate } from '../viewers.ts';

const fineId = 'F14E0000-0000-0000-0000-000000000001';
const badId = 'BAD00000-0000-0000-0000-000000000002';

let origin: ScriptedOrigin;

beforeAll(async () => {
  origin = await startScriptedOrigin();
});
afterAll(() => origin.close());

const fineCart = { cartId: fineId, total: 12.5, email: 'ann@example.com' };

describe('a query', () => {
  test('is answered when its time is up, with whatever is there by then', async () => {
    let aborted = false;
    origin.script = (request, response) => {
      if (request.url?.includes('/orders/')) request.on('close', () => (aborted = true));
      else answerJson({ ...fineCart, recoveredOrderId: 7 })(request, response);
    };
    const brief = await startGatewayOver(origin.url, { deadlineMs: 60_000, limits: { querySeconds: 1 } });
    const { data, errors } = await brief.query(
      `{ cart(id: "${fineId}") { total recoveredOrder { total } } }`,
    );
    expect(data).toEqual({ cart: { total: 12.5, recoveredOrder: null } });
    expect(errors).toMatchObject([
      { path: ['cart', 'recoveredOrder'], extensions: { code: 'UPSTREAM_TIMEOUT', retryable: true } },
    ]);
    await expect.poll(() => aborted).toBe(true);
    await brief.close();
  });
});

describe('a mutation', () => {
  test('reads back what it has written, though that takes longer than a query may', async () => {
    origin.script = async (request, response) => {
      if (request.method === 'GET') await sleep(1_300);
      answerJson(request.method === 'GET' ? fineCart : { updateCount: 1 })(request, response);
    };
    const brief = await startGatewayOver(origin.url, { deadlineMs: 60_000, limits: { querySeconds: 1 } });
    const { data, errors } = await brief.query(
      `mutation { hideCart(input: { cart_id: "${fineId}" }) { cart { email hidden } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.hideCart.cart).toEqual({ email: 'ann@example.com', hidden: true });
    await brief.close();
  });
});

describe('a query whose calls cannot begin in its time', () => {
  test('is told so at once for each of them, and not at its end', async () => {
    origin.script = answerJson(fineCart);
    const poor = await startGatewayOver(origin.url, {
      deadlineMs: 60_000,
      limits: { querySeconds: 5 },
      budget: createCallBudget({ perMinute: 10 }),
    });
    expect(await poor.query(`{ cart(id: "${fineId}") { total } }`)).not.toHaveProperty('errors');
    for (const query of [
      '{ a: cart(id: "A") { total } b: order(id: "B") { total } }',
      '{ carts { totalCount } }',
      '{ calculateOrder(input: { items: [{ price: 1, quantity: 1 }] }) { total } }',
    ]) {
      const { errors = [] } = await poor.query(query);
      expect(errors.length).toBeGreaterThan(0);
      for (const { extensions } of errors) {
        expect(extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
        expect(extensions?.retryAfter).toBeGreaterThan(5);
      }
    }
    await poor.close();
  });
});

describe('callers who ask for the same at one moment', () => {
  test('share a call to Ecwid, and each is told what they may see', async () => {
    const held: (() => void)[] = [];
    origin.script = (request, response) => {
      const answer = () => answerJson({ ...fineCart, customerId: 5 })(request, response);
      if (request.url?.includes(fineId)) held.push(answer);
      else answer();
    };
    const shared = await startGatewayOver(origin.url, { deadlineMs: 60_000, authenticate: testAuthenticate });
    const text = `{ cart(id: "${fineId}") { total customerId } }`;
    const asked = [
      'guest',
      'guest',
      'customer 5',
      'customer 6',
      'staff read_orders',
      'staff read_orders',
    ].map((viewer) => shared.as(viewer).query(text));
    await expect.poll(() => held.length).toBeGreaterThan(0);
    // Whoever came before these has asked by now.
    for (let n = 0; n < 5; n += 1) await shared.query(`{ cart(id: "OTHER-${n}") { total } }`);
    expect(held.length).toBe(1);
    for (const answer of held) answer();
    const whole = { data: { cart: { total: 12.5, customerId: '5' } } };
    const none = { data: { cart: null } };
    expect(await Promise.all(asked)).toEqual([none, none, whole, none, whole, whole]);
    await shared.close();
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
