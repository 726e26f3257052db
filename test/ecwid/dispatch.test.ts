import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dispatch } from '../../src/ecwid/dispatch.ts';
import { createDispatcher } from '../../src/ecwid/dispatcher.ts';
import { EcwidTimeoutError } from '../../src/ecwid/errors.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

let origin: ScriptedOrigin;
let dispatcher: Dispatcher;

beforeAll(async () => {
  origin = await startScriptedOrigin();
});
beforeEach(() => {
  origin.requests.length = 0;
  dispatcher = createDispatcher(new URL(origin.url), { connections: 1 });
});
afterEach(() => dispatcher.destroy());
afterAll(() => origin.close());

function get(path: string, signal = new AbortController().signal, ms = Number.POSITIVE_INFINITY) {
  return dispatch(dispatcher, { path, method: 'GET' }, { signal, ms });
}

describe('dispatch', () => {
  test('gathers an answer with its status and headers, whatever the status', async () => {
    origin.script = answerJson({ errorMessage: 'No' }, 404);
    const { status, headers, text } = await get('/carts');
    expect([status, headers['content-type'], text]).toEqual([
      404,
      'application/json',
      '{"errorMessage":"No"}',
    ]);
  });

  test('reads UTF-8 that is cut anywhere, and takes no notice of its mark', async () => {
    const bytes = Buffer.from('\uFEFF{"name":"Kirschmühle 🍒"}');
    origin.script = async (_request, response) => {
      for (const byte of bytes) {
        response.write(Buffer.of(byte));
        await sleep(1);
      }
      response.end();
    };
    expect((await get('/carts')).text).toBe('{"name":"Kirschmühle 🍒"}');
  });

  test('takes an answer without a body', async () => {
    origin.script = (_request, response) => response.writeHead(204).end();
    expect(await get('/carts')).toMatchObject({ status: 204, text: '' });
  });

  test('waits for the answer that counts where hints come before it', async () => {
    origin.script = (request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      answerJson({ ok: true })(request, response);
    };
    const { status, headers, text } = await get('/carts');
    expect([status, headers.link, text]).toEqual([200, undefined, '{"ok":true}']);
  });

  test.each([
    ['before the headers', () => {}],
    ['in the middle of the body', (_request, response) => void response.write('{')],
  ] satisfies [string, ScriptedOrigin['script']][])(
    'ends with its signal %s, and closes the connection',
    async (_when, script) => {
      const closed = Promise.withResolvers<void>();
      const caller = new AbortController();
      origin.script = (request, response) => {
        request.socket.once('close', closed.resolve);
        script(request, response);
        setTimeout(() => caller.abort(new Error('gone')), 20);
      };
      await expect(get('/carts', caller.signal)).rejects.toThrow('gone');
      await closed.promise;
    },
  );

  test('never sends what was given up while it waited for a socket', async () => {
    const held = Promise.withResolvers<() => void>();
    origin.script = (request, response) => held.resolve(() => answerJson({})(request, response));
    const holder = get('/holder');
    const caller = new AbortController();
    const waiter = get('/waiter', caller.signal);
    const next = get('/next');
    const release = await held.promise;
    caller.abort(new Error('gone'));
    await expect(waiter).rejects.toThrow('gone');
    origin.script = answerJson({});
    release();
    await Promise.all([holder, next]);
    expect(origin.requests).toEqual(['GET /holder', 'GET /next']);
  });

  test.each([
    ['while it waits for an answer', 2],
    ['while it waits for a socket', 1],
  ])('ends with its time %s', async (_where, connections) => {
    await dispatcher.destroy();
    dispatcher = createDispatcher(new URL(origin.url), { connections });
    origin.script = () => {};
    const holder = get('/holder').catch(() => {});
    await expect(get('/carts', undefined, 30)).rejects.toThrow(EcwidTimeoutError);
    await dispatcher.destroy();
    await holder;
  });

  test('does not even wait for a socket where its signal has aborted', async () => {
    origin.script = () => {};
    const holder = get('/holder').catch(() => {});
    await expect(get('/carts', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    await dispatcher.destroy();
    await holder;
  });

  test('leaves no listener behind, answered or not', async () => {
    const { signal } = new AbortController();
    origin.script = answerJson({});
    await get('/carts', signal);
    origin.script = (request) => request.socket.destroy();
    await expect(get('/carts', signal)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    await expect(get('no path', signal)).rejects.toMatchObject({ code: 'UND_ERR_INVALID_ARG' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
