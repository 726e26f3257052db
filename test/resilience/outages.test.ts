import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../program.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const probeMs = 300;
let origin: ScriptedOrigin;
let gateway: RunningGateway;

beforeEach(async () => {
  origin = await startScriptedOrigin();
  gateway = await startGatewayOver(origin.url, { retries: true, breaker: { probeMs } });
});
afterEach(async () => {
  await gateway.close();
  await origin.close();
});

const cart = answerJson({ cartId: 'A', total: 1 });
const readCart = () => gateway.query('{ cart(id: "A") { total } }');
const logged = (level: string) =>
  gateway.logLines.map((line) => JSON.parse(line)).filter((line) => line.level === level);

describe('R3: a burst of 5xx', () => {
  test('is hidden from callers by few more calls than theirs', async () => {
    let answered = 0;
    origin.script = (request, response) => {
      answered += 1;
      const fails = answered > 600 && (answered * 3) % 10 < 3;
      (fails ? answerJson({}, 503) : cart)(request, response);
    };
    for (let n = 0; n < 600; n += 1) await readCart();
    const failures = [];
    for (let n = 0; n < 100; n += 1) failures.push(...((await readCart()).errors ?? []));
    expect(failures.length).toBeLessThanOrEqual(1);
    expect(origin.requests.length).toBeLessThanOrEqual(700 * 1.1);
    expect(origin.requests.length).toBeGreaterThan(700);
  });
});

describe('R4: nothing but 5xx', () => {
  test('is asked for no more after some tries, and found to be over soon', async () => {
    origin.script = answerJson({}, 503);
    for (let n = 0; n < 20; n += 1) {
      const { errors } = await readCart();
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    }
    expect(origin.requests.length).toBeLessThanOrEqual(20);
    expect(logged('error')).toMatchObject([{ failures: 16, attempts: 20 }]);

    const asked = origin.requests.length;
    const begun = performance.now();
    let answers = 0;
    while (performance.now() - begun < 3 * probeMs) {
      expect((await readCart()).errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      answers += 1;
    }
    expect(origin.requests.length - asked).toBeLessThanOrEqual((performance.now() - begun) / probeMs + 1);
    expect(answers).toBeGreaterThan(origin.requests.length - asked);

    origin.script = cart;
    await sleep(probeMs);
    expect(await readCart()).toEqual({ data: { cart: { total: 1 } } });
    expect(logged('info')).toMatchObject([{ msg: 'Ecwid answers again' }]);
  });

  test('of one store is nothing to another one', async () => {
    const fine = await startScriptedOrigin(cart);
    const other = await startGatewayOver(fine.url, { retries: true, breaker: { probeMs } });
    origin.script = answerJson({}, 503);
    for (let n = 0; n < 20; n += 1) {
      await readCart();
      expect(await other.query('{ cart(id: "A") { total } }')).toEqual({ data: { cart: { total: 1 } } });
    }
    await other.close();
    await fine.close();
  });
});

describe('a token that Ecwid refuses', () => {
  test('is not used again, which the log shouts once, and no callers are to be sent', async () => {
    const refused: string[] = [];
    const sandbox = await createSandbox({ onRequest: ({ path }) => refused.push(path) });
    const program = run([], {
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: 'secret_wrong',
      ECWID_API_URL: sandbox.url,
    });
    const [, at = ''] = await program.says(/(http:\/\/\S+)\/graphql/);
    const ask = async () => {
      const response = await fetch(`${at}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ store { name } cart(id: \\"A\\") { total } }"}',
      });
      return response.json();
    };
    expect((await fetch(`${at}/health/ready`)).status).toBe(200);
    for (let n = 0; n < 5; n += 1) {
      const { errors } = (await ask()) as Awaited<ReturnType<RunningGateway['query']>>;
      for (const { extensions } of errors ?? []) {
        expect(extensions).toMatchObject({
          code: 'UPSTREAM_ERROR',
          ecwidErrorCode: 'INVALID_API_TOKEN',
          retryable: false,
        });
      }
      expect(errors?.length).toBeGreaterThan(0);
    }
    // Those of the first query, which went out together.
    expect(refused.length).toBeLessThanOrEqual(2);
    expect((await fetch(`${at}/health/ready`)).status).toBe(503);
    expect((await fetch(`${at}/health/live`)).status).toBe(200);
    expect(program.said().match(/refuses the token/g)).toHaveLength(1);
    await sandbox.close();
  });
});
