/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Narrows a search for carts; a cart has to match all that is given. Bounds are inclusive. */
export type CartFilter = {
  /** Code of the coupon that was entered. */
  couponCode?: string | null | undefined;
  /** The earliest `createDate`. */
  createdFrom?: string | null | undefined;
  /** The latest `createDate`. */
  createdTo?: string | null | undefined;
  /** Free text over the customer's details, except customerId. */
  customer?: string | null | undefined;
  /** Ecwid's id of the customer: digits. */
  customerId?: string | number | null | undefined;
  /** The customer's whole e-mail address. */
  email?: string | null | undefined;
  /** False leaves out the carts that the merchant has hidden; they are shown by default. */
  showHidden?: boolean | null | undefined;
  /** The least `total`. */
  totalFrom?: number | null | undefined;
  /** The greatest `total`. */
  totalTo?: number | null | undefined;
  /** The earliest `updateDate`. */
  updatedFrom?: string | null | undefined;
  /** The latest `updateDate`. */
  updatedTo?: string | null | undefined;
};

/** What makes a promotion apply, and to which part of the order it does. */
export type DiscountBase =
  /** An app with rules of its own; `description` says which. */
  | 'CUSTOM'
  /** Certain products of the order. */
  | 'ITEM'
  /** The customer's group; counted in `membershipBasedDiscount`. */
  | 'ON_MEMBERSHIP'
  /** The subtotal reaches a threshold; counted in `volumeDiscount`. */
  | 'ON_TOTAL'
  /** Both together; counted in `totalAndMembershipBasedDiscount`. */
  | 'ON_TOTAL_AND_MEMBERSHIP'
  /** The cost of shipping. */
  | 'SHIPPING'
  /** The newer name of a promotion on the subtotal; counted in `volumeDiscount`. */
  | 'SUBTOTAL'
  /** A value that this version of the gateway does not know. Never accepted as input. */
  | 'UNKNOWN';

/** Whether a coupon can be used now. */
export type DiscountCouponStatus =
  /** It can be used, within its limits. */
  | 'ACTIVE'
  /** Its last day has passed. */
  | 'EXPIRED'
  /** The merchant has switched it off for now. */
  | 'PAUSED'
  /** A value that this version of the gateway does not know. Never accepted as input. */
  | 'UNKNOWN'
  /** It was used as often as it may be. */
  | 'USEDUP';

/** What a coupon takes off. */
export type DiscountCouponType =
  /** An amount in the store's currency. */
  | 'ABS'
  /** An amount, and the cost of shipping. */
  | 'ABS_AND_SHIPPING'
  /** A percentage of the subtotal. */
  | 'PERCENT'
  /** A percentage of the subtotal, and the cost of shipping. */
  | 'PERCENT_AND_SHIPPING'
  /** The cost of shipping. */
  | 'SHIPPING'
  /** A value that this version of the gateway does not know. Never accepted as input. */
  | 'UNKNOWN';

/** How often a coupon may be used. */
export type DiscountCouponUsesLimit =
  /** Once by each customer. */
  | 'ONCEPERCUSTOMER'
  /** Once altogether. */
  | 'SINGLE'
  /** A value that this version of the gateway does not know. Never accepted as input. */
  | 'UNKNOWN'
  /** As often as anyone likes. */
  | 'UNLIMITED';

/** How the value of a promotion is to be read. */
export type DiscountType =
  /** An amount in the store's currency. Ecwid writes ABSOLUTE in some answers; it is read as ABS. */
  | 'ABS'
  /** The price that the discounted goods then have. */
  | 'FIXED_PRICE'
  /** A percentage of what the promotion is based on. */
  | 'PERCENT'
  /** A value that this version of the gateway does not know. Never accepted as input. */
  | 'UNKNOWN';

/** How goods reach the customer. */
export type FulfillmentType =
  /** Brought by the merchant or a local courier. */
  | 'DELIVERY'
  /** Fetched by the customer; no shipping address is needed. */
  | 'PICKUP'
  /** Sent by a carrier. */
  | 'SHIPPING'
  /** A value that this version of the gateway does not know. Never accepted as input. */
  | 'UNKNOWN';

