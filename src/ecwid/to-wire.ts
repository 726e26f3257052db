/** JSON for Ecwid. */
export interface WireObject {
  readonly [name: string]: unknown;
}

/** Whether a text is the digits of an id; a category may be -1. */
export function isNumericId(id: string): boolean {
  return /^-?\d{1,19}$/.test(id);
}

/** Ids that Ecwid writes as numbers. The others, such as shippingMethodId and refererId, are texts. */
export const numericIds: ReadonlySet<string> = new Set([
  'productId',
  'categoryId',
  'combinationId',
  'customerId',
  'giftCardId',
  'membershipId',
  'sourceTaxRateId',
  'products',
  'categories',
  'appliesToProducts',
  'appliesToItems',
  'recurringTaxIds',
]);

/** Maps whose keys are not field names: they go as they come. */
export const freeMaps: ReadonlySet<string> = new Set([
  'nameTranslated',
  'valueTranslated',
  'valuesArrayTranslated',
  'descriptionTranslated',
  'shortDescriptionTranslated',
  'paymentParams',
  'additionalInfo',
  'extraFields',
  'platformSpecificFields',
]);

/**
 * An order as the gateway's callers write it, as JSON for Ecwid: dates in Ecwid's own form, ids as the numbers
 * that they are there, and the one name that is spelt otherwise. Null and undefined are left out.
 */
export function toWire(value: object, parent?: string): WireObject {
  const wire: Record<string, unknown> = {};
  for (const [name, inside] of Object.entries(value)) {
    if (inside === null || inside === undefined) continue;
    if (name === 'orderType') wire.b2b_b2c = String(inside).toLowerCase();
    else if (name === 'selectedPrice') wire[name] = typeof inside === 'object' ? inside : { value: inside };
    // Upper case in the schema, as all enums; lower case to Ecwid, unlike its other ones.
    else if (name === 'orderDetailsDisplaySection') wire[name] = String(inside).toLowerCase();
    else if (freeMaps.has(name)) wire[name] = inside;
    // Elsewhere `id` is a text, as that of a surcharge.
    else if (name === 'id' && parent === 'items') wire[name] = toNumber(inside);
    else wire[name] = toWireValue(name, inside);
  }
  return wire;
}

function toWireValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => toWireValue(name, element));
  if (value instanceof Date) return formatDate(value);
  if (typeof value === 'object' && value !== null) return isRawNumber(value) ? value : toWire(value, name);
  return numericIds.has(name) ? toNumber(value) : value;
}

// TypeScript does not know of these yet.
const { rawJSON, isRawJSON } = JSON as unknown as {
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
};

/** Whether a value is a number that is written digit by digit. */
export function isRawNumber(value: unknown): boolean {
  return isRawJSON(value);
}

function toNumber(id: unknown): unknown {
  if (typeof id !== 'string' || !isNumericId(id)) return id;
  const number = Number(id);
  // Digit by digit, since one of 64 bits is more than a JavaScript number holds.
  return Number.isSafeInteger(number) ? number : rawJSON(BigInt(id).toString());
}

function formatDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} +0000`;
}
