import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../src/schema/schema.ts';
import { wireFieldsOf } from '../src/schema/selected-fields.ts';
import { documentedFields } from './documented-fields.ts';

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`There is no object type ${name}.`);
  return type;
}

/** The fields of the schema that read a wire field of an object. */
function coordinatesOf(type: GraphQLObjectType, wireName: string): string[] {
  return Object.values(type.getFields())
    .filter((field) => wireFieldsOf(field).names.includes(wireName))
    .map(({ name }) => `${type.name}.${name}`);
}

function coverage(): string {
  const sections = Object.entries(documentedFields).map(([name, fields]) => {
    const type = objectType(name);
    const rows = fields.map((field) => {
      const coordinates = coordinatesOf(type, field).map((coordinate) => `\`${coordinate}\``);
      return `| \`${field}\` | ${coordinates.join(', ')} |`;
    });
    return [`## ${name}`, '', '| REST | schema |', '| --- | --- |', ...rows, ''].join('\n');
  });
  return [
    '# Field coverage',
    '',
    'Every field that Ecwid documents for carts, orders, calculations and what hangs below them, with the field of',
    'the schema that reads it. Where two spellings mean the same thing, one field reads both. Only `adminUrl` of an',
    "item's file is left out: it carries an access token. Made from the schema; `npx vitest run",
    'test/field-coverage.test.ts -u` makes it anew.',
    '',
    ...sections,
  ].join('\n');
}

describe('the schema', () => {
  test.each(Object.entries(documentedFields))(
    'has a coordinate for every documented field of %s',
    (name, fields) => {
      const type = objectType(name);
      expect(fields.filter((field) => coordinatesOf(type, field).length === 0)).toEqual([]);
    },
  );

  test('has no type for data of Ecwid whose fields are not listed', () => {
    const listed = new Set(Object.keys(documentedFields));
    const reached = new Set<string>();
    const reach = (type: GraphQLObjectType) => {
      if (reached.has(type.name)) return;
      reached.add(type.name);
      for (const field of Object.values(type.getFields())) {
        const below = getNamedType(field.type);
        if (isObjectType(below) && wireFieldsOf(field).nested) reach(below);
      }
    };
    for (const name of ['Cart', 'Order', 'CalculatedOrder']) reach(objectType(name));
    expect([...reached].filter((name) => !listed.has(name))).toEqual([]);
    expect([...listed].filter((name) => !reached.has(name))).toEqual([]);
  });

  test('is covered as docs/field-coverage.md says', async () => {
    await expect(coverage()).toMatchFileSnapshot('../docs/field-coverage.md');
  });
});
