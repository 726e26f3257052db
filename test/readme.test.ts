import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startGateway } from './running-gateway.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const config = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');

function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(readme)?.[1] ?? '';
}

describe('README.md', () => {
  test('shows a first query and the very answer to it', async () => {
    const gateway = await startGateway();
    try {
      expect(await gateway.query(block('graphql'))).toEqual(JSON.parse(block('json')));
    } finally {
      await gateway.close();
    }
  });

  test('lists the variables that the configuration reads', () => {
    const listed = [...readme.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name]) => name);
    const read = [...config.matchAll(/^ {4}([A-Z_]+): (?:z|flag|rate)\b/gm)].map(([, name]) => name);
    expect(read.length).toBeGreaterThan(5);
    expect(listed).toEqual(read);
  });

  test('says of each variable what it is by default', () => {
    const defaults = [...config.matchAll(/^ {4}([A-Z_]+): (?:.|\n)*?(?=^ {4}[A-Z_]+: |^ {2}\}\))/gm)].flatMap(
      ([text, name]) => {
        const [, value] = /\.default\('?([\w.-]+)'?\)/.exec(text) ?? [];
        return value ? [[name, value]] : [];
      },
    );
    const listed = new Map(
      [...readme.matchAll(/^\| `([A-Z_]+)` +\| `([^`]+)` +\|/gm)].map(([, name, value]) => [name, value]),
    );
    expect(defaults.length).toBeGreaterThan(8);
    for (const [name, value] of defaults) {
      if (value !== 'defaultLimits') expect([name, listed.get(name)]).toEqual([name, value]);
    }
  });

  test('names commands and files that are there', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    for (const [, name] of readme.matchAll(/npm (?:run )?(start|test|schema|codegen|sandbox)\b/g)) {
      expect(scripts).toHaveProperty([String(name)]);
    }
    for (const [, path] of readme.matchAll(/\]\((?!http)([^)#]+)[^)]*\)/g)) {
      expect(() => readFileSync(new URL(`../${path}`, import.meta.url)), path).not.toThrow();
    }
  });
});
