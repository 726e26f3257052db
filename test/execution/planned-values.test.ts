import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { executeByBoth } from './both-executors.ts';

/** A promise that is kept or broken some turns later. */
function later<Value>(value: Value, turns = 1): Promise<Value> {
  const promise = new Promise<Value>((resolve, reject) => {
    const settle = (left: number): void => {
      if (left > 0) setImmediate(settle, left - 1);
      else if (value instanceof Error) reject(value);
      else resolve(value);
    };
    settle(turns);
  });
  // Some are never asked for.
  promise.catch(() => {});
  return promise;
}

/** As some databases answer. */
class Row extends Array<number> {
  constructor(items: readonly number[]) {
    super(...items);
  }

  toJSON() {
    return 'a row';
  }
}

const failure = () => new Error('It failed.');
const coded = () => new GraphQLError('It failed.', { extensions: { code: 'CODED' } });
const located = () => new GraphQLError('It failed elsewhere.', { path: ['elsewhere'] });

const values: Readonly<Record<string, () => unknown>> = {
  null: () => null,
  undefined: () => undefined,
  'a number': () => 5,
  'minus zero': () => -0,
  'not a number': () => Number.NaN,
  'a big number': () => 2 ** 40,
  'a bigint': () => 5n,
  'a symbol': () => Symbol.for('s'),
  'a text': () => 'text',
  'the text that its scalar takes for nothing': () => 'nothing',
  true: () => true,
  'a date': () => new Date(0),
  'an object': () => ({ name: 'Tom', int: 1 }),
  'a cat': () => ({ type: 'Cat', meows: true, name: 'Tom', friend: { __typename: 'Dog', barks: 1 } }),
  'a dog that does not bark': () => ({ type: 'Dog', barks: later(0), name: 'Rex' }),
  'a cat by name alone': () => ({ __typename: 'Cat', type: later('Cat'), meows: later(true) }),
  'no cat, when asked': () => ({ __typename: 'Cat', type: 'Cat', meows: later(false) }),
  'of a type that is none': () => ({ __typename: 'Cow', type: 'Cow' }),
  'of a type that is no object': () => ({ __typename: 'Named', type: later('Named') }),
  'of a type that is another': () => ({ __typename: 'Thing', type: 'Thing' }),
  'of a type that is no name': () => ({ meows: 1, type: 5 }),
  'an error': failure,
  'an error with a code': coded,
  'an error with a path': located,
  'a promise': () => later(5),
  'a promise of null': () => later(null),
  'a promise of an error': () => Promise.resolve(failure()),
  'a broken promise': () => later(failure()),
  'a promise broken with a text': () => async () => {
    await later(null);
    throw 'reason';
  },
  // biome-ignore lint/suspicious/noThenProperty: it is what is tested.
  'a thenable': () => ({ then: (resolve: (value: unknown) => void) => resolve(6) }),
  'a function': () => () => 7,
  'a function that throws': () => () => {
    throw failure();
  },
  'a function that throws a text': () => () => {
    throw 'reason';
  },
  'an async function': () => async () => 8,
  'an empty list': () => [],
  'a list': () => [1, null, 'text', { name: 'Tom', int: 2 }],
  'a list with errors': () => [1, failure(), coded(), 2],
  'a list with promises': () => [later(1, 3), later(null, 2), later(failure(), 1)],
  'a promise of a list': () => later([later(1), later(2)]),
  'a list of lists': () => [
    [1, 2],
    null,
    [later(null), later(3)],
    [later(failure(), 2), later(failure(), 1)],
    4,
  ],
  'a list that is made of a list': () => new Row([1, 2, 3]),
  'a list that is iterated otherwise': () =>
    Object.assign([1, 2], { [Symbol.iterator]: () => [3, 4][Symbol.iterator]() }),
  'a list that grows as it is read': () => {
    const list: object[] = [{ int: 1 }];
    const growing = {
      get int() {
        if (list.length < 3) list.push({ int: 3 });
        return 2;
      },
    };
    list.push(growing);
    return list;
  },
  'a list that shrinks as it is read': () => {
    const shrinking = {
      get int() {
        list.length = 1;
        return 1;
      },
    };
    const list: object[] = [shrinking, { int: 2 }, { int: 3 }];
    return list;
  },
  'a list with a hole': () => Object.assign([], { 0: 1, 2: 3 }),
  'a set': () => new Set([1, 'text']),
  'a generator that throws': () =>
    (function* () {
      yield 1;
      throw failure();
    })(),
};

