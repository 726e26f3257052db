import { EcwidAnswerError } from '../ecwid/errors.ts';
import { toWire, type WireObject } from '../ecwid/to-wire.ts';
import { isAmount } from '../ecwid/tolerant.ts';
import type { CalculatedOrder } from '../ecwid/wire.ts';

// What only a calculation takes, and no order keeps.
const calculationOnly = [
  'giftCardTransactionOrderId',
  'paymentOptionsDetails',
  'taxAlreadyDeductedFromShipping',
];

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
  'giftCardId',
  'giftCardUuid',
  'giftCardRedemption',
  'totalBeforeGiftCardRedemption',
  'giftCardDoubleSpending',
  ...calculationOnly,
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
  'reversedTaxApplied',
] as const;

/** The part of an order's details that a calculation takes. */
export function calculationOf(details: WireObject): WireObject {
  return pick(details, requestFields);
}

/** The part of an order's details that the order keeps. */
export function orderOf(details: WireObject): WireObject {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !calculationOnly.includes(name)));
}

/**
 * The details with Ecwid's numbers in place of the caller's. What a calculation does not speak of, such as a
 * line's id in another system, stays as it was given.
 * @throws EcwidAnswerError for a calculation without the numbers that an order is made of
 */
export function withCalculation(details: WireObject, calculated: CalculatedOrder): WireObject {
  const { items, subtotal, total } = calculated;
  const isWhole =
    isAmount(subtotal) && isAmount(total) && Array.isArray(items) && Array.isArray(details.items);
  if (!isWhole || items.length !== (details.items as unknown[]).length) throw new EcwidAnswerError();
  const numbers = Object.entries(pick(calculated as WireObject, calculatedFields));
  const merged = Object.fromEntries(numbers.map(([name, value]) => [name, overlay(details[name], value)]));
  // Ids of 64 bits came as texts, since they are more than a number of JavaScript holds.
  return toWire({ ...details, ...merged });
}

function overlay(given: unknown, calculated: unknown): unknown {
  if (Array.isArray(given) && Array.isArray(calculated) && given.length === calculated.length) {
    return calculated.map((element, index) => overlay(given[index], element));
  }
  if (!isWireObject(given) || !isWireObject(calculated)) return withoutId(calculated);
  const present = Object.entries(calculated).filter(([, value]) => value !== null && value !== undefined);
  return withoutId({ ...given, ...Object.fromEntries(present) });
}

// A line of a calculation has the id 0: there is no such line yet.
function withoutId(value: unknown): unknown {
  if (!isWireObject(value) || value.id !== 0) return value;
  const { id, ...rest } = value;
  return rest;
}

function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pick(object: WireObject, names: readonly string[]): WireObject {
  return Object.fromEntries(
    names
      .filter((name) => object[name] !== undefined && object[name] !== null)
      .map((name) => [name, object[name]]),
  );
}
