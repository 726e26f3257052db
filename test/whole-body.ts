import {
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { wireFieldsOf } from '../src/schema/selected-fields.ts';

/** How Ecwid writes a value of each scalar. */
export const exampleValues: Readonly<Record<string, unknown>> = {
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
export function wholeBody(
  type: GraphQLObjectType,
  spelling = 0,
  values: Readonly<Record<string, unknown>> = exampleValues,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of Object.values(type.getFields())) {
    const { names, nested } = wireFieldsOf(field);
    // Told by a flag of its own, or else by another field that has its own turn.
    const name = field.name === 'isPickup' ? 'isPickup' : (names[Math.min(spelling, names.length - 1)] ?? '');
    const below = getNamedType(field.type);
    const listed = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    let value = values[below.name];
    if (isEnumType(below))
      value = below
        .getValues()
        .find((known) => known.name !== 'UNKNOWN')
        ?.name.toLowerCase();
    else if (isObjectType(below)) value = nested ? wholeBody(below, spelling, values) : values.ID;
    if (field.name === 'selectedPrice') value = { value };
    body[name] = listed ? [value] : value;
  }
  return body;
}
