import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface PostOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

const connectMs = 3_000;
const answerMs = 10_000;

/** Others of 2xx count for nothing, and neither do redirects. */
const delivered: ReadonlySet<number | undefined> = new Set([200, 201, 202, 204, 209]);

/** Whether it was delivered: a connection within 3 seconds, and a good answer within 10. Never rejects. */
export function postEvent({ url, headers, body, signal }: PostOptions): Promise<boolean> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const end = (isDelivered: boolean) => {
      clearTimeout(timer);
      resolve(isDelivered);
      // What is left of the answer is of no interest.
      request.destroy();
    };
    const request = send(url, { method: 'POST', headers, signal, agent: false });
    let timer = setTimeout(end, connectMs, false);
    request.once('socket', (socket) => {
      socket.once('connect', () => {
        clearTimeout(timer);
        timer = setTimeout(end, answerMs, false);
      });
    });
    request.once('response', (response) => {
      response.on('error', () => {});
      response.resume();
      end(delivered.has(response.statusCode));
    });
    request.on('error', () => end(false));
    request.end(body);
  });
}
