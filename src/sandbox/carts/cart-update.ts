import { readDeepObject, readFields } from '../http/body-fields.ts';
import { asBoolean, asObjects, asText, type Json, type JsonObject, oneOf } from '../json.ts';

/** What `PUT /carts/{cartId}` may write, and what it takes for each; everything else in a cart is read-only. */
const cartFields = {
  hidden: asBoolean,
  taxesOnShipping: asTaxesOnShipping,
  b2b_b2c: oneOf(['b2b', 'b2c']),
  customerRequestedInvoice: asBoolean,
  customerFiscalCode: asText,
  electronicInvoicePecEmail: asText,
  electronicInvoiceSdiCode: asText,
};

// No more than is documented: what else a body carries may be of any depth.
function asTaxesOnShipping(value: Json): readonly JsonObject[] | undefined {
  const taxes = asObjects(value);
  return taxes?.every(isTaxOnShipping)
    ? taxes.map(({ name = null, value = null, total = null }) => ({ name, value, total }))
    : undefined;
}

function isTaxOnShipping({ name, value, total }: JsonObject): boolean {
  return typeof name === 'string' && typeof value === 'number' && typeof total === 'number';
}

/**
 * The writable part of a body; null leaves a field as it is.
 * @throws ApiError 400
 */
export function readCartUpdate(sent: unknown): JsonObject {
  return readFields(readDeepObject(sent), cartFields);
}
