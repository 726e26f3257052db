import { EcwidTimeoutError } from './errors.ts';

export interface TimeLimit {
  /** Aborts with an EcwidTimeoutError when time is up, or for the reason of the signal that it was made of. */
  readonly signal: AbortSignal;
  /** To be called when nobody waits any more, so that no timer and no listener is left behind. */
  release(): void;
}

/** So many milliseconds, or less where `outer` aborts before. */
export function limitTime(ms: number, outer?: AbortSignal): TimeLimit {
  outer?.throwIfAborted();
  const end = new AbortController();
  // A timer of more than the clock can count would go off at once.
  const timer = Number.isFinite(ms) ? setTimeout(() => end.abort(new EcwidTimeoutError()), ms) : undefined;
  const leave = () => end.abort(outer?.reason);
  outer?.addEventListener('abort', leave);
  return {
    signal: end.signal,
    release() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', leave);
    },
  };
}
