import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { errorResponse } from './error-response.ts';
import { overloaded } from './overloaded.ts';

export interface LoadLimitOptions {
  /** How many requests may be answered at once. */
  readonly inFlight: number;
  /** How late this process is with what it has to do. */
  readonly lagMs: () => number;
  readonly log: Log;
}

interface ServerContext {
  readonly res: ServerResponse;
}

/** Where the process is later than that, whatever it takes on makes it later. */
export const mostLagMs = 500;

/**
 * Refuses what would make everybody's answers late; who is told so at once can ask another process, or again. A
 * request has a place from when it was read to its end until its answer is made, or its connection gone: who is slow to
 * send the one or to read the other takes it from nobody.
 */
export function useLoadLimit({
  inFlight,
  lagMs,
  log,
}: LoadLimitOptions): Plugin<ServerContext, ServerContext> {
  const places = new Set<ServerResponse>();
  let isTold = false;

  const hasRoom = () => {
    const lag = Math.round(lagMs());
    const answering = places.size;
    if (lag <= mostLagMs && answering < inFlight) return true;
    if (!isTold) log.warn({ code: 'OVERLOADED', answering, lagMs: lag }, 'requests are refused');
    isTold = true;
    return false;
  };

  const takePlace = (response: ServerResponse) => {
    // Nobody waits for it any more, and nothing would say that its place is free again.
    if (response.closed) return;
    // Not below the limit alone, around which it may be for long: a line for every refusal would be a load as well.
    if (places.size < inFlight / 2) isTold = false;
    places.add(response);
    response.once('close', () => places.delete(response));
  };

  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (!hasRoom()) endResponse(errorResponse(request, overloaded(), fetchAPI));
    },
    onRequestParse: ({ serverContext }) => ({
      onRequestParseDone() {
        // Others may have been quicker to send theirs.
        if (!hasRoom()) throw overloaded();
        takePlace(serverContext.res);
      },
    }),
    onResponse({ serverContext }) {
      places.delete(serverContext.res);
    },
  };
}
