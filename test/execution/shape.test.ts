import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createShape, type ShapedField, unread } from '../../src/execution/shape.ts';

const fields = (count: number): ShapedField[] =>
  Array.from({ length: count }, (_, n) => ({
    responseName: `f${n}`,
    property: n % 3 === 2 ? undefined : `p${n}`,
  }));

/** Where it gets into the code, it runs as soon as that is made. */
const injection = 'a], x: (() => { globalThis.injected = true; })(), y: [0';

const answered = (count: number) =>
  Object.fromEntries(fields(count).map(({ responseName }, n) => [responseName, n]));

describe('a shape', () => {
  test.each([0, 1, 16, 17, 128, 129, 500])(
    'of %i fields reads and makes the same before and after it is compiled',
    (count) => {
      const shape = createShape(fields(count), 2);
      const source = Object.fromEntries(fields(count).map((_, n) => [`p${n}`, { n }]));
      const values = fields(count).map(({ property }) => (property ? source[property] : unread));
      const numbers = values.map((_, n) => n);
      for (let run = 0; run < 4; run += 1) {
        expect(shape.read(source)).toEqual(values);
        const answer = shape.make(numbers);
        expect(Object.entries(answer)).toEqual(Object.entries(answered(count)));
        expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
      }
    },
  );

  test('is compiled once as many objects were read as it waits for, and reads each anew', () => {
    const shape = createShape(fields(2), 2);
    const { make } = shape;
    expect([shape.read({ p0: 1 }), shape.read({ p0: 2 })]).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
    expect(shape.make).toBe(make);
    expect(shape.read({ p0: 3, p1: 4 })).toEqual([3, 4]);
    expect(shape.make).not.toBe(make);
    const values = shape.read({ p0: 5 });
    values[0] = 'changed';
    expect(shape.read({ p0: 5 })).toEqual([5, undefined]);
  });

  test.each([0, 100])('keeps what it has read where a property fails, after %i objects', (compileAfter) => {
    const shape = createShape(fields(7), compileAfter);
    const source = {
      p0: 0,
      p1: 1,
      get p3() {
        throw new Error('It fails.');
      },
      p4: 4,
    };
    expect(shape.read(source)).toEqual([0, 1, unread, unread, unread, unread, unread]);
  });

  test.each([
    ...['a b', 'a-b', '', '1a', '__proto__', 'é', "a'", injection, 'a\u2028', 'a\n'],
    // So long that it is for nobody to read, and code of it takes as much memory.
    'a'.repeat(101),
  ])('has no code made of %j', (name) => {
    const shape = createShape([{ responseName: 'a', property: name }], 0);
    const { make } = shape;
    expect(shape.read(Object.fromEntries([[name, 1]]))).toEqual([1]);
    expect(shape.make).toBe(make);
    expect(shape.make([2])).toEqual({ a: 2 });
    const aliased = createShape([{ responseName: name, property: 'a' }], 0);
    const { make: makeAliased } = aliased;
    expect(aliased.read({ a: 3 })).toEqual([3]);
    expect(aliased.make).toBe(makeAliased);
    expect(globalThis).not.toHaveProperty('injected');
  });

  test.each([
    'constructor',
    'toString',
    'hasOwnProperty',
    'default',
    'class',
    'values',
    'source',
    'unread',
    'eval',
  ])('may have a field of the name %s', (name) => {
    const shape = createShape([{ responseName: name, property: name }], 0);
    expect(shape.read({ [name]: 1 })).toEqual([1]);
    expect(Object.entries(shape.make([2]))).toEqual([[name, 2]]);
  });

  test('stays with loops where no code may be made of texts', () => {
    const program = `
      import { createShape } from ${JSON.stringify(new URL('../../src/execution/shape.ts', import.meta.url))};
      const shape = createShape([{ responseName: 'a', property: 'b' }], 0);
      console.log(JSON.stringify([shape.read({ b: 1 }), shape.read({ b: 2 }), shape.make([3])]));
    `;
    const args = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', program];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('[[1],[2],{"a":3}]\n');
  });
});
