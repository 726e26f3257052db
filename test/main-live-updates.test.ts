import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSandbox } from '../src/sandbox/sandbox.ts';
import { query, run, temporary } from './program.ts';
import { hasRedis, startRedis } from './redis-server.ts';
import { subscribe } from './subscribe.ts';
import { audience, claims, issuer, secret, sign } from './tokens.ts';

const listening = /GraphQL\s+(http:\/\/[\d.]+:\d+)\/graphql/;
const id = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const text = `subscription { cartChanged(id: "${id}") { hidden } }`;
const hide = `mutation { hideCart(input: { cart_id: "${id}" }) { errors { code } } }`;

describe.runIf(hasRedis('test/main-live-updates.test.ts'))('two processes with one Redis', () => {
  test('tell a subscriber of one what was changed through the other, until they are told to end', async () => {
    const redis = await startRedis();
    const sandbox = await createSandbox();
    const environment = {
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      REDIS_URL: redis.url.href,
      AUTH_JWT_SECRET: secret,
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
    };
    const programs = ['a', 'b'].map((name) => run([], { ...environment, DATA_DIR: join(temporary, name) }));
    const [one = '', other = ''] = await Promise.all(
      programs.map(async ({ says }) => (await says(listening))[1]),
    );
    const token = await sign(claims({ sub: 'ann', scope: 'read_orders update_orders' }));

    const listener = await subscribe(`${other}/graphql`, text, { authorization: `Bearer ${token}` });
    const told = listener.next();
    let isTold = false;
    void told.then(() => {
      isTold = true;
    });
    // Each is connected to Redis a moment after it is ready.
    await expect
      .poll(async () => {
        expect(await query(one, hide, token)).toMatchObject({ data: { hideCart: { errors: [] } } });
        return isTold;
      })
      .toBe(true);
    expect(await told).toEqual({ data: { cartChanged: { hidden: true } } });

    for (const { child } of programs) child.kill('SIGTERM');
    let last: unknown;
    do last = await listener.next();
    while (last !== undefined);
    for (const { exited } of programs) expect(await exited).toBe(0);
    expect(programs.map(({ said }) => said()).join('')).toContain('"ending":"shutting down"');
    await sandbox.close();
    await redis.close();
  });
});
