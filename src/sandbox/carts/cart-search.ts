import { parseDate } from '../date-text.ts';
import { readBoolean, readDate, readNumber, readText } from '../http/parameters.ts';
import { couponOf, customerDetails, lowerCase, readRange } from '../orders/record-search.ts';
import type { OrderRecord } from '../store/records.ts';

/**
 * Whether a record meets every filter of `GET /carts`, those of the older documentation included. Texts
 * compare without regard to case, which is not documented.
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
