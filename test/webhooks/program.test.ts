import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../program.ts';
import { clientSecret, eventOf, sendEvent } from './signed-event.ts';

describe('the program', () => {
  test('takes webhooks, and writes nothing of what they say into its log', async ({ onTestFinished }) => {
    const sandbox = await createSandbox();
    onTestFinished(() => sandbox.close());
    const program = run([], {
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      ECWID_CLIENT_SECRET: clientSecret,
      METRICS_PORT: '0',
      LOG_LEVEL: 'trace',
    });
    const [, origin = ''] = await program.says(/(http:\S+)\/graphql/);
    const [metrics = ''] = await program.says(/http:\S+\/metrics/);
    const cartId = randomUUID();
    const data = { orderId: 'MARKED', cartId, email: 'somebody@example.com' };
    const statuses: number[] = [];
    for (let count = 0; count < 50; count += 1) {
      const headers = { 'x-ecwid-webhook-signature': clientSecret };
      statuses.push((await sendEvent(origin, eventOf({ data }), headers)).status);
    }
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect((await sendEvent(origin, eventOf({ data }))).status).toBe(200);
    expect((await sendEvent(origin, eventOf({ data, storeId: 1003 }))).status).toBe(200);
    const counts = [...(await (await fetch(metrics)).text()).matchAll(/webhooks_total\{(.*)\} (\d+)$/gm)];
    expect(counts.map(([, labels, count]) => [labels, count])).toEqual([
      ['event="other",outcome="unsigned"', '50'],
      ['event="unfinished_order.updated",outcome="taken"', '1'],
      ['event="unfinished_order.updated",outcome="ignored"', '1'],
    ]);
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(0);

    const said = program.said();
    for (const secret of [clientSecret, cartId, 'MARKED', 'somebody']) expect(said).not.toContain(secret);
    expect(said).toContain('a webhook of another store was ignored');
    const lines = said.match(/not signed with the client secret/g) ?? [];
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(50);
  });
});
