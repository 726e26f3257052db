import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import { type AddressInfo, Server, type Socket } from 'node:net';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { defaultLimits, type Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { createConnections } from './connections.ts';

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long requests in flight may take once closing has begun, before they are cut. Default 10,000. */
  readonly drainMs?: number;
  /** Told when the requests in flight are the last ones: those that would go on without end are to end then. */
  readonly onDrain?: () => void;
  /** What a caller may send, and in which time. */
  readonly limits?: Pick<
    Limits,
    'connections' | 'headers' | 'headersSeconds' | 'requestSeconds' | 'idleSeconds' | 'unsent'
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

/** Answers a request. Where it returns a promise, that is done once the answer was handed over to its connection. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Listens once it resolves; rejects where the address cannot be had. */
export async function startHttpServer(
  listener: Listener,
  { host, port, drainMs = 10_000, onDrain = () => {}, limits = defaultLimits, log }: HttpServerOptions,
): Promise<HttpServer> {
  const connections = createConnections({ limits, log });

  const server = createServer(serverOptions(limits), async (request, response) => {
    if (!connections.accept(response)) return;
    await listener(request, response);
    connections.makeRoomFor(request.socket);
  });
  server.timeout = limits.idleSeconds * 1_000;
  server.on('timeout', connections.rest);
  server.maxConnections = limits.connections;
  server.on('drop', () => {
    log.warn({ code: 'OVERLOADED', connections: limits.connections }, 'a connection was refused');
  });
  server.on('connection', connections.open);
  server.on('clientError', ({ code }: NodeJS.ErrnoException, duplex) => {
    connections.fail(duplex as Socket, code);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;

  const close = async (delayMs: number) => {
    connections.announceEnd();
    if (delayMs > 0) await sleep(delayMs);
    onDrain();
    let requestsCut = 0;
    const fuse = setTimeout(() => {
      requestsCut = connections.cut();
    }, drainMs);
    try {
      // An HTTP server's own way to close destroys connections whose answers are still on their way, and ends the watch
      // over those who are slow to send.
      const closed = new Promise<void>((resolve) => {
        Server.prototype.close.call(server, () => resolve());
      });
      // What has arrived already gets a whole turn to be read, and then counts as in flight.
      await setImmediate();
      await setImmediate();
      connections.end();
      await closed;
    } finally {
      clearTimeout(fuse);
      server.close();
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
