import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publicToken, type Scope, secretToken } from '../../src/sandbox/http/access.ts';
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxRequest,
} from '../../src/sandbox/sandbox.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { consult, expectIll, wellOverSandbox } from './consult.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function consultSandbox(options: SandboxOptions, changes: Record<string, string> = {}) {
  const sandbox: Sandbox = await createSandbox(options);
  opened.push(sandbox);
  return consult({
    ECWID_API_URL: sandbox.url,
    ECWID_STORE_ID: sandbox.storeId,
    ECWID_TOKEN: sandbox.secretToken,
    ...changes,
  });
}

const withScopes = (...scopes: Scope[]): SandboxOptions => ({
  tokens: [{ ...secretToken, scopes }, publicToken],
});

const scopes = ['read_store_profile', 'read_orders'];

describe('the doctor, of a token and its store', () => {
  test('asks for nothing but two reads, and changes nothing', async () => {
    const calls: SandboxRequest[] = [];
    const { found } = await consultSandbox({ onRequest: (call) => calls.push(call) });
    const asked = calls.map(({ method, path, query }) => `${method} ${path}?${query}`);
    expect(asked.sort()).toEqual([
      'GET /carts?limit=1&responseFields=total',
      expect.stringMatching(/^GET \/profile\?responseFields=generalInfo/),
    ]);
    expect(found('Store')).toBe('4870020: My Super Store, USD');
    expect(found('update_orders')).toBe('cannot be told without writing');
  });

  test('says where webhooks are taken, or that none are', async () => {
    const without = await consultSandbox({});
    expect(without.opens).toContain('Webhooks');
    expect(without.found('Webhooks')).toBe('ECWID_CLIENT_SECRET is not configured: none are taken');
    const configured = await consultSandbox({}, { ECWID_CLIENT_SECRET: 'client_secret_of_a_test' });
    expect(configured.wells).toContain('Webhooks');
    expect(configured.found('Webhooks')).toMatch(/^taken at \/webhooks\/ecwid: /);
  });

  test('names a token of nobody', async () => {
    expectIll(
      await consultSandbox({}, { ECWID_TOKEN: 'secret_of_nobody' }),
      /^Token: Ecwid refuses it → Set ECWID_TOKEN to the secret token/,
      { lost: [...scopes, 'Store'] },
    );
  });

  test('names a public token', async () => {
    expectIll(
      await consultSandbox({}, { ECWID_TOKEN: publicToken.value }),
      /^Token: it is a public one, .* → Set ECWID_TOKEN to the secret token/,
      { lost: scopes },
    );
  });

  test('names a token that may not read carts and orders', async () => {
    expectIll(
      await consultSandbox(withScopes('read_store_profile', 'create_orders', 'update_orders')),
      /^read_orders: the token lacks it → Add read_orders to the scopes/,
    );
  });

  test('names a token that may not read the profile', async () => {
    const consultation = await consultSandbox(withScopes('read_orders'));
    expectIll(consultation, /^read_store_profile: the token lacks it → Add read_store_profile/, {
      lost: ['Store'],
    });
  });

  test('names a store that there is not', async () => {
    expectIll(await consultSandbox({}, { ECWID_STORE_ID: '1' }), /^Store: Ecwid knows no store 1 → Set /, {
      lost: ['Token', ...scopes],
    });
  });

  test('names an address of the API that is none', async () => {
    const sandbox = await createSandbox();
    opened.push(sandbox);
    const url = sandbox.url.replace('/v3', '/v4');
    const consultation = await consultSandbox({}, { ECWID_API_URL: url });
    expectIll(consultation, /^API: there is nothing at its address \(404\) → .*\/api\/v3/, {
      lost: ['Token', ...scopes, 'Store'],
    });
  });

  test('names calls that are used up, and when there are more', async () => {
    // One of the two reads goes through.
    const { ills } = await consultSandbox({ requestsPerMinute: 1 });
    expect(ills).toEqual([
      expect.stringMatching(
        /^API: the token has no calls left for the moment \(429\) → Try again in \d+ s\./,
      ),
    ]);
  });
});

const profile = {
  generalInfo: { storeId: 1003 },
  settings: { storeName: 'Fruit' },
  formatsAndUnits: { currency: 'EUR' },
  total: 2,
};

