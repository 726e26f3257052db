import type { Log } from '../log.ts';
import { overloaded } from './overloaded.ts';

export interface LoadLimitOptions {
  /** How many requests may be answered at once. */
  readonly inFlight: number;
  /** What others take places from too; none by default. */
  readonly shared?: SharedPlaces | undefined;
  /** How late this process is with what it has to do. */
  readonly lagMs: () => number;
  readonly log: Log;
}

/**
 * Refuses what would make everybody's answers late; who is told so at once can ask another process, or again. A
 * request has a place from when it was read to its end until its answer is made: who is slow to send the one or to
 * read the other takes it from nobody.
 */
export interface LoadLimit {
  /** @throws GraphQLError OVERLOADED where there is no place */
  check(): void;
  /**
   * Takes a place, since others may have been quicker to send their requests. Returns what gives it back.
   * @throws GraphQLError OVERLOADED
   */
  takePlace(): () => void;
}

/** Where the process is later than that, whatever it takes on makes it later. */
export const mostLagMs = 500;

/**
 * Places of which each who shares them may have as many as are free: whoever asks for more than there is gets half, two
 * of them a third each, and some are always left for one who has none.
 */
export interface SharedPlaces {
  free: number;
}

export function createSharedPlaces(places: number): SharedPlaces {
  return { free: places };
}

export function createLoadLimit({ inFlight, shared, lagMs, log }: LoadLimitOptions): LoadLimit {
  let answering = 0;
  let isTold = false;

  const check = () => {
    const lag = Math.round(lagMs());
    if (lag <= mostLagMs && answering < (shared?.free ?? inFlight)) return;
    if (!isTold) log.warn({ code: 'OVERLOADED', answering, lagMs: lag }, 'requests are refused');
    isTold = true;
    throw overloaded();
  };

  return {
    check,
    takePlace() {
      check();
      // Not below the limit alone, around which it may be for long: a line for every refusal would be a load as well.
      if (answering < inFlight / 2) isTold = false;
      answering += 1;
      if (shared) shared.free -= 1;
      return () => {
        answering -= 1;
        if (shared) shared.free += 1;
      };
    },
  };
}
