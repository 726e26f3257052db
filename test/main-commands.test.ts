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

describe('the command line', () => {
  const ask = async (...args: string[]) => {
    const program = run(args);
    return { exitCode: await program.exited, said: program.said() };
  };

  test('tells its commands and what it exits with', async () => {
    const { exitCode, said } = await ask('--help');
    expect(exitCode).toBe(0);
    for (const name of ['start', 'sandbox', 'schema', 'doctor'])
      expect(said).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const code of [0, 1, 2]) expect(said).toMatch(new RegExp(`^  ${code}  `, 'm'));
    expect(await ask('-h')).toEqual({ exitCode, said });
  });

  test('tells of options where they belong', async () => {
    expect((await ask('schema', '--help')).said).toContain('--subgraph');
    expect((await ask('--help')).said).not.toContain('--subgraph');
  });

  test.each(['--version', '-v'])('tells the version of package.json by %s', async (option) => {
    const { version } = JSON.parse(read('package.json'));
    expect(await ask(option)).toEqual({ exitCode: 0, said: `${version}\n` });
  });

  test.each([
    ['a command that is mistyped', ['strat'], /unknown command 'strat'\n\(Did you mean start\?\)/],
    ['a command of every object', ['constructor'], /unknown command 'constructor'/],
    ['an option that is mistyped', ['--verison'], /unknown option '--verison'\n\(Did you mean --version\?\)/],
    ['an option of a command that is mistyped', ['schema', '--subgrap'], /\(Did you mean --subgraph\?\)/],
    ['an option of another command', ['start', '--subgraph'], /unknown option '--subgraph'/],
    ['a sandbox that tells nobody', ['sandbox', '--webhooks', 'here'], /It must be an http or https URL/],
    ['more than a command takes', ['sandbox', '4001'], /too many arguments for 'sandbox'/],
  ])('refuses %s with 2, and tells what there is', async (_what, args, expected) => {
    const { exitCode, said } = await ask(...args);
    expect(exitCode).toBe(2);
    expect(said).toMatch(expected);
    expect(said).toContain('Usage: ecwid-graphql');
    expect(said).not.toMatch(/\.[jt]s:\d|node:/);
  });
});
