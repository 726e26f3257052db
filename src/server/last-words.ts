import type { GraphQLFormattedError } from 'graphql';
import { LimitError } from '../check-limit.ts';
import type { Limits } from '../limits.ts';

/** An answer that is written to a connection as it stands. */
export interface LastWords {
  readonly httpStatus: number;
  readonly text: string;
}

/** What is answered where the server could not even read a request, or not wait for its answer. */
export function lastWords(failure: string | undefined, { headers }: Pick<Limits, 'headers'>): LastWords {
  switch (failure) {
    case 'HPE_HEADER_OVERFLOW': {
      const { message, code, extensions } = new LimitError('headers', headers);
      return toResponse('431 Request Header Fields Too Large', {
        message,
        extensions: { code, ...extensions },
      });
    }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return toResponse('408 Request Timeout', {
        message: 'The request took too long to arrive.',
        extensions: { code: 'REQUEST_TIMEOUT' },
      });
    case 'SHUTTING_DOWN':
      return toResponse('503 Service Unavailable', {
        message:
          'The gateway ends, and could not wait for the answer. What was asked for may have been done.',
        extensions: { code: 'SHUTTING_DOWN' },
      });
    default:
      return toResponse('400 Bad Request', {
        message: 'The request is not HTTP.',
        extensions: { code: 'BAD_REQUEST' },
      });
  }
}

function toResponse(status: string, error: GraphQLFormattedError): LastWords {
  const body = JSON.stringify({ errors: [error] });
  const headers = [
    `HTTP/1.1 ${status}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return { httpStatus: Number.parseInt(status, 10), text: `${headers.join('\r\n')}\r\n\r\n${body}` };
}
