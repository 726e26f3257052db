import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { createGateway, type Gateway } from '../../src/create-gateway.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { hangBefore } from '../faults.ts';
import { startFaultyProxy } from '../faulty-proxy.ts';
import { clientSecret, eventOf, signatureOf } from './signed-event.ts';

/** A gateway over a store that does not answer, without a server of its own. */
async function open({ onTestFinished }: TestContext) {
  const sandbox = await createSandbox();
  const proxy = await startFaultyProxy(sandbox.url);
  proxy.choose = () => hangBefore;
  const dataDir = await mkdtemp(join(tmpdir(), 'ecwid-graphql-closing-'));
  const { storeId, secretToken: token } = sandbox;
  const gateway = await createGateway({
    store: { storeId, token, apiUrl: proxy.url, clientSecret },
    dataDir,
    // Much longer than anybody would wait for it to end.
    limits: { querySeconds: 600 },
    logLevel: 'silent',
  });
  onTestFinished(async () => {
    await gateway.close();
    await proxy.close();
    await sandbox.close();
    await rm(dataDir, { recursive: true });
  });
  return { gateway, proxy };
}

/** An event of a cart of its own. */
async function send(gateway: Gateway, path = '/webhooks/ecwid'): Promise<number> {
  const event = eventOf({ data: { orderId: 'AB1CD', cartId: randomUUID() } });
  const { status } = await gateway.fetch(
    new Request(`https://gateway.example${path}`, {
      method: 'POST',
      headers: { 'x-ecwid-webhook-signature': signatureOf(event) },
      body: JSON.stringify(event),
    }),
  );
  return status;
}

describe('webhooks, for servers of the Fetch standard,', () => {
  test('are taken at their address, with whatever query', async (context) => {
    const { gateway, proxy } = await open(context);
    expect(await send(gateway)).toBe(200);
    expect(await send(gateway, '/webhooks/ecwid?eventtype=order.created&eventType=product.updated')).toBe(
      200,
    );
    expect(await send(gateway, '/webhooks/ecwids')).toBe(415);
    await expect.poll(() => proxy.arrived.length, { timeout: 10_000 }).toBe(4);
  });

  test('are refused when too many wait to be looked at, so that they come again', async (context) => {
    const { gateway, proxy } = await open(context);
    const statuses: number[] = [];
    for (let count = 0; count < 1_010; count += 1) statuses.push(await send(gateway));
    // Four are looked at, and a thousand wait.
    expect(statuses.map((status) => status === 200).lastIndexOf(true)).toBe(1_003);
    expect(new Set(statuses.slice(1_004))).toEqual(new Set([503]));
    await expect.poll(() => proxy.arrived.length, { timeout: 10_000 }).toBe(8);
  });

  test('are refused while the gateway ends, which does not wait for a store that hangs', async (context) => {
    const { gateway, proxy } = await open(context);
    for (let count = 0; count < 20; count += 1) expect(await send(gateway)).toBe(200);
    await expect.poll(() => proxy.arrived.length, { timeout: 10_000 }).toBe(8);
    const closed = gateway.close();
    expect(await send(gateway)).toBe(503);
    await closed;
    expect(proxy.arrived).toHaveLength(8);
  });
});
