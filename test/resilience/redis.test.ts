import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { hasReplicas, startReplicas } from '../replicas/replicas.ts';

const runs = hasReplicas('test/resilience/redis.test.ts');
let server: RedisServer;
let sandbox: Sandbox;
beforeAll(async () => {
  if (!runs) return;
  server = await startRedis();
  sandbox = await createSandbox({ requestsPerMinute: Number.POSITIVE_INFINITY });
});
afterAll(async () => {
  await sandbox?.close();
  await server?.close();
});

function start(environment: Record<string, string>) {
  return startReplicas({ redis: server, sandbox, environment });
}

const faults = [
  {
    fault: 'hangs',
    begin: async () => server.pause(),
    end: async () => server.resume(),
  },
  { fault: 'is killed', begin: () => server.kill(), end: () => server.start() },
  { fault: 'forgets everything', begin: () => server.client.flushall(), end: async () => {} },
];

describe('R31: a Redis that hangs, is gone or forgets', () => {
  test.runIf(runs).each(faults)(
    'reads go on while it $fault, and limits are shared again afterwards',
    async (of) => {
      const { ask, all } = await start({ RATE_LIMIT: '40' });
      const read = async (n: number) => {
        const begun = performance.now();
        const { data, errors } = await ask('{ carts(first: 1) { nodes { id } } }', all[n % 3]?.origin);
        expect([errors, data?.carts.nodes.length], String(n)).toEqual([undefined, 1]);
        return performance.now() - begun;
      };
      for (let n = 0; n < 3; n += 1) await read(n);
      await of.begin();
      const times: number[] = [];
      for (let n = 0; n < 12; n += 1) times.push(await read(n));
      // Each of the three waits for it once, and hardly again.
      expect(times.filter((ms) => ms > 200).length).toBeLessThanOrEqual(6);
      await of.end();

      // A guest of 40 points who asks at all three is one again: at each try somebody who has spent nothing.
      let tries = 0;
      await expect
        .poll(
          async () => {
            tries += 1;
            const asked = Array.from({ length: 60 }, (_, n) =>
              askFrom(`192.0.2.${tries}`, all[n % 3]?.origin),
            );
            return (await Promise.all(asked)).filter((status) => status === 200).length;
          },
          { timeout: 15_000, interval: 500 },
        )
        .toBe(40);
    },
  );
});

/** A guest's status. */
async function askFrom(address: string, origin = ''): Promise<number> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  await response.text();
  return response.status;
}
