import { describe, expect, test } from 'vitest';
import { calculateAmounts } from '../../../src/sandbox/seed/amounts.ts';

const reduction = { type: 'PERCENT', fromCents: 0 } as const;

const input = {
  lines: [2995n],
  needsShipping: [true],
  shipping: 1000n,
  handling: 0n,
  coupon: { ...reduction, value: 5, info: {} },
  promotions: [{ ...reduction, value: 10, base: 'ON_TOTAL_AND_MEMBERSHIP' as const }],
  taxPercent: 7,
};

describe("the seed's amounts", () => {
  test("are what the oldest pages' example says, but for the two lines that were added to it", () => {
    expect(calculateAmounts(input)).toMatchObject({
      subtotal: 2995n,
      couponDiscount: 150n,
      discount: 285n,
      tax: 179n,
      total: 3739n,
    });
  });

  test('leave out a coupon and a promotion below the subtotal from which they hold', () => {
    const amounts = calculateAmounts({
      ...input,
      coupon: { ...input.coupon, fromCents: 2996 },
      promotions: [{ ...reduction, value: 10, base: 'ON_TOTAL', fromCents: 2996 }],
    });
    expect(amounts).toMatchObject({ couponDiscount: 0n, discount: 0n, applied: [], total: 4205n });
  });

  test('take no more off than there is', () => {
    const coupon = { type: 'ABS', value: 5000, fromCents: 0, info: {} } as const;
    expect(calculateAmounts({ ...input, coupon })).toMatchObject({ couponDiscount: 2995n, total: 1000n });
  });

  test('share the shipping among the lines that need it', () => {
    const { lines } = calculateAmounts({ ...input, lines: [500n, 700n], needsShipping: [false, true] });
    expect(lines.map(({ shipping }) => shipping)).toEqual([0n, 1000n]);
  });
});
