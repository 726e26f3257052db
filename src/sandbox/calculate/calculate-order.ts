import { type Minor, sum, toAmount } from '../../money.ts';
import { formatDate, rewriteDates } from '../date-text.ts';
import type { Call } from '../endpoint.ts';
import { asNumber, asText, echo, fieldOf, type JsonObject } from '../json.ts';
import { adjustAddress } from '../orders/address.ts';
import { couponDates } from '../orders/order-adjustments.ts';
import type { CustomerRecord } from '../store/records.ts';
import { precisionOf, type StoreTerms, termsOf } from '../store/terms.ts';
import { taxesFor } from './applied-taxes.ts';
import { calculate } from './calculate.ts';
import {
  type CalculateRequest,
  couponOf,
  lineOf,
  promotionOf,
  readCalculateRequest,
  surchargeOf,
} from './calculate-request.ts';
import { toCalculatedItem } from './calculated-item.ts';
import { chooseShipping } from './shipping-choice.ts';

/** `POST /order/calculate`: creates nothing. */
export function calculateOrder({ body, store, now }: Call): JsonObject {
  const request = readCalculateRequest(body);
  const customer = store.findCustomer(request.customerId ?? null);
  return toCalculatedOrder(request, termsOf(store.profile, store.terms), {
    customer,
    profile: store.profile,
    now: now(),
  });
}

interface Circumstances {
  /** Undefined for one that the store does not know, and that is no error. */
  readonly customer: CustomerRecord | undefined;
  readonly profile: JsonObject;
  readonly now: Date;
}

