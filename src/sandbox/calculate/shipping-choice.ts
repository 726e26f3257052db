import { asText, fieldOf, type JsonObject } from '../json.ts';
import type { Line } from './discounts.ts';

export interface ShippingChoice {
  readonly available: readonly JsonObject[];
  readonly chosen: JsonObject | undefined;
}

/**
 * What an order can be shipped by, and what it is shipped by: what the request names, at the rate that it
 * gives, or else the first that the store has. Where nothing needs shipping nothing is offered.
 */
export function chooseShipping(
  sent: JsonObject | undefined,
  options: readonly JsonObject[],
  lines: readonly Line[],
): ShippingChoice {
  const available = lines.some(({ isShippingRequired }) => isShippingRequired) ? options : [];
  if (!sent) return { available, chosen: available[0] };
  const known = options.find((option) => isSame(option, sent));
  const isPickup = fieldOf(sent, 'isPickup') ?? asText(fieldOf(sent, 'fulfillmentType')) === 'PICKUP';
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
  return { available, chosen: { isPickup, shippingRate: 0, ...known, ...given } };
}

function isSame(option: JsonObject, sent: JsonObject): boolean {
  const name = fieldOf(sent, 'shippingMethodId') === null ? 'shippingMethodName' : 'shippingMethodId';
  const value = fieldOf(sent, name);
  return value !== null && fieldOf(option, name) === value;
}
