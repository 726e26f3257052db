import {
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { entityIds, wirePaths } from './wire-names.ts';

export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** One field of a selection, fragments spread. */
export interface SelectedField {
  /** Under which it is answered. */
  readonly key: string;
  readonly type: GraphQLOutputType;
  /** In the REST API's object; the first name is what is asked for. */
  readonly path: readonly [string, ...string[]];
  readonly isEntity: boolean;
  readonly selection: SelectionSetNode | undefined;
}

/** What is selected of an object. No scenario names a field twice, or leaves one out by a directive. */
export function selectedFields(
  outputType: GraphQLOutputType,
  { selections }: SelectionSetNode,
  fragments: Fragments,
): readonly SelectedField[] {
  const type = getNamedType(outputType);
  if (!isObjectType(type)) throw new TypeError(`${type.name} has no fields.`);
  return selections.flatMap((selection) => {
    if (selection.kind !== Kind.FIELD) {
      const { selectionSet } =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : (fragments[selection.name.value] ?? {});
      return selectionSet ? selectedFields(type, selectionSet, fragments) : [];
    }
    const name = selection.name.value;
    const field = type.getFields()[name];
    if (!field) return [];
    const entityId = entityIds[`${type.name}.${name}`];
    return [
      {
        key: selection.alias?.value ?? name,
        type: field.type,
        path: (entityId ?? wirePaths[`${type.name}.${name}`] ?? name).split('.') as [string, ...string[]],
        isEntity: entityId !== undefined,
        selection: selection.selectionSet,
      },
    ];
  });
}

/** The value of the REST API's responseFields that a selection is answered from, such as `total,items(name)`. */
export function projectionOf(
  outputType: GraphQLOutputType,
  selected: SelectionSetNode,
  fragments: Fragments,
): string {
  return selectedFields(outputType, selected, fragments)
    .map(({ type, path: [name], isEntity, selection }) =>
      selection && !isEntity ? `${name}(${projectionOf(type, selection, fragments)})` : name,
    )
    .join(',');
}
