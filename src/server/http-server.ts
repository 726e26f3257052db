import { createServer, type RequestListener, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { GraphQLFormattedError } from 'graphql';
import { LimitError } from '../check-limit.ts';
import { defaultLimits, type Limits } from '../limits.ts';

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long requests in flight may take once closing has begun, before they are cut. Default 10,000. */
  readonly drainMs?: number;
  /** What a caller may send, and in which time. */
  readonly limits?: Pick<Limits, 'headers' | 'headersSeconds' | 'requestSeconds' | 'idleSeconds'>;
}

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** Takes no more connections, answers the requests in flight, and is done when the last one is. */
  close(): Promise<void>;
}

/** Listens once it resolves; rejects where the address cannot be had. */
export async function startHttpServer(
  listener: RequestListener,
  { host, port, drainMs = 10_000, limits = defaultLimits }: HttpServerOptions,
): Promise<HttpServer> {
  /** Each connection, with the answers that are being made on it. */
  const connections = new Map<Socket, Set<ServerResponse>>();
  /** Those of which no further request can be read. */
  const broken = new WeakSet<Socket>();
  let isClosing = false;

  const server = createServer(serverOptions(limits), (request, response) => {
    const answers = connections.get(request.socket);
    answers?.add(response);
    // A kept-alive connection would otherwise wait for a next request that must not come.
    if (isClosing) response.setHeader('connection', 'close');
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
    const answers = [...(connections.get(socket) ?? [])];
    // An answer that has begun cannot be another one any more.
    const canAnswer = socket.writable && !answers.some(({ headersSent }) => headersSent);
    if (canAnswer) socket.end(refusal(error.code, limits), () => socket.destroy());
    else socket.destroy();
  });

  /** To a request that has come as a whole. */
  const owesAnswer = (socket: Socket) =>
    socket.writable && [...(connections.get(socket) ?? [])].some(({ req }) => req.complete);

  // Idle between requests, or in the midst of sending one: nothing of it was accepted yet.
  const endIdle = () => {
    for (const [socket, answers] of connections) if (answers.size === 0) socket.destroySoon();
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;

  const close = async () => {
    isClosing = true;
    const fuse = setTimeout(() => server.closeAllConnections(), drainMs);
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
  };
  let closing: Promise<void> | undefined;

  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close() {
      closing ??= close();
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

/** What is answered where the server could not even read a request. */
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
