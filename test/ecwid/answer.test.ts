import { describe, expect, test } from 'vitest';
import { readRetryAfter } from '../../src/ecwid/answer.ts';

const now = Date.parse('2026-11-21T10:00:00Z');

describe('readRetryAfter', () => {
  test.each([
    ['0', 0],
    ['5', 5_000],
    [' 60 ', 60_000],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 09:59:30 GMT', 0],
    ['86400', 600_000],
    ['Sun, 22 Nov 2026 10:00:00 GMT', 600_000],
  ])('takes seconds and dates, within bounds: %s', (header, waitMs) => {
    expect(readRetryAfter(header, now)).toBe(waitMs);
  });

  test.each([undefined, '', 'soon', '-1', '1.5', '1e3', '99999999999', '2026-11-21', ['5']])(
    'takes nothing else for a time: %j',
    (header) => {
      expect(readRetryAfter(header, now)).toBeUndefined();
    },
  );
});
