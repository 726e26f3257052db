import { describe, expect, test } from 'vitest';
import { createLog } from '../src/log.ts';

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

  test('leaves out what is below its level', () => {
    expect(logLinesOf([], (log) => log.debug('quiet'))).toBe('');
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
