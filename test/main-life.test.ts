import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { post } from './post.ts';
import { main, query, run, start, temporary } from './program.ts';
import { answerJson, startScriptedOrigin } from './scripted-origin.ts';

const listening = /Graphi?QL\s+(http:\/\/[\d.]+:\d+)\/graphql/;
const store = (url: string) => ({ ECWID_API_URL: url, ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_abc' });
const body = JSON.stringify({ query: '{ cart(id: "A") { total } }' });

/** A program that runs this text when it gets SIGUSR2, with a function of its own that throws. */
function startFragile(text: string, environment: Record<string, string> = {}) {
  const limits = JSON.stringify(new URL('../src/limits.ts', import.meta.url).href);
  const fragile = `import { parseLimits } from ${limits}; process.on('SIGUSR2', async () => { ${text} });`;
  const preloaded = `data:text/javascript,${encodeURIComponent(fragile)}`;
  return start(process.execPath, ['--import', preloaded, main], environment);
}

describe('the life of ecwid-graphql', () => {
  test('is not ready from SIGTERM on, which open connections still are told', async () => {
    const arrived = Promise.withResolvers<() => void>();
    const origin = await startScriptedOrigin((request, response) => {
      arrived.resolve(() => answerJson({ cartId: 'A', total: 5 })(request, response));
    });
    const program = run([], store(origin.url));
    const [, url = ''] = await program.says(listening);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);

    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const answers = socket.setEncoding('utf8').toArray();
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json`;
    socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const finish = await arrived.promise;
    program.child.kill('SIGTERM');
    await expect.poll(() => fetch(`${url}/health/live`).catch(() => 'refused')).toBe('refused');
    socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(program.said).toContain('"ready":false');
    finish();
    const answer = (await answers).join('');
    expect(answer.match(/HTTP\/1\.1 \d+|\{.*\}/g)).toEqual([
      'HTTP/1.1 200',
      '{"data":{"cart":{"total":5}}}',
      'HTTP/1.1 503',
      '{"status":"not ready"}',
    ]);
    expect(await program.exited).toBe(0);
    await origin.close();
  });

  test.each([
    ['an exception', `setImmediate(() => parseLimits('secret words'))`, { error: 'RangeError' }],
    ['a rejection', `parseLimits('secret words')`, { error: 'RangeError' }],
    [
      'an error of a library',
      `throw Object.assign(new Error('secret words'), { code: 'ERR_X' })`,
      { error: 'Error', code: 'ERR_X' },
    ],
    ['a rejection of no error', `throw 'secret words'`, { code: 'ERR_UNHANDLED_REJECTION' }],
    [
      'one after the other',
      `parseLimits('secret words', setImmediate(() => { throw 'x' }))`,
      { error: 'RangeError' },
    ],
  ] as [string, string, Record<string, string>][])(
    'ends with one line and 1 at %s that nobody catches, and tidies up',
    async (what, text, told) => {
      const program = startFragile(text);
      await program.says(listening);
      program.child.kill('SIGUSR2');
      expect(await program.exited).toBe(1);
      const lines = program
        .said()
        .split('\n')
        .filter((line) => line.startsWith('{"level'));
      expect(lines.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ level: 'fatal', msg: 'an uncaught error ends the process', ...told }),
      ]);
      if (told.error === 'RangeError') expect(lines[0]).toMatch(/"where":"limits\.ts:\d+"/);
      expect(program.said(), what).not.toMatch(/secret words|node:|^ +at /m);
      expect(readdirSync(temporary).filter((name) => name.startsWith('ecwid-graphql-'))).toEqual([]);
    },
  );

  test('waits for nobody for long after an error that nobody catches', async () => {
    const arrived = Promise.withResolvers<void>();
    const origin = await startScriptedOrigin(() => arrived.resolve());
    const program = startFragile(`parseLimits('')`, store(origin.url));
    const [, url = ''] = await program.says(listening);
    const cut = query(url, '{ cart(id: "A") { total } }').catch(() => 'cut');
    await arrived.promise;
    program.child.kill('SIGUSR2');
    expect(await cut).toBe('cut');
    expect(await program.exited).toBe(1);
    await origin.close();
    // Less than what is in flight gets at an end in good order.
  }, 10_000);

  test('refuses requests while it is busy all the time, and takes them again when it is not', async () => {
    const program = startFragile(`
      for (let n = 0; n < 10; n += 1) {
        const end = performance.now() + 700;
        while (performance.now() < end);
        await new Promise(setImmediate);
      }
    `);
    const [, url = ''] = await program.says(listening);
    const statusOf = async () => (await post(`${url}/graphql`, { query: '{ __typename }' })).status;
    expect(await statusOf()).toBe(200);
    program.child.kill('SIGUSR2');
    await expect.poll(statusOf).toBe(503);
    await expect.poll(statusOf).toBe(200);
  });
});
