import type { JsonObject } from '../json.ts';
import type { StoreTerms } from '../store/terms.ts';

// On what terms the seed's store sells: delivery, payment, discounts, tax. Amounts are in cents.

export interface ShippingMethod {
  readonly cents: number;
  readonly option: JsonObject;
}

export const standardShipping: ShippingMethod = {
  cents: 850,
  option: {
    shippingMethodId: '6589-1709547151586',
    shippingMethodName: 'Standard shipping',
    estimatedTransitTime: '4-9',
    isPickup: false,
    fulfillmentType: 'SHIPPING',
  },
};

export const pickup: ShippingMethod = {
  cents: 0,
  option: {
    shippingMethodId: '4959-1595934622523',
    shippingMethodName: 'Pickup at the orchard',
    isPickup: true,
    pickupInstruction: 'Ring the bell at the green gate, any day from nine to five.',
    fulfillmentType: 'PICKUP',
  },
};

export const shippingMethods: readonly ShippingMethod[] = [
  standardShipping,
  {
    cents: 1425,
    option: {
      shippingMethodId: '29763-1630939893481:USPS08',
      shippingCarrierName: 'USPS',
      shippingMethodName: 'U.S.P.S. Priority Mail',
      estimatedTransitTime: '3',
      isPickup: false,
      fulfillmentType: 'SHIPPING',
    },
  },
  {
    cents: 600,
    option: {
      shippingMethodId: '3919-1640004025851',
      shippingMethodName: 'Local delivery',
      estimatedTransitTime: 'today',
      isPickup: false,
      fulfillmentType: 'DELIVERY',
    },
  },
];

export const paymentMethods = ['Credit or debit card', 'PayPal', 'Purchase order', 'Bank transfer'] as const;

/** An amount in cents or a percentage, and the subtotal from which it holds. */
export interface Reduction {
  readonly type: 'ABS' | 'PERCENT';
  readonly value: number;
  readonly fromCents: number;
}

export interface Coupon extends Reduction {
  readonly info: JsonObject;
}

export const fivePercentOff: Coupon = {
  type: 'PERCENT',
  value: 5,
  fromCents: 0,
  info: {
    id: 3,
    name: 'Coupon # 3',
    code: '5PERCENTOFF',
    discountType: 'PERCENT',
    status: 'ACTIVE',
    discount: 5,
    launchDate: '2014-06-06 00:00:00 +0000',
    usesLimit: 'UNLIMITED',
    applicationLimit: 'UNLIMITED',
    creationDate: '2014-09-20 19:58:49 +0000',
    orderCount: 0,
  },
};

export const coupons: readonly Coupon[] = [
  fivePercentOff,
  {
    type: 'ABS',
    value: 1000,
    fromCents: 5000,
    info: {
      id: 7,
      name: 'Ten off fifty',
      code: 'TENOFF',
      discountType: 'ABS',
      status: 'ACTIVE',
      discount: 10,
      launchDate: '2025-05-01 00:00:00 +0000',
      expirationDate: '2026-12-31 23:59:59 +0000',
      totalLimit: 50,
      usesLimit: 'ONCEPERCUSTOMER',
      applicationLimit: 'UNLIMITED',
      creationDate: '2025-04-28 10:12:00 +0000',
      updateDate: '2025-04-28 10:12:00 +0000',
      orderCount: 41,
      catalogLimit: { products: [], categories: [9691094] },
    },
  },
];

export interface Promotion extends Reduction {
  readonly base: 'ON_TOTAL' | 'ON_MEMBERSHIP' | 'ON_TOTAL_AND_MEMBERSHIP';
}

export const promotions: readonly Promotion[] = [
  { base: 'ON_TOTAL', type: 'PERCENT', value: 5, fromCents: 10_000 },
  { base: 'ON_MEMBERSHIP', type: 'PERCENT', value: 3, fromCents: 0 },
  { base: 'ON_TOTAL_AND_MEMBERSHIP', type: 'ABS', value: 500, fromCents: 20_000 },
];

/** Added to the prices, and not to the cost of shipping. */
export const storeTax = { id: 947976181, name: 'Tax X', percent: 7 } as const;

/** The same terms in Ecwid's shapes, as calculating an order takes them. Gold is the one group there is. */
export const storeTerms: StoreTerms = {
  pricesIncludeTax: false,
  taxes: [
    {
      id: storeTax.id,
      name: storeTax.name,
      enabled: true,
      includeInPrice: false,
      useShippingAddress: true,
      taxShipping: false,
      appliedByDefault: true,
      defaultTax: storeTax.percent,
      rules: [],
    },
  ],
  zones: [{ id: 'US', name: 'United States', countryCodes: ['US'] }],
  shippingOptions: [...shippingMethods, pickup].map(({ option, cents }) => ({
    ...option,
    shippingRate: cents / 100,
    isShippingLimit: false,
  })),
  handlingFee: { name: 'Wrapping', value: 2, description: 'Silk paper wrapping' },
  promotions: promotions.map(({ base, type, value, fromCents }) => ({
    value: type === 'ABS' ? value / 100 : value,
    type,
    base,
    orderTotal: fromCents / 100,
  })),
  surcharges: [],
  coupons: coupons.map(({ info }) => info),
};
