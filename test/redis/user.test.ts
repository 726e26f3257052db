import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { query, run } from '../program.ts';
import { hasRedis, startRedis } from '../redis-server.ts';
import { audience, claims, issuer, secret, sign } from '../tokens.ts';
import { clientSecret, eventOf, sendEvent } from '../webhooks/signed-event.ts';

const page = readFileSync(new URL('../../docs/deploying.md', import.meta.url), 'utf8');
const [, user = '', rules = ''] = /^ACL SETUSER (\S+) (.+)$/m.exec(page) ?? [];

test.runIf(hasRedis('test/redis/user.test.ts'))(
  'a user of Redis with the rules of docs/deploying.md may do all that a gateway does',
  async ({ onTestFinished }) => {
    const server = await startRedis();
    onTestFinished(() => server.close());
    const sandbox = await createSandbox();
    onTestFinished(() => sandbox.close());
    await server.client.call('ACL', 'SETUSER', user, ...rules.split(' '));
    const { url } = server;
    url.username = user;
    [, url.password = ''] = />(\S+)/.exec(rules) ?? [];
    const program = run([], {
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      ECWID_CLIENT_SECRET: clientSecret,
      REDIS_URL: url.href,
      AUTH_JWT_SECRET: secret,
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
    });
    const [, origin = ''] = await program.says(/(http:\S+)\/graphql/);
    const staff = await sign(claims({ sub: 'staff-1', scope: 'read_orders create_orders' }));
    const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
    const { data } = await query(
      origin,
      `mutation { placeOrder(input: { cart_id: "${cartId}" }) { errors { code } } }`,
      staff,
    );
    expect(data.placeOrder.errors).toEqual([]);
    const event = eventOf({ storeId: Number(sandbox.storeId) });
    expect((await sendEvent(origin, event)).status).toBe(200);
    const channels = () => server.client.pubsub('CHANNELS');
    await expect.poll(channels).toEqual([`ecwid-graphql:{${sandbox.storeId}}:changes`]);
    expect(await server.client.call('ACL', 'LOG')).toEqual([]);
    expect(program.said()).not.toMatch(/Redis is away|without Redis/);
  },
);
