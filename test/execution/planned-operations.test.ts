import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createExecutor } from '../../src/execution/executor.ts';
import { executeByBoth, isPlanned } from './both-executors.ts';
import { smallSchema } from './small-schema.ts';

const thing = { int: 1, string: 'text', intNonNull: 2, cat: { name: 'Tom', meows: true } };
const root = () => ({ ...thing, thing: { ...thing, thing } });

describe('a planned operation', () => {
  test('merges what is selected of one field in several places, in the order of the first', async () => {
    const { data } = await executeByBoth(
      `{ a: thing { ...Strings thing { int } } string ...Again @include(if: true)
         ... on Thing { a: thing { thing { string b: int ...Strings } } } none: int @skip(if: true) }
       fragment Strings on Thing { string ... { int } __typename }
       fragment Again on Thing { a: thing { int intNonNull ...Strings } ...Strings }`,
      root,
    );
    expect(JSON.stringify(data)).toBe(
      '{"a":{"string":"text","int":1,"__typename":"Thing","thing":{"int":1,"string":"text","b":1,' +
        '"__typename":"Thing"},"intNonNull":2},"string":"text","int":1,"__typename":"Thing"}',
    );
  });

  test.each([16, 17, 128, 129])('answers with %i fields of each object', async (count) => {
    const names = Array.from({ length: count - 3 }, (_, n) => `n${n}: ${n % 2 ? 'int' : 'string'}`);
    const text = `{ thingList { c: int ${names.join(' ')} late: intNonNull a: int } }`;
    const later = async (value: unknown) => value;
    await executeByBoth(text, () => ({
      thingList: [
        { int: 1, string: null, intNonNull: later(2) },
        { int: () => later(3), string: 'text', intNonNull: 4 },
        { int: () => later('none'), string: 'text' },
        { int: 5, intNonNull: 6 },
      ],
    }));
  });

  test('tells resolvers all that graphql-js tells them', async () => {
    const text = `query Told($at: Int = 5) { a: told(at: $at) { ...Again } ...Again thing { told(at: 3) { int } } }
                  fragment Again on Thing { a: told(at: $at) { b: told { c: told(at: 3) { int } } } }`;
    const { calls } = await executeByBoth(text, root, { variableValues: { at: 4 } });
    expect(calls).toHaveLength(7);
  });

  test.each([
    '{ defaults }',
    '{ defaults(range: { to: 5 }, color: RED) }',
    '{ defaults(range: null, required: 1) again: defaults(required: 1) }',
    '{ a: thing { defaults(changeable: 1) } b: thing { defaults(changeable: 1) } defaults(changeable: 1) }',
    'query ($range: Range, $required: Int = 3) { defaults(range: $range, required: $required) }',
    'query ($to: Int! = 3, $color: Color) { defaults(range: { to: $to }, color: $color) }',
    '{ thing { needing } before: int needing(id: 5) needingRange(range: { to: 1 }) }',
    'query ($id: ID) { thing { needing(id: $id) } }',
    '{ defaults(required: "no number") thing { defaults(required: null) needingRange(range: {}) } }',
  ])('has the arguments of %s, or their errors', async (text) => {
    const withNeeds = () => ({ ...root(), needing: (args: object) => args, needingRange: 'a property' });
    await executeByBoth(text, withNeeds);
    await executeByBoth(text, withNeeds, {
      variableValues: { range: { to: 9 }, to: 4, color: 'RED', id: 1 },
    });
    await executeByBoth(text, withNeeds, { variableValues: { range: { to: null }, color: null, id: null } });
  });

  test.each([
    ['an unknown name', { operationName: 'C' }],
    ['no name where there are two', {}],
    ['one of two', { operationName: 'B' }],
    ['a variable that is missing', { operationName: 'A' }],
    [
      'wrong variables',
      { operationName: 'A', variableValues: { range: { form: 1 }, color: 'REED', list: ['x'] } },
    ],
    [
      'wrong variables of which few are told',
      {
        operationName: 'A',
        variableValues: { range: { form: 1 }, list: ['x', 'y'] },
        options: { maxCoercionErrors: 1 },
        hideSuggestions: true,
      },
    ],
  ])('of a document with two is found, or not, with %s', async (_, run) => {
    await executeByBoth(
      `query A($range: Range!, $color: Color, $list: [Int]) { int defaults(range: $range, color: $color) }
       query B { string }`,
      root,
      run,
    );
  });

  test('changes one thing after the other, also where one fails', async () => {
    const order: string[] = [];
    const step =
      (name: string, turns: number, fail = false) =>
      async () => {
        order.push(`${name} begins`);
        for (let turn = 0; turn < turns; turn += 1) await null;
        order.push(`${name} ends`);
        if (fail) throw new Error(name);
        return turns;
      };
    const text = 'mutation { a: int string b: float c: thing { int float } d: boolean }';
    const makeRoot = (fail: boolean) => () => ({
      int: step('a', 9),
      string: step('string', 0),
      float: step('b', 5, true),
      thing: { int: step('c', 3, fail), float: step('e', 1) },
      boolean: step('d', 0),
    });
    await executeByBoth(text, makeRoot(false));
    const [first, second, third] = [0, 1, 2].map((run) =>
      order.slice((run * order.length) / 3, ((run + 1) * order.length) / 3),
    );
    expect(first?.slice(0, 4)).toEqual(['a begins', 'a ends', 'string begins', 'string ends']);
    expect([second, third]).toEqual([first, first]);
    await executeByBoth(text, makeRoot(true));
    await executeByBoth(text.replaceAll('int', 'intNonNull'), makeRoot(true));
    await executeByBoth('mutation { intNonNull string thing { int } }', () => ({
      intNonNull: step('f', 2, true),
    }));
  });

  test('tells of itself what graphql-js tells', async () => {
    await executeByBoth(
      '{ __typename __schema { queryType { name } types { name kind } } __type(name: "Cat") { fields { name } } }',
    );
  });
});

