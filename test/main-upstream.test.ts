import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { query, run } from './program.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from './scripted-origin.ts';
import { openSilentPort } from './silent-port.ts';
import { audience, claims, issuer, secret, sign } from './tokens.ts';

let origin: ScriptedOrigin;
beforeEach(async () => {
  origin = await startScriptedOrigin(answerJson({ cartId: 'A', total: 1 }));
});
afterEach(() => origin.close());

async function startGateway(environment: Record<string, string>): Promise<string> {
  const program = run([], {
    ECWID_API_URL: origin.url,
    ECWID_STORE_ID: '1003',
    ECWID_TOKEN: 'secret_upstream',
    ...environment,
  });
  const [, at = ''] = await program.says(/(http:\/\/\S+)\/graphql/);
  return at;
}

describe('a gateway as it is configured', () => {
  test('remembers carts for CART_CACHE_TTL', async () => {
    const at = await startGateway({ CART_CACHE_TTL: '600' });
    for (let n = 0; n < 3; n += 1) {
      expect(await query(at, '{ cart(id: "A") { total } }')).toEqual({ data: { cart: { total: 1 } } });
    }
    expect(origin.requests).toHaveLength(1);
  });

  test('remembers none by default', async () => {
    const at = await startGateway({});
    for (let n = 0; n < 3; n += 1) await query(at, '{ cart(id: "A") { total } }');
    expect(origin.requests).toHaveLength(3);
  });

  test('gives up an attempt before its query, and after some of them asks no more', async () => {
    const at = await startGateway({ LIMITS: 'querySeconds=1' });
    origin.script = () => {};
    const aliases = Array.from({ length: 16 }, (_, n) => `c${n}: cart(id: "A-${n}") { total }`).join(' ');
    const { errors } = await query(at, `{ ${aliases} }`);
    expect(errors).toHaveLength(16);
    expect(await query(at, '{ cart(id: "A") { total } }')).toMatchObject({
      data: { cart: null },
      errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } }],
    });
    expect(origin.requests).toHaveLength(16);
  });

  test('gives up making connections before an attempt, so that it is known that there are none', async () => {
    const { url } = await openSilentPort();
    const at = await startGateway({ ECWID_API_URL: url, LIMITS: 'querySeconds=3' });
    const aliases = Array.from({ length: 16 }, (_, n) => `c${n}: cart(id: "A-${n}") { total }`).join(' ');
    const { errors } = await query(at, `{ ${aliases} }`);
    expect(new Set(errors.map((error: GraphQLFormattedError) => error.extensions?.code))).toEqual(
      new Set(['UPSTREAM_UNAVAILABLE']),
    );
  });

  test('gives a write more time than a query', async () => {
    const at = await startGateway({
      AUTH_JWT_SECRET: secret,
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
      LIMITS: 'querySeconds=1',
    });
    origin.script = async (request, response) => {
      await sleep(1_500);
      answerJson({ updateCount: 1 })(request, response);
    };
    const hide = 'mutation { hideCart(input: { cart_id: "A" }) { cart { hidden } } }';
    expect(await query(at, hide, await sign(claims({ scope: 'read_orders update_orders' })))).toEqual({
      data: { hideCart: { cart: { hidden: true } } },
    });
  });

  test('has no more calls under way than sockets, and some of these for placing', async () => {
    const at = await startGateway({ ECWID_RATE_LIMIT: '6000', LIMITS: 'querySeconds=2' });
    origin.script = () => {};
    const aliases = Array.from({ length: 30 }, (_, n) => `c${n}: cart(id: "A-${n}") { total }`).join(' ');
    const asked = query(at, `{ ${aliases} }`);
    await expect.poll(() => origin.requests.length).toBe(16);
    origin.script = answerJson({ errorCode: 'CART_NOT_FOUND' }, 404);
    const placed = await query(at, 'mutation { placeOrder(input: { cart_id: "B" }) { errors { code } } }');
    expect(placed.data.placeOrder.errors).toEqual([{ code: 'CART_NOT_FOUND' }]);
    await asked;
  });
});
