import type { OrderItem } from './wire-item.ts';
import type {
  AppliedTax,
  CreditCardStatus,
  CustomSurcharge,
  DiscountCouponInfo,
  DiscountInfo,
  ExternalOrderData,
  HandlingFeeInfo,
  Invoice,
  Loyalty,
  OrderExtraField,
  PersonInfo,
  PredictedPackage,
  Refund,
  Shipment,
  ShippingOptionInfo,
  StoreCredit,
  TaxInfo,
  UtmData,
  UtmDataSet,
} from './wire-parts.ts';
import type { Amount, DateText, Id, TextMap } from './wire-values.ts';

/**
 * Ecwid's JSON as it is documented, both generations of it: types only. Resolvers read these objects in
 * place; there is no second model. Every property is optional because `responseFields` leaves out what was
 * not asked for, and because Ecwid guarantees next to nothing; absent and null mean the same. Where the
 * documents disagree on a name, both names are here and a reader in tolerant.ts takes either.
 */

/** What `GET /carts`, `GET /orders` and the like answer. Envelope fields also obey `responseFields`. */
export interface SearchResult<Item> {
  total?: number;
  count?: number;
  offset?: number;
  limit?: number;
  items?: Item[];
}

/** The fields that carts, orders and calculated orders have in common. */
export interface OrderDetails {
  email?: string | null;
  ipAddress?: string | null;
  customerId?: Id | null;
  customerGroup?: string | null;
  customerGroupId?: Id | null;
  customerTaxExempt?: boolean | null;
  customerTaxId?: string | null;
  customerTaxIdValid?: boolean | null;
  reversedTaxApplied?: boolean | null;
  customerRequestedInvoice?: boolean | null;
  customerFiscalCode?: string | null;
  electronicInvoicePecEmail?: string | null;
  electronicInvoiceSdiCode?: string | null;
  customerUserAgent?: string | null;
  acceptMarketing?: boolean | null;
  lang?: string | null;
  b2b_b2c?: string | null;
  items?: OrderItem[] | null;
  subtotal?: Amount | null;
  subtotalWithoutTax?: Amount | null;
  total?: Amount | null;
  totalWithoutTax?: Amount | null;
  usdTotal?: number | null;
  refundedAmount?: Amount | null;
  tax?: Amount | null;
  pricesIncludeTax?: boolean | null;
  discount?: Amount | null;
  couponDiscount?: Amount | null;
  volumeDiscount?: Amount | null;
  membershipBasedDiscount?: Amount | null;
  totalAndMembershipBasedDiscount?: Amount | null;
  discountInfo?: DiscountInfo[] | null;
  discountCoupon?: DiscountCouponInfo | null;
  giftCardRedemption?: Amount | null;
  totalBeforeGiftCardRedemption?: Amount | null;
  giftCardDoubleSpending?: boolean | null;
  giftCardCode?: string | null;
  giftCardUuid?: string | null;
  giftCardId?: Id | null;
  customSurcharges?: CustomSurcharge[] | null;
  handlingFee?: HandlingFeeInfo | null;
  billingPerson?: PersonInfo | null;
  shippingPerson?: PersonInfo | null;
  shippingOption?: ShippingOptionInfo | null;
  /** Null on old orders; empty where tax is on the subtotal only. */
  taxesOnShipping?: AppliedTax[] | null;
  /** A list in every example. */
  predictedPackage?: PredictedPackage[] | null;
  /** What the tables call it, as one object. */
  predictedPackages?: PredictedPackage | PredictedPackage[] | null;
  shippingLabelAvailableForShipment?: boolean | null;
  shipments?: Shipment[] | null;
  trackingNumber?: string | null;
  pickupTime?: DateText | null;
  paymentStatus?: string | null;
  fulfillmentStatus?: string | null;
  paymentMethod?: string | null;
  paymentModule?: string | null;
  paymentParams?: TextMap | null;
  paymentMessage?: string | null;
  creditCardStatus?: CreditCardStatus | null;
  externalTransactionId?: string | null;
  /** The name of `externalTransactionId` in 2014. */
  extTransactionId?: string | null;
  refunds?: Refund[] | null;
  invoices?: Invoice[] | null;
  hidden?: boolean | null;
  orderComments?: string | null;
  privateAdminNotes?: string | null;
  refererUrl?: string | null;
  globalReferer?: string | null;
  affiliateId?: string | null;
  refererId?: Id | null;
  utmData?: UtmData | UtmData[] | null;
  utmDataSets?: UtmDataSet[] | null;
  additionalInfo?: TextMap | null;
  extraFields?: TextMap | null;
  orderExtraFields?: OrderExtraField[] | null;
  externalFulfillment?: boolean | null;
  externalOrderId?: string | null;
  disableAllCustomerNotifications?: boolean | null;
  createDate?: DateText | null;
  updateDate?: DateText | null;
  /** UNIX seconds. */
  createTimestamp?: number | null;
  updateTimestamp?: number | null;
}

