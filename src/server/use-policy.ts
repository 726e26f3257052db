import type { Plugin } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { errorResponse } from './error-response.ts';
import { eventStreamType } from './event-stream.ts';
import type { Incoming, Outgoing } from './incoming.ts';
import { type Asked, isOfSubscription, type Policy } from './policy.ts';
import { presentError } from './present-errors.ts';
import type { Caller } from './rate-limit.ts';
import { toEventStream } from './to-event-stream.ts';

/** What is known of a request on its way through Yoga. */
export interface ServerContext {
  readonly req: Incoming;
  readonly res: Outgoing;
  caller: Caller;
}

/** Has Yoga ask the policy at each step, in place of its own parsers, validation and execution. */
export function usePolicy({ admit, read, run }: Policy, log: Log): Plugin<ServerContext, ServerContext> {
  return {
    async onRequest({ request, serverContext, fetchAPI, endResponse }) {
      try {
        serverContext.caller = await admit(serverContext.req);
      } catch (error) {
        endResponse(errorResponse(request, presentError(error, log), fetchAPI));
      }
    },
    onRequestParse({ request: { method }, serverContext, setRequestParser }) {
      if (method !== 'GET' && method !== 'POST') return;
      setRequestParser(async () => ({ ...(await read(serverContext.req, serverContext.caller)) }) as never);
    },
    async onParams({ params, context, setResult }) {
      setResult((await run(params as Asked, context.caller, context.res)) as never);
    },
    // Callers who take parts of another kind as well would be answered in those.
    onResultProcess({ result, setResultProcessor }) {
      if (isOfSubscription(result as never))
        setResultProcessor((answers) => toEventStream(answers as never), eventStreamType);
    },
  };
}
