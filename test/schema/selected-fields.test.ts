import { buildSchema, executeSync, type GraphQLResolveInfo, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { printResponseFields, type ResponseFields } from '../../src/ecwid/response-fields.ts';
import { selectedFields } from '../../src/schema/selected-fields.ts';

const schema = schemaOf('type Cart { id: ID email: String total: Float buyer: Person }');

function schemaOf(cart: string) {
  return buildSchema(`
    type Query { cart(id: ID): Cart }
    type Person { name: String city: String }
    ${cart}
  `);
}

/** What each field of the operation asks for, by its alias. */
function askedFor(
  document: ReturnType<typeof parse>,
  variableValues: Readonly<Record<string, unknown>> = {},
  of = schema,
  ...path: string[]
) {
  const asked = new Map<string, ResponseFields>();
  const find = (_args: object, _context: unknown, info: GraphQLResolveInfo) => {
    asked.set(String(info.path.key), selectedFields(info, ...path));
    return null;
  };
  executeSync({ schema: of, document, variableValues, rootValue: { cart: find } });
  return asked;
}

function printed(asked: ReadonlyMap<string, ResponseFields>) {
  return Object.fromEntries([...asked].map(([name, fields]) => [name, printResponseFields(fields)]));
}

describe('the fields to ask for', () => {
  test('are the same object whenever the same document is run', () => {
    const document = parse('query ($id: ID) { cart(id: $id) { email buyer { name } } }');
    const first = askedFor(document, { id: '1' });
    expect(printed(first)).toEqual({ cart: 'email,buyer(name)' });
    expect(askedFor(document, { id: '2' }).get('cart')).toBe(first.get('cart'));
    const again = parse('query ($id: ID) { cart(id: $id) { email buyer { name } } }');
    expect(askedFor(again).get('cart')).not.toBe(first.get('cart'));
  });

  test.each([
    ['a field', '{ cart { email total @include(if: $with) } }'],
    ['a field further down', '{ cart { email total buyer { name @skip(if: $with) city } } }'],
    ['an inline fragment', '{ cart { email ... @include(if: $with) { total } } }'],
    ['a fragment', '{ cart { email ...Total @include(if: $with) } } fragment Total on Cart { total }'],
    [
      'what a fragment has',
      '{ cart { email ...Total } } fragment Total on Cart { total @include(if: $with) }',
    ],
  ])('are those that the variables of each run select, where they decide about %s', (_what, selection) => {
    const run = (name: string, value: boolean) =>
      askedFor(parse(`query ($with: Boolean!) ${selection}`), { [name]: value });
    const document = parse(`query ($with: Boolean!) ${selection}`);
    const [yes, no] = [true, false].map((value) => printed(askedFor(document, { with: value })));
    expect(yes).not.toEqual(no);
    expect([yes, no]).toEqual([true, false].map((value) => printed(run('with', value))));
  });

  test('are those of all places that name a field together, and not of the first of them alone', () => {
    const document = parse(`
      query ($more: Boolean!) { ...Email cart @include(if: $more) { total } }
      fragment Email on Query { cart { email } }
    `);
    expect(printed(askedFor(document, { more: false }))).toEqual({ cart: 'email' });
    expect(printed(askedFor(document, { more: true }))).toEqual({ cart: 'email,total' });
    expect(printed(askedFor(document, { more: false }))).toEqual({ cart: 'email' });
  });

  test('are told apart by the place below a field', () => {
    const document = parse('{ cart { email buyer { city } } }');
    expect(printed(askedFor(document))).toEqual({ cart: 'email,buyer(city)' });
    expect(printed(askedFor(document, {}, schema, 'buyer'))).toEqual({ cart: 'city' });
    expect(printed(askedFor(document))).toEqual({ cart: 'email,buyer(city)' });
  });

  test('are those of the schema that the document is run on', () => {
    const document = parse('{ cart { email total } }');
    const smaller = schemaOf('type Cart { id: ID email: String }');
    expect(printed(askedFor(document))).toEqual({ cart: 'email,total' });
    expect(printed(askedFor(document, {}, smaller))).toEqual({ cart: 'email' });
  });
});
