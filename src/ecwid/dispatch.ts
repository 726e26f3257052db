import type { Dispatcher } from 'undici';
import { EcwidTimeoutError } from './errors.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface DispatchLimits {
  readonly signal?: AbortSignal | undefined;
  /** From waiting for a socket to the last byte. */
  readonly ms: number;
}

/**
 * Sends a request once, and gathers all of its answer: less than half the work of `dispatcher.request`, whose answer
 * is a stream. Rejects with the signal's reason or an EcwidTimeoutError, also while the request waits for a socket, or
 * with whatever the dispatcher says.
 */
export function dispatch(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { signal, ms }: DispatchLimits,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    let controller: Dispatcher.DispatchController | undefined;
    let ended: { readonly reason: Error } | undefined;
    let status = 0;
    let headers: HttpAnswer['headers'] = {};
    const chunks: Buffer[] = [];
    const end = (reason: Error) => {
      release();
      ended = { reason };
      controller?.abort(reason);
      // A request that waits for a socket is in nobody's control.
      reject(reason);
    };
    const leave = () => end(signal?.reason);
    signal?.addEventListener('abort', leave);
    // A timer of more than the clock can count would go off at once.
    const timer = Number.isFinite(ms) ? setTimeout(() => end(new EcwidTimeoutError()), ms) : undefined;
    const release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    };
    dispatcher.dispatch(request, {
      onRequestStart(begun) {
        controller = begun;
        if (ended) begun.abort(ended.reason);
      },
      // Also called for answers of 1xx, which come before the one that counts.
      onResponseStart(_controller, statusCode, heads) {
        status = statusCode;
        headers = heads;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        release();
        resolve({ status, headers, text: decode(chunks) });
      },
      onResponseError(_controller, error) {
        release();
        reject(error);
      },
    });
  });
}

// Of UTF-8, without the mark that some servers begin with.
function decode(chunks: readonly Buffer[]): string {
  const [first, ...others] = chunks;
  const text = (first && others.length === 0 ? first : Buffer.concat(chunks)).toString();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
