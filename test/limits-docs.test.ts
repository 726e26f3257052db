import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LimitError } from '../src/check-limit.ts';
import { defaultLimits } from '../src/limits.ts';
import { costs } from '../src/schema/cost.ts';

const docs = readFileSync(new URL('../docs/limits.md', import.meta.url), 'utf8');

/** The cells of the table whose first column has this title. */
function table(title: string): string[][] {
  const [, rows = ''] = new RegExp(`^\\| ${title} .*\\n\\| -.*\\n((?:\\|.*\\n)+)`, 'm').exec(docs) ?? [];
  return rows
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('docs/limits.md', () => {
  test('lists every limit with its default', () => {
    const listed = table('limit').map(([name = '', value = '']) => [
      name.replaceAll('`', ''),
      Number(value.replaceAll(',', '')),
    ]);
    expect(listed).toEqual(Object.entries(defaultLimits));
  });

  test('names the codes that errors have', () => {
    const coded = table('limit').filter(([, , , code = '']) => code.includes('_LIMIT_EXCEEDED'));
    expect(coded.length).toBeGreaterThan(10);
    for (const [name = '', , , code = '', status = ''] of coded) {
      const error = new LimitError(name.replaceAll('`', '') as 'depth', 1);
      expect(`\`${error.code}\``).toBe(code);
      // A field that fails leaves the answer as it is.
      expect(['`first`', '`ids`'].includes(name) ? '200' : String(error.status)).toBe(status);
    }
  });

  test('shows the error of a limit as it is', () => {
    const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(docs) ?? [];
    const { message, code, extensions } = new LimitError('aliases', defaultLimits.aliases, { actual: 61 });
    expect(JSON.parse(shown).errors).toEqual([{ message, extensions: { code, ...extensions } }]);
  });

  test('lists the cost of every field that has one', () => {
    const listed = table('field').flatMap(([names = '']) => names.replaceAll('`', '').split(', '));
    expect(listed.toSorted()).toEqual(Object.keys(costs).toSorted());
  });
});
