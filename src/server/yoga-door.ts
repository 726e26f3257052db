import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { corsFor, varyByOrigin } from './cors.ts';
import type { GraphiqlOptions } from './graphiql-options.ts';
import type { Incoming, Outgoing } from './incoming.ts';
import type { Policy } from './policy.ts';
import { presentError } from './present-errors.ts';
import { useGraphiql } from './use-graphiql.ts';
import { type ServerContext, usePolicy } from './use-policy.ts';

export interface YogaDoorOptions extends GraphiqlOptions {
  readonly policy: Policy;
  /** Origins whose pages may read answers, `*` for any. */
  readonly corsOrigins: readonly string[];
  readonly log: Log;
}

/** Answers any request, as GraphQL over HTTP and browsers would have it. */
export interface YogaDoor {
  answer(request: IncomingMessage, response: ServerResponse): Promise<Response>;
  /** Of the Fetch standard, with what the policy is to look at. */
  answerFetch(request: Request, incoming: Incoming, outgoing: Outgoing): Promise<Response>;
}

export function createYogaDoor({ policy, corsOrigins, log, ...graphiql }: YogaDoorOptions): YogaDoor {
  const yoga = createYoga<ServerContext>({
    // The first to be asked is outermost: also what is refused differs by who asks.
    plugins: [corsOrigins.length > 0 && varyByOrigin, usePolicy(policy, log), useGraphiql(graphiql)],
    graphqlEndpoint: graphiql.endpoint,
    // Errors are logged where they are presented; the server's own logger would print their stacks.
    logging: false,
    maskedErrors: { maskError: (error) => presentError(error, log), isDev: false },
    // The default answers any origin, with credentials.
    cors: corsFor(corsOrigins),
    landingPage: false,
    // An address with a space in it, which there is none of: Yoga answers whatever ends so, before any plugin.
    healthCheckEndpoint: ' ',
    // What the plugins above do in place of the server's own.
    graphiql: false,
    multipart: false,
    maxRequestBodySize: false,
    parserAndValidationCache: false,
  });
  return {
    // Who asks is added by the first plugin.
    answer: async (req, res) => yoga.handleNodeRequestAndResponse(req, res, { req, res } as never),
    answerFetch: async (request, req, res) => yoga.fetch(request, { req, res } as never),
  };
}
