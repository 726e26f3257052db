import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON, GraphQLJSONObject, GraphQLSafeInt } from 'graphql-scalars';
import { readInstant } from '../ecwid/read-instant.ts';
import { readAmount, readObject } from '../ecwid/tolerant.ts';
import { builder } from './builder.ts';

builder.addScalarType(
  'Money',
  new GraphQLScalarType<number, number>({
    name: 'Money',
    description:
      "An amount in the store's currency: the very JSON number that Ecwid sends, in whole units and not in " +
      'cents (12.5 is twelve and a half). As input, a finite number.',
    serialize: readAmount,
    extensions: { kept: 'number' },
    parseValue: (value) => toAmount(value),
    parseLiteral(node) {
      if (node.kind !== Kind.INT && node.kind !== Kind.FLOAT) throw notAnAmount(node);
      return toAmount(Number(node.value), node);
    },
  }),
);

function toAmount(value: unknown, node?: ValueNode): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw notAnAmount(node);
  return value;
}

function notAnAmount(node?: ValueNode): GraphQLError {
  return new GraphQLError('Money must be a finite number.', { nodes: node ?? null });
}

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType<Date, string>({
    ...GraphQLDateTimeISO.toConfig(),
    name: 'DateTime',
    description:
      'RFC 3339 date and time. Answers are in UTC with milliseconds (`2014-09-20T19:59:43.000Z`), the same ' +
      'instant as the one that Ecwid sent in whatever offset. As input, any offset is accepted.',
    specifiedByURL: 'https://datatracker.ietf.org/doc/html/rfc3339#section-5.6',
    serialize: readInstant,
  }),
);

builder.addScalarType(
  'SafeInt',
  new GraphQLScalarType({
    ...GraphQLSafeInt.toConfig(),
    description: 'An integer of up to 53 bits, for sizes that outgrow Int.',
  }),
);

builder.addScalarType(
  'JSON',
  new GraphQLScalarType({
    ...GraphQLJSON.toConfig(),
    description: 'Any JSON value, where Ecwid sends now one kind and now another.',
  }),
);

builder.addScalarType(
  'JSONObject',
  new GraphQLScalarType({
    ...GraphQLJSONObject.toConfig(),
    description: 'A JSON object with keys that no schema can name: a free map, or texts by language code.',
    serialize: (value) => readObject<Record<string, unknown>>(value),
  }),
);
