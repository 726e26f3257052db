import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { startGatewayProgram } from './gateway-program.ts';
import { expectHonestAnswer } from './honest-answer.ts';

type Script = ScriptedOrigin['script'];

const megabyte = 1024 * 1024;
const hugeBytes = 200 * megabyte;
const chunk = Buffer.alloc(megabyte, 'x');

function* hugeJson(bytes = hugeBytes): Generator<Buffer> {
  yield Buffer.from('{ "total": 5, "email": "');
  for (let sent = 0; sent < bytes; sent += megabyte) yield chunk;
  yield Buffer.from('" }');
}

let origin: ScriptedOrigin;
/** What the store could get rid of of its last answer. */
let sentBytes = 0;

beforeAll(async () => {
  origin = await startScriptedOrigin();
});
afterAll(() => origin.close());

/** A script that writes for as long as somebody reads. */
function stream(headers: Record<string, string | number>, chunks: () => Iterable<Buffer>): Script {
  return async ({ socket }, response) => {
    const before = socket.bytesWritten;
    response.once('close', () => {
      sentBytes = socket.bytesWritten - before;
    });
    response.writeHead(200, headers);
    const closed = once(response, 'close');
    for (const part of chunks()) {
      if (response.destroyed) return;
      if (!response.write(part)) await Promise.race([once(response, 'drain'), closed]);
    }
    response.end();
  };
}

/** Each of these costs a gateway in a process of its own, where memory is its own, an error and little else. */
async function expectCut(faults: readonly Script[], mostBytes: number): Promise<void> {
  const gateway = await startGatewayProgram(origin.url);
  const query = '{ cart(id: "BAD") { total } }';
  const ask = () => expectHonestAnswer(gateway, query, { url: origin.url });
  origin.script = stream({}, () => hugeJson(4 * megabyte));
  expect((await ask()).data).toEqual({ cart: { total: 5 } });

  const before = await gateway.peakBytes();
  for (const fault of faults) {
    origin.script = fault;
    origin.requests.length = 0;
    const { data, errors } = await ask();
    expect(data).toEqual({ cart: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR' } }]);
    expect(origin.requests).toHaveLength(1);
    await expect.poll(() => origin.pending).toBe(0);
    expect(sentBytes).toBeLessThan(mostBytes);
  }
  expect((await gateway.peakBytes()) - before).toBeLessThan(50 * megabyte);
}

describe('R12: a huge answer', () => {
  test('is cut at five megabytes, with or without a length', async () => {
    await expectCut(
      [stream({}, hugeJson), stream({ 'content-length': hugeBytes }, hugeJson), stream({}, hugeJson)],
      // What is under way in sockets comes on top.
      30 * megabyte,
    );
  });
});

describe('R13: a compressed answer that nobody asked for', () => {
  test('is not inflated, however it was compressed', async () => {
    const compressed = new Map([
      ['gzip', await buffer(Readable.from(hugeJson()).pipe(createGzip({ level: 1 })))],
      ['br', await buffer(Readable.from(hugeJson()).pipe(createBrotliCompress({ params: { 1: 1 } })))],
      ['zstd', await buffer(Readable.from(hugeJson()).pipe(createZstdCompress()))],
      ['nonsense', Buffer.alloc(100_000, 255)],
    ]);
    const faults = [...compressed].map(([encoding, body]) =>
      stream({ 'content-encoding': encoding }, () => [body]),
    );
    await expectCut(faults, megabyte);
  });
});
