import {
  ApolloGateway,
  type GraphQLDataSourceProcessOptions,
  RemoteGraphQLDataSource,
} from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { forwardedHeaders } from './forwarded-headers.ts';

interface Context {
  readonly forwarded?: Readonly<Record<string, string>>;
}

class Service extends RemoteGraphQLDataSource<Context> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Context>) {
    const { forwarded = {} }: Context = context;
    for (const [name, value] of Object.entries(forwarded)) request.http?.headers.set(name, value);
  }

  /** What is refused as a whole, such as with 401 or 429, is told in the service's words and not by its address. */
  override async errorFromResponse(response: Parameters<RemoteGraphQLDataSource['errorFromResponse']>[0]) {
    const body = (await this.parseBody(response)) as { errors?: readonly GraphQLFormattedError[] };
    const [refusal] = body.errors ?? [];
    return new GraphQLError(refusal?.message ?? 'A service did not answer.', {
      extensions: refusal?.extensions,
    });
  }
}

/** Serves what `rover supergraph compose` has written, or any other composition of Federation 2. */
export async function startApolloGateway(supergraphSdl: string, port: number) {
  const server = new ApolloServer<Context>({
    gateway: new ApolloGateway({ supergraphSdl, buildService: ({ url = '' }) => new Service({ url }) }),
    includeStacktraceInErrorResponses: false,
    // The page would come from another host.
    plugins: [ApolloServerPluginLandingPageDisabled()],
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port },
    context: async ({ req }) => ({ forwarded: forwardedHeaders(req) }),
  });
  return { url, close: () => server.stop() };
}
