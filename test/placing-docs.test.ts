import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { refusalsOfPlacing } from '../src/error-codes.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const [, section = ''] = /^## What the shop should show\n([\s\S]+?)^## /m.exec(read('docs/placing.md')) ?? [];
const rows = [...section.matchAll(/^\| `([A-Z_]+)` +\| (.+?) +\| (.+?) +\|$/gm)].map(([, ...cells]) => cells);

describe('docs/placing.md', () => {
  test('says of every refusal what it means and what the shop should show', () => {
    expect(rows.map(([code]) => code).sort()).toEqual(Object.keys(refusalsOfPlacing).sort());
  });

  test('has the words of the example of a storefront', () => {
    const words = read('examples/storefront/src/refusals.ts');
    for (const [code, , shown = ''] of rows) {
      const [, problem] = new RegExp(`^  ${code}: \\{\\s+problem: '(.+)',$`, 'm').exec(words) ?? [];
      expect(shown.startsWith(`${problem} `), `${code}: ${problem}`).toBe(true);
    }
  });
});
