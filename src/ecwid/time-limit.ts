import { EcwidTimeoutError } from './errors.ts';

export interface TimeLimit {
  readonly ms: number;
  /** Of whoever may leave before. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls `end` with an EcwidTimeoutError when time is up, or with the signal's reason where that aborts before. Returns
 * what is to be called when nobody waits any more, so that no timer and no listener is left behind.
 */
export function limitTime({ ms, signal }: TimeLimit, end: (reason: Error) => void): () => void {
  signal?.throwIfAborted();
  // A timer of more than the clock can count would go off at once.
  const timer = Number.isFinite(ms) ? setTimeout(() => end(new EcwidTimeoutError()), ms) : undefined;
  const leave = () => end(signal?.reason);
  signal?.addEventListener('abort', leave);
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  };
}
