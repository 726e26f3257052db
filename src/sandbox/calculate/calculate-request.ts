import { parseBodyDate } from '../date-text.ts';
import { ApiError } from '../http/api-error.ts';
import { readField, readObject } from '../http/body-fields.ts';
import {
  asBoolean,
  asNumber,
  asObject,
  asObjects,
  asText,
  fieldOf,
  type Json,
  type JsonObject,
  oneOf,
} from '../json.ts';
import type { Surcharge } from './calculate.ts';
import type { Coupon, Line, Promotion } from './discounts.ts';

/** What `POST /order/calculate` was sent: each part as it came, known to be of its kind. */
export interface CalculateRequest {
  readonly body: JsonObject;
  readonly items: readonly JsonObject[];
  readonly discountCoupon: JsonObject | undefined;
  readonly discountInfo: readonly JsonObject[] | undefined;
  readonly customSurcharges: readonly JsonObject[] | undefined;
  readonly shippingOption: JsonObject | undefined;
  readonly handlingFee: JsonObject | undefined;
  readonly billingPerson: JsonObject | undefined;
  readonly shippingPerson: JsonObject | undefined;
  readonly customerId: number | undefined;
  readonly customerTaxExempt: boolean | undefined;
  readonly reversedTaxApplied: boolean | undefined;
  readonly giftCardRedemption: number | undefined;
}

const texts = ['email', 'ipAddress', 'customerTaxId', 'giftCardCode', 'giftCardUuid'];

/** @throws ApiError 400 for what is malformed, 422 for items that cannot be calculated */
export function readCalculateRequest(sent: unknown): CalculateRequest {
  const body = readObject(sent);
  for (const name of texts) readField(body, name, asText);
  for (const name of ['giftCardId', 'totalBeforeGiftCardRedemption']) readField(body, name, asNumber);
  for (const name of ['giftCardDoubleSpending', 'taxAlreadyDeductedFromShipping']) {
    readField(body, name, asBoolean);
  }
  readField(body, 'paymentOptionsDetails', asObject);
  const request = {
    body,
    items: readItems(body),
    discountCoupon: readField(body, 'discountCoupon', asObject),
    discountInfo: readField(body, 'discountInfo', asObjects),
    customSurcharges: readField(body, 'customSurcharges', asObjects),
    shippingOption: readField(body, 'shippingOption', asObject),
    handlingFee: readField(body, 'handlingFee', asObject),
    billingPerson: readField(body, 'billingPerson', asObject),
    shippingPerson: readField(body, 'shippingPerson', asObject),
    customerId: readField(body, 'customerId', asNumber),
    customerTaxExempt: readField(body, 'customerTaxExempt', asBoolean),
    reversedTaxApplied: readField(body, 'reversedTaxApplied', asBoolean),
    giftCardRedemption: readField(body, 'giftCardRedemption', asNumber),
  };
  if (request.shippingOption) readField(request.shippingOption, 'shippingRate', asNumber);
  if (request.handlingFee) readField(request.handlingFee, 'value', asNumber);
  return request;
}

function readItems(body: JsonObject): readonly JsonObject[] {
  const items = asObjects(fieldOf(body, 'items')) ?? [];
  if (items.length === 0) throw wrongItems('there are no order items');
  for (const item of items) {
    for (const name of ['price', 'quantity']) {
      if (fieldOf(item, name) === null) throw wrongItems(`field OrderItem.${name} is absent`);
    }
    const isWrong = (['price', 'quantity', 'weight'] as const).some((name) => {
      const value = fieldOf(item, name);
      return value !== null && (asNumber(value) ?? -1) < 0;
    });
    if (isWrong || fieldOf(item, 'quantity') === 0) throw wrongItems('price, quantity or weight is wrong');
  }
  return items;
}

// The code is Ecwid's own for this status, odd as it is.
function wrongItems(reason: string): ApiError {
  return new ApiError(422, 'WRONG_URL', `No order items or incorrect items details sent: ${reason}`);
}

