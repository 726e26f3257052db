import type { Amount, DateText, Id, TextMap, Translations } from './wire-values.ts';

// Part of wire.ts, which says how these types are meant: what hangs below a cart or an order, but for its items.

export interface PersonInfo {
  name?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  companyName?: string | null;
  street?: string | null;
  city?: string | null;
  countryCode?: string | null;
  countryName?: string | null;
  postalCode?: string | null;
  stateOrProvinceCode?: string | null;
  stateOrProvinceName?: string | null;
  phone?: string | null;
  /** Only where a shipment starts. */
  email?: string | null;
}

/** A tax with the amount that it comes to: on shipping, on a handling fee, on a surcharge. */
export interface AppliedTax {
  name?: string | null;
  value?: number | null;
  total?: Amount | null;
  includeInPrice?: boolean | null;
  taxType?: string | null;
}

export interface TaxInfo {
  id?: Id | null;
  name?: string | null;
  enabled?: boolean | null;
  includeInPrice?: boolean | null;
  useShippingAddress?: boolean | null;
  taxShipping?: boolean | null;
  appliedByDefault?: boolean | null;
  defaultTax?: number | null;
  rules?: TaxRule[] | null;
}

export interface TaxRule {
  zoneId?: Id | null;
  tax?: number | null;
}

export interface ShippingOptionInfo {
  shippingMethodId?: string | null;
  shippingCarrierName?: string | null;
  shippingMethodName?: string | null;
  shippingRate?: Amount | null;
  shippingRateWithoutTax?: Amount | null;
  discountedShippingRate?: Amount | null;
  /** "5", "4-9", the number 5, or a free description. */
  estimatedTransitTime?: string | number | null;
  isPickup?: boolean | null;
  pickupInstruction?: string | null;
  fulfillmentType?: string | null;
  /** How one example spells `fulfillmentType`. */
  fulfilmentType?: string | null;
  isShippingLimit?: boolean | null;
  scheduled?: boolean | null;
  scheduledTimePrecisionType?: string | null;
  pickupPrecisionType?: string | null;
  timeSlotLengthInMinutes?: number | null;
  locationId?: Id | null;
  localizedLabel?: string | null;
  discount?: DiscountInfo | null;
}

export interface HandlingFeeInfo {
  name?: string | null;
  value?: Amount | null;
  valueWithoutTax?: Amount | null;
  description?: string | null;
  taxes?: AppliedTax[] | null;
}

export interface CustomSurcharge {
  id?: string | null;
  /** An amount or a percentage, as the type says. */
  value?: number | null;
  type?: string | null;
  total?: Amount | null;
  totalWithoutTax?: Amount | null;
  description?: string | null;
  /** Texts by language in the words of the documents, one text in their examples. */
  descriptionTranslated?: Translations | string | null;
  taxable?: boolean | null;
  taxes?: AppliedTax[] | null;
}

export interface PredictedPackage {
  length?: number | null;
  width?: number | null;
  height?: number | null;
  weight?: number | null;
  declaredValue?: Amount | null;
}

/** A promotion; also what is taken off a shipping option. */
export interface DiscountInfo {
  id?: Id | null;
  value?: number | null;
  /** `ABSOLUTE` stands for `ABS` in some answers; in a shipping option it is the right word. */
  type?: string | null;
  base?: string | null;
  orderTotal?: Amount | null;
  /** The older tables' name of `orderTotal`. */
  order_total?: Amount | null;
  description?: string | null;
  membershipId?: Id | null;
  appliesToProducts?: Id[] | null;
  appliesToItems?: Id[] | null;
  appliesToOrderItems?: Id[] | null;
  triggeredByOrderItems?: Id[] | null;
  appliesToShippingMethodId?: string | null;
}

export interface DiscountCouponInfo {
  id?: Id | null;
  name?: string | null;
  code?: string | null;
  discountType?: string | null;
  status?: string | null;
  discount?: number | null;
  launchDate?: DateText | null;
  expirationDate?: DateText | null;
  totalLimit?: Amount | null;
  usesLimit?: string | null;
  applicationLimit?: string | null;
  repeatCustomerOnly?: boolean | null;
  creationDate?: DateText | null;
  updateDate?: DateText | null;
  orderCount?: number | null;
  catalogLimit?: DiscountCouponCatalogLimit | null;
  shippingLimit?: DiscountCouponShippingLimit | null;
}

export interface DiscountCouponCatalogLimit {
  products?: Id[] | null;
  categories?: Id[] | null;
}

export interface DiscountCouponShippingLimit {
  shippingMethods?: string[] | null;
}

export interface Refund {
  date?: DateText | null;
  source?: string | null;
  reason?: string | null;
  amount?: Amount | null;
}

export interface Invoice {
  internalId?: Id | null;
  id?: string | null;
  created?: DateText | null;
  link?: string | null;
  type?: string | null;
}

export interface CreditCardStatus {
  avsMessage?: string | null;
  cvvMessage?: string | null;
}

export interface Loyalty {
  customerEnabled?: boolean | null;
  earned?: number | null;
  balance?: number | null;
  redemption?: Redemption | null;
}

export interface StoreCredit {
  balance?: Amount | null;
  refund?: Amount | null;
  redemption?: Redemption | null;
}

export interface Redemption {
  id?: Id | null;
  amount?: number | null;
  cancelled?: boolean | null;
}

export interface Shipment {
  id?: string | null;
  created?: DateText | null;
  shipTo?: PersonInfo | null;
  shipFrom?: PersonInfo | null;
  parcel?: ShipmentParcel | null;
  shippingService?: ShippingService | null;
  tracking?: ShipmentTracking | null;
  shippingLabel?: ShippingLabel | null;
  /** The official client's name of `shippingLabel`. */
  label?: ShippingLabel | null;
}

export interface ShipmentParcel {
  weight?: number | null;
  weightUnit?: string | null;
  width?: number | null;
  height?: number | null;
  length?: number | null;
  dimensionUnit?: string | null;
  template?: string | null;
}

export interface ShippingService {
  carrier?: string | null;
  carrierName?: string | null;
  carrierServiceName?: string | null;
  carrierServiceCode?: string | null;
}

/** Snake case in the documents, camel case in the official client. */
export interface ShipmentTracking {
  tracking_number?: string | null;
  trackingNumber?: string | null;
  tracking_url?: string | null;
  trackingUrl?: string | null;
  estimatedDays?: number | null;
}

/** Snake case in the documents, camel case in the official client. */
export interface ShippingLabel {
  label_url?: string | null;
  labelUrl?: string | null;
  labelFileType?: string | null;
  commercialInvoiceUrl?: string | null;
  billingTransactionId?: Id | null;
}

export interface UtmData {
  source?: string | null;
  campaign?: string | null;
  medium?: string | null;
  mcEid?: string | null;
  mcCid?: string | null;
}

export interface UtmDataSet {
  timestamp?: DateText | Id | null;
  source?: string | null;
  campaign?: string | null;
  medium?: string | null;
}

export interface OrderExtraField {
  id?: string | null;
  value?: string | null;
  customerInputType?: string | null;
  title?: string | null;
  orderDetailsDisplaySection?: string | null;
  orderBy?: string | null;
}

export interface ExternalOrderData {
  externalOrderId?: string | null;
  externalFulfillment?: boolean | null;
  refererId?: Id | null;
  refererChannel?: string | null;
  /** A text in the documents, a map in the official client. */
  platformSpecificFields?: TextMap | string | null;
}
