import { describe, expect, test } from 'vitest';
import { calculate } from '../../../src/sandbox/calculate/calculate.ts';
import { coupon, input, line, promotion, tenPercent } from './calculation.ts';

describe('the orders of the documentation come out to the cent', () => {
  test('the guide on placing an order: promotions on subtotal, anything and shipping, and tips', () => {
    const { lines, promotions, ...amounts } = calculate(
      input([line(70, 2)], {
        promotions: [
          promotion('SUBTOTAL', 'ABS', 15, 10),
          promotion('CUSTOM', 'PERCENT', 10),
          promotion('SHIPPING', 'PERCENT', 10, 50),
        ],
        shippingRate: 20,
        taxes: tenPercent,
        surcharges: [{ type: 'PERCENT', value: 10 }],
      }),
    );
    expect(promotions.map(({ amount }) => amount)).toEqual([1500n, 1400n, 200n]);
    expect(amounts).toMatchObject({
      subtotal: 14_000n,
      subtotalWithoutTax: 14_000n,
      discount: 3100n,
      tax: 1110n,
      surcharges: [1401n],
      total: 15_411n,
      totalWithoutTax: 14_301n,
    });
    expect(lines[0]).toMatchObject({ shipping: 1800n, withoutTax: 14_000n });
  });

  test("the oldest page's calculation, with the discount of 20 that it states", () => {
    const { subtotal, discount, tax, total, promotions } = calculate(
      input([line(15, 2, { weight: 0.32 }), line(4.22, 2, { weight: 0.12 })], {
        promotions: [
          promotion('ON_TOTAL', 'ABS', 15, 1),
          promotion('ON_MEMBERSHIP', 'PERCENT', 2),
          // What the page says does not add up to 20; this makes it.
          promotion('CUSTOM', 'ABS', 4.23),
        ],
        shippingRate: 3071.62,
        taxes: [{ percent: 21, taxesShipping: false }],
      }),
    );
    expect({ subtotal, discount, tax, total }).toEqual({
      subtotal: 3844n,
      discount: 2000n,
      tax: 387n,
      total: 309_393n,
    });
    expect(promotions[1]?.amount).toBe(77n);
  });

  test('the older order with two taxes, on shipping too', () => {
    const {
      lines,
      promotions,
      coupon: applied,
      ...amounts
    } = calculate(
      input([line(1060, 1, { weight: 0 }), line(16.64, 1)], {
        coupon: coupon('ABS', 22),
        promotions: [promotion('ON_TOTAL', 'ABS', 4)],
        shippingRate: 471.85,
        handlingFee: 4,
        taxes: [
          { percent: 12, taxesShipping: true },
          { percent: 20, taxesShipping: true },
        ],
      }),
    );
    expect(promotions[0]?.shares).toEqual([394n, 6n]);
    expect(applied.shares).toEqual([2166n, 34n]);
    expect(lines[0]?.taxes).toEqual([
      { onDiscountedSubtotal: 12_413n, onShipping: 0n },
      { onDiscountedSubtotal: 20_688n, onShipping: 0n },
    ]);
    expect(lines[1]?.taxes).toEqual([
      { onDiscountedSubtotal: 195n, onShipping: 5710n },
      { onDiscountedSubtotal: 325n, onShipping: 9517n },
    ]);
    expect(amounts).toMatchObject({ taxesOnShipping: [5710n, 9517n], tax: 48_848n, total: 201_497n });
  });

  test('the guide order of a gross store: promotions on what the coupon left', () => {
    const { lines, ...amounts } = calculate(
      input([line(50, 2)], {
        pricesIncludeTax: true,
        coupon: coupon('PERCENT', 10),
        promotions: [promotion('ON_TOTAL', 'PERCENT', 10)],
        shippingRate: 20,
        taxes: tenPercent,
      }),
    );
    expect(amounts).toMatchObject({
      coupon: { amount: 1000n },
      discount: 900n,
      tax: 736n,
      total: 10_100n,
      totalWithoutTax: 9364n,
      subtotalWithoutTax: 9264n,
    });
    expect(lines[0]?.withoutTax).toBe(9264n);
  });

  test('the small order of a gross store', () => {
    expect(calculate(input([line(10, 1)], { pricesIncludeTax: true, taxes: tenPercent }))).toMatchObject({
      tax: 91n,
      total: 1000n,
      totalWithoutTax: 909n,
    });
  });

  test("the oldest pages' cart, but for the two lines that were added to it", () => {
    expect(
      calculate(
        input([line(5.99, 5)], {
          coupon: coupon('PERCENT', 5),
          promotions: [promotion('ON_TOTAL_AND_MEMBERSHIP', 'PERCENT', 10, 15)],
          shippingRate: 10,
          taxes: [{ percent: 7, taxesShipping: false }],
        }),
      ),
    ).toMatchObject({ subtotal: 2995n, coupon: { amount: 150n }, discount: 285n, tax: 179n, total: 3739n });
  });
});
