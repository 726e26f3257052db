import {
  buildSchema,
  type FieldNode,
  type GraphQLOutputType,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { type Fragments, projectionOf, selectedFields } from './projection.ts';
import type { Scenario } from './scenarios.ts';

/** How limit-json answers an operation: what it asks for, and what it makes of that. */
export interface Picker {
  readonly fields: string;
  pick(source: unknown): unknown;
}

const preamble = `const id = (value) => (value == null ? null : String(value));
const date = (value) => (value == null ? null : new Date(value).toISOString());
`;

/**
 * A module of pickers by operation name, as one would write them by hand: object literals that name every field, and
 * neither a schema nor a parser when it runs. Of an operation with several root fields the first is picked.
 */
export function printPickers(smallSdl: string, scenarios: readonly Scenario[]): string {
  const schema = buildSchema(smallSdl);
  const functions: string[] = [];
  const entries = scenarios.map(({ operationName, query }) => {
    const { definitions } = parse(query);
    const fragments: Fragments = Object.fromEntries(
      definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
      ),
    );
    const [operation] = definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [node] : [],
    );
    const root = operation && schema.getRootType(operation.operation);
    const [field] = (operation?.selectionSet.selections ?? []) as readonly FieldNode[];
    const type = field && root?.getFields()[field.name.value]?.type;
    if (!type || !field.selectionSet) throw new Error(`Nothing is to be picked for ${operationName}.`);
    const name = printFunction(type, field.selectionSet, fragments, functions);
    const fields = projectionOf(type, field.selectionSet, fragments);
    return `  ${operationName}: { fields: ${JSON.stringify(fields)}, pick: ${name} },\n`;
  });
  return `${preamble}${functions.join('')}export const pickers = {\n${entries.join('')}};\n`;
}

/** Adds the function that picks a selection, and those that it calls, to `functions`; answers with its name. */
function printFunction(
  type: GraphQLOutputType,
  selection: SelectionSetNode,
  fragments: Fragments,
  functions: string[],
): string {
  const entries = selectedFields(type, selection, fragments).map((field) => {
    const source = `source.${field.path.join('?.')}`;
    if (field.isEntity) return `${field.key}: ${source} == null ? null : { id: id(${source}) }`;
    const pick = field.selection && printFunction(field.type, field.selection, fragments, functions);
    return `${field.key}: ${printValue(field.type, source, pick)}`;
  });
  const name = `pick${functions.length}`;
  functions.push(`const ${name} = (source) => ({\n  ${entries.join(',\n  ')},\n});\n`);
  return name;
}

function printValue(type: GraphQLOutputType, source: string, pick: string | undefined): string {
  const isRequired = isNonNullType(type);
  const isList = isListType(isRequired ? type.ofType : type);
  const named = getNamedType(type);
  const convert = isObjectType(named) ? pick : { ID: 'id', DateTime: 'date' }[named.name];
  if (isList) return `${source}${convert ? `?.map(${convert})` : ''} ?? ${isRequired ? '[]' : 'null'}`;
  if (isObjectType(named)) return `${source} == null ? null : ${pick}(${source})`;
  return convert ? `${convert}(${source})` : `${source} ?? null`;
}
