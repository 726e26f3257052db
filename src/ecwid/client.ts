import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { readAnswer, readRetryAfter, statusError } from './answer.ts';
import { type CallBudget, createCallBudget, type Priority } from './call-budget.ts';
import {
  EcwidAnswerError,
  EcwidConnectionError,
  EcwidError,
  EcwidStatusError,
  EcwidTimeoutError,
} from './errors.ts';
import type { ResponseFields } from './response-fields.ts';
import { createRetryBudget, type FailedAttempt, retryDelayMs } from './retry-policy.ts';

export interface EcwidClientOptions {
  /** The API's base, such as `https://app.ecwid.com/api/v3`, without the store. */
  readonly apiUrl: URL;
  readonly storeId: string;
  readonly token: string;
  readonly dispatcher: Dispatcher;
  /** For the whole exchange, from waiting for a socket to the last byte, with its retries. Default 10,000. */
  readonly deadlineMs?: number;
  /** Of the token, shared by all clients of it. Default without an end. */
  readonly budget?: CallBudget;
  /** Whether a request is sent again, and after how long. Default the policy of retry-policy.ts. */
  readonly retry?: (failed: FailedAttempt) => number | null;
}

export interface EcwidRequest {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Segments below the store, each encoded on its own: an id cannot become another path. */
  readonly path: readonly string[];
  /** Undefined and null are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly body?: unknown;
  /** Ends the exchange when the caller has no more use for it. */
  readonly signal?: AbortSignal | undefined;
  /** Where not every call can go. Default by what the request does. */
  readonly priority?: Priority;
  /** A shorter deadline than the client's own. */
  readonly deadlineMs?: number | undefined;
}

/** What every reading function takes beside what to read. */
export interface ReadOptions {
  readonly fields: ResponseFields;
  readonly signal?: AbortSignal | undefined;
}

export interface EcwidClient {
  readonly storeId: string;
  /** The JSON object of a success; throws an EcwidError, or the signal's reason where that ended it. */
  send<Answer extends object>(request: EcwidRequest): Promise<Answer>;
}

/** The same client, whose calls together have no more time than `remainingMs` tells as each begins. */
export function withDeadline(ecwid: EcwidClient, remainingMs: () => number): EcwidClient {
  return {
    storeId: ecwid.storeId,
    send({ deadlineMs = Number.POSITIVE_INFINITY, ...request }) {
      return ecwid.send({ ...request, deadlineMs: Math.min(deadlineMs, remainingMs()) });
    },
  };
}

/** The same client, whose calls go before others where not every call can go. */
export function withPriority(ecwid: EcwidClient, priority: Priority): EcwidClient {
  return { storeId: ecwid.storeId, send: (request) => ecwid.send({ ...request, priority }) };
}

/** One store of the Ecwid REST API, version 3: address, credential, deadline, status and JSON. */
export function createEcwidClient(options: EcwidClientOptions): EcwidClient {
  const { apiUrl, storeId, token, dispatcher, deadlineMs = 10_000 } = options;
  const { budget = createCallBudget({ perMinute: Number.POSITIVE_INFINITY }), retry = retryDelayMs } =
    options;
  const retryBudget = createRetryBudget();
  const basePath = `${apiUrl.pathname.replace(/\/$/, '')}/${encodeURIComponent(storeId)}`;
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    // A compressed answer could be a bomb: inflating it is not bounded by the size limit on the wire.
    'accept-encoding': 'identity',
    'user-agent': 'ecwid-graphql',
  };

  return {
    storeId,
    async send<Answer extends object>(request: EcwidRequest): Promise<Answer> {
      const { method = 'GET', body, signal } = request;
      signal?.throwIfAborted();
      const options: Dispatcher.RequestOptions = {
        origin: apiUrl.origin,
        path: basePath + pathOf(request),
        method,
        headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      };

      const end = new AbortController();
      const expireMs = Math.min(deadlineMs, request.deadlineMs ?? deadlineMs);
      const expire = setTimeout(() => end.abort(new EcwidTimeoutError()), expireMs);
      const leave = () => end.abort(signal?.reason);
      signal?.addEventListener('abort', leave);
      const endsAt = performance.now() + expireMs;
      retryBudget.earn();
      try {
        for (let retries = 0; ; retries += 1) {
          try {
            const waitMs = endsAt - performance.now();
            await budget.take(priorityOf(request), { waitMs, signal: end.signal });
            return readAnswer(await exchange(options, end.signal)) as Answer;
          } catch (reason) {
            end.signal.throwIfAborted();
            const error = toEcwidError(reason);
            if (error instanceof EcwidStatusError && error.status === 429)
              budget.throttled(error.retryAfterMs);
            const remainingMs = endsAt - performance.now();
            const waitMs = retry({
              isWrite: isWrite(request),
              error,
              retries,
              remainingMs,
              random: Math.random(),
            });
            if (waitMs === null || !retryBudget.spend()) throw error;
            await pause(waitMs, end.signal);
          }
        }
      } finally {
        clearTimeout(expire);
        signal?.removeEventListener('abort', leave);
      }
    },
  };

  /** The body of a success, or an abort as soon as there is one. */
  async function exchange(options: Dispatcher.RequestOptions, signal: AbortSignal): Promise<string> {
    // A request that waits for a free socket does not hear its signal, so the wait is ended from here.
    const aborted = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
    const answered = dispatcher
      .request({ ...options, signal })
      .then(async ({ statusCode, headers, body }) => {
        const text = await body.text();
        if (statusCode < 200 || statusCode > 299)
          throw statusError(statusCode, text, readRetryAfter(headers['retry-after'], Date.now()));
        return text;
      });
    return Promise.race([answered, aborted.promise]);
  }
}

function priorityOf({ priority, method = 'GET', path }: EcwidRequest): Priority {
  if (priority) return priority;
  if (isWrite({ method, path })) return 'placing';
  return path.length === 1 && path[0] !== 'profile' ? 'search' : 'read';
}

// A calculation creates nothing.
function isWrite({ method = 'GET', path }: EcwidRequest): boolean {
  return method !== 'GET' && path.join('/') !== 'order/calculate';
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}

function pathOf({ path, query = {} }: EcwidRequest): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) {
      parameters.set(name, typeof value === 'number' ? withoutExponent(value) : String(value));
    }
  }
  const segments = path.map((segment) => {
    // Encoding leaves these as they are, and servers resolve them: the endpoint functions let none through.
    if (segment === '' || segment === '.' || segment === '..') throw new TypeError('Not a path segment.');
    return `/${encodeURIComponent(segment)}`;
  });
  return segments.join('') + (parameters.size > 0 ? `?${parameters}` : '');
}

// Ecwid reads `0.0000001`, and not `1e-7`.
function withoutExponent(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
}

// Of connecting, of finding the address, of agreeing on a certificate.
function isBeforeTheFirstByte(code: string): boolean {
  return (
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(code) ||
    /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_)|SELF_SIGNED_CERT/.test(code)
  );
}

function toEcwidError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // Not failures of a socket but a verdict made above, or a mistake of this program.
  if (error instanceof EcwidError || error instanceof TypeError || code === 'UND_ERR_INVALID_ARG')
    return error;
  switch (code) {
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return new EcwidAnswerError({ cause: error });
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return new EcwidTimeoutError({ cause: error });
    default:
      return new EcwidConnectionError(!isBeforeTheFirstByte(String(code)), { cause: error });
  }
}
