import { allocate, type Minor, percentOf, sum, timesQuantity, toMinor } from '../../money.ts';
import type { JsonObject } from '../json.ts';

/** One line of an order, as the arithmetic sees it. */
export interface Line {
  readonly id: number;
  readonly productId: number | null;
  readonly categoryId: number | null;
  readonly price: number;
  readonly quantity: number;
  readonly weight: number;
  readonly isShippingRequired: boolean;
  readonly isTaxable: boolean;
}

export interface Coupon {
  readonly discountType: string;
  readonly discount: number;
  /** The subtotal from which it holds. */
  readonly totalLimit: number;
  /** UNIX seconds. */
  readonly launched: number | null;
  readonly expires: number | null;
  /** What it is limited to; null where it holds for all. */
  readonly products: readonly number[] | null;
  readonly categories: readonly number[] | null;
  readonly shippingMethods: readonly string[] | null;
}

export interface Promotion {
  readonly info: JsonObject;
  readonly type: 'ABS' | 'PERCENT' | 'FIXED_PRICE';
  readonly base: string;
  readonly value: number;
  /** The subtotal from which it holds. */
  readonly orderTotal: number;
  /** Products or items that one of base ITEM is for; none is all. */
  readonly appliesTo: readonly number[];
  readonly shippingMethodId: string | null;
}

export interface AppliedPromotion extends Promotion {
  readonly amount: Minor;
  /** Of each line; nothing for one that is on the shipping. */
  readonly shares: readonly Minor[];
}

export interface AppliedCoupon {
  readonly amount: Minor;
  readonly shares: readonly Minor[];
  readonly freesShipping: boolean;
}

export interface Basket {
  readonly lines: readonly Line[];
  /** Price times quantity of each line. */
  readonly amounts: readonly Minor[];
  readonly shippingMethodId: string | null;
  readonly precision: number;
}

/** A coupon is taken as sent, but for its limits: outside them it has no effect. */
export function applyCoupon(coupon: Coupon | null, basket: Basket, now: number): AppliedCoupon {
  const { lines, amounts, precision } = basket;
  const nothing = { amount: 0n, shares: lines.map(() => 0n), freesShipping: false };
  if (!coupon || !isValid(coupon, basket, now)) return nothing;
  const eligible = amounts.map((amount, index) => (isWithin(coupon, lines[index]) ? amount : 0n));
  if (!lines.some((line) => isWithin(coupon, line))) return nothing;
  const base = sum(eligible);
  const amount = /^PERCENT/.test(coupon.discountType)
    ? percentOf(base, coupon.discount)
    : /^ABS/.test(coupon.discountType)
      ? toMinor(coupon.discount, precision)
      : 0n;
  const taken = clamp(amount, base);
  return {
    amount: taken,
    shares: allocate(taken, eligible),
    freesShipping: /SHIPPING$/.test(coupon.discountType),
  };
}

function isValid(coupon: Coupon, { amounts, shippingMethodId, precision }: Basket, now: number): boolean {
  const { totalLimit, launched, expires, shippingMethods } = coupon;
  return (
    sum(amounts) >= toMinor(totalLimit, precision) &&
    (launched === null || launched <= now) &&
    (expires === null || now <= expires) &&
    (shippingMethods === null || (shippingMethodId !== null && shippingMethods.includes(shippingMethodId)))
  );
}

function isWithin({ products, categories }: Coupon, line: Line | undefined): boolean {
  if (products === null && categories === null) return true;
  const { productId = null, categoryId = null } = line ?? {};
  return (
    (productId !== null && (products ?? []).includes(productId)) ||
    (categoryId !== null && (categories ?? []).includes(categoryId))
  );
}

/**
 * Each promotion on what the coupon left, not on what the one before it left; together they take no more than
 * there is. One on the shipping is of the rate. What comes to nothing is left out, as one is whose orderTotal
 * the subtotal does not reach.
 */
export function applyPromotions(
  promotions: readonly Promotion[],
  basket: Basket,
  coupon: AppliedCoupon,
  shippingRate: Minor,
): AppliedPromotion[] {
  const { lines, amounts, shippingMethodId, precision } = basket;
  const subtotal = sum(amounts);
  let goodsLeft = subtotal - coupon.amount;
  let shippingLeft = shippingRate;
  const applied: AppliedPromotion[] = [];
  for (const promotion of promotions) {
    if (subtotal < toMinor(promotion.orderTotal, precision)) continue;
    if (promotion.base === 'SHIPPING') {
      const { shippingMethodId: method } = promotion;
      if (method !== null && method !== shippingMethodId) continue;
      const amount = clamp(reduce(promotion, shippingRate, 1, precision), shippingLeft);
      shippingLeft -= amount;
      if (amount > 0n) applied.push({ ...promotion, amount, shares: lines.map(() => 0n) });
      continue;
    }
    const weights = amounts.map((amount, index) => (isFor(promotion, lines[index]) ? amount : 0n));
    const left = weights.map((weight, index) => (weight === 0n ? 0n : weight - (coupon.shares[index] ?? 0n)));
    const quantity = lines.reduce((total, line) => total + (isFor(promotion, line) ? line.quantity : 0), 0);
    const amount = clamp(reduce(promotion, sum(left), quantity, precision), goodsLeft);
    goodsLeft -= amount;
    if (amount > 0n) applied.push({ ...promotion, amount, shares: allocate(amount, weights) });
  }
  return applied;
}

function reduce({ type, value }: Promotion, base: Minor, quantity: number, precision: number): Minor {
  switch (type) {
    case 'PERCENT':
      return clamp(percentOf(base, value), base);
    case 'ABS':
      return clamp(toMinor(value, precision), base);
    case 'FIXED_PRICE':
      return clamp(base - timesQuantity(value, quantity, precision), base);
  }
}

function isFor({ base, appliesTo }: Promotion, line: Line | undefined): boolean {
  if (base !== 'ITEM' || appliesTo.length === 0) return true;
  return (
    line !== undefined &&
    (appliesTo.includes(line.id) || (line.productId !== null && appliesTo.includes(line.productId)))
  );
}

/** Nothing below nothing, and no more than there is. */
export function clamp(amount: Minor, most: Minor): Minor {
  if (amount < 0n) return 0n;
  return amount < most ? amount : most;
}
