import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const faults = [...read('../docs/resilience.md').matchAll(/^\| (R\d+: .+?) +\|/gm)].map(([, name]) => name);

describe('docs/resilience.md', () => {
  test('names each fault once, and each has a test of its name', () => {
    const directory = new URL('resilience/', import.meta.url);
    const titles = readdirSync(directory)
      .filter((file) => file.endsWith('.test.ts'))
      .flatMap((file) => [
        ...read(`resilience/${file}`).matchAll(/^describe(?:\.each\(.*\))?\('(R\d+: .+?)'/gm),
      ])
      .map(([, title]) => title);
    expect(new Set(faults).size).toBe(faults.length);
    expect([...new Set(titles)].sort()).toEqual([...faults].sort());
    expect(faults.length).toBeGreaterThan(30);
  });
});
