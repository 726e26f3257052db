import type { WireObject } from '../ecwid/to-wire.ts';
import type { CalculatedOrder } from '../ecwid/wire.ts';

// The request of `POST /order/calculate`: section "Calculate order details" of the API reference.
const requestFields = [
  'email',
  'ipAddress',
  'customerId',
  'customerTaxExempt',
  'customerTaxId',
  'reversedTaxApplied',
  'items',
  'billingPerson',
  'shippingPerson',
  'discountCoupon',
  'discountInfo',
  'customSurcharges',
  'shippingOption',
  'handlingFee',
  'giftCardCode',
] as const;

// What a calculation finds out. Its other fields only echo the request, or speak of an order that is none.
const calculatedFields = [
  'items',
  'subtotal',
  'total',
  'tax',
  'discount',
  'couponDiscount',
  'volumeDiscount',
  'membershipBasedDiscount',
  'totalAndMembershipBasedDiscount',
  'customDiscount',
  'discountInfo',
  'discountCoupon',
  'customSurcharges',
  'giftCardRedemption',
  'totalBeforeGiftCardRedemption',
  'handlingFee',
  'shippingOption',
  'taxesOnShipping',
  'pricesIncludeTax',
  'billingPerson',
  'shippingPerson',
  'customerTaxExempt',
  'customerTaxIdValid',
  'reversedTaxApplied',
] as const;

/** The part of an order's details that a calculation takes. */
export function calculationOf(details: WireObject): WireObject {
  return pick(details, requestFields);
}

/** The details with Ecwid's numbers in place of the caller's. */
export function withCalculation(details: WireObject, calculated: CalculatedOrder): WireObject {
  return { ...details, ...pick(calculated as WireObject, calculatedFields) };
}

function pick(object: WireObject, names: readonly string[]): WireObject {
  return Object.fromEntries(
    names
      .filter((name) => object[name] !== undefined && object[name] !== null)
      .map((name) => [name, object[name]]),
  );
}
