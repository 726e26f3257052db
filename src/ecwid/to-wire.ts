/** JSON for Ecwid. */
export interface WireObject {
  readonly [name: string]: unknown;
}

// Ids that Ecwid writes as numbers. The others, such as shippingMethodId and refererId, are texts.
const numericIds = new Set([
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

// Maps whose keys are not field names: they go as they come.
const freeMaps = new Set([
  'nameTranslated',
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
    else if (name === 'selectedPrice') wire[name] = { value: inside };
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
  if (typeof value === 'object' && value !== null) return toWire(value, name);
  return numericIds.has(name) ? toNumber(value) : value;
}

// Digit by digit, since a number of 64 bits is more than a JavaScript number holds. TypeScript does not know of
// JSON.rawJSON yet.
function toNumber(id: unknown): unknown {
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
  return /^-?\d{1,19}$/.test(String(id)) ? rawJSON(BigInt(String(id)).toString()) : id;
}

function formatDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} +0000`;
}
