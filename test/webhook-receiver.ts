import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedWebhook {
  readonly method: string | undefined;
  /** Path and query. */
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: what it tells is the test's own to know.
  readonly body: any;
}

export interface WebhookReceiver {
  readonly url: string;
  /** Those that have come, in their order. */
  readonly received: ReceivedWebhook[];
  /** What the next ones are answered with, one each, and then 200; null for no answer at all. */
  readonly statuses: (number | null)[];
  close(): Promise<void>;
}

/** An app that webhooks are sent to, on a socket of its own. */
export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const statuses: (number | null)[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: JSON.parse(await text(request)) });
    const status = statuses.length > 0 ? statuses.shift() : 200;
    if (typeof status === 'number') response.writeHead(status, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/app`,
    received,
    statuses,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
