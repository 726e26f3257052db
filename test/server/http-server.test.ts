import { Agent, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { startHttpServer } from '../../src/server/http-server.ts';
import { converse, readOver } from '../connections.ts';

const log = createLog({ level: 'silent' });

describe('an HTTP server', () => {
  test('takes no more connections than it may, and says so in the log', async () => {
    const lines: string[] = [];
    const server = await startHttpServer((_request, response) => response.end('read'), {
      host: '127.0.0.1',
      port: 0,
      limits: { ...defaultLimits, connections: 2 },
      log: createLog({ level: 'info', destination: { write: (line) => lines.push(line) } }),
    });
    const [first, second] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    expect(await readOver(server.origin, first)).toBe('read');
    expect(await readOver(server.origin, second)).toBe('read');
    await expect(readOver(server.origin, new Agent())).rejects.toThrow();
    expect(await readOver(server.origin, first)).toBe('read');
    second.destroy();
    await expect.poll(() => readOver(server.origin, new Agent()).catch(() => 'refused')).toBe('read');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', code: 'OVERLOADED', connections: 2 });
    first.destroy();
    await server.close();
  });

  test.concurrent.each([
    ['has sent nothing', ''],
    ['is slow with its headers', 'GET / HTTP/1.1\r\nHost: x\r\n'],
    ['is slow with its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{'],
  ])('hangs up on who %s', async (_name, text) => {
    const server = await startHttpServer(
      (request, response) => request.resume().on('end', () => response.end('read')),
      {
        host: '127.0.0.1',
        port: 0,
        log,
        limits: { ...defaultLimits, headers: 1_000, headersSeconds: 1, requestSeconds: 1 },
      },
    );
    const answer = await converse(server.origin, text);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(errorsOf(answer)).toEqual([
      { message: 'The request took too long to arrive.', extensions: { code: 'REQUEST_TIMEOUT' } },
    ]);
    expect(await readOver(`${server.origin}/`, new Agent())).toBe('read');
    await server.close();
  });

  test('gives headers less time than a whole request', async () => {
    const server = await startHttpServer((_request, response) => response.end('read'), {
      host: '127.0.0.1',
      port: 0,
      log,
      limits: { ...defaultLimits, headersSeconds: 1, requestSeconds: 60 },
    });
    expect(await converse(server.origin, 'GET / HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /);
    await server.close();
  });

  test('keeps a connection for longer than the minute of load balancers', async () => {
    const server = await startHttpServer((_request, response) => response.end('read'), {
      host: '127.0.0.1',
      port: 0,
      log,
    });
    const { headers } = await fetch(server.origin);
    expect(headers.get('keep-alive')).toBe('timeout=65');
    await server.close();
  });

  test.each([
    ['', '/large'],
    [', whatever else it asked for', '/large', '/never'],
  ])('hangs up on who does not read an answer%s', async (_what, ...addresses) => {
    const unread = Promise.withResolvers<ServerResponse>();
    const server = await startHttpServer(
      (request, response) => {
        if (request.url !== '/large') return;
        response.once('close', () => unread.resolve(response)).end(Buffer.alloc(50_000_000));
      },
      { host: '127.0.0.1', port: 0, log, limits: { ...defaultLimits, idleSeconds: 1 } },
    );
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1', () =>
      socket.pause().write(addresses.map((address) => `GET ${address} HTTP/1.1\r\nHost: x\r\n\r\n`).join('')),
    );
    socket.on('error', () => {});
    expect((await unread.promise).writableFinished).toBe(false);
    socket.destroy();
    await server.close();
  });

  test('hangs up on who sends nothing more of a request', async () => {
    const server = await startHttpServer((request) => void request.resume(), {
      host: '127.0.0.1',
      port: 0,
      log,
      limits: { ...defaultLimits, idleSeconds: 1, requestSeconds: 60 },
    });
    expect(await converse(server.origin, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{')).toBe(
      '',
    );
    await server.close();
  });

  test('waits for an answer that takes longer to be made than a connection may rest', async () => {
    const server = await startHttpServer(
      (_request, response) => void setTimeout(() => response.end('read'), 1_500),
      { host: '127.0.0.1', port: 0, log, limits: { ...defaultLimits, idleSeconds: 1 } },
    );
    expect(await readOver(server.origin, new Agent())).toBe('read');
    await server.close();
  });

  test('hangs up on who is slow once its answer has begun, and adds nothing to it', async () => {
    const server = await startHttpServer((_request, response) => response.write('begun'), {
      host: '127.0.0.1',
      port: 0,
      log,
      limits: { ...defaultLimits, headers: 1_000, headersSeconds: 1, requestSeconds: 1 },
    });
    const answer = await converse(server.origin, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*begun\r\n$/);
    await server.close();
  });

  test.each([
    [400, 'BAD_REQUEST', '\u0016\u0003\u0001\r\n\r\n'],
    [
      400,
      'BAD_REQUEST',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    [400, 'BAD_REQUEST', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\rC: d\r\n\r\n'],
    [431, 'HEADERS_LIMIT_EXCEEDED', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(1_000)}\r\n\r\n`],
    [431, 'HEADERS_LIMIT_EXCEEDED', `GET /${'a'.repeat(1_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ])('answers with %i and %s to what it cannot read', async (status, code, text) => {
    const server = await startHttpServer((_request, response) => response.end('read'), {
      host: '127.0.0.1',
      port: 0,
      log,
      limits: { ...defaultLimits, headers: 1_000, headersSeconds: 5, requestSeconds: 5 },
    });
    const answer = await converse(server.origin, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(errorsOf(answer)).toMatchObject([{ extensions: { code } }]);
    const within = `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: ${'a'.repeat(900)}\r\n\r\n`;
    expect(await converse(server.origin, within)).toMatch(/read$/);
    await server.close();
  });

  const slow = 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n';

  test.each([
    ['no HTTP', slow, 'nonsense\r\n\r\n', ['/slow']],
    [
      'too many headers',
      slow,
      `GET /next HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
      ['/slow'],
    ],
    [
      'a body that cannot be read',
      slow,
      'POST /next HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nz',
      ['/slow'],
    ],
    ['half a request, and then nothing', slow, 'GET /next HTTP/1.1\r\nHost: x\r\n', ['/slow']],
    ['anything, over and over', slow, '\0'.repeat(1_000_000), ['/slow']],
    ['no HTTP, to two of them', `${slow}${slow}`, 'nonsense\r\n\r\n', ['/slow', '/slow']],
    [
      'more, after it was to be the last',
      'GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      slow,
      ['/slow'],
    ],
  ])('answers a whole request, and no more, that is followed by %s', async (_what, whole, rest, answered) => {
    const asked: ServerResponse[] = [];
    const all = Promise.withResolvers<void>();
    const server = await startHttpServer(
      (request, response) => {
        if (request.url !== '/slow') return;
        asked.push(response);
        if (asked.length === answered.length) all.resolve();
      },
      { host: '127.0.0.1', port: 0, log, limits: { ...defaultLimits, headersSeconds: 1, requestSeconds: 1 } },
    );
    const answer = converse(server.origin, whole + rest);
    await all.promise;
    // Time for the rest to be found wrong.
    await new Promise((resolve) => setTimeout(resolve, 1_700));
    for (const response of asked) response.end(`to ${response.req.url};`);
    expect((await answer).match(/HTTP\/1\.1 \d+|to [^;]+/g)).toEqual(
      answered.flatMap((address) => ['HTTP/1.1 200', `to ${address}`]),
    );
    await server.close();
  });

  test('says no where the port is taken', async () => {
    const server = await startHttpServer(() => {}, { host: '127.0.0.1', port: 0, log });
    const port = Number(new URL(server.origin).port);
    await expect(startHttpServer(() => {}, { host: '127.0.0.1', port, log })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await server.close();
  });
});

function errorsOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).errors;
}
