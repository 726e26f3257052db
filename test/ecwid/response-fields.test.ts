import { describe, expect, test } from 'vitest';
import {
  coversResponseFields,
  mergeResponseFields,
  printResponseFields,
  type ResponseFields,
  responseFields,
  whole,
} from '../../src/ecwid/response-fields.ts';

/** `{ a: true, b: { c: true } }` as response fields. */
function fields(tree: object): ResponseFields {
  return new Map(
    Object.entries(tree).map(([name, inside]) => [name, inside === true ? whole : fields(inside)]),
  );
}

describe('response fields', () => {
  test.each([
    [{ total: true }, 'total'],
    [
      { total: true, items: { price: true, dimensions: { length: true } } },
      'total,items(price,dimensions(length))',
    ],
    [{}, ''],
  ])('%j are printed as %j', (tree, text) => {
    expect(printResponseFields(fields(tree))).toBe(text);
  });

  test.each([
    [{ a: true }, { b: true }, { a: true, b: true }],
    [{ a: { b: true } }, { a: { c: true } }, { a: { b: true, c: true } }],
    [{ a: true }, { a: { c: true } }, { a: true }],
    [{ a: { c: true } }, { a: true }, { a: true }],
    [{}, { a: { b: { c: true } } }, { a: { b: { c: true } } }],
  ])('%j and %j together are %j', (a, b, both) => {
    expect(mergeResponseFields(fields(a), fields(b))).toEqual(fields(both));
    expect(fields(a)).toEqual(fields(a));
  });

  test('are one of two sets itself where that has all of the other', () => {
    const [all, some] = [fields({ a: true, b: { c: true } }), fields({ b: { c: true } })];
    expect(mergeResponseFields(all, some)).toBe(all);
    expect(mergeResponseFields(fields({}), some)).toBe(some);
  });

  test.each([
    [{ a: true }, { a: true }, true],
    [{ a: true }, { a: { b: true } }, true],
    [{ a: { b: true } }, { a: true }, false],
    [{ a: { b: true, c: true } }, { a: { c: true } }, true],
    [{ a: { b: true } }, { a: { c: true } }, false],
    [{ a: true }, { a: true, b: true }, false],
    [{}, {}, true],
  ])('%j cover %j: %j', (asked, wanted, isCovered) => {
    expect(coversResponseFields(fields(asked), fields(wanted))).toBe(isCovered);
  });

  test('by names alone are wanted whole', () => {
    expect(printResponseFields(responseFields('total', 'limit'))).toBe('total,limit');
  });
});
