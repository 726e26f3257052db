import { EcwidAnswerError, EcwidCircuitError, EcwidError, EcwidTimeoutError, fateOfWrite } from './errors.ts';

export interface FailedAttempt {
  readonly isWrite: boolean;
  readonly error: unknown;
  /** How many attempts came after the first one so far. */
  readonly retries: number;
  /** Until the call has to be answered. */
  readonly remainingMs: number;
  /** From 0 to 1. */
  readonly random: number;
}

const maxRetries = 2;
const firstPauseMs = 100;

/**
 * How long to wait before the same request is sent again, in milliseconds; null where it must not be, or would come
 * to nothing. Pauses grow by powers of two with full jitter, so that those who failed together do not come together
 * again, and are no shorter than Ecwid asks for.
 */
export function retryDelayMs({ isWrite, error, retries, remainingMs, random }: FailedAttempt): number | null {
  if (retries >= maxRetries || !(error instanceof EcwidError) || !error.retryable) return null;
  // It is there so that nobody waits.
  if (error instanceof EcwidCircuitError) return null;
  // Not resent once Ecwid can have begun to work on it: a lost answer may hide a placed order.
  if (isWrite ? fateOfWrite(error) !== 'unsent' : !isWorthAnotherRead(error)) return null;
  const waitMs = Math.max(random * firstPauseMs * 2 ** (retries + 1), error.retryAfterMs ?? 0);
  return waitMs < remainingMs ? waitMs : null;
}

// Who was too slow would be once more, and a page instead of JSON is no accident of one request.
function isWorthAnotherRead(error: EcwidError): boolean {
  if (error instanceof EcwidAnswerError) return error.isCutOff;
  return !(error instanceof EcwidTimeoutError);
}

/** Retries as a share of calls, so that an outage does not multiply what is sent. */
export interface RetryBudget {
  /** Of each call that is sent, and no retry. */
  earn(): void;
  /** Whether there may be one more retry now. */
  spend(): boolean;
}

/** A tenth of the last 600 calls, which a token may make in a minute; some at once for whoever calls rarely. */
export function createRetryBudget(): RetryBudget {
  const most = 60;
  let left = 10;
  return {
    earn() {
      left = Math.min(left + 0.1, most);
    },
    spend() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