function toCalculatedOrder(
  request: CalculateRequest,
  terms: StoreTerms,
  { customer, profile, now }: Circumstances,
): JsonObject {
  const { body, items, discountCoupon } = request;
  const precision = precisionOf(profile);
  const amount = (minor: Minor): number => toAmount(minor, precision);
  const seconds = Math.floor(now.getTime() / 1000);
  const date = formatDate(now);

  const lines = items.map(lineOf);
  const billingPerson = request.billingPerson && adjustAddress(request.billingPerson);
  const shippingPerson = request.shippingPerson ? adjustAddress(request.shippingPerson) : billingPerson;
  const isTaxExempt = request.customerTaxExempt ?? customer?.isTaxExempt ?? false;
  const isReversed = request.reversedTaxApplied ?? false;
  const taxes =
    isTaxExempt || isReversed
      ? []
      : taxesFor(terms, shippingPerson ?? {}, billingPerson ?? shippingPerson ?? {});
  const shipping = chooseShipping(request.shippingOption, terms.shippingOptions, lines);
  const sentFee = request.handlingFee ?? terms.handlingFee;
  const surcharges = request.customSurcharges ?? terms.surcharges;

  const calculation = calculate({
    precision,
    now: seconds,
    pricesIncludeTax: terms.pricesIncludeTax,
    lines,
    coupon: discountCoupon ? couponOf(discountCoupon) : null,
    promotions: (request.discountInfo ?? promotionsFor(customer, terms)).map(promotionOf),
    shippingRate: asNumber(fieldOf(shipping.chosen ?? {}, 'shippingRate')) ?? 0,
    shippingMethodId: asText(fieldOf(shipping.chosen ?? {}, 'shippingMethodId')) ?? null,
    handlingFee: asNumber(fieldOf(sentFee ?? {}, 'value')) ?? 0,
    taxes,
    surcharges: surcharges.map(surchargeOf),
    giftCardRedemption: request.giftCardRedemption ?? 0,
  });
  const { coupon, promotions, giftCardRedemption, total } = calculation;
  const takenBy = (...bases: readonly string[]): number =>
    amount(sum(promotions.filter(({ base }) => bases.includes(base)).map((taken) => taken.amount)));

  return {
    refundedAmount: 0,
    ...echo(body, ['email', 'ipAddress', 'customerId']),
    subtotal: amount(calculation.subtotal),
    subtotalWithoutTax: amount(calculation.subtotalWithoutTax),
    total: amount(total),
    totalWithoutTax: amount(calculation.totalWithoutTax),
    giftCardRedemption: amount(giftCardRedemption),
    totalBeforeGiftCardRedemption: amount(total + giftCardRedemption),
    giftCardDoubleSpending: false,
    ...echo(body, ['giftCardCode', 'giftCardId', 'giftCardUuid', 'giftCardDoubleSpending']),
    tax: amount(calculation.tax),
    customerTaxExempt: isTaxExempt,
    ...echo(body, ['customerTaxId']),
    customerTaxIdValid: true,
    b2b_b2c: 'b2c',
    reversedTaxApplied: isReversed,
    customerRequestedInvoice: false,
    customerFiscalCode: '',
    electronicInvoicePecEmail: '',
    electronicInvoiceSdiCode: '',
    couponDiscount: amount(coupon.amount),
    paymentStatus: 'INCOMPLETE',
    fulfillmentStatus: 'AWAITING_PROCESSING',
    orderNumber: 0,
    vendorOrderNumber: '0',
    volumeDiscount: takenBy('ON_TOTAL', 'SUBTOTAL'),
    membershipBasedDiscount: takenBy('ON_MEMBERSHIP'),
    totalAndMembershipBasedDiscount: takenBy('ON_TOTAL_AND_MEMBERSHIP'),
    customDiscount: promotions.filter(({ base }) => base === 'CUSTOM').map((taken) => amount(taken.amount)),
    customSurcharges: surcharges.map((surcharge, index) => ({
      id: 'Custom Surcharge',
      value: 0,
      type: 'ABSOLUTE',
      description: '',
      descriptionTranslated: '',
      taxable: false,
      ...surcharge,
      total: amount(calculation.surcharges[index] ?? 0n),
      totalWithoutTax: amount(calculation.surcharges[index] ?? 0n),
      taxes: [],
    })),
    discount: amount(calculation.discount),
    usdTotal: 0,
    createDate: date,
    updateDate: date,
    createTimestamp: seconds,
    updateTimestamp: seconds,
    ...(discountCoupon && { discountCoupon: echoCoupon(discountCoupon, terms, date) }),
    items: items.map((item, index) =>
      toCalculatedItem(item, index, calculation, {
        taxes,
        profile,
        amount,
        quantity: lines[index]?.quantity ?? 1,
      }),
    ),
    refunds: [],
    ...(billingPerson && { billingPerson }),
    ...(shippingPerson && { shippingPerson }),
    ...(shipping.chosen && {
      shippingOption: {
        ...shipping.chosen,
        shippingRate: amount(calculation.shippingRate),
        shippingRateWithoutTax: amount(calculation.shippingRateWithoutTax),
      },
    }),
    availableShippingOptions: shipping.available,
    availableTaxes: terms.taxes,
    ...(sentFee && {
      handlingFee: {
        name: '',
        description: '',
        taxes: [],
        ...sentFee,
        value: amount(calculation.handlingFee),
        valueWithoutTax: amount(calculation.handlingFeeWithoutTax),
      },
    }),
    predictedPackage: [],
    shippingLabelAvailableForShipment: true,
    shipments: [],
    additionalInfo: {},
    paymentParams: {},
    extraFields: {},
    discountInfo: promotions.map(({ info }) => info),
    ticket: 0,
    hidden: false,
    taxesOnShipping: taxes.flatMap(({ info, percent, taxesShipping }, index) =>
      taxesShipping
        ? [{ name: info.name ?? '', value: percent, total: amount(calculation.taxesOnShipping[index] ?? 0n) }]
        : [],
    ),
    disableAllCustomerNotifications: false,
    externalFulfillment: false,
    externalOrderData: {},
    utmDataSets: [],
    pricesIncludeTax: terms.pricesIncludeTax,
  };
}

/** The store's own promotions, those for members only where the customer is one. */
function promotionsFor(
  customer: CustomerRecord | undefined,
  { promotions }: StoreTerms,
): readonly JsonObject[] {
  return promotions.filter(({ base, membershipId }) => {
    if (base !== 'ON_MEMBERSHIP' && base !== 'ON_TOTAL_AND_MEMBERSHIP') return true;
    const groupId = customer?.customerGroupId ?? null;
    return groupId !== null && (membershipId ?? groupId) === groupId;
  });
}

// Whether it applied or not: how often it was used is for the store to say.
function echoCoupon(coupon: JsonObject, { coupons }: StoreTerms, date: string): JsonObject {
  const known = coupons.find(({ code }) => code !== undefined && code === coupon.code);
  return { creationDate: date, ...rewriteDates(coupon, couponDates), orderCount: known?.orderCount ?? 0 };
}
