import { describe, expect, test, vi } from 'vitest';
import { createLog, createRepeatLimit } from '../src/log.ts';

function logLinesOf(secrets: readonly string[], write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ level: 'info', secrets, destination: { write: (line) => lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  test('is JSON lines with a time and a level by name', () => {
    const line = logLinesOf([], (log) => log.info({ path: 'cart.total' }, 'odd'));
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/Z$/),
      path: 'cart.total',
      msg: 'odd',
    });
  });

  test('leaves out what stands under a name for what is nobody’s concern', () => {
    const line = logLinesOf([], (log) =>
      log.info(
        { variables: { a: 'MARKED' }, request: { headers: ['MARKED'], email: 'MARKED', url: '/' } },
        'odd',
      ),
    );
    expect(line).not.toContain('MARKED');
    expect(JSON.parse(line)).toMatchObject({ variables: '[redacted]', request: { url: '/' } });
  });

  test('leaves out what is below its level', () => {
    expect(logLinesOf([], (log) => log.debug('quiet'))).toBe('');
  });

  test('writes ten warnings of a kind in a second, and says with the next one how many it left out', () => {
    const lines = logLinesOf([], (log) => {
      for (let n = 0; n < 1_000; n += 1) log.warn({ n }, 'a field failed');
      for (let n = 0; n < 11; n += 1) log.error('worse');
      log.warn('another');
      for (let n = 0; n < 20; n += 1) log.info('a request');
      for (let n = 0; n < 20; n += 1) log.fatal('the end');
    });
    const messages = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg as string);
    const count = (message: string) => messages.filter((one) => one === message).length;
    expect(['a field failed', 'worse', 'another', 'a request', 'the end'].map(count)).toEqual([
      10, 10, 1, 20, 20,
    ]);
  });

  test('tells of the warnings that it left out beside what else there is to tell', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const lines = logLinesOf([], (log) => {
        for (let n = 0; n < 13; n += 1) log.warn({ n }, 'a field failed');
        for (let n = 0; n < 12; n += 1) log.error('worse');
        vi.advanceTimersByTime(1_000);
        log.warn({ code: 'X' }, 'a field failed');
        log.warn({ code: 'X' }, 'a field failed');
        log.error('worse');
      });
      const [told, next, worse] = lines
        .trim()
        .split('\n')
        .slice(-3)
        .map((line) => JSON.parse(line));
      expect(told).toMatchObject({ code: 'X', suppressed: 3, msg: 'a field failed' });
      expect(next).not.toHaveProperty('suppressed');
      expect(worse).toMatchObject({ level: 'error', suppressed: 2, msg: 'worse' });
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    ['a given secret', 'p"ss', 'error: p"ss was refused'],
    ['the host of the API', 'api.internal:8443', 'getaddrinfo ENOTFOUND api.internal:8443'],
    ['a secret token', 'secret_zH4kk2o', 'Bearer secret_zH4kk2o'],
    ['a public token', 'public_zH4kk2o', 'public_zH4kk2o'],
    ['a token in a query', 'abcdef', 'GET /carts?token=abcdef&limit=1'],
    ['a bearer credential', 'eyJhbGciOi.x.y', 'authorization: Bearer eyJhbGciOi.x.y'],
  ])('never holds %s, wherever it comes from', (_name, secret, text) => {
    const lines = logLinesOf(['p"ss', 'api.internal:8443', ''], (log) => {
      log.warn(text);
      log.warn({ deep: { down: [text] }, [text]: 1 }, 'x');
    });
    expect(lines).not.toContain(secret);
    expect(lines).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(lines).toContain('[redacted]');
  });
});

describe('a secret that is the beginning of another one', () => {
  test.each([[['host.example', 'host.example:8443']], [['host.example:8443', 'host.example']]])(
    'leaves nothing of either behind, given as %j',
    (secrets) => {
      const lines = logLinesOf(secrets, (log) => log.info('to host.example:8443, from host.example.'));
      expect(JSON.parse(lines).msg).toBe('to [redacted], from [redacted].');
    },
  );
});

describe('the limit of repeated lines', () => {
  test.each<[string, readonly (readonly [atMs: number, message: string])[], readonly (number | undefined)[]]>(
    [
      ['counts each kind by itself', [...times(10, 0, 'a'), [0, 'b'], [0, 'a']], [...zeros(11), undefined]],
      [
        'begins anew when the second is over, and not before',
        [...times(12, 0, 'a'), [999, 'a'], [1_000, 'a'], [1_000, 'a']],
        [...zeros(10), undefined, undefined, undefined, 3, 0],
      ],
      [
        'holds in the next second as well',
        [...times(11, 0, 'a'), ...times(12, 1_500, 'a'), [2_600, 'a']],
        [...zeros(10), undefined, 1, ...zeros(9), undefined, undefined, 2],
      ],
    ],
  )('%s', (_what, lines, expected) => {
    let atMs = 0;
    const countLeftOut = createRepeatLimit(10, () => atMs);
    const told = lines.map(([at, message]) => {
      atMs = at;
      return countLeftOut(message);
    });
    expect(told).toEqual(expected);
  });
});

function times(count: number, atMs: number, message: string): [number, string][] {
  return Array.from({ length: count }, () => [atMs, message]);
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
