import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const shop = 'https://shop.example';
const other = 'http://localhost:3000';
const methods = ['OPTIONS', 'POST', 'GET'] as const;

/** With node:http, since fetch keeps Origin and preflights to itself. */
async function ask(url: string, method: (typeof methods)[number], origin?: string) {
  const isPost = method === 'POST';
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(isPost ? url : `${url}?query=%7B__typename%7D`, {
      method,
      headers: {
        ...(origin !== undefined && { origin }),
        ...(isPost && { 'content-type': 'application/json' }),
        ...(method === 'OPTIONS' && {
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-evil',
        }),
      },
    });
    sent.once('response', resolve).once('error', reject);
    sent.end(isPost ? '{"query":"{ __typename }"}' : undefined);
  });
  response.resume();
  const allowed = Object.entries(response.headers).filter(([name]) => name.startsWith('access-control-'));
  return { status: response.statusCode, vary: response.headers.vary, allowed: Object.fromEntries(allowed) };
}

const allowance = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers':
    'content-type, authorization, accept, apollo-require-preflight, x-apollo-operation-name, traceparent, x-request-id',
  'access-control-expose-headers': 'retry-after, x-request-id',
};

const strangers = [
  'https://shop.example.evil',
  'https://evil-shop.example',
  'https://evil.shop.example',
  'https://shop.example:8443',
  'http://shop.example',
  'https://SHOP.example',
  'https://shop.example/',
  `${shop},${other}`,
  `${shop} ${other}`,
  'null',
  '*',
  '',
];

describe.each([
  ['one origin', [shop]],
  ['two origins', [shop, other]],
])('CORS for %s', (_many, corsOrigins) => {
  let gateway: GatewayOnSandbox;
  beforeAll(async () => {
    gateway = await startGateway({}, [], { protection: { corsOrigins } });
  });
  afterAll(() => gateway.close());

  test.each(methods)('lets pages of theirs read the answer to %s, without credentials', async (method) => {
    for (const origin of corsOrigins) {
      expect(await ask(gateway.url, method, origin)).toEqual({
        status: method === 'OPTIONS' ? 204 : 200,
        vary: 'origin',
        allowed: { 'access-control-allow-origin': origin, ...allowance },
      });
    }
  });

  test.each(strangers)('tells %j nothing', async (origin) => {
    for (const method of methods) {
      const { vary, allowed } = await ask(gateway.url, method, origin);
      expect([vary, allowed]).toEqual(['origin', {}]);
    }
  });

  test('says to caches that answers depend on the origin even where there was none', async () => {
    expect(await ask(gateway.url, 'POST')).toEqual({ status: 200, vary: 'origin', allowed: {} });
  });

  test('lets them read refusals too', async () => {
    const response = await fetch(gateway.url, { method: 'POST', headers: { origin: shop }, body: 'x' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([415, shop]);
  });
});

describe('CORS for any origin', () => {
  test('is without credentials', async () => {
    const gateway = await startGateway({}, [], { protection: { corsOrigins: ['*'] } });
    try {
      for (const method of methods) {
        for (const origin of ['https://elsewhere.example', 'null']) {
          const { vary, allowed } = await ask(gateway.url, method, origin);
          expect([vary, allowed]).toEqual([
            'origin',
            { 'access-control-allow-origin': origin, ...allowance },
          ]);
        }
      }
    } finally {
      await gateway.close();
    }
  });
});

describe('CORS for no origin', () => {
  test('is silent', async () => {
    const gateway = await startGateway();
    try {
      for (const method of methods) {
        const { vary, allowed } = await ask(gateway.url, method, shop);
        expect([vary, allowed]).toEqual([undefined, {}]);
      }
    } finally {
      await gateway.close();
    }
  });
});
