import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { mergeResponseFields, type ResponseFields, responseFields, whole } from '../ecwid/response-fields.ts';

/**
 * For a field whose resolver reads other wire fields than the one of its own name: those. What is selected
 * below it is not asked for with them, being another resource or nothing of Ecwid's.
 */
export function reads<Name extends string>(...names: Name[]): { readonly ecwid: EcwidFields } {
  return { ecwid: { names, nested: false } };
}

/** The same for an object that Ecwid sends under several names: each is asked for with the selection below. */
export function readsObject<Name extends string>(...names: Name[]): { readonly ecwid: EcwidFields } {
  return { ecwid: { names, nested: true } };
}

interface EcwidFields {
  readonly names: readonly string[];
  readonly nested: boolean;
}

type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

/** The fields selected in one place, by schema name and not by alias, with all the places that name them. */
interface Selection {
  readonly type: FieldsType;
  readonly nodes: ReadonlyMap<string, readonly FieldNode[]>;
}

/** Where a selection is looked for. */
type SelectedAt = Pick<
  GraphQLResolveInfo,
  'schema' | 'fragments' | 'variableValues' | 'returnType' | 'fieldNodes'
>;

/** One look at an operation. */
interface Walk extends Pick<SelectedAt, 'schema' | 'fragments' | 'variableValues'> {
  /** Whether @skip or @include had a say, whose variables are others in the next request. */
  isConditional: boolean;
}

/** True where the operation selects `path` below the field being resolved; @skip and @include are applied. */
export function isSelected(info: GraphQLResolveInfo, ...path: string[]): boolean {
  const name = path.at(-1);
  const parent = selectionAt(beginWalk(info), info, path.slice(0, -1));
  return name !== undefined && (parent?.nodes.has(name) ?? false);
}

/**
 * What to ask Ecwid for so that the selection below `path`, seen from the field being resolved, can be
 * answered: fragments spread, aliases merged, @skip and @include applied. Empty where nothing of Ecwid's is
 * selected there.
 */
export function selectedFields(info: SelectedAt, ...path: string[]): ResponseFields {
  const { returnType, fieldNodes } = info;
  const [node, ...others] = fieldNodes;
  const place = path.join();
  const known = node && others.length === 0 ? (remembered.get(node) ?? []) : [];
  const same = known.find((other) => other.returnType === returnType && other.place === place);
  if (same) return same.fields;

  const walk = beginWalk(info);
  const selection = selectionAt(walk, info, path);
  const fields = selection ? toResponseFields(walk, selection) : new Map();
  if (node && others.length === 0 && !walk.isConditional) {
    remembered.set(node, [...known, { returnType, place, fields }]);
  }
  return fields;
}

/** The same where the field being resolved is of an abstract type, and what it holds of this one. */
export function selectedFieldsOn(
  returnType: GraphQLObjectType,
  { schema, fragments, variableValues, fieldNodes }: GraphQLResolveInfo,
): ResponseFields {
  return selectedFields({ schema, fragments, variableValues, fieldNodes, returnType });
}

/**
 * What is selected below a field that stands alone, for as long as its document is kept: the next request for it
 * asks Ecwid for the same. One node of a fragment can be a field of several types.
 */
const remembered = new WeakMap<
  FieldNode,
  readonly {
    readonly returnType: GraphQLOutputType;
    readonly place: string;
    readonly fields: ResponseFields;
  }[]
>();

function beginWalk({ schema, fragments, variableValues }: SelectedAt): Walk {
  return { schema, fragments, variableValues, isConditional: false };
}

function selectionAt(
  walk: Walk,
  { returnType, fieldNodes }: SelectedAt,
  path: readonly string[],
): Selection | undefined {
  let selection = selectionBelow(walk, returnType, fieldNodes);
  for (const name of path) {
    const nodes = selection?.nodes.get(name);
    const field = selection?.type.getFields()[name];
    selection = nodes && field ? selectionBelow(walk, field.type, nodes) : undefined;
  }
  return selection;
}

function selectionBelow(
  walk: Walk,
  fieldType: Parameters<typeof getNamedType>[0],
  fieldNodes: readonly FieldNode[],
): Selection | undefined {
  const type = getNamedType(fieldType);
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  const nodes = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const { selectionSet } of fieldNodes) {
    if (selectionSet) collect(walk, type, selectionSet, nodes, spread);
  }
  return { type, nodes };
}

function collect(
  walk: Walk,
  type: FieldsType,
  selectionSet: SelectionSetNode,
  nodes: Map<string, FieldNode[]>,
  spread: Set<string>,
): void {
  for (const selection of selectionSet.selections) {
    if (!isIncluded(walk, selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const known = nodes.get(name);
      if (known) known.push(selection);
      else nodes.set(name, [selection]);
      continue;
    }
    let fragment: InlineFragmentNode | FragmentDefinitionNode | undefined;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      fragment = selection;
    } else {
      // Once is enough, and fragments that spread each other twice would otherwise take exponential time.
      if (spread.has(selection.name.value)) continue;
      spread.add(selection.name.value);
      fragment = walk.fragments[selection.name.value];
    }
    if (fragment && appliesTo(walk, type, fragment.typeCondition?.name.value)) {
      collect(walk, type, fragment.selectionSet, nodes, spread);
    }
  }
}

function isIncluded(walk: Walk, selection: SelectionNode): boolean {
  if (!selection.directives?.length) return true;
  walk.isConditional = true;
  const { variableValues } = walk;
  return (
    getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if !== false
  );
}

function appliesTo({ schema }: Walk, type: FieldsType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}

function toResponseFields(walk: Walk, { type, nodes }: Selection): ResponseFields {
  let fields: ResponseFields = new Map();
  for (const [name, fieldNodes] of nodes) {
    const field = type.getFields()[name];
    // Meta fields such as __typename are the gateway's own.
    if (!field) continue;
    const { names, nested } = wireFieldsOf(field);
    const below = nested ? selectionBelow(walk, field.type, fieldNodes) : undefined;
    const inside = below ? toResponseFields(walk, below) : whole;
    const wanted = inside !== whole && inside.size === 0 && below ? firstLeaf(below.type) : inside;
    fields = mergeResponseFields(fields, new Map(names.map((wireName) => [wireName, wanted])));
  }
  return fields;
}

/** The wire fields that a field of the schema stands for: those it was made with, else the one of its own name. */
export function wireFieldsOf({ name, type, extensions }: GraphQLField<unknown, unknown>): EcwidFields {
  const given = extensions.ecwid as EcwidFields | undefined;
  return given ?? { names: [name], nested: isCompositeType(getNamedType(type)) };
}

// Only __typename is selected below, so it matters that the object is there: any one field of it tells.
function firstLeaf(type: FieldsType): ResponseFields | typeof whole {
  const leaf = Object.values(type.getFields())
    .map(wireFieldsOf)
    .find(({ nested }) => !nested);
  return leaf ? responseFields(...leaf.names.slice(0, 1)) : whole;
}
