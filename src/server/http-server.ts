import { createServer, type RequestListener, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import { LimitError } from '../check-limit.ts';
import { defaultLimits, type Limits } from '../limits.ts';
import type { Log } from '../log.ts';

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long requests in flight may take once closing has begun, before they are cut. Default 10,000. */
  readonly drainMs?: number;
  /** What a caller may send, and in which time. */
  readonly limits?: Pick<
    Limits,
    'connections' | 'headers' | 'headersSeconds' | 'requestSeconds' | 'idleSeconds'
  >;
  readonly log: Log;
}

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  readonly origin: string;
  /**
   * Takes connections for so long yet, each of whose answers says that it is the last one there; by default none.
   * Then it answers the requests in flight, and is done when the last one is. Resolves with how many were cut.
   */
  close(delayMs?: number): Promise<number>;
}

/** Listens once it resolves; rejects where the address cannot be had. */
export async function startHttpServer(
  listener: RequestListener,
  { host, port, drainMs = 10_000, limits = defaultLimits, log }: HttpServerOptions,
): Promise<HttpServer> {
  /** Each connection, with the answers that are being made on it. */
  const connections = new Map<Socket, Set<ServerResponse>>();
  /** Those of which no further request can be read. */
  const broken = new WeakSet<Socket>();
  /** Whether answers are to be the last ones of their connections, and then whether these end of themselves. */
  let isEnding = false;
  let isClosing = false;

  const server = createServer(serverOptions(limits), (request, response) => {
    const answers = connections.get(request.socket);
    answers?.add(response);
    if (isEnding) announceEnd(request.socket);
    response.once('close', () => {
      answers?.delete(response);
      if (broken.has(request.socket) && !owesAnswer(request.socket)) request.socket.destroySoon();
      if (isClosing) endIdle();
    });
    void listener(request, response);
  });
  // Who does not read an answer would have it kept for good. Who waits for one is hung up on as well, by default
  // after a minute: none takes longer than half of that.
  server.timeout = limits.idleSeconds * 1_000;
  server.maxConnections = limits.connections;
  server.on('drop', () => {
    log.warn({ code: 'OVERLOADED', connections: connections.size }, 'a connection was refused');
  });
  server.on('connection', (socket) => {
    connections.set(socket, new Set());
    socket.once('close', () => connections.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, duplex) => {
    const socket = duplex as Socket;
    // Whatever comes after whole requests, these have been accepted.
    if (owesAnswer(socket)) {
      broken.add(socket);
      return;
    }
    hangUp(socket, refusal(error.code, limits));
  });

  const hangUp = (socket: Socket, lastWords: string) => {
    const answers = [...(connections.get(socket) ?? [])];
    // An answer that has begun cannot be another one any more.
    const canAnswer = socket.writable && !answers.some(({ headersSent }) => headersSent);
    if (canAnswer) socket.end(lastWords, () => socket.destroy());
    else socket.destroy();
  };

  /** To a request that has come as a whole. */
  const owesAnswer = (socket: Socket) =>
    socket.writable && [...(connections.get(socket) ?? [])].some(({ req }) => req.complete);

  // Idle between requests, or in the midst of sending one: nothing of it was accepted yet.
  const endIdle = () => {
    for (const [socket, answers] of connections) if (answers.size === 0) socket.destroySoon();
  };

  // A kept-alive connection would otherwise wait for a next request that must not come. Of several answers that a
  // connection is owed the last one says so: what comes after that is not read.
  const announceEnd = (socket: Socket) => {
    const unsent = [...(connections.get(socket) ?? [])].filter(({ headersSent }) => !headersSent);
    for (const response of unsent.slice(0, -1)) response.removeHeader('connection');
    unsent.at(-1)?.setHeader('connection', 'close');
  };

  /** Ends what is in flight, and tells how much that was. */
  const cut = () => {
    let requests = 0;
    for (const [socket, answers] of connections) {
      requests += answers.size;
      // Nobody is waited for any more, be it to read an earlier answer.
      if (answers.size > 0 && socket.writableLength === 0) hangUp(socket, refusal('SHUTTING_DOWN', limits));
      else socket.destroy();
    }
    if (requests > 0) log.error({ requests }, 'requests were cut, since they outlasted the end');
    return requests;
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;

  const close = async (delayMs: number) => {
    isEnding = true;
    for (const socket of connections.keys()) announceEnd(socket);
    if (delayMs > 0) await sleep(delayMs);
    isClosing = true;
    let requestsCut = 0;
    const fuse = setTimeout(() => {
      requestsCut = cut();
    }, drainMs);
    try {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      // What has arrived already gets a turn to be read, and then counts as in flight.
      await new Promise((resolve) => setImmediate(resolve));
      endIdle();
      await closed;
    } finally {
      clearTimeout(fuse);
    }
    return requestsCut;
  };
  let closing: Promise<number> | undefined;

  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close(delayMs = 0) {
      closing ??= close(delayMs);
      return closing;
    },
  };
}

type ServerLimits = NonNullable<HttpServerOptions['limits']>;

function serverOptions({ headers, headersSeconds, requestSeconds }: ServerLimits): ServerOptions {
  return {
    maxHeaderSize: headers,
    headersTimeout: Math.min(headersSeconds, requestSeconds) * 1_000,
    requestTimeout: requestSeconds * 1_000,
    connectionsCheckingInterval: 500,
    // Longer than load balancers keep one, which is a minute: who closes first does not send into the void.
    keepAliveTimeout: 65_000,
  };
}

/** What is answered where the server could not even read a request, or not wait for its answer. */
function refusal(failure: string | undefined, { headers }: ServerLimits): string {
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

function toResponse(status: string, error: GraphQLFormattedError): string {
  const body = JSON.stringify({ errors: [error] });
  const headers = [
    `HTTP/1.1 ${status}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}
