import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, temporary } from '../program.ts';
import { audience } from '../tokens.ts';
import { eventOf, sendEvent, signatureOf } from '../webhooks/signed-event.ts';
import { askAt, type CountedStore, startStore, tokenOf } from './many-stores.ts';

const issuer = 'https://id.example';
const secretOf = (id: string) => `MARKED-${id}-secret-of-more-than-thirty-two-bytes`;
const name = '{ store { name } }';

let used: CountedStore[];
beforeAll(async () => {
  used = await Promise.all(['1007', '1042', '1133'].map((id) => startStore(id)));
});
afterAll(async () => {
  for (const { sandbox } of used) await sandbox.close();
});

/** Two hundred of them, of which only these are there. */
function entries() {
  return Array.from({ length: 200 }, (_, index) => {
    const id = String(1001 + index);
    const { entry } = used.find(({ entry }) => entry.id === id) ?? {
      entry: { id, token: `MARKED_token_${id}`, apiUrl: 'http://127.0.0.1:9/api/v3' },
    };
    return {
      ...entry,
      clientSecret: `MARKED_client_${id}`,
      host: `store-${id}.example`,
      auth: { issuer, audience, secret: secretOf(id) },
    };
  });
}

async function start(name: string, environment: Record<string, string> = {}) {
  const file = join(temporary, `${name}.json`);
  const dataDir = join(temporary, name);
  writeFileSync(file, JSON.stringify({ stores: entries() }));
  chmodSync(file, 0o600);
  const program = run([], {
    STORES_FILE: file,
    DATA_DIR: dataDir,
    METRICS_PORT: '0',
    ...environment,
  });
  const [, metricsUrl = ''] = await program.says(/Metrics +(http:\S+)/);
  const [, origin = ''] = await program.says(/(http:\/\/\S+)\/graphql/);
  const metrics = async () => (await fetch(metricsUrl)).text();
  const journals = () =>
    readdirSync(dataDir).filter((one) => /\d+\D*$/.test(one) && !/-(wal|shm)$/.test(one));
  return { program, origin, metrics, journals, file };
}

