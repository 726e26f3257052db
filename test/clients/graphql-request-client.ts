import { ClientError, GraphQLClient } from 'graphql-request';

export function createRequestClient(url: string, token: string): GraphQLClient {
  return new GraphQLClient(url, { headers: { authorization: `Bearer ${token}` } });
}

/** What the first thing that went wrong is called; the docs of the gateway list the codes. */
export function codeOf(error: unknown): unknown {
  return error instanceof ClientError ? error.response.errors?.[0]?.extensions?.code : undefined;
}
