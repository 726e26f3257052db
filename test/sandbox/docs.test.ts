import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { showcase } from '../../src/sandbox/seed/showcase.ts';
import { resolveSwitches } from '../../src/sandbox/switches.ts';
import { behaviours } from './behaviours/behaviours.ts';

const path = new URL('../../docs/sandbox.md', import.meta.url).pathname;

function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

const tables = {
  showcase: toTable(
    ['cart', 'customer', 'shows'],
    showcase.map(({ cartId, customer, shows }) => [`\`${cartId}\``, customer, shows]),
  ),
  behaviours: toTable(
    ['id', 'what it does', 'source'],
    behaviours.map(({ id, says, source, sandboxOnly }) => [
      `\`${id}\`${sandboxOnly ? ' *' : ''}`,
      says,
      source.replaceAll('] [', ', ').replaceAll(/[[\]]/g, ''),
    ]),
  ),
};

describe('docs/sandbox.md', () => {
  // Stale? `npx vitest run test/sandbox/docs.test.ts -u` writes the tables anew.
  test('has the showcase and the behaviours as they are', async () => {
    const text = await readFile(path, 'utf8');
    const generated = Object.entries(tables).reduce((page, [name, table]) => {
      const section = new RegExp(`(<!-- ${name} -->\n)[^]*(<!-- /${name} -->)`);
      expect(page).toMatch(section);
      return page.replace(section, (_, start, end) => `${start}\n${table}\n\n${end}`);
    }, text);
    await expect(generated).toMatchFileSnapshot(path);
  });

  test('explains every source', async () => {
    const text = await readFile(path, 'utf8');
    const sources = new Set(behaviours.flatMap(({ source }) => source.match(/\[[^\]]+\]/g)));
    const explained = [...text.matchAll(/^\| ([a-z, ]+) \| (?!---)/gm)].flatMap(([, names]) =>
      names?.split(', '),
    );
    for (const source of sources) expect(explained).toContain(source?.slice(1, -1));
    expect(sources.size).toBeGreaterThan(5);
  });

  test('lists every switch with its default', async () => {
    const text = await readFile(path, 'utf8');
    for (const [name, value] of Object.entries(resolveSwitches({}))) {
      expect(text).toContain(`| \`${name}\` | \`${value}\` |`);
    }
  });
});
