import { asNumber, type Json, type JsonObject } from '../json.ts';
import type { StoreTerms } from '../store/terms.ts';
import type { Tax } from './calculate.ts';

/** A tax as it holds for the customer's address. */
export interface AppliedTax extends Tax {
  readonly info: JsonObject;
}

/** Those that are enabled and applied by default, each at the rate of the zone that the address is in. */
export function taxesFor(
  { taxes, zones }: StoreTerms,
  shippedTo: JsonObject,
  billedTo: JsonObject,
): AppliedTax[] {
  return taxes
    .filter(({ enabled, appliedByDefault }) => enabled !== false && appliedByDefault !== false)
    .map((info) => {
      const address = info.useShippingAddress === false ? billedTo : shippedTo;
      const rules = (Array.isArray(info.rules) ? info.rules : []) as readonly JsonObject[];
      const rule = rules.find(({ zoneId }) =>
        zones.some((zone) => zone.id === zoneId && isIn(zone, address)),
      );
      const percent = asNumber(rule?.tax ?? null) ?? asNumber(info.defaultTax ?? null) ?? 0;
      return { info, percent, taxesShipping: info.taxShipping === true };
    });
}

function isIn({ countryCodes, stateOrProvinceCodes }: JsonObject, address: JsonObject): boolean {
  const { countryCode = null, stateOrProvinceCode = null } = address;
  const lists = (codes: Json | undefined, code: Json) => Array.isArray(codes) && codes.includes(code);
  const isWholeCountry = !Array.isArray(stateOrProvinceCodes) || stateOrProvinceCodes.length === 0;
  return (
    lists(countryCodes, countryCode) &&
    (isWholeCountry || lists(stateOrProvinceCodes, `${countryCode}-${stateOrProvinceCode}`))
  );
}
