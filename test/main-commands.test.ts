import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main, run, start } from './program.ts';

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
