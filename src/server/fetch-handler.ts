import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Log } from '../log.ts';
import { errorResponse } from './error-response.ts';
import type { Incoming, Outgoing } from './incoming.ts';
import { presentError } from './present-errors.ts';

/** Answers a request of the Fetch standard. It never rejects. */
export type FetchHandler = (
  request: Request,
  client?: {
    /** Where the request comes from, which it does not tell itself: without it all callers without a token are one. */
    readonly remoteAddress?: string | undefined;
  },
) => Promise<Response>;

export interface FetchHandlerOptions {
  readonly answerProbe: (request: Incoming) => Response | undefined;
  readonly answer: (request: Request, incoming: Incoming, outgoing: Outgoing) => Promise<Response>;
  readonly log: Log;
}

export function createFetchHandler({ answerProbe, answer, log }: FetchHandlerOptions): FetchHandler {
  return async (request, client = {}) => {
    const incoming = toIncoming(request, client);
    const left = new EventEmitter();
    const leave = () => left.emit('close');
    request.signal.addEventListener('abort', leave);
    const outgoing: Outgoing = {
      req: incoming,
      closed: request.signal.aborted,
      writableEnded: false,
      once: (event, listener) => left.once(event, listener),
    };
    try {
      const probed = answerProbe(incoming);
      if (probed) return probed;
      const answered = await answer(request, incoming, outgoing);
      // Yoga's own class is none that others know.
      const body = answered.body === null ? null : await answered.bytes();
      return new Response(body, { status: answered.status, headers: [...answered.headers] });
    } catch (error) {
      return errorResponse(request, presentError(error, log), globalThis as never);
    } finally {
      request.signal.removeEventListener('abort', leave);
      // What was not read is not wanted any more.
      incoming.destroy();
    }
  };
}

function toIncoming(
  { method, url, headers, body }: Request,
  { remoteAddress }: NonNullable<Parameters<FetchHandler>[1]>,
): Incoming {
  const { pathname, search } = new URL(url);
  const stream = body ? Readable.fromWeb(body as ReadableStream) : Readable.from([]);
  // It breaks off where the caller leaves, be it read or not.
  stream.on('error', () => {});
  return Object.assign(stream, {
    method,
    url: pathname + search,
    headers: Object.fromEntries(headers),
    rawHeaders: [],
    socket: { remoteAddress },
  });
}
