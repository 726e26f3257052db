import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/limits.ts';
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

  test.each([
    ['that lacks its end', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{', ''],
    [
      'that was refused and goes on',
      'POST /refused HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
      'refused',
    ],
  ])('does not wait for a request %s, and cuts nothing with it', async (_which, text, answer) => {
    const asked = Promise.withResolvers<void>();
    const server = await startHttpServer(
      (request, response) => {
        if (request.url === '/refused') response.setHeader('content-length', answer.length).write(answer);
        request.on('error', () => {}).resume();
        asked.resolve();
      },
      { host: '127.0.0.1', port: 0, log, limits: { ...defaultLimits, requestSeconds: 60 }, drainMs: 60_000 },
    );
    const told = converse(server.origin, text);
    await asked.promise;
    expect(await server.close()).toBe(0);
    expect((await told).split('\r\n\r\n')[1] ?? '').toBe(answer);
  });

  test('answers what had arrived already', async () => {
    const server = await startHttpServer((_request, response) => response.end('read'), {
      host: '127.0.0.1',
      port: 0,
      log,
    });
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1').setEncoding('utf8');
    const one = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
    socket.write(one);
    const [first] = await once(socket, 'data');
    socket.write(one);
    const closing = server.close();
    const [second] = await once(socket, 'data');
    expect([first, second].map((answer) => /^connection: .*$/im.exec(answer)?.[0])).toEqual([
      'Connection: keep-alive',
      'connection: close',
    ]);
    expect(await closing).toBe(0);
  });

  test('sends an answer to its end, however slowly it is read', async () => {
    const server = await startHttpServer((_request, response) => response.end(Buffer.alloc(30_000_000)), {
      host: '127.0.0.1',
      port: 0,
      log,
    });
    const unread = await new Promise<IncomingMessage>((resolve) => get(server.origin, resolve));
    let isClosed = false;
    const closing = server.close().then((cut) => {
      isClosed = true;
      return cut;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isClosed).toBe(false);
    expect(Buffer.concat(await unread.toArray())).toHaveLength(30_000_000);
    expect(await closing).toBe(0);
  });

  test('sends what was answered before an earlier request, and ends the connection after that', async () => {
    const slow = Promise.withResolvers<ServerResponse>();
    const quick = Promise.withResolvers<void>();
    const server = await startHttpServer(
      (request, response) => {
        if (request.url === '/slow') return slow.resolve(response);
        response.end('quick');
        quick.resolve();
      },
      { host: '127.0.0.1', port: 0, log, drainMs: 60_000 },
    );
    const answers = converse(
      server.origin,
      'GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n',
    );
    await quick.promise;
    const closing = server.close();
    // Time to end what idles.
    await new Promise((resolve) => setTimeout(resolve, 100));
    (await slow.promise).end('slow');
    expect((await answers).match(/HTTP\/1\.1 \d+|slow|quick/g)).toEqual([
      'HTTP/1.1 200',
      'slow',
      'HTTP/1.1 200',
      'quick',
    ]);
    expect(await closing).toBe(0);
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
    let asked = 0;
    const server = await startHttpServer(
      (request, response) => {
        asked += 1;
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
    const following = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{';
    const both = converse(server.origin, `GET / HTTP/1.1\r\nHost: x\r\n\r\n${following}`);
    await expect.poll(() => asked).toBe(4);
    expect(await server.close()).toBe(3);
    expect(await both).toMatch(/^HTTP\/1\.1 503 /);
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
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'error', requests: 3 }]);
  });

  test.each([
    ['was answered', 'end'],
    ['goes on', 'write'],
  ] as const)('does not count as cut what %s and is not read, and says so in the log', async (_what, how) => {
    const lines: string[] = [];
    const server = await startHttpServer((_request, response) => response[how](Buffer.alloc(30_000_000)), {
      host: '127.0.0.1',
      port: 0,
      log: createLog({ level: 'info', destination: { write: (line) => lines.push(line) } }),
      drainMs: 200,
    });
    const unread = await new Promise<IncomingMessage>((resolve) => get(server.origin, resolve));
    unread.on('error', () => {});
    expect(await server.close()).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'warn', answers: 1 }]);
  });
});
