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
  /** Begins an attempt. @throws EcwidError as `check` */
  begin(): Attempt;
  /** While no attempt is to be made. */
  readonly isOpen: boolean;
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
  let latest: boolean[] = [];
  let open: { readonly until: number; readonly reason?: EcwidStatusError; isProbed: boolean } | undefined;

  const isDue = () => open !== undefined && monotonic() >= open.until && !open.isProbed;

  function check(): void {
    if (!open || isDue()) return;
    throw open.reason ?? new EcwidCircuitError(Math.max(open.until - monotonic(), 0));
  }

  function record(hasFailed: boolean): void {
    latest = [...latest.slice(1 - window.attempts), hasFailed];
    const failures = latest.filter(Boolean).length;
    if (failures < window.failures) return;
    latest = [];
    open = { until: monotonic() + probeMs, isProbed: false };
    log.error({ failures, attempts: window.attempts }, 'Ecwid is out of order; calls wait for it to be back');
  }

  function refuseToken(reason: EcwidStatusError): void {
    if (!open?.reason) {
      log.fatal(
        { code: reason.errorCode },
        'Ecwid refuses the token; no more calls are made with it but one each ten minutes',
      );
    }
    open = { until: monotonic() + probeOfTokenMs, reason, isProbed: false };
  }

  return {
    check,
    begin() {
      check();
      const probed = open;
      if (probed) probed.isProbed = true;
      // What began before the circuit opened, or closed, is no news to it.
      const isOfNow = () => open === probed;
      const succeeded = () => {
        if (!isOfNow()) return;
        if (open) log.info('Ecwid answers again');
        else record(false);
        open = undefined;
      };
      const abandoned = () => {
        if (probed) probed.isProbed = false;
      };
      return {
        succeeded,
        failed(reason) {
          if (isOfToken(reason)) refuseToken(reason);
          else if (!(reason instanceof EcwidError)) abandoned();
          else if (!isOutage(reason)) succeeded();
          else if (!isOfNow()) return;
          else if (open) open = { until: monotonic() + probeMs, isProbed: false };
          else record(true);
        },
        abandoned,
      };
    },
    get isOpen() {
      return open !== undefined && !isDue();
    },
  };
}

// Not what this gateway has asked wrongly (4xx), or too often (429).
function isOutage(failure: EcwidError): boolean {
  return (
    failure instanceof EcwidConnectionError ||
    failure instanceof EcwidTimeoutError ||
    failure instanceof EcwidAnswerError ||
    (failure instanceof EcwidStatusError && failure.status >= 500)
  );
}
