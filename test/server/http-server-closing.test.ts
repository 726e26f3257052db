import { Agent, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startHttpServer } from '../../src/server/http-server.ts';
import { converse, readOver } from '../connections.ts';

const log = createLog({ level: 'silent' });

describe('an HTTP server that closes', () => {
  test('answers what is in flight, takes nothing new, and leaves no connection open', async () => {
    const inFlight = Promise.withResolvers<ServerResponse>();
    const server = await startHttpServer(
      (request, response) => (request.url === '/slow' ? inFlight.resolve(response) : response.end('quick')),
      { host: '127.0.0.1', port: 0, log },
    );
    const agent = new Agent({ keepAlive: true });
    expect(await readOver(`${server.origin}/`, agent)).toBe('quick');
    const slow = readOver(`${server.origin}/slow`, agent);
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

  test('is done at once where connections only idle', async () => {
    const server = await startHttpServer((_request, response) => response.end('ok'), {
      host: '127.0.0.1',
      port: 0,
      log,
    });
    const agent = new Agent({ keepAlive: true });
    await readOver(`${server.origin}/`, agent);
    await server.close();
    agent.destroy();
  });

  test('does not wait for a request that was only half sent', async () => {
    let wasAsked = false;
    const server = await startHttpServer(
      () => {
        wasAsked = true;
      },
      { host: '127.0.0.1', port: 0, log, drainMs: 60_000 },
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

  test('late takes requests until then, each the last one of its connection', async () => {
    const inFlight = Promise.withResolvers<ServerResponse>();
    const server = await startHttpServer(
      (request, response) => (request.url === '/slow' ? inFlight.resolve(response) : response.end('quick')),
      { host: '127.0.0.1', port: 0, log },
    );
    const idle = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await readOver(`${server.origin}/`, idle)).toBe('quick');
    const slow = fetch(`${server.origin}/slow`);
    const response = await inFlight.promise;

    const closing = server.close(1_000);
    const late = await fetch(server.origin);
    expect([late.headers.get('connection'), await late.text()]).toEqual(['close', 'quick']);
    expect(await readOver(`${server.origin}/`, idle)).toBe('quick');
    expect(Object.values(idle.freeSockets)).toEqual([]);
    response.end('done');
    expect([(await slow).headers.get('connection'), await (await slow).text()]).toEqual(['close', 'done']);
    expect(await closing).toBe(0);
    await expect(fetch(server.origin)).rejects.toThrow();
  });

  test('says with the last answer of a connection, and no earlier one, that it is the last', async () => {
    const asked: ServerResponse[] = [];
    const server = await startHttpServer((_request, response) => void asked.push(response), {
      host: '127.0.0.1',
      port: 0,
      log,
    });
    const one = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
    const answers = converse(server.origin, one + one);
    await expect.poll(() => asked.length).toBe(2);
    const closing = server.close();
    for (const response of asked) response.end();
    expect((await answers).match(/^HTTP.*$|^connection: close$/gim)).toEqual([
      'HTTP/1.1 200 OK',
      'HTTP/1.1 200 OK',
      'connection: close',
    ]);
    expect(await closing).toBe(0);
  });

  test('cuts what takes longer than it drains for, with an error, and tells how much that was', async () => {
    const lines: string[] = [];
    const server = await startHttpServer(
      (request, response) => {
        if (request.url === '/begun') response.write('begun');
      },
      {
        host: '127.0.0.1',
        port: 0,
        log: createLog({ level: 'info', destination: { write: (line) => lines.push(line) } }),
        drainMs: 200,
      },
    );
    const hanging = fetch(server.origin);
    const begun = await fetch(`${server.origin}/begun`);
    const silent = connect(Number(new URL(server.origin).port), '127.0.0.1');
    await new Promise<void>((resolve) => {
      silent.once('connect', resolve);
    });
    silent.on('error', () => {});
    expect(await server.close()).toBe(2);
    expect((await hanging).status).toBe(503);
    expect(await (await hanging).json()).toEqual({
      errors: [
        {
          message:
            'The gateway ends, and could not wait for the answer. What was asked for may have been done.',
          extensions: { code: 'SHUTTING_DOWN' },
        },
      ],
    });
    await expect(begun.text()).rejects.toThrow();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'error', requests: 2 }]);
  });
});
