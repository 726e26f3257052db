import type { Dispatcher } from 'undici';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/**
 * Sends a request once, and gathers all of its answer: less than half the work of `dispatcher.request`, whose answer
 * is a stream. Rejects with the signal's reason where that aborts, also while the request waits for a socket, and with
 * whatever the dispatcher says where it fails.
 */
export function dispatch(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    let headers: HttpAnswer['headers'] = {};
    const chunks: Buffer[] = [];
    const leave = () => {
      controller?.abort(signal.reason);
      // A request that waits for a socket is in nobody's control.
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave);
    dispatcher.dispatch(request, {
      onRequestStart(begun) {
        controller = begun;
        if (signal.aborted) begun.abort(signal.reason);
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
        signal.removeEventListener('abort', leave);
        resolve({ status, headers, text: decode(chunks) });
      },
      onResponseError(_controller, error) {
        signal.removeEventListener('abort', leave);
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
