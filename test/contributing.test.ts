import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');

const hasGit = !spawnSync('git', ['--version']).error;
if (!hasGit)
  process.stderr.write('Skipped: git is not installed, which applies the example of CONTRIBUTING.md.\n');

describe('CONTRIBUTING.md', () => {
  test('names every room of the house', () => {
    const named = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
    const rooms = readdirSync(new URL('../src', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(named.sort()).toEqual(rooms.sort());
  });

  test.skipIf(!hasGit)('shows a change that can be made', () => {
    const [, change = ''] = /^```diff\n([\s\S]+?)^```/m.exec(page) ?? [];
    expect(change.match(/^\+\+\+ /gm)).toHaveLength(5);
    const { status, stderr } = spawnSync('git', ['apply', '--check', '-'], {
      cwd: root,
      input: change,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test('names scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const named = [...page.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(scripts).toHaveProperty([name]);
  });
});
