import { formatDate, parseBodyDate } from '../date-text.ts';
import { ApiError } from '../http/api-error.ts';
import { readField, readFields, readObject } from '../http/body-fields.ts';
import {
  asBoolean,
  asNumber,
  asObject,
  asObjects,
  asText,
  fieldOf,
  isJsonObject,
  type Json,
  type JsonObject,
  oneOf,
} from '../json.ts';
import { fulfillmentStatuses, paymentStatuses } from './statuses.ts';

type Parse = (value: Json) => Json | undefined;

function each(parse: Parse, names: readonly string[]): Record<string, Parse> {
  return Object.fromEntries(names.map((name) => [name, parse]));
}

const asDate: Parse = (value) => {
  const seconds = typeof value === 'string' ? parseBodyDate(value) : null;
  return seconds === null ? undefined : formatDate(new Date(seconds * 1000));
};

const asNumbers: Parse = (value) =>
  Array.isArray(value) && value.every((element) => asNumber(element) !== undefined) ? value : undefined;

// A map of texts; what is no text is made one, as the documents type these maps now so, now as objects.
const asMap: Parse = (value) =>
  isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, text]) => [
          name,
          typeof text === 'string' ? text : JSON.stringify(text),
        ]),
      )
    : undefined;

const asObjectOrList: Parse = (value) => (typeof value === 'object' ? value : undefined);

/** What `POST /orders` and `PUT /orders/{orderId}` write, and what they take for each. All else is read-only. */
const orderFields: Readonly<Record<string, Parse>> = {
  paymentStatus: oneOf(paymentStatuses),
  fulfillmentStatus: oneOf(fulfillmentStatuses),
  b2b_b2c: oneOf(['b2b', 'b2c']),
  customDiscount: asNumbers,
  utmData: asObjectOrList,
  ...each(asDate, ['createDate', 'latestShipDate', 'latestDeliveryDate', 'pickupTime']),
  ...each(asMap, ['additionalInfo', 'extraFields', 'paymentParams']),
  ...each(asNumber, [
    'subtotal',
    'total',
    'tax',
    'discount',
    'couponDiscount',
    'volumeDiscount',
    'membershipBasedDiscount',
    'totalAndMembershipBasedDiscount',
    'giftCardRedemption',
    'totalBeforeGiftCardRedemption',
    'giftCardId',
    'customerId',
  ]),
  ...each(asText, [
    'affiliateId',
    'customerFiscalCode',
    'customerGroup',
    'customerTaxId',
    'ebayId',
    'electronicInvoicePecEmail',
    'electronicInvoiceSdiCode',
    'email',
    'externalOrderId',
    'externalTransactionId',
    'externalTransactionUrl',
    'giftCardCode',
    'giftCardUuid',
    'globalReferer',
    'ipAddress',
    'lang',
    'orderComments',
    'paymentMessage',
    'paymentMethod',
    'paymentModule',
    'paymentReference',
    'privateAdminNotes',
    'referenceTransactionId',
    'refererId',
    'refererUrl',
    'trackingNumber',
    'trackingUrl',
  ]),
  ...each(asBoolean, [
    'acceptMarketing',
    'customerRequestedInvoice',
    'customerTaxExempt',
    'customerTaxIdValid',
    'disableAllCustomerNotifications',
    'externalFulfillment',
    'giftCardDoubleSpending',
    'hidden',
    'pricesIncludeTax',
    'reversedTaxApplied',
  ]),
  ...each(asObject, [
    'billingPerson',
    'creditCardStatus',
    'discountCoupon',
    'externalOrderData',
    'handlingFee',
    'loyalty',
    'shippingOption',
    'shippingPerson',
    'storeCredit',
  ]),
  ...each(asObjects, [
    'customSurcharges',
    'discountInfo',
    'items',
    'orderExtraFields',
    'taxesOnShipping',
    'utmDataSets',
  ]),
};

/** Of an item everything is stored but these, which are the server's own. */
const readOnlyInItems: ReadonlySet<string> = new Set([
  'priceWithoutTax',
  'costPrice',
  'files',
  'imageUrl',
  'smallThumbnailUrl',
  'hdThumbnailUrl',
  'productAvailable',
  'recurringChargeSettings',
  'subscriptionId',
  'compositeComponents',
]);

const numbersOfItems = ['id', 'productId', 'price', 'quantity', 'combinationId', 'weight', 'tax', 'shipping'];

/**
 * The writable part of a body; null leaves a field as it is, and what is not writable is ignored.
 * @throws ApiError 400
 */
export function readOrderFields(sent: unknown): JsonObject {
  const fields = readFields(readObject(sent), orderFields);
  const items = asObjects(fields.items ?? null);
  return { ...fields, ...(items && { items: items.map(readItem) }) };
}

function readItem(item: JsonObject): JsonObject {
  for (const name of numbersOfItems) readField(item, name, asNumber);
  for (const name of ['name', 'sku']) readField(item, name, asText);
  for (const name of ['selectedOptions', 'taxes', 'discounts']) readField(item, name, asObjects);
  return Object.fromEntries(
    Object.entries(item).filter(([name, value]) => value !== null && !readOnlyInItems.has(name)),
  );
}

const documentedAsRequired = ['subtotal', 'total', 'email', 'fulfillmentStatus', 'paymentStatus'];

/** @throws ApiError 400 where one of the fields that the documents require is missing; the wording is theirs. */
export function requireDocumentedFields(fields: JsonObject): void {
  const absent = documentedAsRequired.find((name) => fieldOf(fields, name) === null);
  if (absent) throw new ApiError(400, 'WRONG_PARAMETER', `Field Order.${absent} is absent`);
  for (const item of asObjects(fieldOf(fields, 'items')) ?? []) {
    const missing = ['name', 'quantity'].find((name) => fieldOf(item, name) === null);
    if (missing) throw new ApiError(400, 'WRONG_PARAMETER', `Field OrderItem.${missing} is absent`);
  }
}
