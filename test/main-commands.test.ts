import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../src/sandbox/sandbox.ts';
import { main, run, start, temporary } from './program.ts';
import { answerJson, startScriptedOrigin } from './scripted-origin.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

describe('ecwid-graphql schema', () => {
  test.each([
    ['schema.graphql', []],
    ['subgraph.graphql', ['--subgraph']],
  ])('prints %s', async (name, options) => {
    const program = run(['schema', ...options]);
    expect(await program.exited).toBe(0);
    expect(program.said()).toBe(read(name));
  });
});

describe('ecwid-graphql', () => {
  const commandLine = (redirection: string) =>
    start('sh', ['-c', `"${process.execPath}" "${main}" schema ${redirection}`]);

  test('is content with a reader who has read enough', async () => {
    const program = commandLine('| head -n 1');
    expect(await program.exited).toBe(0);
    expect(program.said()).toBe(read('schema.graphql').slice(0, program.said().length));
  });

  test.skipIf(!existsSync('/dev/full'))('fails where what it says cannot be written', async () => {
    expect(await commandLine('> /dev/full').exited).toBe(1);
  });
});

describe('ecwid-graphql doctor', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox();
  });
  afterAll(() => sandbox.close());

  const consult = async (environment: Record<string, string> = {}) => {
    const program = run(['doctor'], environment);
    const exitCode = await program.exited;
    const store = { id: environment.ECWID_STORE_ID, token: environment.ECWID_TOKEN };
    if (store.token) expect(program.said()).not.toContain(store.token);
    return { exitCode, lines: program.said().trimEnd().split('\n') };
  };
  const overSandbox = (changes: Record<string, string> = {}) =>
    consult({
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      ...changes,
    });

  test('says which store it has found, and that all is well', async () => {
    const { exitCode, lines } = await overSandbox();
    expect(exitCode).toBe(0);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^✓ /);
    expect(lines.at(-1)).toMatch(/^✓ Store: .+, USD$/);
  });

  test('says that nothing is configured', async () => {
    const { exitCode, lines } = await consult();
    expect([exitCode, lines.at(-1)]).toEqual([
      0,
      '✓ Configuration: no store: the embedded sandbox would be served',
    ]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['a configuration with mistakes', { PORT: 'many' }, /^✗ Configuration: .*not usable/],
    ['a directory that is none', { DATA_DIR: main }, /^✗ Journal: DATA_DIR must be/],
    ['a token of nobody', { ECWID_TOKEN: 'secret_of_nobody' }, /^✗ Store: ECWID_TOKEN is not accepted/],
    ['another store', { ECWID_STORE_ID: '1' }, /^✗ Store: (ECWID_TOKEN|Ecwid knows none)/],
    ['no server', { ECWID_API_URL: 'http://127.0.0.1:1/api/v3' }, /^✗ Store: Ecwid cannot be reached/],
  ])('names %s, and how to mend it', async (_name, changes, expected) => {
    const { exitCode, lines } = await overSandbox({ DATA_DIR: join(temporary, 'doctor'), ...changes });
    expect(exitCode).toBe(1);
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual([expect.stringMatching(expected)]);
  });

  test('names a server that is not the API', async () => {
    const origin = await startScriptedOrigin(answerJson([]));
    const { exitCode, lines } = await overSandbox({ ECWID_API_URL: origin.url });
    expect([exitCode, lines.at(-1)]).toEqual([
      1,
      '✗ Store: what answers at ECWID_API_URL is not the Ecwid API: leave it unset, unless it is a proxy',
    ]);
    await origin.close();
  });
});
