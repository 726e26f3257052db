import { readFileSync } from 'node:fs';
import { buildSchema, isInterfaceType, isNonNullType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const docs = read('docs/clients.md');
const schema = buildSchema(read('schema.graphql'));
const types = Object.values(schema.getTypeMap());

/** Each quoted text between brackets that follow these words. */
function listsAfter(words: string): string[][] {
  return [...docs.matchAll(new RegExp(`${words} \\[([^\\]]*)\\]`, 'g'))].map(([, list = '']) =>
    [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
  );
}

describe('docs/clients.md', () => {
  test('shows the very code that the tests of clients run', () => {
    const blocks = [...docs.matchAll(/<!-- (test\/clients\/\S+) -->\n\n```\w+\n([\s\S]*?)```/g)];
    expect(blocks).toHaveLength(docs.match(/^```\w/gm)?.length ?? 0);
    expect(blocks.length).toBeGreaterThan(5);
    for (const [, path = '', shown] of blocks) expect(shown, path).toBe(read(path));
  });

  test('takes for entities the types whose id is never null', () => {
    const entities = types
      .filter(isObjectType)
      .filter((type) => isNonNullType(type.getFields().id?.type))
      .map(({ name }) => name);
    const lists = listsAfter('const entities =');
    expect(lists).toHaveLength(3);
    for (const list of lists) expect(list).toEqual(entities.toSorted());
  });

  test('names the types of each interface', () => {
    const interfaces = types.filter(isInterfaceType);
    expect(interfaces.length).toBeGreaterThan(2);
    for (const type of interfaces) {
      const possible = schema.getPossibleTypes(type).map(({ name }) => name);
      expect(listsAfter(`${type.name}:`)).toEqual([possible.toSorted()]);
    }
  });
});