/** Why a cart was neither hidden nor shown. */
export type HideCartErrorCode =
  /** The cart_id is blank. */
  | 'CART_ID_MISSING'
  /** The store has no cart with this id. */
  | 'CART_NOT_FOUND'
  /** The viewer may not hide carts, or the store does not let this gateway change them. */
  | 'NOT_PERMITTED'
  /** A refusal that has no code of its own. */
  | 'UNDEFINED';

/** Which cart to hide or show. */
export type HideCartInput = {
  /** Ecwid's cartId, exactly as Ecwid writes it. */
  cart_id: string;
  /** false shows the cart again. */
  hidden?: boolean;
};

/** How a customer answers a product option, and so which fields of the answer are filled. */
export type OptionType =
  /** One value of a list, shown as a dropdown, radio buttons or sizes. */
  | 'CHOICE'
  /** Any number of values of a list, shown as checkboxes: `valuesArray` has each of them. */
  | 'CHOICES'
  /** A date, as text in `value` alone. */
  | 'DATE'
  /** Files that the customer uploads, in `files` alone. */
  | 'FILES'
  /** One value of a list, shown as colour swatches. */
  | 'SWATCH_CHOICE'
  /** Free text, in `value` alone. */
  | 'TEXT'
  /** A value that this version of the gateway does not know. Never accepted as input. */
  | 'UNKNOWN';

/** How far the payment of an order has come. */
export type PaymentStatus =
  /** Placed and not paid yet; what a placed cart starts with. */
  | 'AWAITING_PAYMENT'
  /** Cancelled; nothing is to be paid. */
  | 'CANCELLED'
  /** The first status of the merchant's own making. */
  | 'CUSTOM_PAYMENT_STATUS_1'
  /** The second status of the merchant's own making. */
  | 'CUSTOM_PAYMENT_STATUS_2'
  /** The third status of the merchant's own making. */
  | 'CUSTOM_PAYMENT_STATUS_3'
  /** Never placed: an abandoned cart seen as an order. */
  | 'INCOMPLETE'
  /** Paid in full. */
  | 'PAID'
  /** Paid, and a part of it given back. */
  | 'PARTIALLY_REFUNDED'
  /** Paid, and all of it given back. */
  | 'REFUNDED'
  /** A value that this version of the gateway does not know. Never accepted as input. */
  | 'UNKNOWN';

/** Why a cart was not placed, by cause. */
export type PlaceOrderErrorCode =
  /** The address that the bill goes to was not given. */
  | 'BILLING_ADDRESS_MISSING'
  /** Nothing is in the cart. */
  | 'CART_EMPTY'
  /** No input, or a cart_id that is blank. */
  | 'CART_ID_MISSING'
  /** The cart exists and can no longer be placed, and no order came of it. */
  | 'CART_NOT_ACTIVE'
  /** The store has no cart with this id. */
  | 'CART_NOT_FOUND'
  /** A guest has given no e-mail to send the confirmation to. */
  | 'GUEST_EMAIL_MISSING'
  /** The cart is not for the caller to place. */
  | 'NOT_PERMITTED'
  /** Ecwid did not say whether it placed the order. Calling again is safe and answers with the order once it is known. */
  | 'OUTCOME_UNKNOWN'
  /** The store has fewer pieces than the cart wants. */
  | 'OUT_OF_STOCK'
  /** No payment method was chosen. */
  | 'PAYMENT_METHOD_MISSING'
  /** There is no shipping address, or nothing can be shipped to it. */
  | 'SHIPPING_ADDRESS_UNUSABLE'
  /** Goods have to be shipped and no way of shipping was chosen. */
  | 'SHIPPING_METHOD_MISSING'
  /** The store refused, and no order was made. */
  | 'UNABLE_TO_PLACE_ORDER'
  /** A refusal that has no code of its own. */
  | 'UNDEFINED';

/** Which cart to place. */
export type PlaceOrderInput = {
  /** Ecwid's cartId, exactly as Ecwid writes it. */
  cart_id: string;
};

export type CartQueryVariables = Exact<{
  id: string | number;
}>;


export type CartQuery = { cart: { id: string, email: string | null, total: number | null } | null };

