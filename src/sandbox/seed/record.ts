import { type Minor, sum, toAmount } from '../../money.ts';
import { formatDate } from '../date-text.ts';
import type { JsonObject } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';
import { calculateAmounts } from './amounts.ts';
import type { Product, ProductOption } from './catalogue.ts';
import { gold, type Shopper } from './people.ts';
import { type Coupon, type Promotion, promotions, type ShippingMethod, storeTax } from './terms.ts';

export interface Line {
  readonly product: Product;
  readonly quantity: number;
  /** Which choice of the product's options; for CHOICES it is how many. Default 0. */
  readonly choice?: number;
}

/** What a shopper put together so far; whatever is left out is not in the record either. */
export interface Draft {
  readonly cartId: string | null;
  readonly id: string;
  readonly orderNumber: number;
  /** UNIX seconds. */
  readonly created: number;
  /** UNIX seconds; default an hour later. */
  readonly updated?: number;
  readonly lines: readonly Line[];
  readonly email?: string;
  readonly customer?: Shopper['customer'];
  readonly billingPerson?: JsonObject;
  readonly shippingPerson?: JsonObject;
  readonly shippingMethod?: ShippingMethod;
  /** The handling fee in cents. */
  readonly handling?: number;
  readonly paymentMethod?: string;
  readonly coupon?: Coupon;
  /** Of surcharges together, in cents; what they are is for `more` to say. */
  readonly surcharges?: number;
  /** What a gift card has paid, in cents. */
  readonly giftCard?: number;
  /** Laid over each item. */
  readonly item?: JsonObject;
  /** Laid over each item's tax. */
  readonly itemTax?: JsonObject;
  /** Beside the options that each product has. */
  readonly options?: readonly JsonObject[];
  /** Laid over the whole. */
  readonly more?: JsonObject;
}

/** The record of a draft in the current generation's fields, its amounts calculated. */
export function createRecord(draft: Draft): OrderRecord {
  const {
    cartId,
    id,
    orderNumber,
    created,
    updated = created + 3600,
    customer,
    coupon,
    shippingMethod,
  } = draft;
  const shipping = BigInt(shippingMethod?.cents ?? 0);
  const handling = BigInt(draft.handling ?? 0);
  const taxPercent = customer?.isTaxExempt ? 0 : storeTax.percent;
  const { subtotal, couponDiscount, discount, tax, applied, lines, ...sums } = calculateAmounts({
    lines: draft.lines.map((line) => priceOf(line) * BigInt(line.quantity)),
    needsShipping: draft.lines.map(({ product }) => !product.isDigital),
    shipping,
    handling,
    coupon,
    promotions: promotions.filter(({ base }) => customer?.isGold || base === 'ON_TOTAL'),
    taxPercent,
  });
  const totalBefore = sums.total + BigInt(draft.surcharges ?? 0);
  const total = totalBefore - BigInt(draft.giftCard ?? 0);
  const takenBy = (base: Promotion['base']) =>
    dollars(sum(applied.filter(({ promotion }) => promotion.base === base).map(({ amount }) => amount)));
  const items = draft.lines.map((line, index) => ({
    id: orderNumber * 100 + index,
    ...itemOf(line, draft.options),
    tax: dollars(lines[index]?.tax ?? 0n),
    shipping: dollars(lines[index]?.shipping ?? 0n),
    couponApplied: couponDiscount > 0n,
    ...(couponDiscount > 0n && { couponAmount: dollars(lines[index]?.coupon ?? 0n) }),
    discounts: applied.map(({ promotion, shares }) => ({
      discountInfo: discountInfoOf(promotion),
      total: dollars(shares[index] ?? 0n),
    })),
    taxes: taxPercent > 0 ? [{ ...itemTaxOf(dollars(lines[index]?.tax ?? 0n)), ...draft.itemTax }] : [],
    ...draft.item,
  }));

  return {
    cartId,
    id,
    orderNumber,
    paymentStatus: 'INCOMPLETE',
    fulfillmentStatus: 'AWAITING_PROCESSING',
    subtotal: dollars(subtotal),
    subtotalWithoutTax: dollars(subtotal),
    total: dollars(total),
    totalWithoutTax: dollars(total - tax),
    usdTotal: dollars(total),
    tax: dollars(tax),
    couponDiscount: dollars(couponDiscount),
    discount: dollars(discount),
    volumeDiscount: takenBy('ON_TOTAL'),
    membershipBasedDiscount: takenBy('ON_MEMBERSHIP'),
    totalAndMembershipBasedDiscount: takenBy('ON_TOTAL_AND_MEMBERSHIP'),
    discountInfo: applied.map(({ promotion }) => discountInfoOf(promotion)),
    ...(coupon && { discountCoupon: coupon.info }),
    ...(draft.email !== undefined && { email: draft.email }),
    ...(customer && { customerId: customer.id }),
    ...(customer?.isGold && gold),
    customerTaxExempt: customer?.isTaxExempt ?? false,
    items,
    ...(draft.billingPerson && { billingPerson: draft.billingPerson }),
    ...(draft.shippingPerson && { shippingPerson: draft.shippingPerson }),
    ...(shippingMethod && {
      shippingOption: { ...shippingMethod.option, shippingRate: dollars(shipping) },
    }),
    ...(handling > 0n && {
      handlingFee: { name: 'Wrapping', value: dollars(handling), description: 'Silk paper wrapping' },
    }),
    ...(draft.paymentMethod !== undefined && { paymentMethod: draft.paymentMethod }),
    ...(draft.giftCard !== undefined && {
      giftCardRedemption: dollars(draft.giftCard),
      totalBeforeGiftCardRedemption: dollars(totalBefore),
    }),
    taxesOnShipping: [],
    pricesIncludeTax: false,
    b2b_b2c: 'b2c',
    additionalInfo: {},
    paymentParams: {},
    extraFields: {},
    refererUrl: 'https://mysuperstore.example.com/',
    globalReferer: '',
    hidden: false,
    createDate: formatDate(new Date(created * 1000)),
    updateDate: formatDate(new Date(updated * 1000)),
    createTimestamp: created,
    updateTimestamp: updated,
    ...draft.more,
  };
}

