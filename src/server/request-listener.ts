import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { GraphQLHTTPExtensions } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { badRequest } from './bad-request.ts';
import { presentError } from './present-errors.ts';

/** Answers a request that was read as far as its headers. */
type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  context: object,
) => Promise<Response> | Response;

/**
 * Listens to requests. What no plugin has caught is presented like any other error; the server's own listener
 * would answer with its stack.
 */
export function createRequestListener(answer: Answer, log: Log): RequestListener {
  return async (request, response) => {
    try {
      if (!hasAddress(request)) throw badRequest('The address of the request is not usable.');
      const answered = await answer(request, response, { req: request, res: response });
      const body = await answered.bytes();
      response.statusCode = answered.status;
      response.setHeaders(new Map(answered.headers)).end(body);
    } catch (error) {
      refuse(response, presentError(error, log));
    }
  };
}

// The address is put together from both, and a host that held a path would be read as one.
function hasAddress({ url = '', headers: { host = '' } }: IncomingMessage): boolean {
  return !/[/?#@\\]/.test(host) && URL.canParse(url, `http://${host || 'localhost'}`);
}

function refuse(
  response: ServerResponse,
  { message, extensions: { http, ...extensions } }: GraphQLError,
): void {
  const { status = 500 } = (http ?? {}) as GraphQLHTTPExtensions;
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ errors: [{ message, extensions }] }));
}
