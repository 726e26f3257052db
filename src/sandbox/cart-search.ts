import { parseDate } from './date-text.ts';
import { isJsonObject, type Json } from './json.ts';
import { readBoolean, readDate, readNumber, readText } from './parameters.ts';
import type { OrderRecord } from './records.ts';

/**
 * Whether a record meets every filter of `GET /carts`, those of the older documentation included. Bounds are
 * inclusive, texts compare without regard to case; neither is documented.
 */
export function readCartFilter(query: URLSearchParams): (cart: OrderRecord) => boolean {
  const showHidden = readBoolean(query, 'showHidden') ?? true;
  const totalIsWithin = readRange(query, 'total', readNumber);
  const createdIsWithin = readRange(query, 'created', readDate);
  const updatedIsWithin = readRange(query, 'updated', readDate);
  const customerId = readNumber(query, 'customerId');
  const email = readText(query, 'email')?.toLowerCase();
  const couponCode = readText(query, 'couponCode')?.toLowerCase();
  const customer = readText(query, 'customer')?.toLowerCase();

  return (cart) =>
    (showHidden || !cart.hidden) &&
    totalIsWithin(cart.total) &&
    createdIsWithin(parseDate(cart.createDate)) &&
    updatedIsWithin(parseDate(cart.updateDate)) &&
    (customerId === undefined || String(cart.customerId) === String(customerId)) &&
    (email === undefined || lowerCase(cart.email) === email) &&
    (couponCode === undefined || couponOf(cart) === couponCode) &&
    (customer === undefined || customerDetails(cart).some((detail) => detail.includes(customer)));
}

function readRange(
  query: URLSearchParams,
  name: string,
  readBound: (query: URLSearchParams, name: string) => number | undefined,
): (value: number | null) => boolean {
  const from = readBound(query, `${name}From`) ?? Number.NEGATIVE_INFINITY;
  const to = readBound(query, `${name}To`) ?? Number.POSITIVE_INFINITY;
  return (value) => value !== null && from <= value && value <= to;
}

function couponOf({ discountCoupon }: OrderRecord): string | null {
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

function customerDetails({ email, billingPerson, shippingPerson }: OrderRecord): string[] {
  const ofPersons = [billingPerson, shippingPerson]
    .filter(isJsonObject)
    .flatMap((person) => detailsOfPerson.map((detail) => person[detail]));
  return [email, ...ofPersons].map(lowerCase).filter((detail) => detail !== null);
}

function lowerCase(value: Json | undefined): string | null {
  return typeof value === 'string' ? value.toLowerCase() : null;
}

/** Newest first; within a second, the higher internal number first. Ecwid's examples run so, no text says it. */
export function byNewest(one: OrderRecord, other: OrderRecord): number {
  const difference = (parseDate(other.createDate) ?? 0) - (parseDate(one.createDate) ?? 0);
  return difference || other.orderNumber - one.orderNumber;
}