const types = [
  'int',
  'float',
  'string',
  'boolean',
  'id',
  'color',
  'anything',
  'named',
  'pet',
  'cat',
  'thing',
];
const shapes = ['', 'NonNull', 'List', 'ListOfNonNull', 'NonNullListOfNonNull', 'ListOfLists'];
const selections: Readonly<Record<string, string>> = {
  named: '{ __typename name ... on Cat { meows friend { name } } ... on Dog { barks } }',
  pet: '{ __typename ... on Cat { meows } ... on Named { name } ... on Dog { barks } }',
  cat: '{ name meows }',
  thing: '{ string int intNonNull }',
};

describe('a plan answers as graphql-js does', () => {
  test.each(Object.entries(values))('of %s, whatever the type', async (_, make) => {
    for (const type of types) {
      for (const shape of shapes) {
        const text = `{ int thing { before: string ${type}${shape} ${selections[type] ?? ''} string } }`;
        const makeRoot = () => ({ int: 1, thing: { string: 'kept', [`${type}${shape}`]: make() } });
        await executeByBoth(text, makeRoot);
      }
    }
  });

  test.each(Object.entries(values))('of %s from a resolver', async (_, make) => {
    await executeByBoth('{ thing { resolved resolvedThing { int intNonNull } } }', () => ({
      thing: { give: make },
    }));
  });

  test.each(Object.entries(values))('of %s as the root', async (_, make) => {
    await executeByBoth('{ int thing { int } intNonNull __typename }', make);
    await executeByBoth('mutation { int thing { int } string __typename }', make);
  });

  test('of a property that is read where it is needed, and throws', async () => {
    const { errors } = await executeByBoth('{ thing { int a: intNonNull } b: int }', () => ({
      get int() {
        throw failure();
      },
      thing: Object.defineProperty({ int: 1 }, 'intNonNull', { get: coded }),
    }));
    expect(errors?.map(({ path }) => path)).toEqual([['thing', 'a'], ['b']]);
  });

  test.each(['string intNonNull float', 'intNonNull string float', 'float string intNonNull'])(
    'of properties that are broken promises, beside one that fails all of them: %s',
    async (fields) => {
      // Whatever nobody waits for ends the process.
      const { errors } = await executeByBoth(`{ thing { ${fields} } }`, () => ({
        thing: {
          get string() {
            return Promise.reject(failure());
          },
          get intNonNull() {
            throw coded();
          },
          get float() {
            return Promise.reject(located());
          },
        },
      }));
      expect(errors?.length).toBeGreaterThan(0);
    },
  );

  test('of a method, which is called on its source', async () => {
    class Source {
      readonly own = 5;
      int(args: object, context: object, info: { readonly path: unknown }) {
        return info.path && Object.keys(args).length === 0 && context ? this.own : 0;
      }
    }
    const { data } = await executeByBoth('{ thing { a: int } }', () => ({ thing: new Source() }));
    expect(data).toEqual({ thing: { a: 5 } });
  });

  test('where several fields that may not be null fail one after another', async () => {
    await executeByBoth('{ thingList { a: intNonNull int b: floatNonNull string c: intNonNull } }', () => ({
      thingList: [
        { intNonNull: () => later(failure(), 3), int: () => later(failure(), 5), string: Symbol.for('s') },
        { intNonNull: null, int: later(failure()) },
        { intNonNull: 1, int: later(failure(), 3), floatNonNull: null },
        { intNonNull: () => later(null), int: () => later(failure(), 2), string: later('late', 4) },
      ],
    }));
  });

  test('where what failed is below what was nulled before', async () => {
    await executeByBoth('{ thing { thingListOfNonNull { intNonNull thing { int cat { name } } } } }', () => ({
      thing: {
        thingListOfNonNull: [
          { intNonNull: later(null), thing: { int: later(failure(), 9) } },
          { intNonNull: 1, thing: { int: later(failure(), 12), cat: { meows: later(false, 8) } } },
        ],
      },
    }));
  });
});
