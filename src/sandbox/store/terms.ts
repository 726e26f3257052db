import { asNumber, asObject, asObjects, fieldOf, type Json, type JsonObject } from '../json.ts';

/** On what terms a store sells: what `POST /order/calculate` adds to what it is sent. All in Ecwid's own shapes. */
export interface StoreTerms {
  /** True for a gross store: its taxes are inside its prices. */
  readonly pricesIncludeTax: boolean;
  /** TaxInfo. A rule of a zone wins over defaultTax. */
  readonly taxes: readonly JsonObject[];
  /** With countryCodes and stateOrProvinceCodes; a zone without states is the whole country. */
  readonly zones: readonly JsonObject[];
  /** ShippingOption, each with its rate; the first is taken where a request names none. */
  readonly shippingOptions: readonly JsonObject[];
  readonly handlingFee: JsonObject | null;
  /** DiscountInfo; those of a request take their place. */
  readonly promotions: readonly JsonObject[];
  /** Surcharge, such as tips; those of a request take their place. */
  readonly surcharges: readonly JsonObject[];
  /** DiscountCoupon: an order keeps a coupon only if its code is among these. */
  readonly coupons: readonly JsonObject[];
}

/** What a profile says of the terms is read from it, so that updating the one changes the other. */
export function termsOf(profile: JsonObject, terms: StoreTerms): StoreTerms {
  const taxSettings = asObject(fieldOf(profile, 'taxSettings')) ?? {};
  const shipping = asObject(fieldOf(profile, 'shipping')) ?? {};
  return {
    ...terms,
    pricesIncludeTax: fieldOf(taxSettings, 'pricesIncludeTax') === true,
    taxes: asObjects(fieldOf(taxSettings, 'taxes')) ?? [],
    zones: asObjects(fieldOf(profile, 'zones')) ?? [],
    handlingFee: asObject(fieldOf(shipping, 'handlingFee')) ?? null,
  };
}

/** How many decimals the store's currency has. */
export function precisionOf(profile: JsonObject): number {
  const formats = asObject(fieldOf(profile, 'formatsAndUnits')) ?? {};
  return asNumber(fieldOf(formats, 'currencyPrecision')) ?? 2;
}

/** The text in the store's languages: Ecwid fills in what was not translated, all but the default one empty. */
export function translate(text: Json, profile: JsonObject): JsonObject {
  const { enabledLanguages, defaultLanguage } = asObject(fieldOf(profile, 'languages')) ?? {};
  const languages = Array.isArray(enabledLanguages) ? enabledLanguages : [];
  return Object.fromEntries(
    languages.map((language: Json) => [String(language), language === defaultLanguage ? (text ?? '') : '']),
  );
}
