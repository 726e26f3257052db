/**
 * Ecwid's JSON as it is documented, both generations of it: types only. Resolvers read these objects in
 * place; there is no second model. Every property is optional because `responseFields` leaves out what was
 * not asked for, and because Ecwid guarantees next to nothing; absent and null mean the same. Where the
 * documents disagree on a name, both names are here and a reader in tolerant.ts takes either.
 */

/** Documented as a number in most places and as a string in some; 64 bits wide for items and files. */
export type Id = number | string;

/** In the store's currency; a plain JSON number. */
export type Amount = number;

/** `yyyy-MM-dd HH:mm:ss Z`, such as `2014-09-20 19:59:43 +0000`; the offset is not always UTC. */
export type DateText = string;

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
  customerId?: Id | null;
  items?: OrderItem[] | null;
  subtotal?: Amount | null;
  total?: Amount | null;
  tax?: Amount | null;
  discount?: Amount | null;
  couponDiscount?: Amount | null;
  volumeDiscount?: Amount | null;
  membershipBasedDiscount?: Amount | null;
  totalAndMembershipBasedDiscount?: Amount | null;
  discountInfo?: DiscountInfo[] | null;
  discountCoupon?: DiscountCouponInfo | null;
  billingPerson?: PersonInfo | null;
  shippingPerson?: PersonInfo | null;
  shippingOption?: ShippingOptionInfo | null;
  handlingFee?: HandlingFeeInfo | null;
  createDate?: DateText | null;
}

/** `GET /carts/{cartId}`: an abandoned cart. */
export interface Cart extends OrderDetails {
  cartId?: string;
  hidden?: boolean | null;
  paymentMethod?: string | null;
  updateDate?: DateText | null;
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
  /** The internal number, which customers never see. */
  orderNumber?: Id | null;
  vendorOrderNumber?: Id | null;
  paymentStatus?: string | null;
  fulfillmentStatus?: string | null;
  paymentMethod?: string | null;
  updateDate?: DateText | null;
}

/** `POST /carts/{cartId}/place`. The older generation has no `id` and no `cartId`. */
export interface PlacedCart {
  id?: string | null;
  orderNumber?: Id | null;
  vendorOrderNumber?: Id | null;
  cartId?: string | null;
}

/** `PUT /carts/{cartId}`: the part of a cart that the gateway writes. */
export interface CartUpdate {
  hidden: boolean;
}

export interface OrderItem {
  id?: Id | null;
  productId?: Id | null;
  sku?: string | null;
  name?: string | null;
  quantity?: number | null;
  price?: Amount | null;
  productPrice?: Amount | null;
  tax?: Amount | null;
  shipping?: Amount | null;
  quantityInStock?: number | null;
  isShippingRequired?: boolean | null;
  selectedOptions?: OrderItemOption[] | null;
  taxes?: OrderItemTax[] | null;
  files?: OrderItemProductFile[] | null;
  dimensions?: ProductDimensions | null;
  /** The older name of `dimensions`. */
  productDimensions?: ProductDimensions | null;
}

export interface OrderItemOption {
  name?: string | null;
  type?: string | null;
  value?: string | null;
  valuesArray?: string[] | null;
  files?: OrderItemOptionFile[] | null;
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
}

export interface ProductDimensions {
  length?: number | null;
  width?: number | null;
  height?: number | null;
}

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
}

export interface ShippingOptionInfo {
  shippingMethodId?: string | null;
  shippingCarrierName?: string | null;
  shippingMethodName?: string | null;
  shippingRate?: Amount | null;
  /** "5", "4-9", the number 5, or a free description. */
  estimatedTransitTime?: string | number | null;
  isPickup?: boolean | null;
  pickupInstruction?: string | null;
  fulfillmentType?: string | null;
}

export interface HandlingFeeInfo {
  name?: string | null;
  value?: Amount | null;
  description?: string | null;
}

export interface DiscountInfo {
  value?: number | null;
  /** `ABSOLUTE` stands for `ABS` in some answers. */
  type?: string | null;
  base?: string | null;
  orderTotal?: Amount | null;
  /** The older tables' name of `orderTotal`. */
  order_total?: Amount | null;
  description?: string | null;
}

export interface DiscountCouponInfo {
  name?: string | null;
  code?: string | null;
  discountType?: string | null;
  status?: string | null;
  discount?: number | null;
  launchDate?: DateText | null;
  expirationDate?: DateText | null;
  totalLimit?: Amount | null;
  usesLimit?: string | null;
  creationDate?: DateText | null;
  orderCount?: number | null;
  catalogLimit?: DiscountCouponCatalogLimit | null;
}

export interface DiscountCouponCatalogLimit {
  products?: Id[] | null;
  categories?: Id[] | null;
}

/** `GET /profile`: the parts that tell which store this is. */
export interface Profile {
  generalInfo?: { storeId?: Id | null; storeUrl?: string | null } | null;
  settings?: { storeName?: string | null } | null;
  /** `currency` is an ISO 4217 code: the only place that names it. */
  formatsAndUnits?: { currency?: string | null } | null;
}

/** The body of a failed call, where it is JSON at all. */
export interface ErrorBody {
  errorMessage?: string | null;
  errorCode?: string | null;
  /** How one older example spells `errorMessage`. */
  error_message?: string | null;
}