describe('a plan', () => {
  test.each([
    ['what a variable skips', 'query ($a: Boolean!) { thing { int @skip(if: $a) } }', false],
    ['what a variable includes', 'query ($a: Boolean! = true) { ... @include(if: $a) { int } }', false],
    ['what is skipped by a literal', '{ int @skip(if: false) }', true],
    ['a field named __proto__', '{ __proto__: int }', false],
    ['a field named then', '{ thing { then: int } }', false],
    ['a field named constructor', '{ constructor: int }', true],
    ['another kind of operation', 'subscription { int }', false],
    ['a fragment that spreads itself', '{ ...A } fragment A on Thing { thing { ...A } }', false],
  ])('of %s: %s: %s', async (_, text, planned) => {
    expect(isPlanned(text)).toBe(planned);
    if (text.includes('...A')) return;
    await executeByBoth(text, root, { variableValues: { a: true } });
    await executeByBoth(text, root, { variableValues: { a: false } });
  });

  test('has no more fields than it may, however fragments spread', () => {
    const text = `{ ...A0 } ${Array.from(
      { length: 9 },
      (_, n) => `fragment A${n} on Thing { a: thing { ...A${n + 1} } b: thing { ...A${n + 1} } }`,
    ).join(' ')}
      fragment A9 on Thing { int }`;
    expect(isPlanned(text, 1_534)).toBe(true);
    expect(isPlanned(text, 1_533)).toBe(false);
  });

  test('is made when an operation comes again, of the resolvers that it has then', async () => {
    const field = smallSchema.getQueryType()?.getFields().resolved;
    if (!field) throw new Error('The field is gone.');
    const { resolve } = field;
    const execute = createExecutor();
    const document = parse('{ resolved }');
    const run = async () => (await execute({ schema: smallSchema, document })).data?.resolved;
    try {
      field.resolve = () => 'first';
      expect(await run()).toBe('first');
      field.resolve = () => 'second';
      expect(await run()).toBe('second');
      field.resolve = () => 'third';
      expect(await run()).toBe('second');
    } finally {
      if (resolve) field.resolve = resolve;
    }
  });

  test('is not used with resolvers of somebody else', async () => {
    const run = { fieldResolver: () => 5, typeResolver: () => 'Cat' };
    expect((await executeByBoth('{ int named { __typename } }', root, run)).data).toMatchObject({ int: 5 });
  });
});
