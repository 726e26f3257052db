import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEcwidClient, type EcwidClientOptions, withDeadline } from '../../src/ecwid/client.ts';
import { createDispatcher } from '../../src/ecwid/dispatcher.ts';
import { EcwidConnectionError, EcwidStatusError, EcwidTimeoutError } from '../../src/ecwid/errors.ts';
import { createLog } from '../../src/log.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

let origin: ScriptedOrigin;

beforeAll(async () => {
  origin = await startScriptedOrigin();
});
afterAll(() => origin.close());

function createClient(options: Partial<EcwidClientOptions> = {}) {
  const apiUrl = options.apiUrl ?? new URL(origin.url);
  return createEcwidClient({
    apiUrl,
    storeId: '1003',
    token: 'secret_abc',
    dispatcher: createDispatcher(apiUrl),
    deadlineMs: 5_000,
    log: createLog({ level: 'silent' }),
    ...options,
  });
}

describe('EcwidClient.send', () => {
  test('sends the token in a header, asks for no compression, and puts the store before the path', async () => {
    let headers: Record<string, unknown> = {};
    origin.script = (request, response) => {
      headers = request.headers;
      answerJson({ ok: true })(request, response);
    };
    const answer = await createClient().send({
      path: ['carts', 'A B/../%2F?#ä+'],
      query: { email: 'a+b@c.d', showHidden: false, totalFrom: 0, customer: undefined, couponCode: null },
    });
    expect(answer).toEqual({ ok: true });
    expect(origin.requests.at(-1)).toBe(
      'GET /api/v3/1003/carts/A%20B%2F..%2F%252F%3F%23%C3%A4%2B?email=a%2Bb%40c.d&showHidden=false&totalFrom=0',
    );
    expect(headers).toMatchObject({ authorization: 'Bearer secret_abc', 'accept-encoding': 'identity' });
    expect(headers).not.toHaveProperty('content-type');
  });

  test('sends a body as JSON', async () => {
    let body = '';
    origin.script = (request, response) => {
      expect(request.headers['content-type']).toBe('application/json');
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => answerJson({ updateCount: 1 })(request, response));
    };
    await createClient().send({ method: 'PUT', path: ['carts', 'X'], body: { hidden: true } });
    expect(body).toBe('{"hidden":true}');
  });

  test.each(['', '.', '..'])('lets no segment through that servers would resolve: %j', async (segment) => {
    const before = origin.requests.length;
    await expect(createClient().send({ path: ['carts', segment] })).rejects.toThrow(TypeError);
    expect(origin.requests).toHaveLength(before);
  });

  test("throws the status with Ecwid's code and words", async () => {
    origin.script = answerJson({ errorMessage: 'Order #X not found', errorCode: 'ORDER_NOT_FOUND' }, 404);
    const error = await createClient()
      .send({ path: ['carts', 'X'] })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EcwidStatusError);
    expect(error).toMatchObject({
      status: 404,
      errorCode: 'ORDER_NOT_FOUND',
      errorMessage: 'Order #X not found',
      message: 'Ecwid answered with status 404.',
    });
  });

  test.each([
    ['older words alone', { error_message: 'No' }, { errorMessage: 'No', errorCode: undefined }],
    ['no JSON', 'Bad gateway', { errorMessage: undefined, errorCode: undefined }],
  ])('reads an error body with %s leniently', async (_name, body, expected) => {
    origin.script = (_request, response) => {
      response.writeHead(400).end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    await expect(createClient().send({ path: ['carts'] })).rejects.toMatchObject({
      status: 400,
      ...expected,
    });
  });

  test('knows a request that cannot have been sent from one that may have been', async () => {
    const closed = await startScriptedOrigin();
    await closed.close();
    const refused = createClient({ apiUrl: new URL(closed.url) }).send({ path: ['carts'] });
    await expect(refused).rejects.toMatchObject({ name: 'EcwidConnectionError', mayHaveBeenSent: false });
    origin.script = (request) => request.socket.destroy();
    const cut = await createClient()
      .send({ path: ['carts'] })
      .catch((reason: unknown) => reason);
    expect(cut).toBeInstanceOf(EcwidConnectionError);
    expect(cut).toMatchObject({ mayHaveBeenSent: true });
  });

  test('takes an address with a slash at its end', async () => {
    origin.script = answerJson({});
    await createClient({ apiUrl: new URL(`${origin.url}/`) }).send({ path: ['carts'] });
    expect(origin.requests.at(-1)).toBe('GET /api/v3/1003/carts');
  });

  test('sends nothing for a caller who has left already', async () => {
    const before = origin.requests.length;
    const left = createClient().send({ path: ['carts'], signal: AbortSignal.abort(new Error('gone')) });
    await expect(left).rejects.toThrow('gone');
    expect(origin.requests).toHaveLength(before);
  });

  test('leaves no timer and no listener behind', async () => {
    origin.script = answerJson({});
    const client = createClient({ deadlineMs: 600_000 });
    const { signal } = new AbortController();
    await client.send({ path: ['carts'], signal });
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    for (let time = 0; time < 20; time += 1) await client.send({ path: ['carts'], signal });
    expect(timers()).toBeLessThanOrEqual(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('lets go of an answer once it was read', async () => {
    origin.script = answerJson({ padding: 'x'.repeat(1_000_000) });
    const client = createClient({ deadlineMs: 600_000 });
    const answers = new FinalizationRegistry(() => {
      collected += 1;
    });
    let collected = 0;
    for (let time = 0; time < 20; time += 1) {
      answers.register(await client.send({ path: ['carts'] }), undefined);
    }
    await expect
      .poll(() => {
        // Filling memory has the garbage collected without a flag of Node's.
        new Array(2_000_000).fill({});
        return collected;
      })
      .toBeGreaterThan(10);
  });

  test('gives up at its deadline, however the answer fails to come', async () => {
    origin.script = (_request, response) => void response.writeHead(200).write('{');
    await expect(createClient({ deadlineMs: 50 }).send({ path: ['carts'] })).rejects.toThrow(
      EcwidTimeoutError,
    );
  });

  test('gives each of several calls no more than is left of their common time', async () => {
    const asked: (number | undefined)[] = [];
    let leftMs = 100;
    const inTime = withDeadline(
      {
        storeId: '1',
        send: async ({ deadlineMs }) => {
          asked.push(deadlineMs);
          return {} as never;
        },
      },
      () => leftMs,
    );
    await inTime.send({ path: ['carts'] });
    leftMs = 40;
    await inTime.send({ path: ['carts'] });
    await withDeadline(inTime, () => 5_000).send({ path: ['carts'] });
    await withDeadline(inTime, () => 7).send({ path: ['carts'] });
    expect(asked).toEqual([100, 40, 40, 7]);
  });

  test('gives up at its deadline while it waits for a socket that another request holds', async () => {
    const held = Promise.withResolvers<void>();
    origin.script = () => held.resolve();
    const dispatcher = createDispatcher(new URL(origin.url), { connections: 1 });
    const caller = new AbortController();
    const holder = createClient({ dispatcher, deadlineMs: 60_000 })
      .send({ path: ['carts'], signal: caller.signal })
      .catch(() => 'left');
    await held.promise;
    const waiter = createClient({ dispatcher, deadlineMs: 50 }).send({ path: ['profile'] });
    await expect(Promise.race([waiter, holder])).rejects.toThrow(EcwidTimeoutError);
    caller.abort();
    await holder;
    await dispatcher.destroy();
  });

  test("ends with the caller's own reason when the caller leaves", async () => {
    const caller = new AbortController();
    origin.script = () => caller.abort(new Error('gone'));
    await expect(createClient().send({ path: ['carts'], signal: caller.signal })).rejects.toThrow('gone');
  });

  test('cuts a body that has no end', async () => {
    let sent = 0;
    origin.script = (_request, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const write = () => {
        while (!response.destroyed && response.write(chunk)) sent += 1;
      };
      response.on('drain', write);
      write();
    };
    await expect(createClient({ deadlineMs: 20_000 }).send({ path: ['carts'] })).rejects.toMatchObject({
      name: 'EcwidAnswerError',
      isTooLarge: true,
    });
    expect(sent).toBeLessThan(64);
  });
});
