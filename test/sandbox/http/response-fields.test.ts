import { describe, expect, test } from 'vitest';
import { parseResponseFields, selectFields } from '../../../src/sandbox/http/response-fields.ts';

const answer = {
  total: 2,
  items: [
    { id: 1, name: 'Cherry', taxes: [{ name: 'Tax X', value: 7 }], dimensions: { length: 34, width: 3 } },
    { id: 2, name: null, taxes: null, nameTranslated: { en: 'Apple', nl: 'Appel' } },
  ],
  nested: [[{ one: 1, two: 2 }]],
};

function select(text: string): unknown {
  return selectFields(answer, parseResponseFields(text));
}

describe('responseFields', () => {
  test.each<[string, unknown]>([
    ['total', { total: 2 }],
    ['items(id)', { items: [{ id: 1 }, { id: 2 }] }],
    ['items(id),total', { total: 2, items: [{ id: 1 }, { id: 2 }] }],
    ['items(taxes(name))', { items: [{ taxes: [{ name: 'Tax X' }] }, { taxes: null }] }],
    ['items(name)', { items: [{ name: 'Cherry' }, { name: null }] }],
    ['items(id(deeper))', { items: [{ id: 1 }, { id: 2 }] }],
    [
      'items(id),items(name)',
      {
        items: [
          { id: 1, name: 'Cherry' },
          { id: 2, name: null },
        ],
      },
    ],
    [
      'items(taxes(name)),items(taxes)',
      { items: [{ taxes: [{ name: 'Tax X', value: 7 }] }, { taxes: null }] },
    ],
    [
      'items(taxes),items(taxes(name))',
      { items: [{ taxes: [{ name: 'Tax X', value: 7 }] }, { taxes: null }] },
    ],
    [
      'items(taxes(name),taxes(value))',
      { items: [{ taxes: [{ name: 'Tax X', value: 7 }] }, { taxes: null }] },
    ],
    ['items(id),items', { items: answer.items }],
    ['items(nameTranslated(en))', { items: [{}, { nameTranslated: { en: 'Apple', nl: 'Appel' } }] }],
    ['nested(two)', { nested: [[{ two: 2 }]] }],
    ['nothing', {}],
    ['nothing(of,this)', {}],
    ['__proto__,constructor(name)', {}],
    [' total , items( id ) ', { total: 2, items: [{ id: 1 }, { id: 2 }] }],
    ['total,total', { total: 2 }],
  ])('%s', (text, selected) => {
    expect(select(text)).toEqual(selected);
  });

  test('keeps the order that the answer has', () => {
    expect(Object.keys(select('items,total') as object)).toEqual(['total', 'items']);
  });

  test('goes as deep as anyone needs', () => {
    const deep = (levels: number) => `${'a('.repeat(levels)}b${')'.repeat(levels)}`;
    expect(() => parseResponseFields(deep(50))).not.toThrow();
    expect(() => parseResponseFields(deep(51))).toThrow("Wrong parameter 'responseFields' value: ");
  });

  test.each([
    '',
    ' ',
    ',',
    ',total',
    'total,',
    'total,,items',
    'items(',
    'items()',
    'items(id',
    'items(id))',
    ')',
    '(id)',
    'items(id)total',
    'items(id)(name)',
    'items(,id)',
    'items(id,)',
  ])('"%s" is malformed', (text) => {
    expect(() => parseResponseFields(text)).toThrow(`Wrong parameter 'responseFields' value: ${text}`);
  });
});
