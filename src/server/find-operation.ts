import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';

/**
 * The operation of a document that a request asks for.
 * @throws GraphQLError where it cannot be told which that is, or where it is a mutation and `method` is GET: any page
 *   can have a browser send one
 */
export function findOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
  method: string | undefined,
): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    throw new GraphQLError('Could not determine what operation to execute.', {
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
    });
  }
  if (method === 'GET' && operation.operation === OperationTypeNode.MUTATION) {
    throw new GraphQLError('Can only perform a mutation operation from a POST request.', {
      extensions: { code: 'BAD_REQUEST', http: { status: 405, headers: { allow: 'POST' } } },
    });
  }
  return operation;
}
