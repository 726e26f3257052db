import { type EndSignal, throwIfAborted } from './end-signal.ts';
import { EcwidTimeoutError } from './errors.ts';

export interface TimeLimit {
  /** More than a clock can count, some 25 days, is no limit. */
  readonly ms: number;
  /** Aborts where nobody waits any more. */
  readonly signal?: EndSignal | undefined;
}

// A timer of more would go off at once.
const mostMs = 2 ** 31 - 1;

/**
 * Calls `end` with an EcwidTimeoutError when time is up, or with the signal's reason where that aborts before. Returns
 * what is to be called when nobody waits any more, so that no timer and no listener is left behind.
 */
export function limitTime({ ms, signal }: TimeLimit, end: (reason: Error) => void): () => void {
  throwIfAborted(signal);
  const timer = ms <= mostMs ? setTimeout(() => end(new EcwidTimeoutError()), ms) : undefined;
  const leave = () => end(signal?.reason as Error);
  signal?.addEventListener('abort', leave);
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  };
}
