import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { GraphQLError } from 'graphql';
import type { GraphQLHTTPExtensions } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { badRequest } from './bad-request.ts';
import type { DirectDoor } from './direct-door.ts';
import { isEventStream, readableOf } from './event-stream.ts';
import { presentError } from './present-errors.ts';
import { callerLeft, type RequestWatch } from './watch-requests.ts';

export interface RequestListenerOptions {
  /** Answers some requests in less time. */
  readonly answerDirectly: DirectDoor;
  /** Answers every other. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<Response>;
  /** Answers what is asked about the process itself, however much it has to do. */
  readonly answerProbe: (request: IncomingMessage) => Response | undefined;
  readonly watch: RequestWatch;
  readonly log: Log;
}

/**
 * Listens to requests. What no door has caught is presented like any other error; the server’s own listener
 * would answer with its stack.
 */
export function createRequestListener({
  answer,
  answerDirectly,
  answerProbe,
  watch,
  log,
}: RequestListenerOptions): RequestListener {
  const answerCaller = (request: IncomingMessage, response: ServerResponse) => {
    if (!hasAddress(request)) throw badRequest('The address of the request is not usable.');
    return answerDirectly(request, response) ?? answer(request, response);
  };
  const answerInFull = async (request: IncomingMessage, response: ServerResponse, probed?: Response) => {
    try {
      const answered = probed ?? (await answerCaller(request, response));
      if (typeof answered === 'string') return await end(response, answered);
      const body = isEventStream(answered) ? undefined : await answered.bytes();
      response.statusCode = answered.status;
      for (const [name, value] of answered.headers) response.setHeader(name, value);
      if (body) await end(response, body);
      else await stream(response, answered);
    } catch (error) {
      // A server that this is mounted in has answered meanwhile.
      if (response.headersSent) response.end();
      else await refuse(response, presentError(error, log));
    }
  };
  return async (request, response) => {
    // A server that this is mounted in has answered before.
    if (response.headersSent) return;
    const probed = answerProbe(request);
    // Probes come every few seconds, and tell nothing.
    if (probed) {
      await answerInFull(request, response, probed);
      return;
    }
    const scope = watch.begin(request.headers['x-request-id']);
    response.setHeader('x-request-id', scope.id);
    response.once('close', () => {
      const { writableFinished, statusCode } = response;
      // Where the connection was ended on this side, it was with that status.
      watch.end(scope, writableFinished || statusCode >= 400 ? statusCode : callerLeft);
    });
    await watch.run(scope, request.headers, {
      answer: () => answerInFull(request, response),
      statusOf: () => response.statusCode,
    });
  };
}

/** As it comes, and no faster than it is read. */
function stream(response: ServerResponse, { body }: Response): Promise<void> {
  const events = readableOf(body as ReadableStream<Uint8Array>);
  return new Promise((resolve) => {
    // Its caller leaving is how most of them end.
    response.once('close', () => {
      events.destroy();
      resolve();
    });
    events.once('error', () => response.destroy());
    if (!response.closed) {
      events.pipe(response);
      return;
    }
    events.destroy();
    resolve();
  });
}

/** That which nearly every request is for. */
let last: { readonly url: string; readonly host: string; readonly isUsable: boolean } | undefined;

// The address is put together from both, and a host that held a path would be read as one.
function hasAddress({ url = '', headers: { host = '' } }: IncomingMessage): boolean {
  if (last?.url !== url || last.host !== host) {
    const isUsable = !/[/?#@\\]/.test(host) && URL.canParse(url, `http://${host || 'localhost'}`);
    last = { url, host, isUsable };
  }
  return last.isUsable;
}

async function refuse(
  response: ServerResponse,
  { message, extensions: { http, ...extensions } }: GraphQLError,
): Promise<void> {
  const { status = 500, headers = {} } = (http ?? {}) as GraphQLHTTPExtensions;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  await end(response, Buffer.from(JSON.stringify({ errors: [{ message, extensions }] })));
}

/**
 * Closes the connection after a request that is answered before it was read. Who is still sending would not hear the
 * answer if that was done at once: the rest is dropped until then, for as long as the server lets a request take.
 */
async function end(response: ServerResponse, body: string | Uint8Array): Promise<void> {
  const { req: request } = response;
  // What came along with the headers is known of in the next turn.
  if (!isComplete(request)) await setImmediate();
  if (isComplete(request)) {
    response.end(body);
    return;
  }
  response.setHeader('connection', 'close').setHeader('content-length', Buffer.byteLength(body)).write(body);
  request.resume().once('end', () => response.end());
}

// Requests that never had a connection, as tests of servers make them, know nothing of the first.
function isComplete({ complete, readableEnded }: IncomingMessage): boolean {
  return complete || readableEnded;
}
