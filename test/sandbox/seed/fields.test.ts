import { describe, expect, test } from 'vitest';
import { createSeed } from '../../../src/sandbox/seed/seed.ts';

// The fields that the documents and the official client know, object by object. A gateway that is asked for all
// of them is to find each somewhere in the seed.

const shared = `
  subtotal subtotalWithoutTax total totalWithoutTax usdTotal refundedAmount tax discount couponDiscount
  volumeDiscount membershipBasedDiscount totalAndMembershipBasedDiscount discountInfo discountCoupon
  giftCardRedemption totalBeforeGiftCardRedemption giftCardDoubleSpending giftCardCode giftCardUuid giftCardId
  customSurcharges handlingFee shippingOption taxesOnShipping predictedPackage predictedPackages pricesIncludeTax
  paymentStatus fulfillmentStatus paymentMethod paymentModule paymentParams paymentMessage creditCardStatus
  externalTransactionId email ipAddress customerId customerGroup customerGroupId customerTaxExempt
  customerTaxIdValid reversedTaxApplied customerTaxId b2b_b2c customerRequestedInvoice customerFiscalCode
  electronicInvoicePecEmail electronicInvoiceSdiCode acceptMarketing orderComments privateAdminNotes items
  billingPerson shippingPerson hidden createDate updateDate createTimestamp updateTimestamp pickupTime refererUrl
  globalReferer affiliateId refererId trackingNumber trackingUrl additionalInfo extraFields orderExtraFields
  externalFulfillment externalOrderId disableAllCustomerNotifications refunds shipments
  shippingLabelAvailableForShipment invoices utmData utmDataSets lang customerUserAgent`;

const cartsAlone = 'cartId recoveredOrderId recoveredPublicUid recoveryEmailSentTimestamp';

const ordersAlone = `
  id orderNumber customDiscount availableShippingOptions availableTaxes paymentSubtype paymentReference
  externalTransactionUrl referenceTransactionId ebayId latestShipDate latestDeliveryDate externalOrderData ticket
  loyalty storeCredit withdrawalRequested`;

const nested: Readonly<Record<string, string>> = {
  items: `id productId categoryId combinationId name sku shortDescription nameTranslated shortDescriptionTranslated
    quantity quantityInStock price priceWithoutTax productPrice costPrice weight fixedShippingRate shipping
    handlingFee tax couponApplied couponAmount discounts discountsAllowed taxable isShippingRequired trackQuantity
    fixedShippingRateOnly digital productAvailable giftCard isPreorder isCustomerSetPrice selectedPrice imageUrl
    smallThumbnailUrl hdThumbnailUrl selectedOptions taxes taxesOnShipping files dimensions attributes
    recurringChargeSettings subscriptionId taxClassCode taxAlreadyDeductedFromPrice recurringTaxIds
    compositeComponents externalReferenceId`,
  'items.selectedOptions': `name type value valuesArray selections files nameTranslated valueTranslated
    valuesArrayTranslated hexCodes changedTime`,
  'items.selectedOptions.selections': 'selectionTitle selectionModifier selectionModifierType',
  'items.selectedOptions.files': 'id name size url',
  'items.taxes': `name value total taxOnDiscountedSubtotal taxOnShipping taxOnHandlingFee includeInPrice
    sourceTaxRateId sourceTaxRateType taxType taxClassCode taxClassName`,
  'items.discounts': 'discountInfo total',
  'items.attributes': 'id name value nameTranslated valueTranslated',
  'items.files':
    'productFileId maxDownloads remainingDownloads expire name description size adminUrl customerUrl',
  'items.dimensions': 'length width height',
  'items.compositeComponents': 'productId combinationId quantity',
  'items.recurringChargeSettings':
    'recurringInterval recurringIntervalCount subscriptionPriceWithSignUpFee signUpFee',
  taxesOnShipping: 'name value total includeInPrice taxType',
  discountInfo: `id value type base orderTotal description membershipId appliesToProducts appliesToItems
    appliesToOrderItems triggeredByOrderItems appliesToShippingMethodId`,
  discountCoupon: `id name code discountType status discount launchDate expirationDate totalLimit usesLimit
    applicationLimit repeatCustomerOnly creationDate updateDate orderCount catalogLimit shippingLimit`,
  billingPerson: `name firstName lastName companyName street city countryCode countryName postalCode
    stateOrProvinceCode stateOrProvinceName phone`,
  shippingOption: `shippingMethodId shippingCarrierName shippingMethodName shippingRate shippingRateWithoutTax
    discountedShippingRate estimatedTransitTime isPickup pickupInstruction fulfillmentType isShippingLimit
    timeSlotLengthInMinutes scheduled scheduledTimePrecisionType pickupPrecisionType locationId localizedLabel
    discount`,
  'shippingOption.discount': `id value type base orderTotal description appliesToItems appliesToOrderItems
    triggeredByOrderItems appliesToShippingMethodId`,
  handlingFee: 'name value valueWithoutTax description taxes',
  'handlingFee.taxes': 'name value total includeInPrice',
  customSurcharges: 'id value type total totalWithoutTax description descriptionTranslated taxable taxes',
  predictedPackage: 'length width height weight declaredValue',
  refunds: 'date source reason amount',
  shipments: 'id created shipTo shipFrom parcel shippingService tracking shippingLabel label',
  'shipments.shipFrom': 'name companyName email',
  'shipments.parcel': 'weight weightUnit width height length dimensionUnit template',
  'shipments.shippingService': 'carrier carrierName carrierServiceName carrierServiceCode',
  'shipments.tracking': 'tracking_number tracking_url estimatedDays trackingNumber trackingUrl',
  'shipments.shippingLabel': 'label_url',
  'shipments.label': 'labelUrl labelFileType commercialInvoiceUrl billingTransactionId',
  utmData: 'source campaign medium mcEid mcCid',
  utmDataSets: 'timestamp source campaign medium',
  orderExtraFields: 'id value customerInputType title orderDetailsDisplaySection orderBy',
  creditCardStatus: 'avsMessage cvvMessage',
  invoices: 'internalId id created link type',
};