export type CartsByIdsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type CartsByIdsQuery = { cartsByIds: Array<{ id: string, total: number | null } | null> };

export type CartsQueryVariables = Exact<{
  filter?: CartFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  offset?: number | null | undefined;
}>;


export type CartsQuery = { carts: { totalCount: number, nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type WholeCartQueryVariables = Exact<{
  id: string | number;
}>;


export type WholeCartQuery = { cart: { id: string, hidden: boolean, paymentMethod: string | null, updateDate: string | null, recoveryEmailSentDate: string | null, email: string | null, customerId: string | null, subtotal: number | null, total: number | null, tax: number | null, discount: number | null, couponDiscount: number | null, volumeDiscount: number | null, membershipBasedDiscount: number | null, totalAndMembershipBasedDiscount: number | null, createDate: string | null, customer: { id: string } | null, recoveredOrder: { order_number: string } | null, discountInfo: Array<{ value: number | null, type: DiscountType | null, base: DiscountBase | null, orderTotal: number | null, description: string | null }>, discountCoupon: { name: string | null, code: string | null, discountType: DiscountCouponType | null, status: DiscountCouponStatus | null, discount: number | null, launchDate: string | null, expirationDate: string | null, totalLimit: number | null, usesLimit: DiscountCouponUsesLimit | null, creationDate: string | null, orderCount: number | null, catalogLimit: { products: Array<string>, categories: Array<string> } | null } | null, billingPerson: { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null } | null, shippingPerson: { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null } | null, shippingOption: { shippingMethodId: string | null, shippingCarrierName: string | null, shippingMethodName: string | null, shippingRate: number | null, estimatedTransitTime: string | null, isPickup: boolean | null, pickupInstruction: string | null, fulfillmentType: FulfillmentType | null } | null, handlingFee: { name: string | null, value: number | null, description: string | null } | null, items: Array<{ id: string | null, productId: string | null, sku: string | null, name: string | null, quantity: number | null, price: number | null, productPrice: number | null, tax: number | null, shipping: number | null, quantityInStock: number | null, isShippingRequired: boolean | null, product: { id: string } | null, selectedOptions: Array<{ name: string | null, type: OptionType | null, value: string | null, valuesArray: Array<string>, files: Array<{ id: string | null, name: string | null, size: number | null, url: string | null }> }>, taxes: Array<{ name: string | null, value: number | null, total: number | null, taxOnDiscountedSubtotal: number | null, taxOnShipping: number | null }>, files: Array<{ productFileId: string | null, name: string | null, description: string | null, size: number | null, maxDownloads: number | null, remainingDownloads: number | null, expire: string | null, customerUrl: string | null }>, dimensions: { length: number | null, width: number | null, height: number | null } | null }> } | null };

type OrderDetails_CalculatedOrder_Fragment = { email: string | null, customerId: string | null, subtotal: number | null, total: number | null, tax: number | null, discount: number | null, couponDiscount: number | null, volumeDiscount: number | null, membershipBasedDiscount: number | null, totalAndMembershipBasedDiscount: number | null, createDate: string | null, discountInfo: Array<{ value: number | null, type: DiscountType | null, base: DiscountBase | null, orderTotal: number | null, description: string | null }>, discountCoupon: { name: string | null, code: string | null, discountType: DiscountCouponType | null, status: DiscountCouponStatus | null, discount: number | null, launchDate: string | null, expirationDate: string | null, totalLimit: number | null, usesLimit: DiscountCouponUsesLimit | null, creationDate: string | null, orderCount: number | null, catalogLimit: { products: Array<string>, categories: Array<string> } | null } | null, billingPerson: { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null } | null, shippingPerson: { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null } | null, shippingOption: { shippingMethodId: string | null, shippingCarrierName: string | null, shippingMethodName: string | null, shippingRate: number | null, estimatedTransitTime: string | null, isPickup: boolean | null, pickupInstruction: string | null, fulfillmentType: FulfillmentType | null } | null, handlingFee: { name: string | null, value: number | null, description: string | null } | null, items: Array<{ id: string | null, productId: string | null, sku: string | null, name: string | null, quantity: number | null, price: number | null, productPrice: number | null, tax: number | null, shipping: number | null, quantityInStock: number | null, isShippingRequired: boolean | null, product: { id: string } | null, selectedOptions: Array<{ name: string | null, type: OptionType | null, value: string | null, valuesArray: Array<string>, files: Array<{ id: string | null, name: string | null, size: number | null, url: string | null }> }>, taxes: Array<{ name: string | null, value: number | null, total: number | null, taxOnDiscountedSubtotal: number | null, taxOnShipping: number | null }>, files: Array<{ productFileId: string | null, name: string | null, description: string | null, size: number | null, maxDownloads: number | null, remainingDownloads: number | null, expire: string | null, customerUrl: string | null }>, dimensions: { length: number | null, width: number | null, height: number | null } | null }> };

type OrderDetails_Cart_Fragment = { email: string | null, customerId: string | null, subtotal: number | null, total: number | null, tax: number | null, discount: number | null, couponDiscount: number | null, volumeDiscount: number | null, membershipBasedDiscount: number | null, totalAndMembershipBasedDiscount: number | null, createDate: string | null, discountInfo: Array<{ value: number | null, type: DiscountType | null, base: DiscountBase | null, orderTotal: number | null, description: string | null }>, discountCoupon: { name: string | null, code: string | null, discountType: DiscountCouponType | null, status: DiscountCouponStatus | null, discount: number | null, launchDate: string | null, expirationDate: string | null, totalLimit: number | null, usesLimit: DiscountCouponUsesLimit | null, creationDate: string | null, orderCount: number | null, catalogLimit: { products: Array<string>, categories: Array<string> } | null } | null, billingPerson: { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null } | null, shippingPerson: { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null } | null, shippingOption: { shippingMethodId: string | null, shippingCarrierName: string | null, shippingMethodName: string | null, shippingRate: number | null, estimatedTransitTime: string | null, isPickup: boolean | null, pickupInstruction: string | null, fulfillmentType: FulfillmentType | null } | null, handlingFee: { name: string | null, value: number | null, description: string | null } | null, items: Array<{ id: string | null, productId: string | null, sku: string | null, name: string | null, quantity: number | null, price: number | null, productPrice: number | null, tax: number | null, shipping: number | null, quantityInStock: number | null, isShippingRequired: boolean | null, product: { id: string } | null, selectedOptions: Array<{ name: string | null, type: OptionType | null, value: string | null, valuesArray: Array<string>, files: Array<{ id: string | null, name: string | null, size: number | null, url: string | null }> }>, taxes: Array<{ name: string | null, value: number | null, total: number | null, taxOnDiscountedSubtotal: number | null, taxOnShipping: number | null }>, files: Array<{ productFileId: string | null, name: string | null, description: string | null, size: number | null, maxDownloads: number | null, remainingDownloads: number | null, expire: string | null, customerUrl: string | null }>, dimensions: { length: number | null, width: number | null, height: number | null } | null }> };

type OrderDetails_Order_Fragment = { email: string | null, customerId: string | null, subtotal: number | null, total: number | null, tax: number | null, discount: number | null, couponDiscount: number | null, volumeDiscount: number | null, membershipBasedDiscount: number | null, totalAndMembershipBasedDiscount: number | null, createDate: string | null, discountInfo: Array<{ value: number | null, type: DiscountType | null, base: DiscountBase | null, orderTotal: number | null, description: string | null }>, discountCoupon: { name: string | null, code: string | null, discountType: DiscountCouponType | null, status: DiscountCouponStatus | null, discount: number | null, launchDate: string | null, expirationDate: string | null, totalLimit: number | null, usesLimit: DiscountCouponUsesLimit | null, creationDate: string | null, orderCount: number | null, catalogLimit: { products: Array<string>, categories: Array<string> } | null } | null, billingPerson: { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null } | null, shippingPerson: { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null } | null, shippingOption: { shippingMethodId: string | null, shippingCarrierName: string | null, shippingMethodName: string | null, shippingRate: number | null, estimatedTransitTime: string | null, isPickup: boolean | null, pickupInstruction: string | null, fulfillmentType: FulfillmentType | null } | null, handlingFee: { name: string | null, value: number | null, description: string | null } | null, items: Array<{ id: string | null, productId: string | null, sku: string | null, name: string | null, quantity: number | null, price: number | null, productPrice: number | null, tax: number | null, shipping: number | null, quantityInStock: number | null, isShippingRequired: boolean | null, product: { id: string } | null, selectedOptions: Array<{ name: string | null, type: OptionType | null, value: string | null, valuesArray: Array<string>, files: Array<{ id: string | null, name: string | null, size: number | null, url: string | null }> }>, taxes: Array<{ name: string | null, value: number | null, total: number | null, taxOnDiscountedSubtotal: number | null, taxOnShipping: number | null }>, files: Array<{ productFileId: string | null, name: string | null, description: string | null, size: number | null, maxDownloads: number | null, remainingDownloads: number | null, expire: string | null, customerUrl: string | null }>, dimensions: { length: number | null, width: number | null, height: number | null } | null }> };

export type OrderDetailsFragment =
  | OrderDetails_CalculatedOrder_Fragment
  | OrderDetails_Cart_Fragment
  | OrderDetails_Order_Fragment
;

export type PersonFragment = { name: string | null, firstName: string | null, lastName: string | null, companyName: string | null, street: string | null, city: string | null, countryCode: string | null, countryName: string | null, postalCode: string | null, stateOrProvinceCode: string | null, stateOrProvinceName: string | null, phone: string | null };

export type PlaceOrderMutationVariables = Exact<{
  cartId: string;
}>;


export type PlaceOrderMutation = { placeOrder: { order: { order_number: string } | null } | null };

export type PlaceOrderWithErrorsMutationVariables = Exact<{
  input?: PlaceOrderInput | null | undefined;
}>;


export type PlaceOrderWithErrorsMutation = { placeOrder: { order: { id: string, order_number: string, order_id: string | null, number: string, orderNumber: string | null, total: number | null, paymentStatus: PaymentStatus | null } | null, orderV2: { number: string } | null, errors: Array<{ code: PlaceOrderErrorCode, message: string }> } | null };

export type HideCartMutationVariables = Exact<{
  input: HideCartInput;
}>;


export type HideCartMutation = { hideCart: { cart: { id: string, hidden: boolean } | null, errors: Array<{ code: HideCartErrorCode, message: string }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const PersonFragmentDoc = new TypedDocumentString(`
    fragment Person on PersonInfo {
  name
  firstName
  lastName
  companyName
  street
  city
  countryCode
  countryName
  postalCode
  stateOrProvinceCode
  stateOrProvinceName
  phone
}
    `, {"fragmentName":"Person"}) as unknown as TypedDocumentString<PersonFragment, unknown>;
export const OrderDetailsFragmentDoc = new TypedDocumentString(`
    fragment OrderDetails on OrderDetails {
  email
  customerId
  subtotal
  total
  tax
  discount
  couponDiscount
  volumeDiscount
  membershipBasedDiscount
  totalAndMembershipBasedDiscount
  createDate
  discountInfo {
    value
    type
    base
    orderTotal
    description
  }
  discountCoupon {
    name
    code
    discountType
    status
    discount
    launchDate
    expirationDate
    totalLimit
    usesLimit
    creationDate
    orderCount
    catalogLimit {
      products
      categories
    }
  }
  billingPerson {
    ...Person
  }
  shippingPerson {
    ...Person
  }
  shippingOption {
    shippingMethodId
    shippingCarrierName
    shippingMethodName
    shippingRate
    estimatedTransitTime
    isPickup
    pickupInstruction
    fulfillmentType
  }
  handlingFee {
    name
    value
    description
  }
  items {
    id
    productId
    product {
      id
    }
    sku
    name
    quantity
    price
    productPrice
    tax
    shipping
    quantityInStock
    isShippingRequired
    selectedOptions {
      name
      type
      value
      valuesArray
      files {
        id
        name
        size
        url
      }
    }
    taxes {
      name
      value
      total
      taxOnDiscountedSubtotal
      taxOnShipping
    }
    files {
      productFileId
      name
      description
      size
      maxDownloads
      remainingDownloads
      expire
      customerUrl
    }
    dimensions {
      length
      width
      height
    }
  }
}
    fragment Person on PersonInfo {
  name
  firstName
  lastName
  companyName
  street
  city
  countryCode
  countryName
  postalCode
  stateOrProvinceCode
  stateOrProvinceName
  phone
}`, {"fragmentName":"OrderDetails"}) as unknown as TypedDocumentString<OrderDetailsFragment, unknown>;
export const CartDocument = new TypedDocumentString(`
    query Cart($id: ID!) {
  cart(id: $id) {
    id
    email
    total
  }
}
    `) as unknown as TypedDocumentString<CartQuery, CartQueryVariables>;
export const CartsByIdsDocument = new TypedDocumentString(`
    query CartsByIds($ids: [ID!]!) {
  cartsByIds(ids: $ids) {
    id
    total
  }
}
    `) as unknown as TypedDocumentString<CartsByIdsQuery, CartsByIdsQueryVariables>;
export const CartsDocument = new TypedDocumentString(`
    query Carts($filter: CartFilter, $first: Int, $after: String, $offset: Int) {
  carts(filter: $filter, first: $first, after: $after, offset: $offset) {
    totalCount
    nodes {
      id
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CartsQuery, CartsQueryVariables>;
export const WholeCartDocument = new TypedDocumentString(`
    query WholeCart($id: ID!) {
  cart(id: $id) {
    id
    hidden
    customer {
      id
    }
    paymentMethod
    updateDate
    recoveredOrder {
      order_number
    }
    recoveryEmailSentDate
    ...OrderDetails
  }
}
    fragment OrderDetails on OrderDetails {
  email
  customerId
  subtotal
  total
  tax
  discount
  couponDiscount
  volumeDiscount
  membershipBasedDiscount
  totalAndMembershipBasedDiscount
  createDate
  discountInfo {
    value
    type
    base
    orderTotal
    description
  }
  discountCoupon {
    name
    code
    discountType
    status
    discount
    launchDate
    expirationDate
    totalLimit
    usesLimit
    creationDate
    orderCount
    catalogLimit {
      products
      categories
    }
  }
  billingPerson {
    ...Person
  }
  shippingPerson {
    ...Person
  }
  shippingOption {
    shippingMethodId
    shippingCarrierName
    shippingMethodName
    shippingRate
    estimatedTransitTime
    isPickup
    pickupInstruction
    fulfillmentType
  }
  handlingFee {
    name
    value
    description
  }
  items {
    id
    productId
    product {
      id
    }
    sku
    name
    quantity
    price
    productPrice
    tax
    shipping
    quantityInStock
    isShippingRequired
    selectedOptions {
      name
      type
      value
      valuesArray
      files {
        id
        name
        size
        url
      }
    }
    taxes {
      name
      value
      total
      taxOnDiscountedSubtotal
      taxOnShipping
    }
    files {
      productFileId
      name
      description
      size
      maxDownloads
      remainingDownloads
      expire
      customerUrl
    }
    dimensions {
      length
      width
      height
    }
  }
}
fragment Person on PersonInfo {
  name
  firstName
  lastName
  companyName
  street
  city
  countryCode
  countryName
  postalCode
  stateOrProvinceCode
  stateOrProvinceName
  phone
}`) as unknown as TypedDocumentString<WholeCartQuery, WholeCartQueryVariables>;
export const PlaceOrderDocument = new TypedDocumentString(`
    mutation PlaceOrder($cartId: String!) {
  placeOrder(input: {cart_id: $cartId}) {
    order {
      order_number
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceOrderMutation, PlaceOrderMutationVariables>;
export const PlaceOrderWithErrorsDocument = new TypedDocumentString(`
    mutation PlaceOrderWithErrors($input: PlaceOrderInput) {
  placeOrder(input: $input) {
    order {
      id
      order_number
      order_id
      number
      orderNumber
      total
      paymentStatus
    }
    orderV2 {
      number
    }
    errors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceOrderWithErrorsMutation, PlaceOrderWithErrorsMutationVariables>;
export const HideCartDocument = new TypedDocumentString(`
    mutation HideCart($input: HideCartInput!) {
  hideCart(input: $input) {
    cart {
      id
      hidden
    }
    errors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<HideCartMutation, HideCartMutationVariables>;