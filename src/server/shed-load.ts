import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Log } from '../log.ts';

export interface LoadOptions {
  /** How many requests may be answered at once. */
  readonly inFlight: number;
  /** How late this process is with what it has to do. */
  readonly lagMs: () => number;
  readonly log: Log;
}

/**
 * Counts a request until its answer is written, or its connection gone.
 * @throws GraphQLError OVERLOADED where no further one can be answered well
 */
export type Admit = (response: ServerResponse) => void;

const mostLagMs = 500;

/** Refuses what would make everybody's answers late; who is told so at once can ask another process, or again. */
export function createLoadLimit({ inFlight, lagMs, log }: LoadOptions): Admit {
  let answering = 0;
  let isTold = false;
  return (response) => {
    const lag = Math.round(lagMs());
    const isLate = lag > mostLagMs;
    if (isLate || answering >= inFlight) {
      if (!isTold) log.warn({ code: 'OVERLOADED', answering, lagMs: lag }, 'requests are refused');
      isTold = true;
      throw overloaded();
    }
    // Not below the limit alone, around which it may be for long: a line for every refusal would be a load as well.
    if (answering < inFlight / 2) isTold = false;
    answering += 1;
    response.once('close', () => {
      answering -= 1;
    });
  };
}

function overloaded(): GraphQLError {
  const retryAfter = 1;
  return new GraphQLError(`There are too many requests at the moment; try again in ${retryAfter} s.`, {
    extensions: {
      code: 'OVERLOADED',
      retryAfter,
      http: { status: 503, headers: { 'retry-after': String(retryAfter) } },
    },
  });
}
