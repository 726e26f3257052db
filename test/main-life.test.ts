import { readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { main, query, start, temporary } from './program.ts';
import { startScriptedOrigin } from './scripted-origin.ts';

const listening = /Graphi?QL\s+(http:\/\/[\d.]+:\d+)\/graphql/;
const store = (url: string) => ({ ECWID_API_URL: url, ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_abc' });

/** A program that runs this text when it gets SIGUSR2, with a function of its own that throws. */
function startFragile(text: string, environment: Record<string, string> = {}) {
  const limits = JSON.stringify(new URL('../src/limits.ts', import.meta.url).href);
  const fragile = `import { parseLimits } from ${limits}; process.on('SIGUSR2', async () => { ${text} });`;
  const preloaded = `data:text/javascript,${encodeURIComponent(fragile)}`;
  return start(process.execPath, ['--import', preloaded, main], environment);
}

describe('the life of ecwid-graphql', () => {
  test('begins with a word to V8 about young objects, which it knows', async () => {
    const telling = `
      import v8 from 'node:v8';
      import { syncBuiltinESMExports } from 'node:module';
      const { setFlagsFromString } = v8;
      v8.setFlagsFromString = (flags) => {
        setFlagsFromString(flags);
        process.stderr.write(\`It was told \${flags}.\\n\`);
      };
      syncBuiltinESMExports();
    `;
    const preloaded = `data:text/javascript,${encodeURIComponent(telling)}`;
    const program = start(process.execPath, ['--import', preloaded, main]);
    await program.says(listening);
    await vi.waitFor(() => expect(program.said()).toContain('It was told --no-allocation-site-pretenuring.'));
    expect(program.said()).not.toMatch(/unrecognized/i);
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(0);
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
      // The delay is for those who end it in good order: such a process does not last so long.
      const program = startFragile(text, { SHUTDOWN_DELAY: '300' });
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
});
