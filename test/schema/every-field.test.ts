import {
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/schema/schema.ts';
import { wireFieldsOf } from '../../src/schema/selected-fields.ts';
import {
  type GatewayOnSandbox,
  type RunningGateway,
  startGateway,
  startGatewayOver,
} from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { filledPaths, leafPaths, wholeSelection } from '../whole-selection.ts';

const id = 'A110000-0000-0000-0000-000000000001';
const input = '{ items: [{ price: 1, quantity: 1 }] }';

/** How to ask for each object whole. A cart's order is another resource. */
const roads = [
  ['Cart', `cart(id: "${id}")`, ['recoveredOrder']],
  ['Order', `order(id: "${id}")`, []],
  ['CalculatedOrder', `calculateOrder(input: ${input})`, []],
] as const;

/** How Ecwid writes a value of a scalar. */
const examples: Readonly<Record<string, unknown>> = {
  Money: 1.5,
  Float: 2.25,
  Int: 3,
  SafeInt: 4_000_000_000,
  ID: 7,
  String: 'text',
  Boolean: true,
  DateTime: '2014-09-20 11:59:43 -0800',
  JSON: { a: [1] },
  JSONObject: { a: 'text' },
};

/** An object of Ecwid's with every field, each under the name at `spelling`, or under its last one. */
function wholeBody(type: GraphQLObjectType, spelling: number): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of Object.values(type.getFields())) {
    const { names, nested } = wireFieldsOf(field);
    // Told by a flag of its own, or else by another field that has its own turn.
    const name = field.name === 'isPickup' ? 'isPickup' : (names[Math.min(spelling, names.length - 1)] ?? '');
    const below = getNamedType(field.type);
    const listed = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    let value = examples[below.name];
    if (isEnumType(below))
      value = below
        .getValues()
        .find((known) => known.name !== 'UNKNOWN')
        ?.name.toLowerCase();
    else if (isObjectType(below)) value = nested ? wholeBody(below, spelling) : examples.ID;
    if (field.name === 'selectedPrice') value = { value };
    body[name] = listed ? [value] : value;
  }
  return body;
}

describe('every field', () => {
  let origin: ScriptedOrigin;
  let gateway: RunningGateway;

  beforeAll(async () => {
    origin = await startScriptedOrigin();
    gateway = await startGatewayOver(origin.url);
  });
  afterAll(async () => {
    await gateway.close();
    await origin.close();
  });

  for (const [name, field, leaveOut] of roads) {
    test.each([0, 1, 2])(
      `of ${name} is read where Ecwid writes it in its spelling number %i`,
      async (spelling) => {
        const type = schema.getType(name) as GraphQLObjectType;
        origin.script = answerJson(wholeBody(type, spelling));
        const { data, errors } = await gateway.query(`{ it: ${field} ${wholeSelection(name, leaveOut)} }`);
        expect(errors).toBeUndefined();
        const filled = [...filledPaths(data.it)];
        const empty = leafPaths(name, leaveOut).filter(
          (path) => !filled.some((there) => there === path || there.startsWith(`${path}.`)),
        );
        expect(empty).toEqual([]);
        expect(gateway.logLines).toEqual([]);
      },
    );
  }
});

describe('every cart and order of the sandbox', () => {
  let gateway: GatewayOnSandbox;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());

  test.each([
    ['carts', 'Cart'],
    ['orders', 'Order'],
  ])('among its %s is answered whole without an error', async (list, type) => {
    const { data, errors } = await gateway.query(
      `{ ${list}(first: 1000) { totalCount nodes ${wholeSelection(type)} } }`,
    );
    expect(errors).toBeUndefined();
    expect(data[list].nodes).toHaveLength(data[list].totalCount);
    expect(data[list].totalCount).toBeGreaterThan(50);
  });
});
