import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLBoolean,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLFloat,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
// Not of its public interface, but the very functions that `execute` is made of: what it does they decide.
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { getFieldDef } from 'graphql/execution/execute.js';
import { type Answer, blankAnswer } from './blank-answer.ts';
import { type PlannedArguments, planArguments } from './plan-arguments.ts';
import { type CoerceVariables, planVariables } from './plan-variables.ts';

/** All of an operation that is the same each time it runs, whatever its variables are. Never changed. */
export interface Plan {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly coerceVariables: CoerceVariables;
  /** Whether a field of the root waits for the one before it. */
  readonly isSerial: boolean;
  readonly selection: PlannedSelection;
  /** How many fields are planned, those of fields included: what a plan takes in memory goes by that. */
  readonly size: number;
}

/** What is selected of one object. */
export interface PlannedSelection {
  readonly fields: readonly PlannedField[];
  /** What its answer begins as, where that is not empty. */
  readonly blank: Readonly<Answer> | undefined;
}

/** A field in one place of the answer. */
export interface PlannedField {
  readonly responseName: string;
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  /** Undefined where the value is the source's property of the field's name, as it is by default. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  readonly args: PlannedArguments;
  readonly output: PlannedOutput;
  readonly kept: Kept;
  /** Whether a function of the schema is to be told about the field. */
  readonly needsInfo: boolean;
  /** Whether what the field holds has places of its own. */
  readonly needsPath: boolean;
}

/** How a value of a field becomes one of the answer. */
export type PlannedOutput = { readonly isNonNull: boolean } & (
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'list'; readonly item: PlannedOutput }
  | { readonly kind: 'object'; readonly type: GraphQLObjectType; readonly selection: PlannedSelection }
  | {
      readonly kind: 'abstract';
      readonly type: GraphQLAbstractType;
      readonly selectionsByType: ReadonlyMap<GraphQLObjectType, PlannedSelection>;
    }
);

/** What `typeof` tells of values that are serialized as they are; of numbers, those that are finite. */
export type Kept = 'string' | 'boolean' | 'number' | undefined;

const keptBy: ReadonlyMap<GraphQLOutputType, Kept> = new Map<GraphQLOutputType, Kept>([
  [GraphQLString, 'string'],
  [GraphQLID, 'string'],
  [GraphQLBoolean, 'boolean'],
  [GraphQLFloat, 'number'],
]);

/** Scalars of the schema's own tell it themselves. */
declare module 'graphql' {
  interface GraphQLScalarTypeExtensions {
    kept?: Kept;
  }
}

function keptOf(outputType: GraphQLOutputType): Kept {
  const type = getNullableType(outputType);
  return keptBy.get(type) ?? (isScalarType(type) ? type.extensions.kept : undefined);
}

/** As keys of an object of the answer they would be more than that. */
const unplannableNames = ['__proto__', 'then'];

/**
 * Plans an operation of a document that passed validation. Undefined for what is better left to graphql-js:
 * subscriptions, introspection, what its variables include or skip, and more fields than `mostFields`, which fragments can spread
 * to from a short text.
 */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  mostFields: number,
): Plan | undefined {
  const rootType = schema.getRootType(operation.operation);
  if (!rootType || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  const fragments = fragmentsOf(document);
  let size = 0;

  const planSelection = (
    parentType: GraphQLObjectType,
    collected: ReadonlyMap<string, readonly FieldNode[]>,
  ): PlannedSelection => {
    const fields: PlannedField[] = [];
    for (const [responseName, nodes] of collected) {
      const [first] = nodes;
      const definition = first && getFieldDef(schema, parentType, first);
      if (!definition) continue;
      size += 1;
      // Who asks for the schema asks once, for thousands of fields.
      const isIntrospection = definition === SchemaMetaFieldDef || definition === TypeMetaFieldDef;
      if (size > mostFields || isIntrospection || unplannableNames.includes(responseName))
        throw new UnplannableError();
      const output = planOutput(definition.type, nodes);
      const args = planArguments(definition, first);
      const isProperty =
        (definition.resolve ?? defaultFieldResolver) === defaultFieldResolver && args.isConstant;
      const needsInfo = !isProperty || tellsOf(output);
      fields.push({
        responseName,
        parentType,
        definition,
        nodes,
        resolve: isProperty ? undefined : (definition.resolve ?? defaultFieldResolver),
        args,
        output,
        kept: keptOf(definition.type),
        needsInfo,
        needsPath: output.kind !== 'leaf',
      });
    }
    return { fields, blank: blankAnswer(fields.map(({ responseName }) => responseName)) };
  };

  const planSubselection = (type: GraphQLObjectType, nodes: readonly FieldNode[]) =>
    planSelection(type, collectSubfields(schema, fragments, noVariables, type, nodes));

  const planOutput = (outputType: GraphQLOutputType, nodes: readonly FieldNode[]): PlannedOutput => {
    const isNonNull = isNonNullType(outputType);
    const type = getNullableType(outputType);
    if (isLeafType(type)) return { isNonNull, kind: 'leaf', type };
    if (isListType(type)) return { isNonNull, kind: 'list', item: planOutput(type.ofType, nodes) };
    if (isObjectType(type))
      return { isNonNull, kind: 'object', type, selection: planSubselection(type, nodes) };
    const selectionsByType = new Map(
      schema.getPossibleTypes(type).map((possible) => [possible, planSubselection(possible, nodes)]),
    );
    return { isNonNull, kind: 'abstract', type, selectionsByType };
  };

  try {
    const selection = planSelection(
      rootType,
      collectFields(schema, fragments, noVariables, rootType, operation.selectionSet),
    );
    const coerceVariables = planVariables(schema, operation);
    const isSerial = operation.operation === OperationTypeNode.MUTATION;
    return { operation, fragments, coerceVariables, isSerial, selection, size };
  } catch {
    // Whatever it was, what `execute` makes of the operation is right.
    return undefined;
  }
}

class UnplannableError extends Error {
  override readonly name = 'UnplannableError';
}

// Without a value for their variable @skip and @include throw.
const noVariables = {};

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

function tellsOf(output: PlannedOutput): boolean {
  switch (output.kind) {
    case 'leaf':
      return false;
    case 'list':
      return tellsOf(output.item);
    case 'object':
      return output.type.isTypeOf != null;
    case 'abstract':
      return isAbstractType(output.type);
  }
}
