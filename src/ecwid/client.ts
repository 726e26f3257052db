import type { Dispatcher } from 'undici';
import {
  EcwidAnswerError,
  EcwidConnectionError,
  EcwidError,
  EcwidStatusError,
  EcwidTimeoutError,
} from './errors.ts';
import { parseJson } from './json.ts';
import type { ErrorBody } from './wire.ts';

export interface EcwidClientOptions {
  /** The API's base, such as `https://app.ecwid.com/api/v3`, without the store. */
  readonly apiUrl: URL;
  readonly storeId: string;
  readonly token: string;
  readonly dispatcher: Dispatcher;
  /** For the whole exchange, from waiting for a socket to the last byte. Default 10,000. */
  readonly deadlineMs?: number;
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
}

export interface EcwidClient {
  readonly storeId: string;
  /** The JSON object of a success; throws an EcwidError, or the signal's reason where that ended it. */
  send<Answer extends object>(request: EcwidRequest): Promise<Answer>;
}

/** One store of the Ecwid REST API, version 3: address, credential, deadline, status and JSON. */
export function createEcwidClient(options: EcwidClientOptions): EcwidClient {
  const { apiUrl, storeId, token, dispatcher, deadlineMs = 10_000 } = options;
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
      const deadline = AbortSignal.timeout(deadlineMs);
      const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
      try {
        const { status, text } = await orAbort(exchange(request, signal), signal);
        if (status < 200 || status > 299) throw statusError(status, text);
        return readAnswer(text) as Answer;
      } catch (error) {
        if (request.signal?.aborted) throw request.signal.reason;
        throw deadline.aborted ? new EcwidTimeoutError({ cause: error }) : toEcwidError(error);
      }
    },
  };

  async function exchange({ method = 'GET', path, query, body }: EcwidRequest, signal: AbortSignal) {
    const response = await dispatcher.request({
      origin: apiUrl.origin,
      path: basePath + pathOf(path, query),
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal,
    });
    return { status: response.statusCode, text: await response.body.text() };
  }
}

// A request that waits for a free socket does not hear its signal, so the wait is ended from here.
function orAbort<Value>(exchange: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    exchange.then(resolve, reject);
  });
}

function pathOf(path: EcwidRequest['path'], query: EcwidRequest['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) parameters.set(name, String(value));
  }
  const segments = path.map((segment) => {
    // Encoding leaves these as they are, and servers resolve them: the endpoint functions let none through.
    if (segment === '' || segment === '.' || segment === '..') throw new TypeError('Not a path segment.');
    return `/${encodeURIComponent(segment)}`;
  });
  return segments.join('') + (parameters.size > 0 ? `?${parameters}` : '');
}

function readAnswer(text: string): object {
  let answer: unknown;
  try {
    answer = parseJson(text);
  } catch {
    // The parser's own message quotes the body, so it is not kept as the cause.
    throw new EcwidAnswerError();
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new EcwidAnswerError();
  return answer;
}

// The body of an error is optional and not always JSON; then the status has to do.
function statusError(status: number, text: string): EcwidStatusError {
  let body: ErrorBody = {};
  try {
    body = readAnswer(text);
  } catch {}
  const message = body.errorMessage ?? body.error_message;
  return new EcwidStatusError(
    status,
    typeof body.errorCode === 'string' ? body.errorCode : undefined,
    typeof message === 'string' ? message : undefined,
  );
}

const beforeTheFirstByte = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function toEcwidError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // Not failures of a socket but a verdict made above, or a mistake of this program.
  if (error instanceof EcwidError || error instanceof TypeError || code === 'UND_ERR_INVALID_ARG')
    return error;
  switch (code) {
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return new EcwidAnswerError({ cause: error });
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return new EcwidTimeoutError({ cause: error });
    default:
      return new EcwidConnectionError(!beforeTheFirstByte.has(String(code)), { cause: error });
  }
}
