import { parseDate } from '../date-text.ts';
import { readBoolean, readChoices, readDate, readNumber, readText, readTexts } from '../http/parameters.ts';
import { isJsonObject, type Json, objectsIn } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';
import { couponOf, customerDetails, lowerCase, readRange } from './record-search.ts';
import { fulfillmentStatuses, paymentStatuses } from './statuses.ts';

type Matches = (order: OrderRecord) => boolean;

/**
 * Whether a record meets every filter of `GET /orders`, those of the older documentation included. Incomplete
 * orders are left out unless paymentStatus asks for them, whatever else is asked.
 */
export function readOrderFilter(query: URLSearchParams): Matches {
  const filters = [
    readStatuses(query),
    readIds(query, 'ids'),
    readIds(query, 'vendorOrderNumber'),
    readRanges(query),
    readCustomer(query),
    readKeywords(query),
    readShopping(query),
    readProducts(query),
  ];
  // The older documents have it win over every other filter.
  const orderNumbers = readTexts(query, 'orderNumber');
  if (orderNumbers) return ({ orderNumber }) => orderNumbers.includes(String(orderNumber));
  return (order) => filters.every((matches) => matches(order));
}

function readStatuses(query: URLSearchParams): Matches {
  const payment = readChoices(query, 'paymentStatus', paymentStatuses);
  const fulfillment = readChoices(query, 'fulfillmentStatus', fulfillmentStatuses);
  return ({ paymentStatus, fulfillmentStatus }) =>
    (payment ? payment.includes(paymentStatus) : paymentStatus !== 'INCOMPLETE') &&
    (!fulfillment || fulfillment.includes(fulfillmentStatus));
}

/** Public ids and internal numbers, mixed as they come. */
function readIds(query: URLSearchParams, name: string): Matches {
  const texts = readTexts(query, name);
  if (!texts) return () => true;
  const ids = new Set(texts);
  return ({ id, orderNumber }) => ids.has(id) || ids.has(String(orderNumber));
}

function readRanges(query: URLSearchParams): Matches {
  const totalIsWithin = readRange(query, 'total', readNumber);
  const createdIsWithin = readRange(query, 'created', readDate);
  const updatedIsWithin = readRange(query, 'updated', readDate);
  const pickupIsWithin = readRange(query, 'pickupTime', readDate);
  const asksForPickup = query.has('pickupTimeFrom') || query.has('pickupTimeTo');
  return ({ total, createDate, updateDate, pickupTime }) =>
    totalIsWithin(total) &&
    createdIsWithin(parseDate(createDate)) &&
    updatedIsWithin(parseDate(updateDate)) &&
    (!asksForPickup || pickupIsWithin(typeof pickupTime === 'string' ? parseDate(pickupTime) : null));
}

function readCustomer(query: URLSearchParams): Matches {
  const email = readText(query, 'email')?.toLowerCase();
  const customerId = readText(query, 'customerId');
  if (customerId !== undefined) readNumber(query, 'customerId');
  const customer = readText(query, 'customer')?.toLowerCase();
  const eitherWillDo = isFlag(query) && readBoolean(query, 'customerIdOrEmail') === true;
  // Typed as a flag by the official client; older callers put the id or the address itself in it.
  const idOrEmail = isFlag(query) ? undefined : readText(query, 'customerIdOrEmail')?.toLowerCase();

  return (order) => {
    const address = lowerCase(order.email);
    const id = String(order.customerId ?? '');
    const isByEmail = email === undefined || address === email;
    const isById = customerId === undefined || id === customerId;
    const isByBoth =
      eitherWillDo && email !== undefined && customerId !== undefined
        ? isByEmail || isById
        : isByEmail && isById;
    return (
      isByBoth &&
      (idOrEmail === undefined || address === idOrEmail || id === idOrEmail) &&
      (customer === undefined || customerDetails(order).some((detail) => detail.includes(customer)))
    );
  };
}

function isFlag(query: URLSearchParams): boolean {
  return /^(true|false|yes|no|on|off|1|0)$/i.test(query.get('customerIdOrEmail') ?? 'true');
}

function readKeywords(query: URLSearchParams): Matches {
  const keywords = readText(query, 'keywords')?.toLowerCase();
  if (keywords === undefined) return () => true;
  return (order) => searchedTexts(order).some((text) => lowerCase(text)?.includes(keywords));
}

// What the documentation lists, and the comments that the official client's tests find.
function searchedTexts(order: OrderRecord): readonly Json[] {
  const { id, orderNumber, externalTransactionId, trackingNumber, privateAdminNotes, orderComments } = order;
  const ofItems = objectsIn(order.items).flatMap(({ sku = null, name = null, selectedOptions = null }) => [
    sku,
    name,
    ...objectsIn(selectedOptions).flatMap((option) => [option.name ?? null, option.value ?? null]),
  ]);
  return [
    id,
    String(orderNumber),
    externalTransactionId ?? null,
    trackingNumber ?? null,
    privateAdminNotes ?? null,
    orderComments ?? null,
    ...customerDetails(order),
    ...ofItems,
  ];
}

/** Filters that compare one text of an order, without regard to case. */
const textFilters: Readonly<Record<string, (order: OrderRecord) => Json | undefined>> = {
  paymentMethod: ({ paymentMethod }) => paymentMethod,
  paymentModule: ({ paymentModule }) => paymentModule,
  paymentReference: ({ paymentReference }) => paymentReference,
  shippingMethod: ({ shippingOption }) =>
    isJsonObject(shippingOption) ? shippingOption.shippingMethodName : null,
  couponCode: couponOf,
  refererId: ({ refererId }) => refererId,
};

function readShopping(query: URLSearchParams): Matches {
  const wanted = Object.entries(textFilters).flatMap(([name, read]) => {
    const text = readText(query, name)?.toLowerCase();
    return text === undefined ? [] : [{ text, read }];
  });
  const acceptMarketing = readBoolean(query, 'acceptMarketing');
  return (order) =>
    wanted.every(({ text, read }) => lowerCase(read(order)) === text) &&
    // Null means that the customer may be mailed.
    (acceptMarketing === undefined || (order.acceptMarketing ?? true) === acceptMarketing);
}

function readProducts(query: URLSearchParams): Matches {
  const productIds = readTexts(query, 'productId');
  const subscriptionIds = readTexts(query, 'subscriptionId');
  const containsPreorderItems = readBoolean(query, 'containsPreorderItems');
  return ({ items }) => {
    const has = (name: string, ids: readonly string[] | undefined) =>
      !ids || objectsIn(items).some((item) => ids.includes(String(item[name])));
    return (
      has('productId', productIds) &&
      has('subscriptionId', subscriptionIds) &&
      (containsPreorderItems === undefined ||
        objectsIn(items).some(({ isPreorder }) => isPreorder === true) === containsPreorderItems)
    );
  };
}