export function lineOf(item: JsonObject): Line {
  return {
    id: asNumber(fieldOf(item, 'id')) ?? 0,
    productId: asNumber(fieldOf(item, 'productId')) ?? null,
    categoryId: asNumber(fieldOf(item, 'categoryId')) ?? null,
    price: asNumber(fieldOf(item, 'price')) ?? 0,
    quantity: asNumber(fieldOf(item, 'quantity')) ?? 0,
    weight: asNumber(fieldOf(item, 'weight')) ?? 0,
    isShippingRequired: fieldOf(item, 'isShippingRequired') !== false,
    isTaxable: fieldOf(item, 'taxable') !== false,
  };
}

const couponTypes = ['ABS', 'PERCENT', 'SHIPPING', 'ABS_AND_SHIPPING', 'PERCENT_AND_SHIPPING'];

/** @throws ApiError 400 */
export function couponOf(coupon: JsonObject): Coupon {
  const catalogLimit = readField(coupon, 'catalogLimit', asObject) ?? {};
  const shippingLimit = readField(coupon, 'shippingLimit', asObject) ?? {};
  return {
    discountType: readField(coupon, 'discountType', oneOf(couponTypes)) ?? 'ABS',
    discount: readField(coupon, 'discount', asNumber) ?? 0,
    totalLimit: readField(coupon, 'totalLimit', asNumber) ?? 0,
    launched: readField(coupon, 'launchDate', asDate) ?? null,
    expires: readField(coupon, 'expirationDate', asDate) ?? null,
    products: readField(catalogLimit, 'products', asList(asNumber)) ?? null,
    categories: readField(catalogLimit, 'categories', asList(asNumber)) ?? null,
    shippingMethods: readField(shippingLimit, 'shippingMethods', asList(asText)) ?? null,
  };
}

const promotionBases = [
  'ON_TOTAL',
  'ON_MEMBERSHIP',
  'ON_TOTAL_AND_MEMBERSHIP',
  'CUSTOM',
  'SUBTOTAL',
  'ITEM',
  'SHIPPING',
];

/** @throws ApiError 400 */
export function promotionOf(sent: JsonObject): Promotion {
  const value = readField(sent, 'value', asNumber) ?? 0;
  const type = readField(sent, 'type', asDiscountType) ?? 'ABS';
  const base = readField(sent, 'base', oneOf(promotionBases)) ?? 'CUSTOM';
  const orderTotal = readField(sent, 'orderTotal', asNumber) ?? 0;
  const info = { ...sent, value, type, base, orderTotal, ...limitsOf(sent) };
  const numbersIn = (name: string) => readField(sent, name, asList(asNumber)) ?? [];
  const shippingMethodId = readField(sent, 'appliesToShippingMethodId', asText) ?? null;
  const appliesTo = [...numbersIn('appliesToProducts'), ...numbersIn('appliesToItems')];
  return { info, type, base, value, orderTotal, appliesTo, shippingMethodId };
}

// The real answer lists these three even where nothing was sent for them.
function limitsOf(sent: JsonObject): JsonObject {
  const names = ['appliesToItems', 'appliesToOrderItems', 'triggeredByOrderItems'];
  return Object.fromEntries(names.map((name) => [name, fieldOf(sent, name) ?? []]));
}

// Examples have ABSOLUTE for promotions too, and mean ABS.
function asDiscountType(value: Json): Promotion['type'] | undefined {
  if (value === 'ABSOLUTE') return 'ABS';
  return value === 'ABS' || value === 'PERCENT' || value === 'FIXED_PRICE' ? value : undefined;
}

/** @throws ApiError 400 */
export function surchargeOf(surcharge: JsonObject): Surcharge {
  const type = readField(surcharge, 'type', (value) =>
    value === 'PERCENT' || value === 'ABSOLUTE' ? value : undefined,
  );
  return { type: type ?? 'ABSOLUTE', value: readField(surcharge, 'value', asNumber) ?? 0 };
}

function asDate(value: Json): number | undefined {
  return typeof value === 'string' ? (parseBodyDate(value) ?? undefined) : undefined;
}

function asList<Element>(
  parse: (value: Json) => Element | undefined,
): (value: Json) => readonly Element[] | undefined {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const elements = value.map((element: Json) => parse(element));
    return elements.every((element) => element !== undefined) ? elements : undefined;
  };
}
