import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { apollo, byConfiguration, hive } from './engines.ts';
import type { Listening } from './listen.ts';
import { startTwoServices, type TwoServices } from './two-services.ts';

let services: TwoServices;
let engine: Listening;
afterEach(async () => {
  await engine?.close();
  await services?.close();
});

const perMinute = 20;

/** What somebody at an address of this machine is answered with. */
async function askFrom(localAddress: string) {
  const sent = request(engine.url, {
    method: 'POST',
    localAddress,
    headers: { 'content-type': 'application/json' },
  });
  sent.end(JSON.stringify({ query: '{ cartsByIds(ids: []) { id } }' }));
  const [response] = await once(sent, 'response');
  // biome-ignore lint/suspicious/noExplicitAny: what the query answers with is the test's own to know.
  return (await json(response)) as any;
}

async function spendBudget(localAddress: string) {
  for (let asked = 0; asked < perMinute; asked += 1) {
    expect(await askFrom(localAddress)).toEqual({ data: { cartsByIds: [] } });
  }
}

describe('guests of a gateway in front', () => {
  test.each([apollo, hive, byConfiguration])(
    'have a budget each behind $name where its header is trusted, and are told when there is room',
    async ({ start }) => {
      services = await startTwoServices({ protection: { rateLimit: { perMinute, trustProxy: 1 } } });
      engine = await start({ ecwid: services.ecwid.url, customers: services.customers.url });
      await spendBudget('127.0.0.2');
      expect((await askFrom('127.0.0.2')).errors).toMatchObject([
        { extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } },
      ]);
      expect(await askFrom('127.0.0.3')).toEqual({ data: { cartsByIds: [] } });
    },
  );

  test('are one caller where it is not', async () => {
    services = await startTwoServices({ protection: { rateLimit: { perMinute } } });
    engine = await apollo.start({ ecwid: services.ecwid.url, customers: services.customers.url });
    await spendBudget('127.0.0.2');
    expect((await askFrom('127.0.0.3')).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });
});