describe('the doctor, of what answers in place of the API', () => {
  let origin: ScriptedOrigin;
  beforeEach(async () => {
    origin = await startScriptedOrigin(answerJson(profile));
    opened.push(origin);
  });
  const consultOrigin = (script: ScriptedOrigin['script']) => {
    origin.script = script;
    return consult({ ECWID_API_URL: origin.url, ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_of_origin' });
  };
  const answer =
    (status: number, text = '', headers = {}) =>
    (_request: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(status, headers).end(text);

  test('finds nothing else to name', async () => {
    const { wells, found } = await consultOrigin(answerJson(profile));
    expect(wells).toEqual(wellOverSandbox);
    expect(found('Store')).toBe('1003: Fruit, EUR');
  });

  const notEcwid = /^API: what answers is not the Ecwid API.* → Leave ECWID_API_URL unset/;
  test.each<[string, ScriptedOrigin['script'], RegExp]>([
    ['JSON of something else', answerJson({ status: 'UP' }), notEcwid],
    ['JSON that is no object', answerJson([]), notEcwid],
    ['a page', answer(200, '<html></html>'), notEcwid],
    ['a page about what is missing', answer(404, '<html></html>'), notEcwid],
    ['a status of something else', answer(418), notEcwid],
    [
      'a redirect',
      answer(301, '', { location: 'https://elsewhere.example' }),
      /^API: .* a redirect \(301\).* → Set/,
    ],
    [
      'a plan without the API',
      answerJson({ errorCode: 'X' }, 402),
      /^API: the store's plan does not incl.* → Look/,
    ],
    [
      'a suspended store',
      answerJson({ errorCode: 'STORE_IS_SUSPENDED' }, 402),
      /^API: the store is susp.* → Look/,
    ],
    [
      'no more calls',
      answer(429, '', { 'retry-after': '7' }),
      /^API: .* no calls left .* → Try again in 7 s\./,
    ],
    ['a server out of order', answer(503), /^API: the API is out of order \(503\) → Try again later/],
  ])('names %s', async (_what, script, expected) => {
    const consultation = await consultOrigin(script);
    expectIll(consultation, expected, { lost: ['Token', ...scopes, 'Store'] });
    expect(consultation.said).not.toContain('elsewhere.example');
  });

  test('names a connection that breaks', async () => {
    const consultation = await consultOrigin((request) => void request.socket.destroy());
    const lost = wellOverSandbox.slice(wellOverSandbox.indexOf('API'));
    expectIll(consultation, /^API: the connection breaks → Look/, { lost });
  });

  test.each([
    ['401', answer(401)],
    ['403 without a code', answer(403)],
    ['a code alone', answerJson({ errorCode: 'INVALID_API_TOKEN' }, 400)],
  ])('takes %s to be of the token', async (_what, script) => {
    expectIll(await consultOrigin(script), /^Token: Ecwid refuses it → /, { lost: [...scopes, 'Store'] });
  });

  test('takes 403 without a code to be of a scope, where the token is good for something else', async () => {
    const consultation = await consultOrigin((request, response) =>
      (request.url?.includes('/carts') ? answer(403) : answerJson(profile))(request, response),
    );
    expectIll(consultation, /^read_orders: the token lacks it → /);
  });

  test('names a token of another store', async () => {
    const consultation = await consultOrigin(answerJson({ ...profile, generalInfo: { storeId: '2006' } }));
    expectIll(consultation, /^Store: the token is of another store than 1003 → Set ECWID_STORE_ID and/);
  });

  test.each([
    ['ahead of', 600_000],
    ['behind', -600_000],
  ])('names a clock that is %s that of the API', async (side, ms) => {
    const consultation = await consultOrigin((request, response) => {
      response.setHeader('date', new Date(Date.now() - ms).toUTCString());
      answerJson(profile)(request, response);
    });
    expectIll(consultation, new RegExp(`^Clock: (?:59|60)\\d s ${side} Ecwid's → Have NTP set`));
  });

  test('bears with a server that tells no time', async () => {
    const { exitCode, opens } = await consultOrigin((request, response) => {
      response.sendDate = false;
      answerJson(profile)(request, response);
    });
    expect([exitCode, opens]).toEqual([0, expect.arrayContaining(['Clock'])]);
  });

  test('tells the name of a store in one line, without what a terminal obeys and without the token', async () => {
    const { found, said } = await consultOrigin((request, response) => {
      const storeName = `A\u001b[31m\nB\u202e ${request.headers.authorization}`;
      answerJson({ ...profile, settings: { storeName } })(request, response);
    });
    expect(found('Store')).toBe('1003: A [31m B Bearer [redacted], EUR');
    expect(said).not.toContain('\u001b');
  });
});
