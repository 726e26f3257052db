import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { defaultLimits, type Limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { type HttpServer, type Listener, startHttpServer } from '../../src/server/http-server.ts';
import { converse } from '../connections.ts';

const opened: HttpServer[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function start(listener: Listener, limits: Partial<Limits> = {}) {
  const logLines: string[] = [];
  const server = await startHttpServer(listener, {
    host: '127.0.0.1',
    port: 0,
    limits: { ...defaultLimits, ...limits },
    log: createLog({ level: 'info', destination: { write: (line) => logLines.push(line) } }),
  });
  opened.push(server);
  return { ...server, logLines };
}

const one = (address: string) => `GET ${address} HTTP/1.1\r\nHost: x\r\n\r\n`;
const megabyte = 1_000_000;

/** An answer of so many megabytes as its address says, none of which is read yet. */
function ask(origin: string, megabytes: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${origin}/${megabytes}`, { agent: false }, resolve).on('error', reject);
  });
}

const answerMegabytes: Listener = ({ url = '' }, response) => {
  response.end(Buffer.alloc(Number(url.slice(1)) * megabyte));
};

const lengthOf = async (message: IncomingMessage) => Buffer.concat(await message.toArray()).length;

describe('a connection', () => {
  test('has sixteen requests answered at once, nothing after these is read, and it ends with their answers', async () => {
    let started = 0;
    const count = () => {
      started += 1;
    };
    subscribe('http.server.request.start', count);
    const asked: ServerResponse[] = [];
    const server = await start((_request, response) => void asked.push(response));
    const answers = converse(server.origin, one('/').repeat(400_000));
    await expect.poll(() => asked.length).toBe(16);
    // Time for more to arrive.
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const response of asked) response.end('read');
    expect((await answers).match(/read/g)).toHaveLength(16);
    expect(asked).toHaveLength(16);
    unsubscribe('http.server.request.start', count);
    // Those of a packet, or of a few.
    expect(started).toBeLessThan(40_000);
  });

  test('has any number of requests answered, one after the other', async () => {
    const server = await start((_request, response) => response.end('read'));
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1').setEncoding('utf8');
    let answers = '';
    socket.on('data', (chunk) => {
      answers += chunk;
    });
    for (let n = 1; n <= 40; n += 1) {
      socket.write(one('/'));
      await expect.poll(() => answers.match(/read/g), { interval: 1 }).toHaveLength(n);
    }
    socket.destroy();
  });

  test('has nothing listened to after an answer that was said to be the last', async () => {
    const asked: string[] = [];
    const server = await start(({ url = '' }, response) => {
      asked.push(url);
      response.setHeader('connection', 'close').end(Buffer.alloc(20 * megabyte));
    });
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1').pause();
    socket.write(one('/first'));
    await expect.poll(() => asked).toEqual(['/first']);
    socket.write(one('/second'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(Buffer.concat(await socket.toArray()).length).toBeGreaterThan(20 * megabyte);
    expect(asked).toEqual(['/first']);
  });

  test('gives way where answers wait to be read, and most on it; others are left alone', async () => {
    const server = await start(answerMegabytes, { unsent: 41 * megabyte });
    const little = await ask(server.origin, 15);
    const most = await ask(server.origin, 25);
    expect(server.logLines).toEqual([]);
    expect(await lengthOf(await ask(server.origin, 15))).toBe(15 * megabyte);
    await expect(lengthOf(most)).rejects.toThrow();
    expect(await lengthOf(little)).toBe(15 * megabyte);
    expect(server.logLines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', code: 'OVERLOADED', msg: 'a caller who reads too slowly was hung up on' },
    ]);
  });

  test('gives way where answers wait for an earlier one', async () => {
    const server = await start(
      (request, response) => request.url !== '/slow' && answerMegabytes(request, response),
      { unsent: 20 * megabyte },
    );
    expect(await converse(server.origin, `${one('/slow')}${one('/15')}${one('/15')}`)).toBe('');
    expect(server.logLines).toHaveLength(1);
  });

  test('is left alone while what waits on all of them is little', async () => {
    const server = await start(answerMegabytes, { unsent: 40 * megabyte });
    const unread = [await ask(server.origin, 20), await ask(server.origin, 19)];
    expect(await Promise.all(unread.map(lengthOf))).toEqual([20 * megabyte, 19 * megabyte]);
    expect(server.logLines).toEqual([]);
  });
});
