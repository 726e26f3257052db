import type { AppliedTax, DiscountInfo } from './wire-parts.ts';
import type { Amount, DateText, Id, Translations } from './wire-values.ts';

// Part of wire.ts, which says how these types are meant: the items of a cart or an order, and what hangs below.

export interface OrderItem {
  id?: Id | null;
  productId?: Id | null;
  categoryId?: Id | null;
  combinationId?: Id | null;
  sku?: string | null;
  name?: string | null;
  nameTranslated?: Translations | null;
  shortDescription?: string | null;
  shortDescriptionTranslated?: Translations | null;
  quantity?: number | null;
  quantityInStock?: number | null;
  trackQuantity?: boolean | null;
  price?: Amount | null;
  priceWithoutTax?: Amount | null;
  productPrice?: Amount | null;
  costPrice?: Amount | null;
  isCustomerSetPrice?: boolean | null;
  /** An object in every example; other amounts are plain. */
  selectedPrice?: { value?: Amount | null } | Amount | null;
  weight?: number | null;
  shipping?: Amount | null;
  fixedShippingRate?: Amount | null;
  fixedShippingRateOnly?: boolean | null;
  isShippingRequired?: boolean | null;
  handlingFee?: Amount | null;
  tax?: Amount | null;
  taxable?: boolean | null;
  taxClassCode?: string | null;
  taxAlreadyDeductedFromPrice?: boolean | null;
  recurringTaxIds?: Id[] | null;
  couponApplied?: boolean | null;
  couponAmount?: Amount | null;
  discounts?: OrderItemDiscount[] | null;
  discountsAllowed?: boolean | null;
  digital?: boolean | null;
  productAvailable?: boolean | null;
  giftCard?: boolean | null;
  isPreorder?: boolean | null;
  imageUrl?: string | null;
  smallThumbnailUrl?: string | null;
  hdThumbnailUrl?: string | null;
  selectedOptions?: OrderItemOption[] | null;
  taxes?: OrderItemTax[] | null;
  taxesOnShipping?: AppliedTax[] | null;
  files?: OrderItemProductFile[] | null;
  dimensions?: ProductDimensions | null;
  /** The older name of `dimensions`. */
  productDimensions?: ProductDimensions | null;
  attributes?: OrderItemAttribute[] | null;
  recurringChargeSettings?: RecurringChargeSettings | null;
  subscriptionId?: Id | null;
  compositeComponents?: CompositeComponent[] | null;
  externalReferenceId?: string | null;
}

export interface OrderItemOption {
  name?: string | null;
  nameTranslated?: Translations | null;
  type?: string | null;
  value?: string | null;
  valueTranslated?: Translations | null;
  valuesArray?: string[] | null;
  valuesArrayTranslated?: Translations | null;
  selections?: OrderItemOptionSelection[] | null;
  files?: OrderItemOptionFile[] | null;
  hexCodes?: string[] | null;
  changedTime?: string | null;
}

export interface OrderItemOptionSelection {
  selectionTitle?: string | null;
  /** An amount or a percentage, as the type says; may be negative. */
  selectionModifier?: number | null;
  selectionModifierType?: string | null;
}

export interface OrderItemOptionFile {
  id?: Id | null;
  name?: string | null;
  size?: number | null;
  url?: string | null;
}

/** Ecwid also sends `adminUrl`, which carries an access token: it is left out here and never asked for. */
export interface OrderItemProductFile {
  productFileId?: Id | null;
  name?: string | null;
  description?: string | null;
  size?: number | null;
  maxDownloads?: number | null;
  remainingDownloads?: number | null;
  expire?: DateText | null;
  customerUrl?: string | null;
}

export interface OrderItemTax {
  name?: string | null;
  value?: number | null;
  total?: Amount | null;
  taxOnDiscountedSubtotal?: Amount | null;
  taxOnShipping?: Amount | null;
  taxOnHandlingFee?: Amount | null;
  includeInPrice?: boolean | null;
  sourceTaxRateId?: Id | null;
  sourceTaxRateType?: string | null;
  taxType?: string | null;
  taxClassCode?: string | null;
  taxClassName?: string | null;
}

export interface OrderItemDiscount {
  discountInfo?: DiscountInfo | null;
  total?: Amount | null;
}

export interface OrderItemAttribute {
  id?: Id | null;
  name?: string | null;
  nameTranslated?: Translations | null;
  value?: string | null;
  valueTranslated?: Translations | null;
}

export interface RecurringChargeSettings {
  recurringInterval?: string | null;
  recurringIntervalCount?: number | null;
  subscriptionPriceWithSignUpFee?: Amount | null;
  signUpFee?: Amount | null;
}

export interface CompositeComponent {
  productId?: Id | null;
  combinationId?: Id | null;
  quantity?: number | null;
}

export interface ProductDimensions {
  length?: number | null;
  width?: number | null;
  height?: number | null;
}
