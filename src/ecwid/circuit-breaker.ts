import type { Log } from '../log.ts';
import {
  EcwidAnswerError,
  EcwidCircuitError,
  EcwidConnectionError,
  EcwidError,
  EcwidStatusError,
  EcwidTimeoutError,
  isOfToken,
} from './errors.ts';

/** Whether one upstream is worth an attempt. */
export interface CircuitBreaker {
  /** @throws EcwidError where an attempt is not to be made now */
  check(): void;
  /** Begins an attempt at a path. @throws EcwidError as `check` */
  begin(path: string): Attempt;
  /** While no attempt is to be made. */
  readonly isOpen: boolean;
  /** From when the upstream was found out of order until an attempt has found that it is not any more. */
  readonly isTripped: boolean;
}

/** One attempt, which has to be told once how it ended. */
export interface Attempt {
  succeeded(): void;
  failed(reason: unknown): void;
  /** Whoever asked has gone, which says nothing of the upstream. */
  abandoned(): void;
}

export interface CircuitBreakerOptions {
  readonly log: Log;
  /** Between an attempt that failed and the next one, while the upstream is out of order. Default 5,000. */
  readonly probeMs?: number;
  /** Milliseconds that only ever grow; an argument, so that a test can be its master. */
  readonly monotonic?: () => number;
}

/** Of the last so many attempts, at least so many. A third that fails is bad weather, and retries help. */
const window = { attempts: 20, failures: 16 };

/** Ecwid blocks a token for long after twenty calls in a minute that it has refused as invalid. */
const probeOfTokenMs = 600_000;

/** How the latest attempts ended: undefined for an answer, or the path and the reason of a failure. */
interface Closed {
  readonly latest: ({ readonly path: string; readonly reason: EcwidError } | undefined)[];
}

interface Open {
  /** When one attempt may find out how things are. */
  readonly until: number;
  /** Of a token that was refused. */
  readonly reason?: EcwidStatusError;
  /** Whether that attempt is being made. */
  isProbed: boolean;
}

/**
 * Closed while answers come. Open when most attempts of late have come to nothing, or the token is no good: then
 * nothing is sent, until a single attempt finds out now and then how things are. Time is monotonic here, and callers
 * beside that attempt are refused instead of waiting for it, both of which known libraries do otherwise.
 */
export function createCircuitBreaker({
  log,
  probeMs = 5_000,
  monotonic = () => performance.now(),
}: CircuitBreakerOptions): CircuitBreaker {
  // Each change makes another object, so that an attempt knows whether it began since.
  let state: Closed | Open = { latest: [] };

  const isDue = (open: Open) => monotonic() >= open.until && !open.isProbed;

  function check(): void {
    if (!('until' in state) || isDue(state)) return;
    throw state.reason ?? new EcwidCircuitError(Math.max(state.until - monotonic(), 0));
  }

  function record({ latest }: Closed, outcome: Closed['latest'][number]): void {
    if (outcome && isKnown(outcome, latest)) return;
    latest.push(outcome);
    if (latest.length > window.attempts) latest.shift();
    if (!outcome) return;
    const failures = latest.filter((failure) => failure !== undefined).length;
    if (failures < window.failures) return;
    state = { until: monotonic() + probeMs, isProbed: false };
    log.error({ failures, attempts: window.attempts }, 'Ecwid is out of order; calls wait for it to be back');
  }

  function refuseToken(reason: EcwidStatusError): void {
    if (!('until' in state && state.reason)) {
      log.fatal(
        { code: reason.errorCode },
        'Ecwid refuses the token; no more calls are made with it but one each ten minutes',
      );
    }
    state = { until: monotonic() + probeOfTokenMs, reason, isProbed: false };
  }

  function close(): void {
    state = { latest: [] };
    log.info('Ecwid answers again');
  }

  /** Of the attempt that was to find out how things are. */
  function reopen({ reason }: Open): void {
    state = {
      until: monotonic() + (reason ? probeOfTokenMs : probeMs),
      ...(reason && { reason }),
      isProbed: false,
    };
  }

  return {
    check,
    begin(path) {
      check();
      const before = state;
      if ('until' in before) before.isProbed = true;
      const abandoned = () => {
        if ('until' in before) before.isProbed = false;
      };
      return {
        succeeded() {
          if (state !== before) return;
          if ('until' in before) close();
          else record(before, undefined);
        },
        failed(reason) {
          if (isOfToken(reason)) refuseToken(reason);
          else if (state !== before) return;
          else if (!(reason instanceof EcwidError)) abandoned();
          else if (!('until' in before)) record(before, isOutage(reason) ? { path, reason } : undefined);
          else if (isOutage(reason) || (before.reason && isThrottled(reason))) reopen(before);
          else close();
        },
        abandoned,
      };
    },
    get isOpen() {
      return 'until' in state && !isDue(state);
    },
    get isTripped() {
      return 'until' in state;
    },
  };
}

// One cart that Ecwid stumbles over is no outage, however often somebody asks for it.
function isKnown({ path, reason }: NonNullable<Closed['latest'][number]>, latest: Closed['latest']): boolean {
  return (
    isInternalError(reason) && latest.some((other) => other?.path === path && isInternalError(other.reason))
  );
}

function isInternalError(failure: EcwidError): boolean {
  return failure instanceof EcwidStatusError && failure.status === 500;
}

function isThrottled(failure: EcwidError): boolean {
  return failure instanceof EcwidStatusError && failure.status === 429;
}

// Not what this gateway has asked wrongly (4xx), too often (429), or too much for.
function isOutage(failure: EcwidError): boolean {
  return (
    failure instanceof EcwidConnectionError ||
    failure instanceof EcwidTimeoutError ||
    (failure instanceof EcwidAnswerError && !failure.isTooLarge) ||
    (failure instanceof EcwidStatusError && failure.status >= 500)
  );
}
