import { describe, expect, test } from 'vitest';
import { calculateAmounts, percentOf, spread } from '../../../src/sandbox/seed/amounts.ts';

describe('cents', () => {
  test("come to what the oldest pages' example says, but for the two lines that were added to it", () => {
    const reduction = { type: 'PERCENT', fromCents: 0 } as const;
    const amounts = calculateAmounts({
      lines: [5 * 599],
      needsShipping: [true],
      shipping: 1000,
      handling: 0,
      coupon: { ...reduction, value: 5, info: {} },
      promotions: [{ ...reduction, value: 10, base: 'ON_TOTAL_AND_MEMBERSHIP' }],
      taxPercent: 7,
    });
    expect(amounts).toMatchObject({
      subtotal: 2995,
      couponDiscount: 150,
      discount: 285,
      tax: 179,
      total: 3739,
    });
  });

  test.each([
    [100, 2.5, 3],
    [50, 7, 4],
    [49, 7, 3],
    [0, 7, 0],
    [2995, 5, 150],
  ])('%i cents at %f %% are %i, rounded half up', (amount, percent, expected) => {
    expect(percentOf(amount, percent)).toBe(expected);
  });

  test.each([
    [2, [1, 1, 1, 1], [1, 0, 1, 0]],
    [100, [1, 1, 1], [33, 34, 33]],
    [850, [0, 1], [0, 850]],
    [850, [0, 0], [0, 0]],
    [0, [1], [0]],
    [5, [], []],
  ])('%i cents over the weights %o are %o', (amount, weights, parts) => {
    expect(spread(amount, weights)).toEqual(parts);
  });
});
