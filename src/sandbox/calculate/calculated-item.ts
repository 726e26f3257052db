import { divideBy, type Minor, sum } from '../../money.ts';
import { echo, fieldOf, type Json, type JsonObject } from '../json.ts';
import { translate } from '../store/terms.ts';
import type { AppliedTax } from './applied-taxes.ts';
import type { CalculatedLine, Calculation } from './calculate.ts';
import type { AppliedPromotion } from './discounts.ts';

export interface ItemContext {
  readonly taxes: readonly AppliedTax[];
  readonly profile: JsonObject;
  readonly amount: (minor: Minor) => number;
  readonly quantity: number;
}

// Sent and not listed here: ignored, as Ecwid recomputes these or leaves them out.
const passedOn = [
  'categoryId',
  'sku',
  'shortDescription',
  'imageUrl',
  'combinationId',
  'dimensions',
  'files',
  'costPrice',
  'discountsAllowed',
  'isPreorder',
  'selectedPrice',
  'taxClassCode',
  'externalReferenceId',
];

export function toCalculatedItem(
  item: JsonObject,
  index: number,
  calculation: Calculation,
  context: ItemContext,
): JsonObject {
  const { profile, amount, quantity } = context;
  const line = calculation.lines[index] as CalculatedLine;
  const taxes = line.taxes.map((tax, place) => toItemTax(tax, context.taxes[place] as AppliedTax, amount));
  const discounts = calculation.promotions.flatMap((promotion) => shareOf(promotion, index, amount));
  return {
    id: 0,
    ...echo(item, ['id', 'productId']),
    price: fieldOf(item, 'price'),
    priceWithoutTax: amount(divideBy(line.withoutTax, quantity)),
    quantity,
    ...echo(item, passedOn),
    nameTranslated: fieldOf(item, 'nameTranslated') ?? translate(fieldOf(item, 'name'), profile),
    shortDescriptionTranslated:
      fieldOf(item, 'shortDescriptionTranslated') ?? translate(fieldOf(item, 'shortDescription'), profile),
    tax: amount(
      sum(line.taxes.map(({ onDiscountedSubtotal, onShipping }) => onDiscountedSubtotal + onShipping)),
    ),
    shipping: amount(line.shipping),
    handlingFee: amount(line.handling),
    productPrice: 0,
    quantityInStock: 0,
    weight: 0,
    trackQuantity: false,
    fixedShippingRateOnly: false,
    fixedShippingRate: 0,
    digital: false,
    taxable: true,
    giftCard: false,
    isCustomerSetPrice: false,
    attributes: [],
    ...echo(item, echoedOrDefault),
    isShippingRequired: fieldOf(item, 'isShippingRequired') ?? true,
    productAvailable: true,
    couponApplied: line.coupon > 0n,
    ...(line.coupon > 0n && { couponAmount: amount(line.coupon) }),
    selectedOptions: withoutFiles(fieldOf(item, 'selectedOptions')),
    taxes,
    ...(discounts.length > 0 && { discounts }),
  };
}

const echoedOrDefault = [
  'name',
  'productPrice',
  'quantityInStock',
  'weight',
  'trackQuantity',
  'fixedShippingRateOnly',
  'fixedShippingRate',
  'digital',
  'taxable',
  'giftCard',
  'isCustomerSetPrice',
  'attributes',
];

function toItemTax(
  { onDiscountedSubtotal, onShipping }: CalculatedLine['taxes'][number],
  { info, percent }: AppliedTax,
  amount: (minor: Minor) => number,
): JsonObject {
  return {
    name: info.name ?? '',
    value: percent,
    total: amount(onDiscountedSubtotal + onShipping),
    taxOnDiscountedSubtotal: amount(onDiscountedSubtotal),
    taxOnShipping: amount(onShipping),
    includeInPrice: info.includeInPrice ?? false,
    sourceTaxRateId: info.id ?? 0,
    sourceTaxRateType: 'MANUAL',
    taxClassCode: 'default',
  };
}

// Promotions on the shipping are no line's.
function shareOf(
  { info, shares }: AppliedPromotion,
  index: number,
  amount: (minor: Minor) => number,
): readonly JsonObject[] {
  const share = shares[index] ?? 0n;
  return share > 0n ? [{ discountInfo: info, total: amount(share) }] : [];
}

function withoutFiles(options: Json): Json {
  if (!Array.isArray(options)) return [];
  return (options as readonly JsonObject[]).map(({ files, ...option }) => option);
}
