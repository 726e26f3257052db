import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { measureDocument } from '../../src/server/measure-document.ts';

const nothing = { depth: 0, fields: 0, aliases: 0, directives: 0, introspections: 0 };

describe('measureDocument', () => {
  test.each([
    ['{ cart { id items { name } } }', { depth: 3, fields: 4 }],
    ['{ a: cart { b: id c: __typename id: id } }', { depth: 2, fields: 4, aliases: 3 }],
    [
      'query ($a: Int @x) @y { ... @z { id @skip(if: true) ...F @w } } fragment F on Cart @v { id }',
      { depth: 1, fields: 2, directives: 6 },
    ],
    [
      '{ a: cart { ...F } b: cart { ...F } } fragment F on Cart { c: id @x items { name } }',
      { depth: 3, fields: 8, aliases: 4, directives: 2 },
    ],
    // One of them runs.
    ['query A { a { b } } query B { c d e }', { depth: 2, fields: 3 }],
    ['{ ...Missing }', {}],
    ['{ id ...F } fragment F on Cart { id ...F }', { depth: 1, fields: 2 }],
    ['{ ...F } fragment F on Cart { id ...G } fragment G on Cart { id ...F }', { depth: 1, fields: 2 }],
    ['fragment Unused on Cart { id }', {}],
    ['{ __proto__ ...constructor } fragment constructor on Query { id }', { depth: 1, fields: 2 }],
  ])('of %s', (text, measures) => {
    expect(measureDocument(parse(text))).toEqual({ ...nothing, ...measures });
  });

  test('counts how often the schema is asked for, also in part, and not what is asked of it', () => {
    expect(
      measureDocument(
        parse('{ __schema { types { name fields { a: name @x } } } b: __type(name: "A") { name } }'),
      ),
    ).toEqual({ depth: 1, fields: 2, aliases: 2, directives: 1, introspections: 3 });
    expect(measureDocument(parse(getIntrospectionQuery()))).toMatchObject({ depth: 1, introspections: 1 });
  });

  test('takes no longer for fragments that spread each other over and over', () => {
    const bomb = Array.from(
      { length: 150 },
      (_, n) => `fragment F${n} on Cart { x: id @y ...F${n + 1} ...F${n + 1} }`,
    );
    const measures = measureDocument(parse(`{ ...F0 } ${bomb.join(' ')} fragment F150 on Cart { id }`));
    expect(measures).toMatchObject({ depth: 1, fields: 1e9, aliases: 1e9, directives: 1e9 });
  });
});
