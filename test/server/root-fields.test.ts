import { type ExecutionArgs, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { countRootFields } from '../../src/server/root-fields.ts';

const count = (text: string, operationName?: string) =>
  countRootFields({ document: parse(text), operationName } as unknown as ExecutionArgs, ['place', 'create']);

describe('countRootFields', () => {
  test.each([
    ['{ store { name } }', 0],
    ['mutation { place }', 1],
    ['mutation { hide a: place b: place create }', 3],
    ['mutation { place place }', 1],
    ['mutation { hide { place } }', 0],
    ['mutation { ... { a: place ... on Mutation { b: place } } }', 2],
    ['mutation { ...A } fragment A on Mutation { a: place ...B } fragment B on Mutation { b: create }', 2],
    ['mutation { ...A ...A } fragment A on Mutation { a: place ...A }', 1],
    ['mutation { ...Nowhere }', 0],
    ['query A { store } mutation B { place }', 0],
  ])('finds in %s %i', (text, expected) => {
    expect(count(text)).toBe(expected);
  });

  test('counts the operation that is to run', () => {
    const text = 'mutation A { place } mutation B { a: place b: place }';
    expect([count(text, 'A'), count(text, 'B'), count(text, 'C'), count(text)]).toEqual([1, 2, 0, 0]);
  });

  test('is not slowed down by fragments that double at each step', () => {
    const steps = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Mutation { ...F${i + 1} ...F${i + 1} }`,
    );
    expect(count(`mutation { ...F0 } ${steps.join(' ')} fragment F60 on Mutation { place }`)).toBe(1);
  });
});
