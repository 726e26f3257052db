import { ApolloLink, HttpLink, Observable } from '@apollo/client';
import { OperationTypeNode, print } from 'graphql';
import { createClient } from 'graphql-sse';

/** Subscriptions over Server-Sent Events, and everything else as ever. */
export function createLink(uri: string): ApolloLink {
  const events = createClient({ url: uri });
  const sseLink = new ApolloLink(
    ({ query, variables, operationName = '' }) =>
      new Observable((observer) =>
        events.subscribe({ query: print(query), variables, operationName }, observer as never),
      ),
  );
  return ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    sseLink,
    new HttpLink({ uri }),
  );
}
