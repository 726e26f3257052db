import {
  type ExecutionArgs,
  execute,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  getOperationAST,
  Kind,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { createExecutor } from '../../src/execution/executor.ts';
import { planVariables } from '../../src/execution/plan-variables.ts';
import { comparable } from './comparable.ts';

const Color = new GraphQLEnumType({ name: 'Color', values: { RED: { value: 'r' }, BLUE: { value: 'b' } } });

/** Takes texts alone, `none` for no value at all, and as a literal also an object, for what is in it. */
const Text = new GraphQLScalarType({
  name: 'Text',
  parseValue(value) {
    if (typeof value !== 'string') throw new TypeError('This is no text.');
    return value === 'none' ? undefined : value;
  },
  parseLiteral: (node, variables) =>
    node.kind === Kind.OBJECT ? JSON.stringify(variables ?? {}) : 'value' in node ? node.value : undefined,
});

const Node: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'Node',
  fields: () => ({
    name: { type: new GraphQLNonNull(Text) },
    color: { type: Color },
    size: { type: GraphQLInt, defaultValue: 3 },
    child: { type: Node },
    children: { type: new GraphQLList(new GraphQLNonNull(Node)) },
    grid: { type: new GraphQLList(new GraphQLList(GraphQLInt)) },
    weight: { type: GraphQLFloat },
  }),
});

const Odd = new GraphQLInputObjectType({
  name: 'Odd',
  fields: { constructor: { type: GraphQLInt }, name: { type: GraphQLString } },
});

const Either = new GraphQLInputObjectType({
  name: 'Either',
  isOneOf: true,
  fields: { a: { type: GraphQLInt }, b: { type: GraphQLInt } },
});

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      take: {
        type: GraphQLString,
        args: {
          node: { type: Node },
          nodes: { type: new GraphQLList(Node) },
          odd: { type: Odd },
          either: { type: Either },
          text: { type: Text },
          int: { type: GraphQLInt, defaultValue: 5 },
        },
        resolve: (_source, args) => JSON.stringify([args, Object.getPrototypeOf(args) === Object.prototype]),
      },
    },
  }),
});

const text = `query ($node: Node, $nodes: [Node] = [{ name: "by default" }], $odd: Odd, $either: Either, $text: Text, $int: Int) {
  take(node: $node, nodes: $nodes, odd: $odd, either: $either, text: $text, int: $int)
}`;

/** What a plan answers, which has to be what graphql-js does. */
async function take(variableValues: Record<string, unknown>, query = text) {
  const args: ExecutionArgs = { schema, document: parse(query), variableValues };
  const expected = await execute(args);
  const actual = await createExecutor({ planAfter: 0 })(args);
  expect(comparable(actual)).toEqual(comparable(expected));
  // With the order of keys within the text.
  expect(actual.data?.take).toBe(expected.data?.take);
  return actual;
}

/** Whether variables are coerced without the help of graphql-js. */
function isPlanned(values: Record<string, unknown>, query = text): boolean {
  const operation = getOperationAST(parse(query));
  return operation != null && planVariables(schema, operation)(values) !== undefined;
}

let deep: object = { name: 'deepest' };
for (let depth = 0; depth < 100_000; depth += 1) deep = { name: 'deep', child: deep };

describe('variables without a mistake', () => {
  test.each([
    ['none', {}],
    ['nulls', { node: null, nodes: null, text: null, int: null }],
    [
      'nested objects',
      { node: { name: 'a', child: { name: 'b', children: [{ name: 'c', color: 'RED' }] } } },
    ],
    ['fields in another order', { node: { weight: 1.5, grid: [[1, null], null], size: 4, name: 'a' } }],
    ['a field that has a default and is null', { node: { name: 'a', size: null, color: null } }],
    ['a list of objects', { nodes: [{ name: 'a' }, null, { name: 'b', size: 9 }], int: 0 }],
    ['an object without a prototype', { node: Object.assign(Object.create(null), { name: 'a' }) }],
    ['more than there are', { int: 1, more: 2 }],
  ])('are coerced as graphql-js does, and without it: %s', async (_, values) => {
    expect((await take(values)).errors).toBeUndefined();
    expect(isPlanned(values)).toBe(true);
  });
});

describe('what graphql-js has to look at', () => {
  test.each([
    ['a required field that is missing', { node: {} }],
    ['a required field that is null', { node: { name: null } }],
    ['an unknown field', { node: { name: 'a', nane: 'b' } }],
    ['a key of __proto__', { node: JSON.parse('{ "name": "a", "__proto__": { "size": 1 } }') }],
    ['a value of a wrong type', { node: { name: 'a', size: 'large' } }],
    ['a value that is no value', { node: { name: 'none' }, text: 'none' }],
    ['a value that a scalar throws at', { text: 5 }],
    ['an unknown value of an enum', { node: { name: 'a', color: 'GREEN' } }],
    ['null in a list of what is not null', { node: { name: 'a', children: [null] } }],
    ['a list in place of an object', { node: [{ name: 'a' }] }],
    ['one in place of a list', { nodes: { name: 'alone' }, node: { name: 'a', grid: 1 } }],
    ['another iterable', { nodes: new Set([{ name: 'a' }]) }],
    [
      'an object of a class',
      {
        node: new (class {
          name = 'a';
        })(),
      },
    ],
    ['an inherited field', { node: Object.create({ name: 'inherited' }) }],
    ['a field that is undefined', { node: { name: 'a', size: undefined } }],
    ['two of which only one may be', { either: { a: 1, b: 2 } }],
    ['one of which one has to be', { either: { a: 1 } }],
    ['an input with a name that every object has', { odd: { name: 'a' } }],
  ])('%s', async (_, values) => {
    await take(values);
    expect(isPlanned(values)).toBe(false);
  });

  test('values that go deeper than the stack', () => {
    expect(isPlanned({ node: deep })).toBe(false);
  });

  test('a required variable that is missing, or null', async () => {
    const query = 'query ($node: Node!) { take(node: $node) }';
    for (const values of [{}, { node: null }]) {
      await take(values, query);
      expect(isPlanned(values, query)).toBe(false);
    }
  });
});

test.each([
  '{ take(text: { a: $given }) }',
  'query ($given: Int) { take(text: { a: $given }, int: $given) }',
  'query ($given: Int) { take(node: { name: "a", size: $given }, nodes: [{ name: "b" }]) }',
  'query ($toString: Text) { take(text: $toString) }',
  'query ($missing: Int) { take(int: $missing) }',
  '{ take(int: null, text: "a") }',
])('arguments are those that graphql-js has: %s', async (query) => {
  await take({ given: 7 }, query);
});
