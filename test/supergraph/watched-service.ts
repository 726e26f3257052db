import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Listening, listen } from './listen.ts';

/** What a gateway in front has asked of a service. */
export interface AskedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface WatchedService extends Listening {
  /** Oldest first. */
  readonly requests: AskedRequest[];
}

/** A service by another address, where all that it is asked is seen. */
export async function watchService(url: string): Promise<WatchedService> {
  const requests: AskedRequest[] = [];

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { query, variables = {} } = JSON.parse(body);
    requests.push({ headers: request.headers, query, variables });
    const { host, connection, 'content-length': length, ...headers } = request.headers;
    const answer = await fetch(url, { method: 'POST', headers: headers as Record<string, string>, body });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.text());
  }

  const server = await listen((request, response) => {
    passOn(request, response).catch(() => request.socket.destroy());
  });
  return { ...server, requests };
}