const nestedInOrders: Readonly<Record<string, string>> = {
  availableTaxes:
    'id name enabled includeInPrice useShippingAddress taxShipping appliedByDefault defaultTax rules',
  'availableTaxes.rules': 'zoneId tax',
  externalOrderData: 'externalOrderId externalFulfillment refererId refererChannel platformSpecificFields',
  loyalty: 'earned balance redemption customerEnabled',
  'loyalty.redemption': 'id amount cancelled',
  storeCredit: 'balance refund redemption',
};

// biome-ignore lint/suspicious/noExplicitAny: a record is read here as whoever gets it as JSON reads it.
type Parsed = any;

const records: Parsed[] = JSON.parse(JSON.stringify(createSeed('4870020').orders));
const carts = records.filter(({ cartId }) => cartId !== null);
const orders = records.filter(({ paymentStatus }) => paymentStatus !== 'INCOMPLETE');

function namesOf(text: string): string[] {
  return text.trim().split(/\s+/);
}

function valuesAt(parents: Parsed[], path: string): Parsed[] {
  return path.split('.').reduce((found, name) => found.flatMap((value) => value?.[name] ?? []), parents);
}

/** The fields that none of the values has, or that are null in all of them. */
function missing(values: Parsed[], names: string): string[] {
  return namesOf(names).filter((name) => values.every((value) => (value?.[name] ?? null) === null));
}

describe('every documented field is somewhere in the seed', () => {
  test('of a cart', () => {
    expect(missing(carts, `${shared} ${cartsAlone}`)).toEqual([]);
  });

  test('of an order', () => {
    expect(missing(orders, `${shared.replace('paymentMessage', '')} ${ordersAlone}`)).toEqual([]);
  });

  test.each(Object.entries(nested))('of %s, in carts and in orders', (path, names) => {
    expect(missing(valuesAt(carts, path), names)).toEqual([]);
    expect(missing(valuesAt(orders, path), names)).toEqual([]);
  });

  test.each(Object.entries(nestedInOrders))('of %s, in orders', (path, names) => {
    expect(missing(valuesAt(orders, path), names)).toEqual([]);
  });

  test('in one cart and one order', () => {
    const cart = carts.find(({ recoveredPublicUid }) => recoveredPublicUid === 'RCVR3');
    const order = orders.find(({ id }) => id === 'RCVR3');
    expect(missing([cart], `${shared} ${cartsAlone}`)).toEqual([]);
    expect(missing([order], `${shared.replace('paymentMessage', '')} ${ordersAlone}`)).toEqual([]);
    for (const [path, names] of Object.entries(nested)) {
      for (const record of [cart, order]) expect(missing(valuesAt([record], path), names), path).toEqual([]);
    }
  });
});

describe('the orders of the seed', () => {
  test('are enough for pages and of every status', () => {
    expect(orders.length).toBeGreaterThan(60);
    const values = (name: string) => [...new Set(orders.map((order) => order[name]))].sort();
    expect(values('paymentStatus')).toEqual([
      'AWAITING_PAYMENT',
      'CANCELLED',
      'CUSTOM_PAYMENT_STATUS_1',
      'CUSTOM_PAYMENT_STATUS_2',
      'CUSTOM_PAYMENT_STATUS_3',
      'PAID',
      'PARTIALLY_REFUNDED',
      'REFUNDED',
    ]);
    expect(values('fulfillmentStatus')).toHaveLength(11);
    expect(values('paymentMethod').length).toBeGreaterThan(3);
    expect(new Set(orders.map(({ createDate }) => createDate.slice(0, 7))).size).toBeGreaterThan(11);
  });
});
