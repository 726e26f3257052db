import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

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
  let isClosing = false;
  const server = createServer((request, response) => {
    // A kept-alive connection would otherwise wait for a next request that must not come.
    if (isClosing) response.setHeader('connection', 'close');
    response.once('close', () => {
      if (isClosing) server.closeIdleConnections();
    });
    void listener(request, response);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;

  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    async close() {
      isClosing = true;
      const fuse = setTimeout(() => server.closeAllConnections(), drainMs);
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      });
      clearTimeout(fuse);
    },
  };
}
