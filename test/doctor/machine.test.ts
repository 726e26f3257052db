import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSqliteJournal } from '../../src/checkout/sqlite-journal.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { main, temporary } from '../program.ts';
import { consult, expectIll, wellOverSandbox } from './consult.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const overSandbox = (changes: Record<string, string> = {}, preloaded?: string) =>
  consult(
    {
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      ...changes,
    },
    preloaded,
  );

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return String(port);
}

describe('the doctor, of this machine', () => {
  test('finds all well that a gateway over a store needs', async () => {
    const { exitCode, wells, opens, said } = await overSandbox();
    expect(said).toMatch(/\n\nAll is well\.\n$/);
    expect(wells).toEqual(wellOverSandbox);
    expect(opens).toEqual([
      'Metrics',
      'Documents',
      'Callers',
      'Webhooks',
      'DNS',
      'TLS',
      'update_orders',
      'create_orders',
    ]);
    expect(exitCode).toBe(0);
  });

  test('says that nothing is configured, and what is served then', async () => {
    const { exitCode, wells, found } = await consult();
    expect(wells).toEqual(['Node', 'Configuration', 'Address', 'Journal']);
    expect(found('Ecwid')).toBe('no store is configured: the embedded sandbox would be served');
    expect(found('Callers')).toBe('no tokens are configured: everybody is staff');
    expect(exitCode).toBe(0);
  });

  test('names a Node that is too old, which may not even read the rest', async () => {
    const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.12.0' } })`;
    expectIll(
      await overSandbox({}, older),
      /^Node: Node 22\.12\.0 is too old → Install Node 24 or newer\.$/,
      {
        all: [],
      },
    );
    const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(engines.node).toBe('>=24');
  });

  test('names each variable that cannot be read, and none of what they are set to', async () => {
    const { exitCode, ills, opens, said } = await overSandbox({
      LOG_LEVEL: 'loudest',
      AUTH_JWT_SECRET: 'hunter2',
      PORT: 'many',
    });
    const named = ills.map((ill) => /^Configuration: (\S+) /.exec(ill)?.[1]);
    expect(named).toEqual(['PORT', 'LOG_LEVEL', 'AUTH_JWT_SECRET']);
    expect(said).not.toMatch(/loudest|hunter2|many/);
    expect(opens).toEqual(['The rest']);
    expect(exitCode).toBe(1);
  });

  test('names a port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as { port: number };
    expectIll(
      await overSandbox({ PORT: String(port) }),
      /^Address: the port is taken by another program → Set PORT to a free one\. /,
    );
    taken.close();
  });

  test('names a port of metrics that is taken, and one that the gateway is to have itself', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as AddressInfo;
    const ofAnother = await overSandbox({ METRICS_PORT: String(port) });
    taken.close();
    expect(ofAnother.ills).toEqual([
      expect.stringMatching(
        /^Metrics: the port is taken by another program → Set METRICS_PORT to a free one\./,
      ),
    ]);
    expect(ofAnother.exitCode).toBe(1);
    const own = await freePort();
    const { ills } = await overSandbox({ PORT: own, METRICS_PORT: own });
    expect(ills).toEqual([expect.stringMatching(/METRICS_PORT must be another port than PORT/)]);
  });

  test('says which port is free', async () => {
    const port = await freePort();
    const { found } = await overSandbox({ PORT: port });
    expect(found('Address')).toBe(`127.0.0.1, port ${port}: free`);
  });

  test('names an address that is none of this machine', async () => {
    expectIll(
      await overSandbox({ HOST: '192.0.2.1' }),
      /^Address: HOST is no address of this machine → Set it to one/,
    );
  });
});

describe('the doctor, of the journal', () => {
  const journal = /^Journal: (DATA_DIR|the file)/;

  test('names a file in place of its directory', async () => {
    expectIll(await overSandbox({ DATA_DIR: main }), /^Journal: DATA_DIR is no directory → /);
  });

  test('names a directory that cannot be made', async () => {
    const directory = join(temporary, 'none', 'data');
    expectIll(await overSandbox({ DATA_DIR: directory }), /^Journal: DATA_DIR cannot be made → /);
  });

  test('names a directory that cannot be written to', async () => {
    let sealed = '/proc';
    // Whoever may write everywhere else may not write there.
    if (process.getuid?.() !== 0) {
      sealed = join(temporary, 'sealed');
      mkdirSync(sealed);
      chmodSync(sealed, 0o500);
    }
    expectIll(await overSandbox({ DATA_DIR: sealed }), /^Journal: DATA_DIR cannot be written to → /);
  });

  test('names a file that is no journal', async () => {
    const directory = join(temporary, 'damaged');
    mkdirSync(directory);
    writeFileSync(join(directory, `journal-${sandbox.storeId}.sqlite`), 'a journal of travels, in verse');
    expectIll(await overSandbox({ DATA_DIR: directory }), journal);
  });

  test('names a place for the temporary journal of a sandbox that is none', async () => {
    const { exitCode, ills } = await consult({ TMPDIR: join(temporary, 'none') });
    expect(ills).toEqual([expect.stringMatching(/^Journal: TMPDIR cannot be written to → Set TMPDIR/)]);
    expect(exitCode).toBe(1);
  });

  test('makes no directory, and says that it would be made', async () => {
    const directory = join(temporary, 'not-yet');
    const { found, exitCode } = await overSandbox({ DATA_DIR: directory });
    expect(found('Journal')).toBe(`DATA_DIR would be made: ${directory}`);
    expect(exitCode).toBe(0);
    expect(existsSync(directory)).toBe(false);
  });

  test('leaves a journal as it is', async () => {
    const directory = join(temporary, 'kept');
    await createSqliteJournal({ directory, storeId: sandbox.storeId }).close();
    const before = readdirSync(directory).map((name) => [
      name,
      readFileSync(join(directory, name), 'latin1'),
    ]);
    const { found } = await overSandbox({ DATA_DIR: directory });
    expect(found('Journal')).toBe(`DATA_DIR can be written to: ${directory}`);
    const after = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'latin1')]);
    expect(after).toEqual(before);
  });
});

describe('the doctor, of trusted documents', () => {
  const manifest = join(temporary, 'documents.json');
  const withManifest = (documents: object) => {
    writeFileSync(manifest, JSON.stringify(documents));
    return overSandbox({ TRUSTED_DOCUMENTS: manifest });
  };

  test('finds a manifest well whose documents can run', async () => {
    const { found, wells } = await withManifest({ a: '{ __typename }', b: '{ carts { totalCount } }' });
    expect(found('Documents')).toBe('2 of TRUSTED_DOCUMENTS, all of which can run');
    expect(wells).toContain('Documents');
  });

  test('names a manifest that is not there', async () => {
    const missing = await overSandbox({ TRUSTED_DOCUMENTS: join(temporary, 'none.json') });
    expectIll(missing, /^Documents: TRUSTED_DOCUMENTS names no file that can be read → Set it/);
  });

  test('names a document that cannot run, in one line', async () => {
    const { ills } = await withManifest({ 'a\n✓ b': '{ nothing }' });
    expect(ills).toEqual([expect.stringMatching(/^Documents: .* cannot run, a ✓ b: .*"nothing"/)]);
  });
});
