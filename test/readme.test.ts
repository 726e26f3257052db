import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeVariables } from '../src/config-variables.ts';
import { printReadme } from '../src/print-configuration.ts';
import { startGateway } from './running-gateway.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

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

  test('has a table of the variables as the code has them (npm run docs writes it)', () => {
    expect(readme).toBe(printReadme());
    expect(describeVariables().length).toBeGreaterThan(20);
    for (const [name, , meaning] of describeVariables()) expect(meaning.length, name).toBeGreaterThan(20);
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
