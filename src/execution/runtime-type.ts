import { GraphQLError, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { PlannedField, PlannedOutput } from './plan.ts';

type AbstractOutput = Extract<PlannedOutput, { readonly kind: 'abstract' }>;

/**
 * The object type that a value of an abstract type was said to be of.
 * @throws GraphQLError where it is none of the possible ones, word for word as graphql-js tells it
 */
export function runtimeTypeOf(
  name: unknown,
  { type }: AbstractOutput,
  { parentType, definition, nodes }: PlannedField,
  schema: GraphQLSchema,
  value: unknown,
): GraphQLObjectType {
  if (name === null || name === undefined) {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${definition.name}". Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  }
  if (isObjectType(name)) {
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  }
  if (typeof name !== 'string') {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${definition.name}" with ` +
        `value ${inspect(value)}, received "${inspect(name)}".`,
    );
  }
  const runtimeType = schema.getType(name);
  if (!runtimeType) {
    throw new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`,
      { nodes },
    );
  }
  if (!isObjectType(runtimeType)) {
    throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`, {
      nodes,
    });
  }
  if (!schema.isSubType(type, runtimeType)) {
    throw new GraphQLError(
      `Runtime Object type "${runtimeType.name}" is not a possible type for "${type.name}".`,
      { nodes },
    );
  }
  return runtimeType;
}