/** `GET /carts/{cartId}`: an abandoned cart. */
export interface Cart extends OrderDetails {
  cartId?: string;
  trackingUrl?: string | null;
  recoveredPublicUid?: string | null;
  recoveredOrderId?: Id | null;
  recovered_order_id?: Id | null;
  /** A date text, or UNIX seconds as digits under the older name. */
  recoveryEmailSentTimestamp?: DateText | Id | null;
  recovery_email_sent_timestamp?: DateText | Id | null;
}

/** `GET /orders/{orderId}`. */
export interface Order extends OrderDetails {
  /** The public id with the store's prefix and suffix, such as `AB1CD`. */
  id?: string | null;
  /** The same as `id`. */
  publicUid?: string | null;
  /** The internal number, which customers never see. */
  orderNumber?: Id | null;
  /** The same as `orderNumber`. */
  internalId?: Id | null;
  vendorOrderNumber?: Id | null;
  customDiscount?: Amount[] | null;
  availableShippingOptions?: ShippingOptionInfo[] | null;
  availableTaxes?: TaxInfo[] | null;
  trackingUrl?: string | null;
  paymentSubtype?: string | null;
  paymentReference?: string | null;
  externalTransactionUrl?: string | null;
  referenceTransactionId?: string | null;
  ebayId?: string | null;
  externalOrderData?: ExternalOrderData | null;
  latestShipDate?: DateText | null;
  latestDeliveryDate?: DateText | null;
  loyalty?: Loyalty | null;
  storeCredit?: StoreCredit | null;
  ticket?: number | null;
  withdrawalRequested?: boolean | null;
}

/** `POST /order/calculate`: what an order would come to. */
export interface CalculatedOrder extends OrderDetails {
  /** Always 0, as there is no order. */
  orderNumber?: Id | null;
  vendorOrderNumber?: Id | null;
  customDiscount?: Amount[] | null;
  availableShippingOptions?: ShippingOptionInfo[] | null;
  availableTaxes?: TaxInfo[] | null;
  externalOrderData?: ExternalOrderData | null;
  ticket?: number | null;
}

/** `POST /carts/{cartId}/place`. The older generation has no `id` and no `cartId`. */
export interface PlacedCart {
  id?: string | null;
  orderNumber?: Id | null;
  vendorOrderNumber?: Id | null;
  cartId?: string | null;
}

/** `POST /orders`. Older answers have `id` alone, one example spells `orderid` in lower case. */
export interface CreatedOrder {
  /** The internal number. */
  id?: Id | null;
  orderId?: string | null;
  orderid?: string | null;
}

/** `PUT /carts/{cartId}`: the part of a cart that the gateway writes. */
export interface CartUpdate {
  hidden: boolean;
}

/** `GET /profile`: the parts that tell which store this is. */
export interface Profile {
  generalInfo?: { storeId?: Id | null; storeUrl?: string | null } | null;
  settings?: { storeName?: string | null } | null;
  /** `currency` is an ISO 4217 code: the only place that names it. */
  formatsAndUnits?: { currency?: string | null } | null;
}

/** `GET /batch?ticket=`: how far a batch has come. */
export interface BatchStatus {
  responses?:
    | {
        httpStatusCode?: number | null;
        /** The older name of `httpStatusCode`. */
        httpCode?: number | null;
        /** The answer's JSON as a text. */
        escapedHttpBody?: string | null;
        httpBody?: object | null;
      }[]
    | null;
}

/** The body of a failed call, where it is JSON at all. */
export interface ErrorBody {
  errorMessage?: string | null;
  errorCode?: string | null;
  /** How one older example spells `errorMessage`. */
  error_message?: string | null;
}
