import type { Dispatcher } from 'undici';
import { limitTime, type TimeLimit } from './time-limit.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Of the body, as they came. */
  readonly bytes: number;
}

/**
 * Sends a request once, and gathers all of its answer: less than half the work of `dispatcher.request`, whose answer
 * is a stream. The limit is for all of it, from waiting for a socket to the last byte. Rejects with the signal's reason,
 * an EcwidTimeoutError, or whatever the dispatcher says.
 */
export function dispatch(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limit: TimeLimit,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let ended: { readonly reason: Error } | undefined;
    let status = 0;
    let headers: HttpAnswer['headers'] = {};
    const chunks: Buffer[] = [];
    let bytes = 0;
    const release = limitTime(limit, (reason) => {
      release();
      ended = { reason };
      controller?.abort(reason);
      // A request that waits for a socket is in nobody's control.
      reject(reason);
    });
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
        bytes += chunk.byteLength;
      },
      onResponseEnd() {
        release();
        resolve({ status, headers, text: decode(chunks), bytes });
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
