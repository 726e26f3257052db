import { SpanKind } from '@opentelemetry/api';
import type { Dispatcher } from 'undici';
import type { Log } from '../log.ts';
import { inSpan, traceHeaders } from '../tracing.ts';
import { readAnswer, readRetryAfter, statusError } from './answer.ts';
import { dispatch, type HttpAnswer } from './dispatch.ts';
import { throwIfAborted } from './end-signal.ts';
import { EcwidAnswerError, EcwidConnectionError, EcwidError } from './errors.ts';
import { type EcwidRequest, isWrite, routeOf, targetOf } from './request.ts';

export interface ExchangeOptions {
  /** The API's base, such as `https://app.ecwid.com/api/v3`, without the store. */
  readonly apiUrl: URL;
  readonly storeId: string;
  readonly token: string;
  readonly dispatcher: Dispatcher;
  /**
   * For one attempt of a read, from waiting for a socket to the last byte. A write has none of its own: an answer
   * that comes late is worth more than none.
   */
  readonly attemptMs: number;
  /** Of the request that a call is made for, if it is for one; Ecwid is told it, to find the call by. */
  readonly requestId?: () => string | undefined;
  /** Told of each call that was sent. */
  readonly onCall?: (report: CallReport) => void;
  readonly log: Log;
}

/** A call to Ecwid that has ended. */
export interface CallReport {
  readonly method: string;
  /** Without an id, such as `/carts/{id}`. */
  readonly route: string;
  /** The status of the answer, or the code of the error where there is none. */
  readonly outcome: string;
  readonly isRetry: boolean;
  readonly ms: number;
  /** Of the answer's body. */
  readonly bytes: number;
}

export interface Exchange {
  /**
   * Sends a request once, in no more than `remainingMs`. Rejects with an EcwidError, or with the signal's reason where
   * that ended it.
   */
  send(request: EcwidRequest, remainingMs: number, isRetry: boolean): Promise<HttpAnswer>;
  /**
   * The JSON object of a success.
   * @throws EcwidError
   */
  read(answer: HttpAnswer): object;
}

/** Requests to one store as HTTP: address, credential, time, status and JSON. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { apiUrl, storeId, token, dispatcher, attemptMs, log } = options;
  const { requestId = () => undefined, onCall = () => {} } = options;
  const { origin } = apiUrl;
  const basePath = `${apiUrl.pathname.replace(/\/$/, '')}/${encodeURIComponent(storeId)}`;
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    // A compressed answer could be a bomb: inflating it is not bounded by the size limit on the wire.
    'accept-encoding': 'identity',
    'user-agent': 'ecwid-graphql',
  };
  const headersOfBody = { ...headers, 'content-type': 'application/json' };
  let isTypeTold = false;

  return { send, read };

  function send(request: EcwidRequest, remainingMs: number, isRetry: boolean): Promise<HttpAnswer> {
    const { method = 'GET', signal } = request;
    const route = routeOf(request);
    const attributes = { 'http.request.method': method, 'url.template': route };
    return inSpan(`${method} ${route}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const ms = isWrite(request) ? remainingMs : Math.min(attemptMs, remainingMs);
      const begunAt = performance.now();
      const report = (outcome: string, bytes: number) =>
        onCall({ method, route, outcome, isRetry, ms: performance.now() - begunAt, bytes });
      let answer: HttpAnswer;
      try {
        answer = await dispatch(dispatcher, optionsOf(request), { signal, ms });
      } catch (reason) {
        if (signal?.aborted) report('ABORTED', 0);
        throwIfAborted(signal);
        const error = toEcwidError(reason);
        report(error instanceof EcwidError ? error.code : 'INTERNAL_SERVER_ERROR', 0);
        throw error;
      }
      span.setAttribute('http.response.status_code', answer.status);
      report(String(answer.status), answer.bytes);
      return answer;
    });
  }

  function read({ status, headers, text }: HttpAnswer): object {
    if (status < 200 || status > 299) {
      throw statusError(status, text, readRetryAfter(headers['retry-after'], Date.now()));
    }
    const answer = readAnswer(text);
    if (!isTypeTold && !isJson(headers['content-type'])) {
      isTypeTold = true;
      log.warn('Ecwid sends JSON under another content type, or none; it is read all the same');
    }
    return answer;
  }

  function optionsOf(request: EcwidRequest): Dispatcher.DispatchOptions {
    const { method = 'GET', body } = request;
    return {
      origin,
      path: basePath + targetOf(request),
      method,
      headers: {
        ...(body === undefined ? headers : headersOfBody),
        'x-ecwid-api-request-id': requestId(),
        ...traceHeaders(),
      },
      body: body === undefined ? null : JSON.stringify(body),
      // They measure silence, and a body that drips is never silent for long.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
  }
}

function isJson(contentType: unknown): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(String(contentType));
}

function toEcwidError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // Not failures of a socket but a verdict made above, or a mistake of this program.
  if (error instanceof EcwidError || error instanceof TypeError || code === 'UND_ERR_INVALID_ARG')
    return error;
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return new EcwidAnswerError({ isTooLarge: true, cause: error });
  return new EcwidConnectionError(!isBeforeTheFirstByte(String(code)), { cause: error });
}

// Of connecting, of finding the address, of agreeing on a certificate.
function isBeforeTheFirstByte(code: string): boolean {
  return (
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(code) ||
    /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_)|SELF_SIGNED_CERT/.test(code)
  );
}
