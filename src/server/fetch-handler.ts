import { EventEmitter } from 'node:events';
import { addAbortSignal, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { badRequest } from './bad-request.ts';
import { errorResponse } from './error-response.ts';
import { isEventStream, readableOf } from './event-stream.ts';
import type { Incoming, Outgoing } from './incoming.ts';
import { presentError } from './present-errors.ts';
import { callerLeft, type RequestWatch } from './watch-requests.ts';

/** Answers a request of the Fetch standard. It never rejects. */
export type FetchHandler = (
  request: Request,
  client?: {
    /** Where the request comes from, which it does not tell itself: without it all callers without a token are one. */
    readonly remoteAddress?: string | undefined;
  },
) => Promise<Response>;

export interface FetchHandlerOptions {
  readonly answerProbe: (request: Pick<Incoming, 'method' | 'url'>) => Response | undefined;
  readonly answer: (request: Request, incoming: Incoming, outgoing: Outgoing) => Promise<Response>;
  readonly limits: Pick<Limits, 'requestSeconds'>;
  readonly watch: RequestWatch;
  readonly log: Log;
}

export function createFetchHandler({
  answerProbe,
  answer,
  limits,
  watch,
  log,
}: FetchHandlerOptions): FetchHandler {
  const answerInFull = async (request: Request, client: Parameters<FetchHandler>[1]): Promise<Response> => {
    let exchange: Exchange | undefined;
    try {
      exchange = openExchange(request, { client, limits });
      const answered = await answer(request, exchange.incoming, exchange.outgoing);
      // Yoga's own class is none that others know.
      const body = isEventStream(answered) ? withEnd(answered.body, request.signal) : await bytesOf(answered);
      return new Response(body, { status: answered.status, headers: [...answered.headers] });
    } catch (error) {
      return errorResponse(request, presentError(error, log), globalThis as never);
    } finally {
      exchange?.close();
    }
  };
  return async (request, client) => {
    const { method, url, headers, signal } = request;
    const { pathname, search } = new URL(url);
    const probed = answerProbe({ method, url: pathname + search });
    if (probed) return probed;
    const scope = watch.begin(headers.get('x-request-id') ?? undefined);
    const answered = await watch.run(scope, Object.fromEntries(headers), {
      answer: () => answerInFull(request, client),
      statusOf: ({ status }) => status,
    });
    answered.headers.set('x-request-id', scope.id);
    watch.end(scope, signal.aborted ? callerLeft : answered.status);
    return answered;
  };
}

/** That of a stream that goes on for longer than the request is answered for, as long as its caller wants it. */
function withEnd(body: Response['body'], signal: AbortSignal): Response['body'] {
  if (!body) return null;
  const events = readableOf(body);
  const ending = Readable.toWeb(events) as NonNullable<Response['body']>;
  addAbortSignal(signal, events);
  return ending;
}

async function bytesOf(answered: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  return answered.body && answered.bytes();
}

/** A request in the form that is looked at, while it is answered. */
interface Exchange {
  readonly incoming: Incoming;
  readonly outgoing: Outgoing;
  close(): void;
}

function openExchange(
  { method, url, headers, body, bodyUsed, signal }: Request,
  { client, limits }: { readonly client: Parameters<FetchHandler>[1] } & Pick<FetchHandlerOptions, 'limits'>,
): Exchange {
  // By who is in front of this, as it may be; nobody can read it twice.
  if (bodyUsed || body?.locked) throw badRequest('The body of the request did not arrive.');
  const { pathname, search } = new URL(url);
  const stream = body ? Readable.fromWeb(body as ReadableStream) : Readable.from([]);
  // It breaks off where the caller leaves, be it read or not.
  stream.on('error', () => {});
  // There is no server below that would end it.
  const timer = setTimeout(() => stream.destroy(), limits.requestSeconds * 1_000);
  stream.once('close', () => clearTimeout(timer));

  const incoming: Incoming = Object.assign(stream, {
    method,
    url: pathname + search,
    headers: Object.fromEntries(headers),
    rawHeaders: [],
    socket: { remoteAddress: client?.remoteAddress },
    mayBeCutShort: true,
  });
  const left = new EventEmitter();
  const leave = () => left.emit('close');
  signal.addEventListener('abort', leave);
  return {
    incoming,
    outgoing: {
      req: incoming,
      closed: signal.aborted,
      writableEnded: false,
      once: (event, listener) => left.once(event, listener),
    },
    close() {
      signal.removeEventListener('abort', leave);
      // What was not read is not wanted any more.
      stream.destroy();
    },
  };
}
