import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSandbox } from '../src/sandbox/sandbox.ts';
import { query, run } from './program.ts';
import { subscribe } from './subscribe.ts';
import { audience, claims, issuer, secret, sign } from './tokens.ts';

const subscribers = 1_000;
const changes = 10;

/** Of a process: megabytes that it holds, and milliseconds that it has computed for. */
function usageOf(pid: number): { readonly megabytes: number; readonly cpuMs: number } {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  // After the name, which may hold anything; in hundredths of a second.
  const [, fields = ''] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const [user, system] = fields.split(' ').slice(11, 13);
  return { megabytes: Math.round(Number(kilobytes) / 1_000), cpuMs: (Number(user) + Number(system)) * 10 };
}

describe.runIf(process.platform === 'linux')('a thousand subscribers', () => {
  test('hear of each change, which costs one call', { timeout: 120_000 }, async () => {
    const calls: string[] = [];
    const sandbox = await createSandbox({ onRequest: ({ method }) => calls.push(method) });
    const program = run([], {
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      AUTH_JWT_SECRET: secret,
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
      RATE_LIMIT: 'off',
      LIMITS: `subscriptionsPerCaller=${subscribers}`,
      LOG_LEVEL: 'warn',
    });
    const [, origin = ''] = await program.says(/GraphQL\s+(http:\/\/[\d.]+:\d+)\/graphql/);
    const token = await sign(claims({ sub: 'ann', scope: 'read_orders update_orders', exp: 4_000_000_000 }));
    const options = { authorization: `Bearer ${token}` };
    const { data } = await query(origin, '{ carts(first: 1) { nodes { id } } }', token);
    const [{ id }] = data.carts.nodes;
    const hide = (hidden: boolean) =>
      query(
        origin,
        `mutation { hideCart(input: { cart_id: "${id}", hidden: ${hidden} }) { errors { code } } }`,
        token,
      );
    const usage = () => usageOf(program.child.pid ?? 0);

    const before = usage();
    const text = `subscription { cartChanged(id: "${id}") { id hidden total email items { name quantity } } }`;
    const listeners = await Promise.all(
      Array.from({ length: subscribers }, () => subscribe(`${origin}/graphql`, text, options)),
    );
    const opened = usage();
    calls.length = 0;
    const times: number[] = [];
    for (let change = 0; change < changes; change += 1) {
      const startedAt = performance.now();
      const hidden = change % 2 === 0;
      const [, ...told] = await Promise.all([hide(hidden), ...listeners.map((listener) => listener.next())]);
      times.push(performance.now() - startedAt);
      for (const one of told) expect(one).toMatchObject({ data: { cartChanged: { id, hidden } } });
    }
    expect(calls.filter((method) => method === 'PUT')).toHaveLength(changes);
    // Who is a moment late to hear of one reads for themselves, and for all who are late.
    expect(calls.filter((method) => method === 'GET').length).toBeLessThan(changes * 3);
    const after = usage();
    process.stderr.write(
      `\n${subscribers} subscribers: ${opened.megabytes - before.megabytes} MB and ${opened.cpuMs - before.cpuMs} ms ` +
        `of CPU to open them, ${(after.cpuMs - opened.cpuMs) / changes} ms of CPU for a change, heard by all in ` +
        `${Math.round(Math.max(...times))} ms at most; ${after.megabytes} MB in the end\n`,
    );

    program.child.kill('SIGTERM');
    for (const listener of listeners) expect(await listener.next()).toBeUndefined();
    expect(await program.exited).toBe(0);
    await sandbox.close();
  });
});