function itemOf({ product, quantity, choice = 0 }: Line, options: readonly JsonObject[] = []): JsonObject {
  const { id, sku, name, shortDescription, cents, stock, weight, isDigital = false } = product;
  return {
    productId: id,
    categoryId: 9691094,
    sku,
    name,
    shortDescription,
    quantity,
    price: dollars(priceOf({ product, quantity, choice })),
    productPrice: dollars(cents),
    weight,
    trackQuantity: stock !== null,
    quantityInStock: stock ?? 0,
    productAvailable: true,
    isShippingRequired: !isDigital,
    digital: isDigital,
    fixedShippingRateOnly: false,
    fixedShippingRate: 0,
    imageUrl: `https://mysuperstore.example.com/images/${id}.jpg`,
    selectedOptions: [...(product.options ?? []).map((option) => selectedOption(option, choice)), ...options],
    files: isDigital ? [fileOf(product)] : [],
    dimensions: isDigital ? { length: 0, width: 0, height: 0 } : { length: 34, width: 3, height: 22 },
  };
}

function chosen({ type, choices }: ProductOption, choice: number): ProductOption['choices'] {
  if (type === 'CHOICES') return choices.slice(0, choice);
  return choices.slice(choice % choices.length, (choice % choices.length) + 1);
}

function priceOf({ product, choice = 0 }: Line): Minor {
  const picked = (product.options ?? []).flatMap((option) => chosen(option, choice));
  return sum([product, ...picked].map(({ cents = 0 }) => BigInt(cents)));
}

// Texts and dates carry their value alone; only choices have values to list and modifiers of the price.
function selectedOption(option: ProductOption, choice: number): JsonObject {
  const { name, type } = option;
  const picked = chosen(option, choice);
  const titles = picked.map(({ title }) => title);
  const value = titles.join(', ');
  if (type === 'TEXT' || type === 'DATE') return { name, type, value };
  const selections = picked.map(({ title, cents = 0 }) => ({
    selectionTitle: title,
    selectionModifier: dollars(cents),
    selectionModifierType: 'ABSOLUTE',
  }));
  return { name, type, value, valuesArray: titles, selections };
}

function fileOf({ id, sku, name }: Product): JsonObject {
  return {
    productFileId: id + 1_000_000,
    name: `${sku.toLowerCase()}.pdf`,
    description: name,
    size: 5_368_709_120,
    maxDownloads: 0,
    remainingDownloads: 0,
    expire: '2026-12-31 00:00:00 +0000',
    customerUrl: `https://mysuperstore.example.com/download/${id}/${sku.toLowerCase()}.pdf`,
  };
}

function itemTaxOf(total: number): JsonObject {
  return {
    name: storeTax.name,
    value: storeTax.percent,
    total,
    taxOnDiscountedSubtotal: total,
    taxOnShipping: 0,
    includeInPrice: false,
    sourceTaxRateId: storeTax.id,
    sourceTaxRateType: 'MANUAL',
    taxClassCode: 'default',
  };
}

function discountInfoOf({ base, type, value, fromCents }: Promotion): JsonObject {
  return { value: type === 'ABS' ? dollars(value) : value, type, base, orderTotal: dollars(fromCents) };
}

/** The number that JSON shows. */
function dollars(cents: Minor | number): number {
  return toAmount(BigInt(cents), 2);
}
