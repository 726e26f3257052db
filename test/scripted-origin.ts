import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedOrigin {
  /** What ECWID_API_URL takes. */
  readonly url: string;
  /** Every request that arrived: method and target. */
  readonly requests: string[];
  /** Answers from now on. */
  script: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** A server that answers what a test tells it to, on a real socket. */
export async function startScriptedOrigin(
  script: ScriptedOrigin['script'] = () => {},
): Promise<ScriptedOrigin> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    origin.script(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin: ScriptedOrigin = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`,
    requests,
    script,
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
