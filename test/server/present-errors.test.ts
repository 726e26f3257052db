import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { EcwidStatusError, EcwidTimeoutError } from '../../src/ecwid/errors.ts';
import { createLog } from '../../src/log.ts';
import { presentError } from '../../src/server/present-errors.ts';

function present(error: unknown) {
  const lines: string[] = [];
  const log = createLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
  return { shown: presentError(error, log).toJSON(), lines: lines.map((line) => JSON.parse(line)) };
}

const at = (originalError: Error) =>
  new GraphQLError(originalError.message, { path: ['cart', 'total'], originalError });

describe('presentError', () => {
  test.each([new TypeError('db.internal is not a function'), new Error('connect ECONNREFUSED 10.0.0.1')])(
    'masks a mistake of this program, and tells the log what kind it was',
    (mistake) => {
      for (const error of [mistake, at(mistake)]) {
        const { shown, lines } = present(error);
        expect(shown).toMatchObject({
          message: 'Internal server error.',
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        });
        expect(lines).toMatchObject([{ level: 'error', error: mistake.name }]);
        expect(JSON.stringify([shown, lines])).not.toContain(mistake.message);
        expect(JSON.stringify(lines)).not.toContain('    at ');
      }
    },
  );

  test('names the place in this program that a mistake came from', async () => {
    const { readAmount } = await import('../../src/ecwid/tolerant.ts');
    const error = (() => {
      try {
        return readAmount(Symbol('x'));
      } catch (thrown) {
        return Object.assign(new Error('x'), { stack: (thrown as Error).stack });
      }
    })();
    const [line] = present(error).lines;
    expect(line.where).toMatch(/^ecwid\/tolerant\.ts:\d+$/);
  });

  test('logs a failed call once, however many fields it fails', () => {
    const failure = new EcwidStatusError(503, 'INTERNAL_ERROR', undefined, 1_200);
    expect(present(at(failure)).lines).toHaveLength(1);
    const { shown, lines } = present(at(failure));
    expect(shown.extensions).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: true,
      retryAfter: 2,
      ecwidErrorCode: 'INTERNAL_ERROR',
    });
    expect(lines).toEqual([]);
  });

  test('says timeout for a timeout', () => {
    expect(present(at(new EcwidTimeoutError())).shown.extensions).toEqual({
      code: 'UPSTREAM_TIMEOUT',
      retryable: true,
    });
  });

  test('does not shout where the caller has left', () => {
    expect(present(at(new DOMException('gone', 'AbortError'))).lines).toEqual([]);
  });

  test('lets through what was made for the caller', () => {
    const made = new GraphQLError('No.', { extensions: { code: 'BAD_USER_INPUT', argument: 'first' } });
    expect(present(made).shown.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'first' });
    expect(present(at(made)).shown.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'first' });
  });
});
