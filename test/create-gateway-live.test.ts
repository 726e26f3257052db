import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createGateway } from '../src/library.ts';
import { subscribe } from './subscribe.ts';

const id = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const text = `subscription { cartChanged(id: "${id}") { hidden } }`;
const hide = `mutation { hideCart(input: { cart_id: "${id}" }) { errors { code } } }`;
const ask = (query: string, accept: string, signal?: AbortSignal) =>
  new Request('http://gateway.example/graphql', {
    ...(signal && { signal }),
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
  });

describe('a subscription in a program of one’s own', () => {
  test('streams to a server of the Fetch standard, and ends with the gateway', async () => {
    const gateway = await createGateway({ logLevel: 'silent' });
    const { status, headers, body } = await gateway.fetch(ask(text, 'text/event-stream'));
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const reader = (body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .getReader();
    let told = '';
    const read = async (words: string) => {
      while (!told.includes(words)) told += (await reader.read()).value;
    };
    await read(':\n\n');
    await gateway.fetch(ask(hide, 'application/json'));
    await read('data: {"data":{"cartChanged":{"hidden":true}}}\n\n');
    const closed = gateway.close();
    await read('event: complete');
    await closed;
  });

  test('lets go of its place when it is not read any more', async () => {
    const gateway = await createGateway({ logLevel: 'silent', limits: { subscriptions: 1 } });
    const first = await gateway.fetch(ask(text, 'text/event-stream'));
    expect((await gateway.fetch(ask(text, 'text/event-stream'))).status).toBe(503);
    await first.body?.cancel();
    expect((await gateway.fetch(ask(text, 'text/event-stream'))).status).toBe(200);
    await gateway.close();
  });

  test('ends when its request is aborted, be it read meanwhile or not', async () => {
    const gateway = await createGateway({ logLevel: 'silent', limits: { subscriptions: 1 } });
    for (const isRead of [true, false]) {
      const left = new AbortController();
      const { status, body } = await gateway.fetch(ask(text, 'text/event-stream', left.signal));
      expect(status).toBe(200);
      const reader = body?.getReader();
      if (isRead) await reader?.read();
      left.abort();
      await expect(reader?.closed).rejects.toMatchObject({ name: 'AbortError' });
    }
    await gateway.fetch(ask(text, 'text/event-stream', AbortSignal.abort()));
    expect((await gateway.fetch(ask(text, 'text/event-stream'))).status).toBe(200);
    await gateway.close();
  });

  test('streams from a server of node:http, and ends with the gateway', async () => {
    const gateway = await createGateway({ logLevel: 'silent' });
    const server = createServer(gateway.listener);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const listener = await subscribe(`http://127.0.0.1:${port}/graphql`, text);
    await gateway.fetch(ask(hide, 'application/json'));
    expect(await listener.next()).toEqual({ data: { cartChanged: { hidden: true } } });
    const next = listener.next();
    await gateway.close();
    expect(await next).toBeUndefined();
    server.closeAllConnections();
    server.close();
  });
});
