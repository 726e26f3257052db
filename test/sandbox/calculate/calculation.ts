import type { CalculationInput } from '../../../src/sandbox/calculate/calculate.ts';
import type { Coupon, Line, Promotion } from '../../../src/sandbox/calculate/discounts.ts';

// What calculate is tried on: each part as plain as it can be, but for what a test is about.

export function line(price: number, quantity: number, more: Partial<Line> = {}): Line {
  return {
    id: 0,
    productId: null,
    categoryId: null,
    price,
    quantity,
    weight: 1,
    isShippingRequired: true,
    isTaxable: true,
    ...more,
  };
}

export function promotion(base: string, type: Promotion['type'], value: number, orderTotal = 0): Promotion {
  return { info: {}, type, base, value, orderTotal, appliesTo: [], shippingMethodId: null };
}

export function coupon(discountType: string, discount: number, more: Partial<Coupon> = {}): Coupon {
  return {
    discountType,
    discount,
    totalLimit: 0,
    launched: null,
    expires: null,
    products: null,
    categories: null,
    shippingMethods: null,
    ...more,
  };
}

export function input(lines: readonly Line[], more: Partial<CalculationInput> = {}): CalculationInput {
  return {
    precision: 2,
    now: 1_741_605_397,
    pricesIncludeTax: false,
    lines,
    coupon: null,
    promotions: [],
    shippingRate: 0,
    shippingMethodId: null,
    handlingFee: 0,
    taxes: [],
    surcharges: [],
    giftCardRedemption: 0,
    ...more,
  };
}

export const tenPercent = [{ percent: 10, taxesShipping: false }];
