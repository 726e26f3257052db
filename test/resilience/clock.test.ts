import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main, type Program, query, start } from '../program.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { audience, claims, issuer, secret, sign } from '../tokens.ts';

const jumpingClock = fileURLToPath(new URL('jumping-clock.ts', import.meta.url));

let origin: ScriptedOrigin;
let program: Program;
let at: string;
let jumps: number;

beforeEach(async () => {
  jumps = 0;
  origin = await startScriptedOrigin(answerJson({ cartId: 'A', total: 1 }));
  program = start(process.execPath, ['--import', jumpingClock, main], {
    ECWID_API_URL: origin.url,
    ECWID_STORE_ID: '1003',
    ECWID_TOKEN: 'secret_clock',
    AUTH_JWT_SECRET: secret,
    AUTH_JWT_ISSUER: issuer,
    AUTH_JWT_AUDIENCE: audience,
    RATE_LIMIT: '10',
    LIMITS: 'querySeconds=2',
  });
  [, at = ''] = await program.says(/(http:\/\/\S+)\/graphql/);
});
afterEach(() => origin.close());

const readCart = (jwt?: string) => query(at, '{ cart(id: "A") { total } }', jwt);

/** Done when the process has seen it. */
async function jump(signal: 'SIGUSR2' | 'SIGHUP'): Promise<void> {
  jumps += 1;
  program.child.kill(signal);
  await program.says(new RegExp(`jump ${jumps}\n`));
}

describe('R30: a clock that jumps', () => {
  test('makes tokens as old as it says, and no older', async () => {
    const token = await sign(claims({ customerId: '5' }));
    expect(await readCart(token)).not.toHaveProperty('errors');
    await jump('SIGUSR2');
    expect((await readCart(token)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await jump('SIGHUP');
    expect(await readCart(token)).not.toHaveProperty('errors');
  });

  test('neither shortens nor lengthens what Ecwid has asked to wait for', async () => {
    origin.script = (_request, response) => response.writeHead(429, { 'retry-after': '60' }).end();
    await readCart();
    for (const signal of ['SIGUSR2', 'SIGHUP', 'SIGHUP'] as const) {
      await jump(signal);
      const [error] = (await readCart()).errors;
      expect(error.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
      expect(error.extensions.retryAfter).toBeLessThanOrEqual(61);
    }
    expect(origin.requests).toHaveLength(1);
  });

  test('leaves the time of a query as it is', async () => {
    origin.script = () => {};
    const asked = [readCart(), readCart()];
    await jump('SIGHUP');
    await jump('SIGUSR2');
    for (const { errors } of await Promise.all(asked)) {
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    }
  });

  test('has no caller wait for longer than the minute that a limit is counted in', async () => {
    for (let n = 0; n < 11; n += 1) await readCart();
    await jump('SIGHUP');
    const [error] = (await readCart()).errors;
    expect(error.extensions.code).toBe('RATE_LIMITED');
    expect(error.extensions.retryAfter).toBeLessThanOrEqual(60);
  });
});
