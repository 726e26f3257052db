import { allocate, type Minor, percentOf, sum } from '../../money.ts';
import type { Coupon, Promotion, Reduction } from './terms.ts';

// An order's arithmetic in whole cents, as Ecwid's examples follow it: the coupon first, each promotion on
// what the coupon left, the tax on each line less its shares of both. Shipping and handling are not taxed.

export interface AmountsInput {
  /** Price times quantity of each line. */
  readonly lines: readonly Minor[];
  readonly needsShipping: readonly boolean[];
  readonly shipping: Minor;
  readonly handling: Minor;
  readonly coupon: Coupon | undefined;
  readonly promotions: readonly Promotion[];
  readonly taxPercent: number;
}

export interface LineAmounts {
  readonly tax: Minor;
  readonly shipping: Minor;
  readonly coupon: Minor;
}

export interface Amounts {
  readonly subtotal: Minor;
  readonly couponDiscount: Minor;
  /** All promotions together; the coupon is none of them. */
  readonly discount: Minor;
  readonly tax: Minor;
  readonly total: Minor;
  readonly applied: readonly AppliedPromotion[];
  readonly lines: readonly LineAmounts[];
}

export interface AppliedPromotion {
  readonly promotion: Promotion;
  readonly amount: Minor;
  /** Its share of each line. */
  readonly shares: readonly Minor[];
}

export function calculateAmounts(input: AmountsInput): Amounts {
  const { lines, needsShipping, shipping, handling, coupon, promotions, taxPercent } = input;
  const subtotal = sum(lines);
  const couponDiscount = coupon ? reduce(subtotal, subtotal, coupon) : 0n;
  const couponShares = allocate(couponDiscount, lines);
  const shippingShares = allocate(
    shipping,
    lines.map((line, index) => (needsShipping[index] ? line : 0n)),
  );
  const applied = promotions
    .map((promotion) => ({ promotion, amount: reduce(subtotal - couponDiscount, subtotal, promotion) }))
    .filter(({ amount }) => amount > 0n)
    .map((taken) => ({ ...taken, shares: allocate(taken.amount, lines) }));
  const lineAmounts = lines.map((line, index) => {
    const coupon = couponShares[index] ?? 0n;
    const taxable = line - coupon - sum(applied.map(({ shares }) => shares[index] ?? 0n));
    return { tax: percentOf(taxable, taxPercent), shipping: shippingShares[index] ?? 0n, coupon };
  });
  const discount = sum(applied.map(({ amount }) => amount));
  const tax = sum(lineAmounts.map((line) => line.tax));
  const total = subtotal - couponDiscount - discount + shipping + handling + tax;
  return { subtotal, couponDiscount, discount, tax, total, applied, lines: lineAmounts };
}

/** What a coupon or promotion takes off; nothing below the subtotal from which it holds. */
function reduce(base: Minor, subtotal: Minor, { type, value, fromCents }: Reduction): Minor {
  if (subtotal < BigInt(fromCents)) return 0n;
  if (type === 'PERCENT') return percentOf(base, value);
  return BigInt(value) < base ? BigInt(value) : base;
}
