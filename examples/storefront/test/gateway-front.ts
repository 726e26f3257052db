import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What becomes of a request to place a cart: it may be answered, or forwarded to the gateway, or to another. */
type Placing = (
  response: ServerResponse,
  forward: (origin?: string) => Promise<void>,
) => void | Promise<void>;

export interface GatewayFront {
  readonly origin: string;
  /** What is done to requests to place from now on; those to read go to the gateway. */
  onPlacing: Placing;
  close(): Promise<void>;
}

/** A server before a gateway, as proxies are: what it answers with may be its own. */
export async function startFront(gatewayOrigin: string): Promise<GatewayFront> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const forward = async (origin = gatewayOrigin) => {
      const { headers } = request;
      const answer = await fetch(origin + request.url, {
        method: 'POST',
        headers: { accept: String(headers.accept), 'content-type': String(headers['content-type']) },
        body,
      });
      const type = answer.headers.get('content-type') ?? '';
      const content = await answer.text();
      if (!response.destroyed) response.writeHead(answer.status, { 'content-type': type }).end(content);
    };
    await (body.includes('mutation') ? front.onPlacing(response, forward) : forward());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const front: GatewayFront = {
    origin: `http://127.0.0.1:${port}`,
    onPlacing: (_response, forward) => forward(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return front;
}

export function answer(body: unknown, status = 200): Placing {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** Sends a page of its own, as proxies do. */
export function answerPage(status: number): Placing {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>So it is</h1>');
  };
}

/** Has the gateway place it, and breaks off before the answer. */
export const breakOff: Placing = async (response, forward) => {
  response.destroy();
  await forward();
};
