import { describe, expect, test } from 'vitest';
import {
  EcwidAnswerError,
  EcwidCircuitError,
  EcwidConnectionError,
  type EcwidError,
  EcwidStatusError,
  EcwidTimeoutError,
  UnreadableValueError,
} from '../../src/ecwid/errors.ts';
import { createRetryBudget, type FailedAttempt, retryDelayMs } from '../../src/ecwid/retry-policy.ts';

const status = (code: number, errorCode?: string, retryAfterMs?: number) =>
  new EcwidStatusError(code, errorCode, undefined, retryAfterMs);
const refused = new EcwidConnectionError(false);
const reset = new EcwidConnectionError(true);

const delay = (error: unknown, changes: Partial<FailedAttempt> = {}) =>
  retryDelayMs({ isWrite: false, error, retries: 0, remainingMs: 10_000, random: 0.5, ...changes });

describe('a request is sent again', () => {
  test.each<[string, EcwidError, read: boolean, write: boolean]>([
    ['a connection refused', refused, true, true],
    ['a connection reset', reset, true, false],
    ['408', status(408), true, false],
    ['429', status(429), true, true],
    ['500', status(500), true, false],
    ['502', status(502), true, false],
    ['503', status(503), true, false],
    ['504', status(504), true, false],
    ['400', status(400), false, false],
    ['401', status(401), false, false],
    ['402', status(402), false, false],
    ['403 for a scope', status(403, 'INSUFFICIENT_APP_SCOPE'), false, false],
    ['403 for the token', status(403, 'INVALID_API_TOKEN'), false, false],
    ['404', status(404), false, false],
    ['404 for the store', status(404, 'STORE_NOT_FOUND'), false, false],
    ['409', status(409), false, false],
    ['422', status(422), false, false],
    ['302', status(302), false, false],
    ['silence', new EcwidTimeoutError(), false, false],
    ['a page', new EcwidAnswerError(), false, false],
    ['JSON that is cut off', new EcwidAnswerError({ isCutOff: true }), true, false],
    ['an open circuit', new EcwidCircuitError(5_000), false, false],
    ['an odd value', new UnreadableValueError('a date'), false, false],
  ])('after %s, or is not', (_what, error, read, write) => {
    expect(delay(error) !== null).toBe(read);
    expect(delay(error, { isWrite: true }) !== null).toBe(write);
  });

  test('twice at most, after pauses that grow', () => {
    expect([0, 1, 2].map((retries) => delay(reset, { retries, random: 1 }))).toEqual([200, 400, null]);
    expect([0, 1].map((retries) => delay(reset, { retries, random: 0 }))).toEqual([0, 0]);
    expect(delay(reset, { random: 0.25 })).toBe(50);
  });

  test('no sooner than Ecwid asks for, and not where that is too late', () => {
    expect(delay(status(429, undefined, 3_000))).toBe(3_000);
    expect(delay(status(503, undefined, 20))).toBe(100);
    expect(delay(status(429, undefined, 3_000), { remainingMs: 3_000 })).toBeNull();
    expect(delay(reset, { remainingMs: 100, random: 0.5 })).toBeNull();
  });

  test('for no mistake of this program', () => {
    expect(delay(new TypeError('x'))).toBeNull();
  });
});

describe('the budget of retries', () => {
  test('is a tenth of the calls, with some at once', () => {
    const budget = createRetryBudget();
    const spendAll = () => {
      let spent = 0;
      while (budget.spend()) spent += 1;
      return spent;
    };
    expect(spendAll()).toBe(10);
    for (let n = 0; n < 55; n += 1) budget.earn();
    expect(spendAll()).toBe(5);
    for (let n = 0; n < 1_000; n += 1) budget.earn();
    expect(spendAll()).toBe(60);
  });
});
