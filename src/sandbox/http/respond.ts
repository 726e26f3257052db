import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../json.ts';
import { ApiError } from './api-error.ts';

/** Every success of Ecwid's is exactly 200: its own client takes 201 and 204 for errors. */
export interface Answer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  /** A text is a page of HTML. */
  readonly body: JsonObject | string;
}

/** The documented error body. A fault of the sandbox's own tells nothing of itself. */
export function toErrorAnswer(error: unknown): Answer {
  if (!(error instanceof ApiError)) {
    return { status: 500, body: { errorMessage: 'Internal error', errorCode: 'INTERNAL_ERROR' } };
  }
  const { status, headers, message: errorMessage, errorCode } = error;
  return { status, headers, body: { errorMessage, errorCode } };
}

const minBytesToCompress = 1000;

export function respond(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const isPage = typeof answer.body === 'string';
  const text = Buffer.from(isPage ? (answer.body as string) : JSON.stringify(answer.body));
  const compresses = text.length > minBytesToCompress && acceptsGzip(request);
  const body = compresses ? gzipSync(text) : text;
  response.writeHead(answer.status, {
    'content-type': isPage ? 'text/html;charset=utf-8' : 'application/json;charset=utf-8',
    'content-length': body.length,
    vary: 'accept-encoding',
    ...(compresses && { 'content-encoding': 'gzip' }),
    ...answer.headers,
  });
  response.end(body);
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  const codings = String(headers['accept-encoding'] ?? '').split(',');
  return codings.some((coding) => /^\s*(gzip|\*)\s*(;\s*q=(1(\.0*)?|0\.0*[1-9]\d*)\s*)?$/i.test(coding));
}
