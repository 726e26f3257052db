import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

const conditions: ReadonlySet<string> = new Set(['skip', 'include']);

/**
 * A subscription follows one field, and without that there is nothing to follow. To be asked before the document is
 * validated: graphql-js takes a field that is left out for one of several.
 * @throws GraphQLError BAD_USER_INPUT where that field, or a fragment that it is in, may be left out
 */
export function checkSubscription(document: DocumentNode, operation: OperationDefinitionNode): void {
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const visit = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      const condition = selection.directives?.find(({ name }) => conditions.has(name.value));
      if (condition) {
        throw new GraphQLError(`What a subscription follows must not be under @${condition.name.value}.`, {
          nodes: condition,
          extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
        });
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      if (selection.kind !== Kind.FRAGMENT_SPREAD) continue;
      const fragment = fragments.get(selection.name.value);
      // One may spread itself, which is found later to be a mistake.
      fragments.delete(selection.name.value);
      if (fragment) visit(fragment.selectionSet);
    }
  };
  visit(operation.selectionSet);
}
