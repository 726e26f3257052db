import { allocate, type Minor, percentOf, sum, taxInside, timesQuantity, toMinor } from '../../money.ts';
import {
  type AppliedCoupon,
  type AppliedPromotion,
  applyCoupon,
  applyPromotions,
  type Basket,
  type Coupon,
  clamp,
  type Line,
  type Promotion,
} from './discounts.ts';

export interface Tax {
  readonly percent: number;
  /** Whether shipping and handling are taxed too. */
  readonly taxesShipping: boolean;
}

export interface Surcharge {
  readonly type: 'PERCENT' | 'ABSOLUTE';
  readonly value: number;
}

/** All that an order's amounts depend on. */
export interface CalculationInput {
  /** Decimals of the currency. */
  readonly precision: number;
  /** UNIX seconds: coupons have dates. */
  readonly now: number;
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly Line[];
  readonly coupon: Coupon | null;
  readonly promotions: readonly Promotion[];
  readonly shippingRate: number;
  readonly shippingMethodId: string | null;
  readonly handlingFee: number;
  readonly taxes: readonly Tax[];
  readonly surcharges: readonly Surcharge[];
  readonly giftCardRedemption: number;
}

export interface LineTax {
  readonly onDiscountedSubtotal: Minor;
  readonly onShipping: Minor;
}

export interface CalculatedLine {
  readonly amount: Minor;
  readonly withoutTax: Minor;
  readonly coupon: Minor;
  readonly shipping: Minor;
  readonly handling: Minor;
  /** One for each of the input's taxes; none for a line that is not taxed. */
  readonly taxes: readonly LineTax[];
}

export interface Calculation {
  readonly subtotal: Minor;
  readonly subtotalWithoutTax: Minor;
  readonly coupon: AppliedCoupon;
  readonly promotions: readonly AppliedPromotion[];
  /** All promotions, those on the shipping included; the coupon is none of them. */
  readonly discount: Minor;
  readonly shippingRate: Minor;
  readonly shippingRateWithoutTax: Minor;
  readonly handlingFee: Minor;
  readonly handlingFeeWithoutTax: Minor;
  /** One for each of the input's taxes: its part of rate and fee together. */
  readonly taxesOnShipping: readonly Minor[];
  readonly tax: Minor;
  readonly surcharges: readonly Minor[];
  readonly giftCardRedemption: Minor;
  readonly total: Minor;
  readonly totalWithoutTax: Minor;
  readonly lines: readonly CalculatedLine[];
}

/**
 * An order's amounts, as every example of Ecwid's that adds up follows them: the coupon first; each promotion
 * on what the coupon left; the tax on each line less its shares of both; surcharges on all of that.
 */
export function calculate(input: CalculationInput): Calculation {
  const { lines, precision, pricesIncludeTax, taxes, shippingMethodId } = input;
  const taxOn = pricesIncludeTax ? taxInside : percentOf;

  const amounts = lines.map(({ price, quantity }) => timesQuantity(price, quantity, precision));
  const subtotal = sum(amounts);
  const basket: Basket = { lines, amounts, shippingMethodId, precision };
  const coupon = applyCoupon(input.coupon, basket, input.now);
  const shippingRate = coupon.freesShipping ? 0n : toMinor(input.shippingRate, precision);
  const handlingFee = toMinor(input.handlingFee, precision);
  const promotions = applyPromotions(input.promotions, basket, coupon, shippingRate);
  const discount = sum(promotions.map(({ amount }) => amount));
  const shippingDiscount = sum(
    promotions.filter(({ base }) => base === 'SHIPPING').map(({ amount }) => amount),
  );

  const weights = shippingWeights(lines, amounts);
  const shippingShares = allocate(shippingRate - shippingDiscount, weights);
  const handlingShares = allocate(handlingFee, weights);
  const calculatedLines = lines.map((line, index): CalculatedLine => {
    const at = (shares: readonly Minor[]): Minor => shares[index] ?? 0n;
    const amount = at(amounts);
    const taxable = amount - at(coupon.shares) - sum(promotions.map(({ shares }) => at(shares)));
    const ships = at(shippingShares) + at(handlingShares);
    const lineTaxes = (line.isTaxable ? taxes : []).map(({ percent, taxesShipping }) => ({
      onDiscountedSubtotal: taxOn(taxable, percent),
      onShipping: taxesShipping ? taxOn(ships, percent) : 0n,
    }));
    const inside = pricesIncludeTax ? lineTaxes.map(({ onDiscountedSubtotal }) => onDiscountedSubtotal) : [];
    return {
      amount,
      withoutTax: amount - sum(inside),
      coupon: at(coupon.shares),
      shipping: at(shippingShares),
      handling: at(handlingShares),
      taxes: lineTaxes,
    };
  });

  const tax = sum(
    calculatedLines.flatMap((line) =>
      line.taxes.map(({ onDiscountedSubtotal, onShipping }) => onDiscountedSubtotal + onShipping),
    ),
  );
  const preSurcharge =
    subtotal - coupon.amount - discount + shippingRate + handlingFee + (pricesIncludeTax ? 0n : tax);
  const surcharges = input.surcharges.map(({ type, value }) =>
    type === 'PERCENT' ? percentOf(preSurcharge, value) : toMinor(value, precision),
  );
  const beforeGiftCard = preSurcharge + sum(surcharges);
  const giftCardRedemption = clamp(toMinor(input.giftCardRedemption, precision), beforeGiftCard);
  const total = beforeGiftCard - giftCardRedemption;

  const shippingTaxes = taxes.filter(({ taxesShipping }) => taxesShipping);
  const withoutTax = (amount: Minor): Minor =>
    pricesIncludeTax ? amount - sum(shippingTaxes.map(({ percent }) => taxInside(amount, percent))) : amount;
  return {
    subtotal,
    subtotalWithoutTax: sum(calculatedLines.map((line) => line.withoutTax)),
    coupon,
    promotions,
    discount,
    shippingRate,
    shippingRateWithoutTax: withoutTax(shippingRate),
    handlingFee,
    handlingFeeWithoutTax: withoutTax(handlingFee),
    taxesOnShipping: taxes.map(({ percent, taxesShipping }) =>
      taxesShipping ? taxOn(shippingRate + handlingFee, percent) : 0n,
    ),
    tax,
    surcharges,
    giftCardRedemption,
    total,
    totalWithoutTax: total - tax,
    lines: calculatedLines,
  };
}

/**
 * What shipping and handling are shared by: in the one example with two lines, the one without a weight has no
 * share. Where that leaves nobody, whatever ships shares, or else every line.
 */
function shippingWeights(lines: readonly Line[], amounts: readonly Minor[]): Minor[] {
  const among = (takesPart: (line: Line) => boolean): Minor[] =>
    amounts.map((amount, index) => {
      const line = lines[index];
      return line && takesPart(line) ? amount : 0n;
    });
  const candidates = [
    among(({ isShippingRequired, weight }) => isShippingRequired && weight > 0),
    among(({ isShippingRequired }) => isShippingRequired),
  ];
  return candidates.find((weights) => sum(weights) > 0n) ?? [...amounts];
}
