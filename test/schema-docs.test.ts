import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, isIntrospectionType } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs/schema.md'), 'utf8');
const directory = mkdtempSync(join(tmpdir(), 'ecwid-graphql-docs-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('docs/schema.md', () => {
  test('is what the generator makes of schema.graphql (npm run docs writes it)', () => {
    const copy = join(directory, 'schema.md');
    copyFileSync(join(root, 'docs/schema.md'), copy);
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const [command = '', ...args] = scripts['docs:schema'].replace('docs/schema.md', copy).split(' ');
    execFileSync(join(root, 'node_modules/.bin', command), args, { cwd: root, stdio: 'pipe' });
    expect(readFileSync(copy, 'utf8')).toBe(page);
  });

  test('has a heading for each type and a row for each field', () => {
    const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
    const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
    expect(types.length).toBeGreaterThan(100);
    for (const type of types) {
      expect(page).toMatch(new RegExp(`^#{3,4} ${type.name}$`, 'm'));
      for (const field of 'getFields' in type ? Object.keys(type.getFields()) : [])
        expect(page).toContain(`<strong id="${type.name}.${field}">`.toLowerCase());
    }
  });
});
