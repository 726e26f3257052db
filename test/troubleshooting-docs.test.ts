import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codesOfFields, codesOfRequests, refusalsOfCreation, refusalsOfPlacing } from '../src/error-codes.ts';

const page = readFileSync(new URL('../docs/troubleshooting.md', import.meta.url), 'utf8');
const src = new URL('../src/', import.meta.url).pathname;

const rows = [...page.matchAll(/^\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)]
  .map(([, ...cells]) => cells)
  .filter(([symptom = '']) => symptom.includes('`'));

/** All that the gateway can say, with the texts that are put together from several lines as one. */
const said = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.parentPath.includes('/src/sandbox'))
  .filter(({ name }) => name !== 'error-codes.ts')
  .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
  .join('\n')
  .replaceAll(/' \+\s+'/g, '');

const codes = [codesOfRequests, codesOfFields, refusalsOfPlacing, refusalsOfCreation].flatMap(Object.keys);

describe('docs/troubleshooting.md', () => {
  test('begins each row with a code or a text that the gateway has', () => {
    expect(rows.length).toBeGreaterThan(25);
    for (const [symptom = ''] of rows) {
      const [quoted = ''] = [...symptom.matchAll(/`([^`]+)`/g)].map(([, text]) => text);
      expect(codes.includes(quoted) || said.includes(quoted), quoted).toBe(true);
      expect(quoted.length, symptom).toBeGreaterThan(8);
    }
  });

  test('quotes in whole what else it names of the log', () => {
    const quoted = rows.flatMap(([symptom = '']) =>
      [...symptom.matchAll(/, and `([^`]+)`/g)].map(([, text = '']) => text),
    );
    expect(quoted.length).toBeGreaterThan(2);
    for (const text of quoted) expect(said).toContain(`'${text}'`);
  });
});
