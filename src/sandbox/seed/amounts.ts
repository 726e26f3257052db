import type { Coupon, Promotion, Reduction } from './terms.ts';

// An order's arithmetic in whole cents, as Ecwid's examples follow it: the coupon first, each promotion on
// what the coupon left, the tax on each line less its shares of both. Shipping and handling are not taxed.

export interface AmountsInput {
  /** Price times quantity of each line. */
  readonly lines: readonly number[];
  readonly needsShipping: readonly boolean[];
  readonly shipping: number;
  readonly handling: number;
  readonly coupon: Coupon | undefined;
  readonly promotions: readonly Promotion[];
  readonly taxPercent: number;
}

export interface LineAmounts {
  readonly tax: number;
  readonly shipping: number;
  readonly coupon: number;
}

export interface Amounts {
  readonly subtotal: number;
  readonly couponDiscount: number;
  /** All promotions together; the coupon is none of them. */
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
  readonly applied: readonly AppliedPromotion[];
  readonly lines: readonly LineAmounts[];
}

export interface AppliedPromotion {
  readonly promotion: Promotion;
  readonly cents: number;
  /** Its share of each line. */
  readonly shares: readonly number[];
}

export function calculateAmounts(input: AmountsInput): Amounts {
  const { lines, needsShipping, shipping, handling, coupon, promotions, taxPercent } = input;
  const subtotal = sum(lines);
  const couponDiscount = coupon ? reduce(subtotal, subtotal, coupon) : 0;
  const couponShares = spread(couponDiscount, lines);
  const shippingShares = spread(
    shipping,
    lines.map((line, index) => (needsShipping[index] ? line : 0)),
  );
  const applied = promotions
    .map((promotion) => ({ promotion, cents: reduce(subtotal - couponDiscount, subtotal, promotion) }))
    .filter(({ cents }) => cents > 0)
    .map((taken) => ({ ...taken, shares: spread(taken.cents, lines) }));
  const lineAmounts = lines.map((line, index) => {
    const coupon = couponShares[index] ?? 0;
    const taxable = line - coupon - sum(applied.map(({ shares }) => shares[index] ?? 0));
    return { tax: percentOf(taxable, taxPercent), shipping: shippingShares[index] ?? 0, coupon };
  });
  const discount = sum(applied.map(({ cents }) => cents));
  const tax = sum(lineAmounts.map((line) => line.tax));
  const total = subtotal - couponDiscount - discount + shipping + handling + tax;
  return { subtotal, couponDiscount, discount, tax, total, applied, lines: lineAmounts };
}

/** What a coupon or promotion takes off; nothing below the subtotal from which it holds. */
function reduce(cents: number, subtotal: number, { type, value, fromCents }: Reduction): number {
  if (subtotal < fromCents) return 0;
  return type === 'PERCENT' ? percentOf(cents, value) : Math.min(value, cents);
}

/** Half up, as Ecwid rounds: 2.5 % of a dollar is three cents. */
export function percentOf(cents: number, percent: number): number {
  return Math.floor((cents * percent * 2 + 100) / 200);
}

/** Parts in proportion to the weights that add up to the amount, to the cent; none is negative. */
export function spread(cents: number, weights: readonly number[]): number[] {
  const total = sum(weights);
  let weightSoFar = 0;
  let centsSoFar = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const upToHere = total === 0 ? 0 : Math.floor((cents * weightSoFar * 2 + total) / (2 * total));
    const part = upToHere - centsSoFar;
    centsSoFar = upToHere;
    return part;
  });
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** The number that JSON shows. */
export function toAmount(cents: number): number {
  return cents / 100;
}
