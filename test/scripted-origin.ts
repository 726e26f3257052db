import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';

export interface ScriptedOrigin {
  /** What ECWID_API_URL takes. */
  readonly url: string;
  /** Every request that arrived: method and target. */
  readonly requests: string[];
  /** Requests that were neither answered to the end nor given up. */
  readonly pending: number;
  /** Answers from now on. */
  script: (request: IncomingMessage, response: ServerResponse) => void;
  /** Closes connections on which nobody waits for an answer. */
  closeIdle(): void;
  close(): Promise<void>;
}

/** A server that answers what a test tells it to, on a real socket; over TLS where it has a certificate. */
export async function startScriptedOrigin(
  script: ScriptedOrigin['script'] = () => {},
  tls?: SecureContextOptions,
): Promise<ScriptedOrigin> {
  const requests: string[] = [];
  let pending = 0;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`);
    pending += 1;
    response.once('close', () => {
      pending -= 1;
    });
    origin.script(request, response);
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin: ScriptedOrigin = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/api/v3`,
    requests,
    get pending() {
      return pending;
    },
    script,
    closeIdle: () => server.closeIdleConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return origin;
}

/** A script that answers each request with this JSON. */
export function answerJson(body: unknown, status = 200): ScriptedOrigin['script'] {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}
