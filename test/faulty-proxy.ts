import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxRequest } from '../src/sandbox/sandbox.ts';
import type { Fault, RequestKind, UpstreamAnswer } from './faults.ts';

/** A request that was let through, and what the API behind the proxy made of it. */
export interface ForwardedRequest extends SandboxRequest {
  readonly kind: RequestKind;
  /** What the API itself answered, whatever was told of it; absent while it has not. */
  readonly status?: number;
}

export interface FaultyProxy {
  /** What ECWID_API_URL takes. */
  readonly url: string;
  /** Every request that arrived, let through or not, oldest first. */
  readonly arrived: RequestKind[];
  readonly forwarded: ForwardedRequest[];
  /** What is done to each request from now on, unless `failNext` has planned otherwise; undefined for nothing. */
  choose: (kind: RequestKind) => Fault | undefined;
  /** What is done to the next requests of a kind, one each. */
  failNext(kind: RequestKind, ...faults: readonly Fault[]): void;
  /** From now on connections are refused; open ones live on until they are idle. */
  refuse(): void;
  /** Takes connections again, at the same address. */
  listen(): Promise<void>;
  /** Done when nothing is on its way any more, to the API or from it. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A server on a socket of its own that passes requests on to an API, with the faults that a test wants. */
export async function startFaultyProxy(apiUrl: string): Promise<FaultyProxy> {
  const { origin, pathname } = new URL(apiUrl);
  const planned: { kind: RequestKind; fault: Fault }[] = [];
  const underway = new Set<Promise<unknown>>();
  let isRefusing = false;

  const server = createServer((request, response) => {
    // Where the API itself is gone, there is nothing to tell.
    const work = handle(request, response).catch(() => request.socket.destroy());
    underway.add(work);
    void work.finally(() => underway.delete(work));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${port}${pathname}`,
    arrived: [],
    forwarded: [],
    choose: () => undefined,
    failNext(kind, ...faults) {
      planned.push(...faults.map((fault) => ({ kind, fault })));
    },
    refuse() {
      isRefusing = true;
      server.close();
      server.closeIdleConnections();
    },
    async listen() {
      isRefusing = false;
      await listen(port);
    },
    async settled() {
      while (underway.size > 0) await Promise.allSettled(underway);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const target = new URL(url, origin);
    const kind = kindOf(method, target.pathname);
    proxy.arrived.push(kind);
    const body = await text(request).catch(() => null);
    // Whoever left while sending has sent nothing.
    if (body === null) return;
    const next = planned.findIndex((plan) => plan.kind === kind);
    const [plan] = next < 0 ? [] : planned.splice(next, 1);
    const fault = plan?.fault ?? proxy.choose(kind) ?? letThrough;
    const sent = {
      kind,
      method,
      // As the sandbox tells it: below the store.
      path: target.pathname.slice(pathname.length).replace(/^\/\d+/, ''),
      query: target.searchParams,
    };
    await fault({
      forward: () => forward(target, { method, headers, body }, sent),
      async answer({ status, type = 'application/json', body: answerBody }, claimedLength) {
        if (request.socket.destroyed) return;
        const left = new Promise<void>((resolve) => {
          response.once('finish', resolve).once('close', resolve);
        });
        response.writeHead(status, {
          'content-type': type,
          'content-length': claimedLength ?? Buffer.byteLength(answerBody),
          ...(isRefusing && { connection: 'close' }),
        });
        if (claimedLength === undefined) response.end(answerBody);
        else response.write(answerBody, () => request.socket.destroySoon());
        await left;
      },
      async drip({ status, type = 'application/json', body: answerBody }, everyMs) {
        const bytes = Buffer.from(answerBody);
        response.writeHead(status, { 'content-type': type, 'content-length': bytes.byteLength });
        for (let sent = 0; sent < bytes.byteLength && !response.destroyed; sent += 1) {
          response.write(bytes.subarray(sent, sent + 1));
          await sleep(everyMs);
        }
        response.end();
      },
      reset: () => void request.socket.resetAndDestroy(),
      refuse: proxy.refuse,
    });
  }

  // Unlike a reader that leaves, one that is gone does not end what the API does with a request.
  async function forward(
    target: URL,
    { method, headers, body }: { method: string; headers: IncomingMessage['headers']; body: string },
    sent: SandboxRequest & { readonly kind: RequestKind },
  ): Promise<UpstreamAnswer> {
    const index = proxy.forwarded.push(sent) - 1;
    const { authorization = '', 'content-type': type } = headers;
    const answer = await fetch(new URL(target.pathname + target.search, origin), {
      method,
      headers: { authorization, ...(type && { 'content-type': type }) },
      ...(body && { body }),
    });
    proxy.forwarded[index] = { ...sent, status: answer.status };
    return { status: answer.status, body: await answer.text() };
  }
}

const letThrough: Fault = async ({ forward, answer }) => answer(await forward());

function kindOf(method: string, path: string): RequestKind {
  if (/\/carts\/[^/]+$/.test(path)) return 'cart';
  if (/\/carts\/[^/]+\/place$/.test(path)) return 'place';
  if (/\/batch$/.test(path)) return 'batch';
  if (/\/order\/calculate$/.test(path)) return 'calculate';
  if (/\/orders$/.test(path)) return method === 'POST' ? 'create' : 'search';
  return 'other';
}
