import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { query, start, temporary } from './program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(temporary, 'built');
const program = join(home, 'dist', 'main.js');

beforeAll(() => {
  mkdirSync(home);
  for (const name of ['package.json', 'node_modules']) symlinkSync(join(root, name), join(home, name));
  const args = ['--config', 'rolldown.config.ts', '--dir', join(home, 'dist')];
  execFileSync(join(root, 'node_modules', '.bin', 'rolldown'), args, { cwd: root, stdio: 'pipe' });
}, 60_000);

describe('the program as it is published', () => {
  test('starts over its sandbox, answers by either door, shows GraphiQL, and ends', async () => {
    const { child, says, exited, said } = start(process.execPath, [program]);
    const [, origin = ''] = await says(/(http:\/\/\S+)\/graphql/);
    expect((await query(origin, '{ carts(first: 1) { nodes { id } } }')).data.carts.nodes).toHaveLength(1);
    expect((await query(origin, '{ carts { nodes { name } } }')).errors[0].message).toContain('"name"');
    const byUrl = await fetch(`${origin}/graphql?query={__typename}`);
    expect(await byUrl.json()).toEqual({ data: { __typename: 'Query' } });
    const page = await fetch(`${origin}/graphql`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<title>');
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(said()).not.toContain('rror');
  });

  test('is the sandbox alone where that is asked for', async () => {
    const { child, says, exited } = start(process.execPath, [program, 'sandbox']);
    await says(/ECWID_API_URL=http/);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  test('tells its version', async () => {
    const { exited, said } = start(process.execPath, [program, '--version']);
    expect(await exited).toBe(0);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(said()).toBe(`${version}\n`);
  });

  test('has a doctor, who finds it well', async () => {
    const { exited, said } = start(process.execPath, [program, 'doctor']);
    expect(await exited).toBe(0);
    expect(said()).toMatch(/^✓ Node /);
  });

  test('has the licenses beside it of what it is put together with', () => {
    const licenses = readFileSync(join(home, 'dist', 'program', 'LICENSES.txt'), 'utf8');
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) {
      // Read when they are needed, from where they are installed.
      if (!['@graphql-yoga/render-graphiql', 'pino-pretty'].includes(name))
        expect(licenses).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
    expect(licenses).not.toMatch(/, undefined\n/);
  });
});
