import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startHttpServer } from '../../src/server/http-server.ts';

describe('an HTTP server', () => {
  test('that closes answers what is in flight, takes nothing new, and leaves no connection open', async () => {
    const inFlight = Promise.withResolvers<ServerResponse>();
    const server = await startHttpServer(
      (request, response) => (request.url === '/slow' ? inFlight.resolve(response) : response.end('quick')),
      { host: '127.0.0.1', port: 0 },
    );
    const agent = new Agent({ keepAlive: true });
    expect(await read(`${server.origin}/`, agent)).toBe('quick');
    const slow = read(`${server.origin}/slow`, agent);
    const response = await inFlight.promise;

    let isClosed = false;
    const closing = server.close().then(() => {
      isClosed = true;
    });
    await expect(fetch(`${server.origin}/`)).rejects.toThrow();
    expect(isClosed).toBe(false);
    response.end('done');
    expect(await slow).toBe('done');
    await closing;
    agent.destroy();
  });

  test('that closes is done at once where connections only idle', async () => {
    const server = await startHttpServer((_request, response) => response.end('ok'), {
      host: '127.0.0.1',
      port: 0,
    });
    const agent = new Agent({ keepAlive: true });
    await read(`${server.origin}/`, agent);
    await server.close();
    agent.destroy();
  });

  test('that closes does not wait for a request that was only half sent', async () => {
    let wasAsked = false;
    const server = await startHttpServer(
      () => {
        wasAsked = true;
      },
      { host: '127.0.0.1', port: 0, drainMs: 60_000 },
    );
    const half = connect(Number(new URL(server.origin).port), '127.0.0.1');
    half.on('error', () => {});
    half.write('POST /graphql HTTP/1.1\r\nHost: x\r\n');
    // Time to be read: what is still on its way would be taken for a whole one.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.close();
    expect(wasAsked).toBe(false);
    // Closing again is no mistake.
    await server.close();
  });

  test('cuts what takes longer than it drains for', async () => {
    const server = await startHttpServer(() => {}, { host: '127.0.0.1', port: 0, drainMs: 20 });
    const hanging = read(`${server.origin}/`, new Agent()).catch((error: Error) => error.message);
    const silent = connect(Number(new URL(server.origin).port), '127.0.0.1');
    await new Promise<void>((resolve) => {
      silent.once('connect', resolve);
    });
    silent.on('error', () => {});
    await server.close();
    expect(await hanging).toMatch(/hang up|reset/i);
  });

  test('says no where the port is taken', async () => {
    const server = await startHttpServer(() => {}, { host: '127.0.0.1', port: 0 });
    const port = Number(new URL(server.origin).port);
    await expect(startHttpServer(() => {}, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await server.close();
  });
});

function read(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (message: IncomingMessage) => {
      message.toArray().then((chunks) => resolve(Buffer.concat(chunks).toString()), reject);
    }).on('error', reject);
  });
}
