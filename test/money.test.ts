import { describe, expect, test } from 'vitest';
import {
  allocate,
  divideBy,
  percentOf,
  sum,
  taxInside,
  timesQuantity,
  toAmount,
  toMinor,
} from '../src/money.ts';

describe('amounts', () => {
  // Binary floats make 1.005 * 100 to 100.49999999999999 and so on: each of these is wrong with Math.round.
  test.each([
    [1.005, 101n],
    [8.345, 835n],
    [0.615, 62n],
    [10.075, 1008n],
    [1.255, 126n],
    [4.35, 435n],
    [1.0049999, 100n],
    [-1.005, -101n],
    [-0.004, 0n],
    [0, 0n],
    [-0, 0n],
    [1e-7, 0n],
    [1.5e21, 150_000_000_000_000_000_000_000n],
    [9_007_199_254_740.99, 900_719_925_474_099n],
  ])('%f is %d in cents', (amount, minor) => {
    expect(toMinor(amount, 2)).toBe(minor);
  });

  test('have as many decimals as the currency', () => {
    expect(toMinor(1234.5, 0)).toBe(1235n);
    expect(toMinor(1.2345, 3)).toBe(1235n);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%f is none', (value) => {
    expect(() => toMinor(value, 2)).toThrow(`${value} is no amount.`);
  });

  test.each([0.07, 1.1, 154.11, -3.87, 2014.97, 9_007_199_254_740.99, 0])('%f comes back', (amount) => {
    expect(toAmount(toMinor(amount, 2), 2)).toBe(amount);
  });

  test('come back as the very number, where a sum of floats does not', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(toAmount(toMinor(0.1, 2) + toMinor(0.2, 2), 2)).toBe(0.3);
  });
});

describe('arithmetic', () => {
  test.each([
    [1.005, 1, 101n],
    [1.005, 3, 302n],
    [0.335, 1, 34n],
    [4.22, 2, 844n],
    [19.99, 1000, 1_999_000n],
    [0.3, 0.1, 3n],
  ])('%f times %f is %d', (price, quantity, minor) => {
    expect(timesQuantity(price, quantity, 2)).toBe(minor);
  });

  test.each([
    [1844n, 21, 387n],
    [50n, 7, 4n],
    [49n, 7, 3n],
    [100n, 2.5, 3n],
    [61_500n, 8.345, 5132n],
    [47_585n, 12, 5710n],
    [-100n, 2.5, -3n],
    [10n ** 20n, 10, 10n ** 19n],
  ])('of %d, %f %% are that much', (minor, percent, part) => {
    expect(percentOf(minor, percent)).toBe(part);
  });

  test.each([
    [8100n, 10, 736n],
    [1000n, 10, 91n],
    [1000n, 0, 0n],
    [11_900n, 19, 1900n],
    [-1000n, 10, -91n],
  ])('%d contain a tax of %f %%', (minor, percent, tax) => {
    expect(taxInside(minor, percent)).toBe(tax);
  });

  test('divides with one rounding', () => {
    expect(divideBy(9264n, 2)).toBe(4632n);
    expect(divideBy(100n, 3)).toBe(33n);
    expect(divideBy(-5n, 2)).toBe(-3n);
    expect(divideBy(300n, 1.5)).toBe(200n);
  });

  test.each([
    [400n, [106_000n, 1664n], [394n, 6n]],
    [2200n, [106_000n, 1664n], [2166n, 34n]],
    [100n, [1n, 1n, 1n], [33n, 33n, 34n]],
    [2n, [1n, 1n, 1n, 1n], [1n, 1n, 0n, 0n]],
    [850n, [5n, 0n], [850n, 0n]],
    [850n, [0n, 0n], [0n, 850n]],
    [-100n, [1n, 2n], [-33n, -67n]],
    [0n, [1n], [0n]],
    [5n, [], []],
  ])('%d over %o are %o', (minor, weights, parts) => {
    expect(allocate(minor, weights)).toEqual(parts);
    if (weights.length > 0) expect(sum(parts)).toBe(minor);
  });
});
