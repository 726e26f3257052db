import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long requests in flight may take once closing has begun, before they are cut. Default 10,000. */
  readonly drainMs?: number;
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
  { host, port, drainMs = 10_000 }: HttpServerOptions,
): Promise<HttpServer> {
  /** Each connection, with how many of its requests are being answered. */
  const connections = new Map<Socket, number>();
  let isClosing = false;

  const server = createServer((request, response) => {
    const { socket } = request;
    connections.set(socket, (connections.get(socket) ?? 0) + 1);
    // A kept-alive connection would otherwise wait for a next request that must not come.
    if (isClosing) response.setHeader('connection', 'close');
    response.once('close', () => {
      if (connections.has(socket)) connections.set(socket, (connections.get(socket) ?? 1) - 1);
      if (isClosing) endIdle();
    });
    void listener(request, response);
  });
  server.on('connection', (socket) => {
    connections.set(socket, 0);
    socket.once('close', () => connections.delete(socket));
  });

  // Idle between requests, or in the midst of sending one: nothing of it was accepted yet.
  const endIdle = () => {
    for (const [socket, requests] of connections) if (requests === 0) socket.destroySoon();
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