const sample = (text: string, metric: string) =>
  Number(new RegExp(`^${metric} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);

describe('a process with a file of 200 stores', () => {
  test('says how many, opens those that are asked for, and counts each by itself', async () => {
    const { program, origin, metrics, journals } = await start('many');
    expect(program.said()).toMatch(/Store +200 Ecwid stores/);
    const before = await metrics();
    // The first tells whether the directory will do.
    expect(journals()).toHaveLength(1);

    for (const { entry } of used) {
      const jwt = await tokenOf(secretOf(entry.id), { iss: issuer, store_id: entry.id });
      expect(await askAt(origin, name, { jwt })).toMatchObject({ status: 200, code: undefined });
      // What a caller writes gets into the log, be it a secret of another store.
      const named = 'query MARKED_client_1099 { store { name } }';
      expect(await askAt(origin, named, { host: `store-${entry.id}.example` })).toMatchObject({
        status: 200,
      });
    }
    const gone = await askAt(origin, '{ cart(id: "A") { id } }', { host: 'store-1200.example' });
    expect(gone).toMatchObject({ status: 200, code: 'UPSTREAM_UNAVAILABLE' });
    expect(await askAt(origin, name, { host: 'nobody.example' })).toMatchObject({ status: 404 });
    const event = eventOf({ eventType: 'order.updated', storeId: 1007 });
    for (const [secret, status] of [
      ['MARKED_client_1007', 200],
      ['MARKED_client_1042', 401],
    ] as const) {
      const headers = { 'x-ecwid-webhook-signature': signatureOf(event, secret) };
      expect((await sendEvent(origin, event, headers)).status).toBe(status);
    }
    expect(journals()).toHaveLength(5);

    await expect
      .poll(metrics)
      .toMatch(/^ecwid_graphql_requests_total\{type="none",outcome="STORE_NOT_FOUND"\} 1$/m);
    const after = await metrics();
    for (const { entry, calls } of used) {
      expect(after).toContain(
        `ecwid_graphql_requests_total{store="${entry.id}",type="query",outcome="OK"} 2\n`,
      );
      expect(after).toContain(
        `ecwid_graphql_upstream_calls_total{store="${entry.id}",method="GET",route="/profile",outcome="200"} ${calls.length}\n`,
      );
      expect(after).toContain(`ecwid_graphql_breaker_open{store="${entry.id}"} 0\n`);
    }
    expect(after).toContain(
      'ecwid_graphql_webhooks_total{store="1007",event="order.updated",outcome="taken"} 1\n',
    );
    expect(after).toContain('ecwid_graphql_webhooks_total{event="other",outcome="unsigned"} 1\n');
    const labels = new Set([...after.matchAll(/\bstore="(\d+)"/g)].map(([, id]) => id));
    expect([...labels].sort()).toEqual(['1001', '1007', '1042', '1133', '1200']);
    expect(after).not.toContain('MARKED');

    const grown = (metric: string) => sample(after, metric) - sample(before, metric);
    const perStore = grown('process_resident_memory_bytes') / 4 / 1_000_000;
    process.stdout.write(
      `200 stores: ${Math.round(sample(before, 'process_resident_memory_bytes') / 1_000_000)} MB and ` +
        `${sample(before, 'process_open_fds')} descriptors with 1 open; 4 more took ${perStore.toFixed(1)} MB ` +
        `and ${grown('process_open_fds') / 4} descriptors each, with the first requests of all\n`,
    );
    // Of 195 that nobody has asked for there is nothing.
    expect(sample(after, 'process_open_fds') - sample(before, 'process_open_fds')).toBeLessThan(4 * 10);

    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(program.said()).not.toContain('MARKED');
    expect(program.said()).toContain('"name":"[redacted]"');
    const lines = program
      .said()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    const answered = lines.filter(({ msg }) => msg === 'answered');
    expect(answered.map(({ store }) => store)).toEqual([
      ...used.flatMap(({ entry }) => [entry.id, entry.id]),
      '1200',
      undefined,
      // Where webhooks of all stores come to, none is meant yet.
      undefined,
      undefined,
    ]);
    expect(lines.filter(({ msg }) => msg === 'a field failed because of Ecwid')).toMatchObject([
      { store: '1200' },
    ]);
  });

  test('is not ready while it ends, and answers until then', async () => {
    const { program, origin } = await start('ending', { SHUTDOWN_DELAY: '3' });
    const ready = async () => (await fetch(`${origin}/health/ready`)).status;
    expect(await ready()).toBe(200);
    program.child.kill('SIGTERM');
    await expect.poll(ready).toBe(503);
    expect(await askAt(origin, name, { host: 'store-1007.example' })).toMatchObject({ status: 200 });
    expect(await program.exited).toBe(0);
  });

  test('warns where everybody may read what is secret in it, and not else', async () => {
    const warning = /STORES_FILE holds secrets/;
    const first = await start('private');
    first.program.child.kill('SIGTERM');
    await first.program.exited;
    expect(first.program.said()).not.toMatch(warning);
    chmodSync(first.file, 0o644);
    const second = run([], { STORES_FILE: first.file });
    await second.says(/ready/);
    second.child.kill('SIGTERM');
    await second.exited;
    expect(second.said()).toMatch(warning);
  });

  test('does not start where the file, or a directory for all of them, is of no use', async () => {
    const { program, file } = await start('faulty');
    program.child.kill('SIGKILL');
    const nowhere = run([], { STORES_FILE: file, DATA_DIR: '/proc/none' });
    expect(await nowhere.exited).toBe(1);
    expect(nowhere.said()).toMatch(/DATA_DIR cannot be used/);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"1002"', '"MARKED"'));
    const wrong = run([], { STORES_FILE: file });
    expect(await wrong.exited).toBe(1);
    expect(wrong.said()).toMatch(/STORES_FILE: stores\.1\.id must be the digits of a store id/);
    expect(wrong.said()).not.toContain('MARKED');
  });
});
