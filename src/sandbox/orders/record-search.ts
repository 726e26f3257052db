import { parseDate } from '../date-text.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';

// What the searches for carts and for orders have in common.

/** Bounds are inclusive, which is not documented. */
export function readRange(
  query: URLSearchParams,
  name: string,
  readBound: (query: URLSearchParams, name: string) => number | undefined,
): (value: number | null) => boolean {
  const from = readBound(query, `${name}From`) ?? Number.NEGATIVE_INFINITY;
  const to = readBound(query, `${name}To`) ?? Number.POSITIVE_INFINITY;
  return (value) => value !== null && from <= value && value <= to;
}

export function couponOf({ discountCoupon }: OrderRecord): string | null {
  return isJsonObject(discountCoupon) ? lowerCase(discountCoupon.code) : null;
}

// The customer's details are all that people would look for; the codes of countries and states are left out
// because two letters are found in nearly everything.
const detailsOfPerson = [
  'name',
  'firstName',
  'lastName',
  'companyName',
  'street',
  'city',
  'countryName',
  'postalCode',
  'stateOrProvinceName',
  'phone',
];

export function customerDetails({ email, billingPerson, shippingPerson }: OrderRecord): string[] {
  const ofPersons = [billingPerson, shippingPerson]
    .filter(isJsonObject)
    .flatMap((person) => detailsOfPerson.map((detail) => person[detail]));
  return [email, ...ofPersons].map(lowerCase).filter((detail) => detail !== null);
}

export function lowerCase(value: Json | undefined): string | null {
  return typeof value === 'string' ? value.toLowerCase() : null;
}

/** Newest first; within a second, the higher internal number first. Ecwid's examples run so, no text says it. */
export function byNewest(one: OrderRecord, other: OrderRecord): number {
  const difference = (parseDate(other.createDate) ?? 0) - (parseDate(one.createDate) ?? 0);
  return difference || other.orderNumber - one.orderNumber;
}
