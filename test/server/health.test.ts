import { afterEach, describe, expect, test } from 'vitest';
import type { HttpGatewayOptions } from '../../src/server/http-gateway.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const opened: GatewayOnSandbox[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function start(protection: Partial<HttpGatewayOptions> = {}): Promise<GatewayOnSandbox> {
  const authenticate = () => Promise.reject(new Error('Nobody is asked who they are.'));
  const gateway = await startGateway({}, [], { authenticate, protection });
  opened.push(gateway);
  gateway.calls.length = 0;
  return gateway;
}

describe('the health of a gateway', () => {
  test.each([
    ['/health/live', { status: 'live' }],
    ['/health/ready', { status: 'ready' }],
  ])('is told at %s to anybody, any number of times, and Ecwid is not asked', async (path, told) => {
    const gateway = await start({ rateLimit: { perMinute: 1 }, corsOrigins: ['*'] });
    for (let n = 0; n < 3; n += 1) {
      const response = await fetch(gateway.origin + path, {
        headers: { authorization: 'Bearer wrong', origin: 'https://shop.example' },
      });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.has('access-control-allow-origin')).toBe(false);
      expect(await response.json()).toEqual(told);
    }
    const head = await fetch(gateway.origin + path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(gateway.calls).toEqual([]);
  });

  test('is not ready for as long as it is said not to be, and the log has each change once', async () => {
    let isReady = true;
    const gateway = await start({ isReady: () => isReady });
    const probe = async (name: string) => {
      const response = await fetch(`${gateway.origin}/health/${name}`);
      return [response.status, await response.text()];
    };
    const changes = () =>
      gateway.logLines.map((line) => JSON.parse(line)).flatMap(({ ready }) => ready ?? []);
    expect(await probe('ready')).toEqual([200, '{"status":"ready"}']);
    isReady = false;
    for (let n = 0; n < 3; n += 1) expect(await probe('ready')).toEqual([503, '{"status":"not ready"}']);
    expect(await probe('live')).toEqual([200, '{"status":"live"}']);
    isReady = true;
    for (let n = 0; n < 3; n += 1) expect(await probe('ready')).toEqual([200, '{"status":"ready"}']);
    expect(changes()).toEqual([false, true]);
  });

  test.each(['/health', '/graphql?query=%7B__typename%7D&x=/health', '/health/live/', '/health/readyz'])(
    'is not told at %s, where authentication comes first',
    async (path) => {
      const gateway = await start();
      const response = await fetch(gateway.origin + path);
      expect(response.status).not.toBe(200);
      expect(response.headers.has('x-yoga-id')).toBe(false);
    },
  );
});
