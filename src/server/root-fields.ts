import { type ExecutionArgs, getOperationAST, Kind, type SelectionSetNode } from 'graphql';

/** How often the operation that is to run asks for root fields of these names, whatever it calls the answers. */
export function countRootFields(
  { document, operationName }: ExecutionArgs,
  names: readonly string[],
): number {
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  // Fields of one response name are one field, which runs once.
  const found = new Set<string>();
  const visit = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (names.includes(selection.name.value)) found.add((selection.alias ?? selection.name).value);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet);
      } else {
        const fragment = fragments.get(selection.name.value);
        // A second visit would find nothing new, and many of them would take exponentially long.
        fragments.delete(selection.name.value);
        if (fragment) visit(fragment.selectionSet);
      }
    }
  };
  const operation = getOperationAST(document, operationName);
  if (operation) visit(operation.selectionSet);
  return found.size;
}
