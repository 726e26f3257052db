import { ecwidEnum } from './ecwid-enum.ts';

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

export const DiscountCouponApplicationLimit = ecwidEnum('DiscountCouponApplicationLimit', {
  description: 'Which customers may use a coupon.',
  values: {
    UNLIMITED: 'Every customer.',
    NEW_CUSTOMER_ONLY: 'Customers who have not bought before.',
    REPEAT_CUSTOMER_ONLY: 'Customers who have bought before.',
  },
});

export const ModifierType = ecwidEnum('ModifierType', {
  description: 'How a value that changes a price is to be read.',
  values: {
    PERCENT: 'A percentage of that price.',
    ABSOLUTE: "An amount in the store's currency.",
  },
  aliases: { ABS: 'ABSOLUTE' },
});

export const OrderType = ecwidEnum('OrderType', {
  description: 'Who buys: a company or a private person.',
  values: {
    B2B: 'Business to business.',
    B2C: 'Business to consumer; what Ecwid takes for granted.',
  },
});

export const TaxType = ecwidEnum('TaxType', {
  description: 'The authority that levies a tax; told only for the United States.',
  values: {
    STATE: 'A state of the union.',
    COUNTY: 'A county of a state.',
    CITY: 'A city or town.',
    SPECIAL_DISTRICT: 'A district made for one purpose, such as transport.',
  },
});

export const SourceTaxRateType = ecwidEnum('SourceTaxRateType', {
  description: 'Where a tax rate came from.',
  values: {
    AUTO: "Ecwid's automatic taxes.",
    MANUAL: 'A tax that the merchant has set up.',
    CUSTOM: 'Changed by an app.',
    LEGACY: 'An order older than the distinction.',
  },
});

export const RecurringInterval = ecwidEnum('RecurringInterval', {
  description: 'The unit of time between the charges of a subscription.',
  values: {
    DAY: 'Charged by days.',
    WEEK: 'Charged by weeks.',
    MONTH: 'Charged by months.',
    YEAR: 'Charged by years.',
  },
});

export const RefundSource = ecwidEnum('RefundSource', {
  description: 'What made a refund.',
  values: {
    CP: "The merchant, in Ecwid's admin (its control panel).",
    API: 'An app, by way of the API.',
    EXTERNAL: "The payment processor's own site.",
  },
});

export const InvoiceType = ecwidEnum('InvoiceType', {
  description: 'What an invoice says.',
  values: { SALE: 'What was bought.', FULL_CANCEL: 'That all of it was given back.' },
});

export const WeightUnit = ecwidEnum('WeightUnit', {
  description: 'The unit of a weight.',
  values: {
    CARAT: 'Carats of 0.2 grams.',
    GRAM: 'Metric grams.',
    OUNCE: 'Avoirdupois ounces.',
    POUND: 'Avoirdupois pounds.',
    KILOGRAM: 'Metric kilograms.',
  },
});

export const DimensionUnit = ecwidEnum('DimensionUnit', {
  description: 'The unit of a length.',
  values: { MM: 'Millimetres.', CM: 'Centimetres.', IN: 'Inches of 2.54 cm.', YD: 'Yards of 0.9144 m.' },
});

export const ShippingCarrier = ecwidEnum('ShippingCarrier', {
  description: 'A carrier that Ecwid itself is integrated with.',
  values: {
    USPS: 'United States Postal Service.',
    UPS: 'United Parcel Service.',
    FEDEX: 'Federal Express.',
    CANADA_POST: "Canada's postal service.",
    AUSTRALIA_POST: "Australia's postal service.",
  },
});

export const LabelFileType = ecwidEnum('LabelFileType', {
  description: 'The format of a shipping label.',
  values: {
    PNG: 'A picture file.',
    PDF: 'A page of the usual size.',
    PDF_4X6: 'A page of 4 by 6 inches; Ecwid writes PDF_4x6.',
    ZPLII: 'For a label printer, in its own language.',
  },
});

export const PickupPrecisionType = ecwidEnum('PickupPrecisionType', {
  description: 'How exactly a customer says when they will fetch the goods.',
  values: { DATE_ONLY: 'By the day alone.', DATE_AND_TIME: 'By the day and the time.' },
});

export const ScheduledTimePrecisionType = ecwidEnum('ScheduledTimePrecisionType', {
  description: 'How exactly a customer says when the goods shall come.',
  values: { DATE: 'By the day alone.', DATE_AND_TIME_SLOT: 'By the day and a slot of time in it.' },
});

export const CustomerInputType = ecwidEnum('CustomerInputType', {
  description: 'How a customer fills in an extra field at checkout.',
  values: {
    TEXT: 'One line of text.',
    TEXTAREA: 'Several lines of text.',
    SELECT: 'One of a list.',
    CHECKBOX: 'Any of a list.',
    RADIO_BUTTONS: 'One of a list, all of it shown.',
    TOGGLE_BUTTON_GROUP: 'One of a list, as buttons.',
    DATETIME: 'A date and time.',
    LABEL: 'Not at all: the field only shows something.',
  },
});

export const OrderDetailsDisplaySection = ecwidEnum('OrderDetailsDisplaySection', {
  description: "Where in Ecwid's admin the merchant sees an extra field; some name a step of the checkout.",
  values: {
    SHIPPING_INFO: 'With the shipping address.',
    BILLING_INFO: 'With the billing address.',
    CUSTOMER_INFO: 'With the customer.',
    ORDER_COMMENTS: 'With the comments.',
    SHIPPING_ADDRESS: 'The step in which the address is given.',
    PICKUP_DETAILS: 'The step in which the pickup is arranged.',
    SHIPPING_METHODS: 'The step in which the way of shipping is chosen.',
    PICKUP_METHODS: 'The step in which the way of pickup is chosen.',
    PAYMENT_DETAILS: 'The step in which the payment is chosen.',
  },
});
