import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/sandbox/random.ts';
import { startFaultyProxy } from '../faulty-proxy.ts';
import { startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin } from '../scripted-origin.ts';
import { openSilentPort } from '../silent-port.ts';
import { startGatewayProgram } from './gateway-program.ts';
import { expectBackTo, expectHonestAnswer, openResources } from './honest-answer.ts';
import { badId, openStoreInBadWeather, type StoreInBadWeather } from './store-in-bad-weather.ts';

type Script = ScriptedOrigin['script'];

let store: StoreInBadWeather;
beforeEach(async () => {
  store = await openStoreInBadWeather();
});
afterEach(() => store.close());

const readCart = `{ cart(id: "${badId}") { total } }`;
const five = { cart: { total: 5 } };
const answerFive = answerJson({ total: 5 });

describe('R15: a host name that is not found', () => {
  /** Has one name stand for this machine, though not before SIGHUP. */
  const resolver = `
    import dns from 'node:dns';
    const { lookup } = dns;
    let isFound = false;
    process.on('SIGHUP', () => { isFound = true; });
    dns.lookup = (host, options, callBack) => {
      if (host !== 'nothing.invalid') lookup(host, options, callBack);
      else if (isFound) lookup('127.0.0.1', options, callBack);
      else setImmediate(callBack, Object.assign(new Error('getaddrinfo ENOTFOUND ' + host), { code: 'ENOTFOUND' }));
    };`;

  test('is no reason not to start, and no reason to start again once it is found', async () => {
    store.origin.script = answerFive;
    const url = store.origin.url.replace('127.0.0.1', 'nothing.invalid');
    const gateway = await startGatewayProgram(url, { preloaded: resolver });
    const { data, codes } = await expectHonestAnswer(gateway, readCart, { url });
    expect(data).toEqual({ cart: null });
    expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    gateway.child.kill('SIGHUP');
    await expect.poll(async () => (await expectHonestAnswer(gateway, readCart, { url })).data).toEqual(five);
  });
});

describe('R16: a port that refuses, or says nothing', () => {
  test('fails at once where it refuses, until it does not', async () => {
    const proxy = await startFaultyProxy(store.origin.url);
    const gateway = await startGatewayOver(proxy.url, {
      deadlineMs: 60_000,
      limits: { querySeconds: 1 },
      retries: true,
    });
    store.origin.script = answerFive;
    proxy.refuse();
    const before = openResources();
    const { data, codes } = await expectHonestAnswer(gateway, readCart, proxy);
    expect(data).toEqual({ cart: null });
    expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(proxy.arrived).toEqual([]);
    await expectBackTo(before);
    await proxy.listen();
    expect((await expectHonestAnswer(gateway, readCart, proxy)).data).toEqual(five);
    await gateway.close();
    await proxy.close();
  });

  test('fails in time where it says nothing, until it does', async () => {
    const { url, speak } = await openSilentPort();
    const gateway = await startGatewayProgram(url);
    const { data, codes } = await expectHonestAnswer(gateway, readCart, { url, isLasting: true });
    expect(data).toEqual({ cart: null });
    expect(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT']).toContain(codes[0]);
    speak();
    await expect.poll(async () => (await expectHonestAnswer(gateway, readCart, { url })).data).toEqual(five);
  });
});

describe('R18: a kept connection that closes as it is used', () => {
  const create = `mutation {
    createOrder(input: { calculate: false, items: [{ name: "Tea", price: 1, quantity: 1 }] }) { order { id } errors { code } }
  }`;
  const made = { order: { id: 'AB1CD' }, errors: [] };
  const unknown = { order: null, errors: [{ code: 'OUTCOME_UNKNOWN' }] };

  /** A script that closes one connection of ten a moment after an answer, whether or not it is used by then. */
  function closing(answer: Script): { script: Script; sockets: Set<Socket> } {
    const random = createRandom(18);
    const sockets = new Set<Socket>();
    const script: Script = (request, response) => {
      const { socket } = request;
      sockets.add(socket);
      // Nothing of a time after which it closes is told, as many servers do.
      response.setHeader('connection', 'keep-alive');
      if (random.chance(0.1)) {
        const afterMs = random.integer(0, 10);
        response.once('finish', () => setTimeout(() => socket.destroy(), afterMs));
      }
      answer(request, response);
    };
    return { script, sockets };
  }

  test('is not seen by who reads', async () => {
    const random = createRandom(19);
    const { script, sockets } = closing(answerFive);
    store.origin.script = script;
    for (let n = 0; n < 250; n += 1) {
      expect(await store.gateway.query(`{ cart(id: "A-${n}") { total } }`)).toEqual({ data: five });
      await sleep(random.integer(0, 4));
    }
    expect(sockets.size).toBeGreaterThan(10);
  });

  test('leaves a write unknown at worst, which is sent once', async () => {
    const random = createRandom(20);
    const { script, sockets } = closing(answerJson({ id: 77, orderId: 'AB1CD' }));
    store.origin.script = script;
    for (let n = 0; n < 150; n += 1) {
      expect([made, unknown]).toContainEqual((await store.gateway.query(create)).data.createOrder);
      await sleep(random.integer(0, 4));
    }
    expect(store.origin.requests.length).toBeLessThanOrEqual(150);
    expect(sockets.size).toBeGreaterThan(5);
  });

  test('fails neither a read nor more than one write where every used connection is reset', async () => {
    const used = new WeakSet<Socket>();
    let resets = 0;
    store.origin.script = (request, response) => {
      if (used.has(request.socket)) {
        resets += 1;
        request.socket.resetAndDestroy();
        return;
      }
      used.add(request.socket);
      answerJson({ id: 77, orderId: 'AB1CD', total: 5 })(request, response);
    };
    for (let n = 0; n < 5; n += 1) {
      expect(await store.gateway.query(`{ cart(id: "A-${n}") { total } }`)).toEqual({ data: five });
    }
    expect(resets).toBe(4);
    store.origin.requests.length = 0;
    expect((await store.gateway.query(create)).data.createOrder).toEqual(unknown);
    expect((await store.gateway.query(create)).data.createOrder).toEqual(made);
    expect(store.origin.requests).toHaveLength(2);
  });
});

describe('R19: a server that closes every connection', () => {
  const ids = Array.from({ length: 20 }, (_, n) => `CART-${n}`);

  test.each([
    ['and says so', (request, response) => answerFive(request, response.setHeader('connection', 'close'))],
    [
      'and speaks HTTP/1.0, without a length',
      ({ socket }) =>
        void socket.end('HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{ "total": 5 }'),
    ],
    [
      'and does not say so',
      (request, response) => {
        response.once('finish', () => request.socket.destroySoon());
        answerFive(request, response);
      },
    ],
  ] as [string, Script][])('%s is read like any other', async (_what, script) => {
    const { data, errors, calls } = await store.ask(
      `{ cartsByIds(ids: ${JSON.stringify(ids)}) { total } }`,
      script,
    );
    expect(errors).toEqual([]);
    expect(data.cartsByIds).toEqual(Array(20).fill({ total: 5 }));
    expect(calls).toHaveLength(20);
  });
});
