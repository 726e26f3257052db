import { ApiError, wrongParameter } from '../http/api-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';

const isText = (value: Json) => typeof value === 'string';

/** What `PUT /carts/{cartId}` may write, and what it takes for each; everything else in a cart is read-only. */
const writable: Readonly<Record<string, (value: Json) => boolean>> = {
  hidden: (value) => typeof value === 'boolean',
  taxesOnShipping: (value) => Array.isArray(value) && value.every(isTaxOnShipping),
  b2b_b2c: (value) => value === 'b2b' || value === 'b2c',
  customerRequestedInvoice: (value) => typeof value === 'boolean',
  customerFiscalCode: isText,
  electronicInvoicePecEmail: isText,
  electronicInvoiceSdiCode: isText,
};

function isTaxOnShipping(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { name, value: percent, total } = value;
  return typeof name === 'string' && typeof percent === 'number' && typeof total === 'number';
}

/**
 * The writable part of a body; null leaves a field as it is, as the official client writes nulls for what it
 * was not given.
 * @throws ApiError 400
 */
export function readCartUpdate(body: unknown): JsonObject {
  if (!isJsonObject(body))
    throw new ApiError(400, 'WRONG_PARAMETER', 'The request body is not a JSON object');
  const update: Record<string, Json> = {};
  for (const [name, isAcceptable] of Object.entries(writable)) {
    const value = Object.hasOwn(body, name) ? (body[name] ?? null) : null;
    if (value === null) continue;
    if (!isAcceptable(value)) throw wrongParameter(name, value);
    update[name] = Array.isArray(value) ? value.filter(isJsonObject).map(toTaxOnShipping) : value;
  }
  return update;
}

// No more than is documented: what else a body carries may be of any depth.
function toTaxOnShipping({ name = null, value = null, total = null }: JsonObject): JsonObject {
  return { name, value, total };
}
