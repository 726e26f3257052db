import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin } from '../scripted-origin.ts';
import {
  badId,
  fineCart,
  fineId,
  openStoreInBadWeather,
  type StoreInBadWeather,
} from './store-in-bad-weather.ts';

let store: StoreInBadWeather;
beforeAll(async () => {
  store = await openStoreInBadWeather();
});
afterAll(() => store.close());

const silence: ScriptedOrigin['script'] = () => {};

/** Sends one byte after the other, and the rest only where there is one. */
function drip(write: (byte: string) => void, everyMs: number, closed: NodeJS.EventEmitter): void {
  const timer = setInterval(() => write(' '), everyMs);
  closed.once('close', () => clearInterval(timer));
}

const dripBody: ScriptedOrigin['script'] = (_request, response) => {
  response.writeHead(200).write('{');
  drip((byte) => response.write(byte), 50, response);
};

const dripHeaders: ScriptedOrigin['script'] = ({ socket }, response) => {
  socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
  drip((byte) => socket.write(byte), 50, response);
};

const readCart = `{ cart(id: "${badId}") { total } }`;

describe('R5: headers that come too late', () => {
  test.each([
    ['a read', readCart],
    ['a calculation', '{ calculateOrder(input: { items: [{ price: 1, quantity: 1 }] }) { total } }'],
  ])('end %s with its time, and the call with it', async (_what, query) => {
    const { codes, calls } = await store.ask(query, silence, { isLasting: true });
    expect(codes).toEqual(['UPSTREAM_TIMEOUT']);
    expect(calls).toHaveLength(1);
  });

  test('leave the socket to whoever comes next', async () => {
    const narrow = await startGatewayOver(store.origin.url, {
      deadlineMs: 60_000,
      connections: 1,
      limits: { querySeconds: 1 },
    });
    store.origin.script = (request, response) =>
      request.url?.includes(badId) ? silence(request, response) : answerJson(fineCart)(request, response);
    const { errors } = await narrow.query(readCart);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    expect(await narrow.query(`{ cart(id: "${fineId}") { total } }`)).toEqual({
      data: { cart: { total: 12.5 } },
    });
    await narrow.close();
  });
});

describe('R6: a body that drips', () => {
  test.each([
    ['after its headers', dripBody],
    ['as its headers do', dripHeaders],
  ])('%s is given up with its time, though it is never silent', async (_what, fault) => {
    const { data, codes, calls } = await store.ask(readCart, fault, { isLasting: true });
    expect(data).toEqual({ cart: null });
    expect(codes).toEqual(['UPSTREAM_TIMEOUT']);
    expect(calls).toHaveLength(1);
  });

  test('is read where it comes to an end in time', async () => {
    const { data } = await store.ask(readCart, async (_request, response) => {
      for (const byte of '{"total": 5}') {
        response.write(byte);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      response.end();
    });
    expect(data).toEqual({ cart: { total: 5 } });
  });
});

describe('R20: one slow cart among twenty', () => {
  const ids = Array.from({ length: 20 }, (_, n) => `CART-${n}`);

  test('leaves nineteen, and a null with a code in its place', async () => {
    const { data, errors, calls } = await store.ask(
      `{ cartsByIds(ids: ${JSON.stringify(ids)}) { id total } }`,
      (request, response) =>
        request.url?.includes('/CART-7?')
          ? silence(request, response)
          : answerJson({ total: 5 })(request, response),
      { isLasting: true },
    );
    expect(data.cartsByIds).toEqual(ids.map((id) => (id === 'CART-7' ? null : { id, total: 5 })));
    expect(errors).toMatchObject([{ path: ['cartsByIds', 7], extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    expect(calls).toHaveLength(20);
  });
});
