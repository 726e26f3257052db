import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How much a document asks for: of each measure what its greatest operation has, fragments spread. */
export interface DocumentMeasures {
  /** Levels of fields. */
  readonly depth: number;
  readonly fields: number;
  /** Fields under another name than their own, `__typename` among them. */
  readonly aliases: number;
  readonly directives: number;
  /**
   * How often it asks for `__schema`, `__type`, or the SDL of `_service` or `_sdl`, or for anything below them under
   * another name. What is below
   * them counts as neither depth nor fields.
   */
  readonly introspections: number;
}

/** The fields that tell the schema; the latter two in the words of larger graphs. */
const introspecting: ReadonlySet<string> = new Set(['__schema', '__type', '_service', '_sdl']);

const nothing: DocumentMeasures = { depth: 0, fields: 0, aliases: 0, directives: 0, introspections: 0 };

// Fragments that spread each other twice double with each: beyond any limit the very number is of no use.
const ceiling = 1_000_000_000;

/**
 * Takes time in proportion to the document, not to what it spreads to. It has not been validated: fragments may be
 * missing, or spread themselves, which the rules of validation refuse afterwards.
 */
export function measureDocument({ definitions }: DocumentNode): DocumentMeasures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, DocumentMeasures>();

  const measureFragment = (name: string): DocumentMeasures => {
    const known = measured.get(name);
    if (known) return known;
    // Where it spreads itself, this is what it finds.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    if (!fragment) return nothing;
    const measures = sum(measureSelections(fragment.selectionSet), directivesOf(fragment));
    measured.set(name, measures);
    return measures;
  };

  const measureSelections = (selectionSet: SelectionSetNode | undefined): DocumentMeasures =>
    (selectionSet?.selections ?? []).map(measureSelection).reduce(sum, nothing);

  const measureSelection = (selection: SelectionNode): DocumentMeasures => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return sum(measureFragment(selection.name.value), directivesOf(selection));
    }
    const below = measureSelections(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return sum(below, directivesOf(selection));
    const name = selection.name.value;
    const isIntrospection = introspecting.has(name);
    const isAliased = selection.alias !== undefined && selection.alias.value !== name;
    return sum(directivesOf(selection), {
      depth: isIntrospection ? 1 : below.depth + 1,
      fields: isIntrospection ? 1 : below.fields + 1,
      aliases: below.aliases + (isAliased ? 1 : 0),
      directives: below.directives,
      // Under another name the same part of the schema is told once more.
      introspections: isIntrospection ? 1 + below.aliases : below.introspections,
    });
  };

  return definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) =>
      [...(operation.variableDefinitions ?? []), operation]
        .map(directivesOf)
        .reduce(sum, measureSelections(operation.selectionSet)),
    )
    .reduce(greatest, nothing);
}

function directivesOf({ directives = [] }: { readonly directives?: readonly unknown[] }): DocumentMeasures {
  return { ...nothing, directives: directives.length };
}

/** Of two selections side by side. */
function sum(one: DocumentMeasures, other: DocumentMeasures): DocumentMeasures {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: Math.min(one.fields + other.fields, ceiling),
    aliases: Math.min(one.aliases + other.aliases, ceiling),
    directives: Math.min(one.directives + other.directives, ceiling),
    introspections: Math.min(one.introspections + other.introspections, ceiling),
  };
}

/** Of two operations, of which one runs. */
function greatest(one: DocumentMeasures, other: DocumentMeasures): DocumentMeasures {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: Math.max(one.fields, other.fields),
    aliases: Math.max(one.aliases, other.aliases),
    directives: Math.max(one.directives, other.directives),
    introspections: Math.max(one.introspections, other.introspections),
  };
}
