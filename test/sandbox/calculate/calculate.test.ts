import { describe, expect, test } from 'vitest';
import { calculate } from '../../../src/sandbox/calculate/calculate.ts';
import type { Coupon } from '../../../src/sandbox/calculate/discounts.ts';
import { coupon, input, line, promotion, tenPercent } from './calculation.ts';

describe('calculate', () => {
  test.each<[string, Partial<Coupon>]>([
    ['a subtotal below its limit', { totalLimit: 10.01 }],
    ['a launch to come', { launched: 1_741_605_398 }],
    ['an expiration that is past', { expires: 1_741_605_396 }],
    ['other products', { products: [7] }],
    ['other categories', { categories: [7], products: [] }],
    ['another shipping method', { shippingMethods: ['1-1'] }],
  ])('a coupon has no effect with %s', (_, limit) => {
    const { coupon: applied, total } = calculate(
      input([line(10, 1, { productId: 1, categoryId: 2 })], {
        coupon: coupon('ABS_AND_SHIPPING', 5, limit),
        shippingRate: 3,
        shippingMethodId: '2-2',
      }),
    );
    expect(applied).toEqual({ amount: 0n, shares: [0n], freesShipping: false });
    expect(total).toBe(1300n);
  });

  test('a coupon for some products is shared by them alone, and takes no more than they cost', () => {
    const lines = [line(10, 1, { productId: 1 }), line(90, 1, { productId: 2 })];
    const limits = { products: [1], totalLimit: 100, launched: 1_741_605_397, expires: 1_741_605_397 };
    expect(calculate(input(lines, { coupon: coupon('ABS', 15, limits) })).coupon).toMatchObject({
      amount: 1000n,
      shares: [1000n, 0n],
    });
  });

  test.each([
    ['SHIPPING', 0n, 1000n],
    ['ABS_AND_SHIPPING', 500n, 500n],
    ['PERCENT_AND_SHIPPING', 50n, 950n],
  ])('a coupon of type %s frees the shipping', (type, amount, total) => {
    expect(calculate(input([line(10, 1)], { coupon: coupon(type, 5), shippingRate: 3 }))).toMatchObject({
      coupon: { amount },
      shippingRate: 0n,
      total,
    });
  });

  test('a promotion holds from its orderTotal on', () => {
    const totalFrom = (orderTotal: number) =>
      calculate(input([line(10, 1)], { promotions: [promotion('CUSTOM', 'ABS', 1, orderTotal)] })).total;
    expect(totalFrom(10)).toBe(900n);
    expect(totalFrom(10.01)).toBe(1000n);
  });

  test('promotions take no more than there is', () => {
    const { promotions, total } = calculate(
      input([line(10, 1), line(20, 1)], {
        promotions: [
          promotion('CUSTOM', 'ABS', 25),
          promotion('ON_TOTAL', 'PERCENT', 50),
          promotion('SUBTOTAL', 'ABS', 99),
          promotion('SHIPPING', 'ABS', 99),
        ],
        shippingRate: 5,
        taxes: tenPercent,
      }),
    );
    expect(promotions.map(({ base, amount }) => [base, amount])).toEqual([
      ['CUSTOM', 2500n],
      ['ON_TOTAL', 500n],
      ['SHIPPING', 500n],
    ]);
    expect(total).toBe(0n);
  });

  test('a promotion on a shipping method is for that one alone', () => {
    const onMethod = { ...promotion('SHIPPING', 'PERCENT', 50), shippingMethodId: '1-1' };
    const discountBy = (shippingMethodId: string) =>
      calculate(input([line(10, 1)], { promotions: [onMethod], shippingRate: 5, shippingMethodId })).discount;
    expect(discountBy('1-1')).toBe(250n);
    expect(discountBy('2-2')).toBe(0n);
  });

  test('a promotion on items is on those it names, be it by product or by item', () => {
    const lines = [line(10, 3, { productId: 1 }), line(20, 1, { id: 2 }), line(30, 1)];
    const onItems = { ...promotion('ITEM', 'FIXED_PRICE', 4), appliesTo: [1, 2] };
    expect(calculate(input(lines, { promotions: [onItems] })).promotions[0]).toMatchObject({
      amount: 3400n,
      shares: [2040n, 1360n, 0n],
    });
  });

  test('what needs no shipping has no share of it, and what is not taxable no tax', () => {
    const { lines, tax } = calculate(
      input([line(10, 1, { isShippingRequired: false }), line(10, 1, { isTaxable: false })], {
        shippingRate: 6,
        handlingFee: 2,
        taxes: [{ percent: 10, taxesShipping: true }],
      }),
    );
    expect(lines.map(({ shipping, handling }) => [shipping, handling])).toEqual([
      [0n, 0n],
      [600n, 200n],
    ]);
    expect(lines[1]?.taxes).toEqual([]);
    expect(tax).toBe(100n);
  });

  test('a gross store has its tax on shipping inside the rate', () => {
    expect(
      calculate(
        input([line(11, 1)], {
          pricesIncludeTax: true,
          shippingRate: 5.5,
          handlingFee: 1.1,
          taxes: [{ percent: 10, taxesShipping: true }],
        }),
      ),
    ).toMatchObject({
      tax: 160n,
      total: 1760n,
      totalWithoutTax: 1600n,
      shippingRateWithoutTax: 500n,
      handlingFeeWithoutTax: 100n,
      taxesOnShipping: [60n],
    });
  });

  test('a gift card pays for no more than the total', () => {
    const pays = (giftCardRedemption: number) =>
      calculate(input([line(10, 1)], { surcharges: [{ type: 'ABSOLUTE', value: 2 }], giftCardRedemption }));
    expect(pays(5)).toMatchObject({ giftCardRedemption: 500n, total: 700n });
    expect(pays(50)).toMatchObject({ giftCardRedemption: 1200n, total: 0n });
  });

  test('rounds half up on exact decimals', () => {
    expect(calculate(input([line(1.005, 1)])).total).toBe(101n);
    expect(calculate(input([line(8.345, 3)], { precision: 0 })).total).toBe(25n);
    expect(calculate(input([line(0.35, 1)], { taxes: tenPercent })).tax).toBe(4n);
  });
});
