import { readEnum } from '../ecwid/tolerant.ts';
import { builder } from './builder.ts';

interface EcwidEnum<Value extends string> {
  /** What the value tells, by value; the name alone seldom does. */
  readonly values: Readonly<Record<Value, string>>;
  readonly description: string;
  /** Other spellings that Ecwid uses for some of the values. */
  readonly aliases?: Readonly<Record<string, NoInfer<Value>>>;
}

/**
 * An enum of Ecwid's, with UNKNOWN added so that a value which Ecwid adds tomorrow does not fail today's
 * queries. `read` takes what Ecwid sends to a value of `type`.
 */
function ecwidEnum<const Value extends string>(
  name: string,
  { values, description, aliases }: EcwidEnum<Value>,
) {
  const known = Object.keys(values) as Value[];
  const type = builder.enumType(name, {
    description,
    values: Object.fromEntries(
      [
        ...Object.entries<string>(values),
        [
          'UNKNOWN',
          'A value that this version of the gateway does not know. Never accepted as input.',
        ] as const,
      ].map(([value, description]) => [value, { description, value: value as Value | 'UNKNOWN' }]),
    ),
  });
  return { type, read: (value: string | null | undefined) => readEnum(value, known, aliases) };
}

export const PaymentStatus = ecwidEnum('PaymentStatus', {
  description: 'How far the payment of an order has come.',
  values: {
    AWAITING_PAYMENT: 'Placed and not paid yet; what a placed cart starts with.',
    PAID: 'Paid in full.',
    CANCELLED: 'Cancelled; nothing is to be paid.',
    REFUNDED: 'Paid, and all of it given back.',
    PARTIALLY_REFUNDED: 'Paid, and a part of it given back.',
    INCOMPLETE: 'Never placed: an abandoned cart seen as an order.',
    CUSTOM_PAYMENT_STATUS_1: "The first status of the merchant's own making.",
    CUSTOM_PAYMENT_STATUS_2: "The second status of the merchant's own making.",
    CUSTOM_PAYMENT_STATUS_3: "The third status of the merchant's own making.",
  },
});

export const FulfillmentStatus = ecwidEnum('FulfillmentStatus', {
  description: 'How far the delivery of an order has come.',
  values: {
    AWAITING_PROCESSING: 'Nobody has begun to prepare it.',
    PROCESSING: 'Being prepared.',
    SHIPPED: 'Handed to the carrier.',
    DELIVERED: 'Received by the customer.',
    WILL_NOT_DELIVER: 'The merchant has given up delivering it.',
    RETURNED: 'Came back to the merchant.',
    READY_FOR_PICKUP: 'Waiting for the customer at the pickup place.',
    OUT_FOR_DELIVERY: 'On its last leg, with a local courier.',
    CUSTOM_FULFILLMENT_STATUS_1: "The first status of the merchant's own making.",
    CUSTOM_FULFILLMENT_STATUS_2: "The second status of the merchant's own making.",
    CUSTOM_FULFILLMENT_STATUS_3: "The third status of the merchant's own making.",
  },
});

export const FulfillmentType = ecwidEnum('FulfillmentType', {
  description: 'How goods reach the customer.',
  values: {
    SHIPPING: 'Sent by a carrier.',
    PICKUP: 'Fetched by the customer; no shipping address is needed.',
    DELIVERY: 'Brought by the merchant or a local courier.',
  },
});

export const OptionType = ecwidEnum('OptionType', {
  description: 'How a customer answers a product option, and so which fields of the answer are filled.',
  values: {
    CHOICE: 'One value of a list, shown as a dropdown, radio buttons or sizes.',
    CHOICES: 'Any number of values of a list, shown as checkboxes: `valuesArray` has each of them.',
    TEXT: 'Free text, in `value` alone.',
    DATE: 'A date, as text in `value` alone.',
    FILES: 'Files that the customer uploads, in `files` alone.',
    SWATCH_CHOICE: 'One value of a list, shown as colour swatches.',
  },
});

export const DiscountType = ecwidEnum('DiscountType', {
  description: 'How the value of a promotion is to be read.',
  values: {
    ABS: "An amount in the store's currency. Ecwid writes ABSOLUTE in some answers; it is read as ABS.",
    PERCENT: 'A percentage of what the promotion is based on.',
    FIXED_PRICE: 'The price that the discounted goods then have.',
  },
  aliases: { ABSOLUTE: 'ABS' },
});

export const DiscountBase = ecwidEnum('DiscountBase', {
  description: 'What makes a promotion apply, and to which part of the order it does.',
  values: {
    ON_TOTAL: 'The subtotal reaches a threshold; counted in `volumeDiscount`.',
    ON_MEMBERSHIP: "The customer's group; counted in `membershipBasedDiscount`.",
    ON_TOTAL_AND_MEMBERSHIP: 'Both together; counted in `totalAndMembershipBasedDiscount`.',
    SUBTOTAL: 'The newer name of a promotion on the subtotal; counted in `volumeDiscount`.',
    ITEM: 'Certain products of the order.',
    SHIPPING: 'The cost of shipping.',
    CUSTOM: 'An app with rules of its own; `description` says which.',
  },
});

export const DiscountCouponType = ecwidEnum('DiscountCouponType', {
  description: 'What a coupon takes off.',
  values: {
    ABS: "An amount in the store's currency.",
    PERCENT: 'A percentage of the subtotal.',
    SHIPPING: 'The cost of shipping.',
    ABS_AND_SHIPPING: 'An amount, and the cost of shipping.',
    PERCENT_AND_SHIPPING: 'A percentage of the subtotal, and the cost of shipping.',
  },
});

export const DiscountCouponStatus = ecwidEnum('DiscountCouponStatus', {
  description: 'Whether a coupon can be used now.',
  values: {
    ACTIVE: 'It can be used, within its limits.',
    PAUSED: 'The merchant has switched it off for now.',
    EXPIRED: 'Its last day has passed.',
    USEDUP: 'It was used as often as it may be.',
  },
});

export const DiscountCouponUsesLimit = ecwidEnum('DiscountCouponUsesLimit', {
  description: 'How often a coupon may be used.',
  values: {
    UNLIMITED: 'As often as anyone likes.',
    ONCEPERCUSTOMER: 'Once by each customer.',
    SINGLE: 'Once altogether.',
  },
});
