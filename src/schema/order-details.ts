import { isObject, readList, readObject } from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';
import { DiscountCouponInfo, DiscountInfo } from './discounts.ts';
import { OrderItem } from './order-item.ts';
import { PersonInfo } from './person-info.ts';
import { HandlingFeeInfo, ShippingOptionInfo } from './shipping.ts';

export const OrderDetails = builder.interfaceRef<wire.OrderDetails>('OrderDetails').implement({
  description:
    'What a cart, an order and a calculated order have in common, so that one fragment serves all three.',
  fields: (t) => ({
    email: t.exposeString('email', {
      description: "The customer's e-mail; null until a guest has given one.",
    }),
    customerId: t.exposeID('customerId', {
      description: "Ecwid's id of the registered customer; null for a guest.",
    }),
    items: t.field({
      type: [OrderItem],
      nullable: false,
      description: 'The lines: what is bought, and how much of it.',
      resolve: ({ items }, _args, { log }) => readList(items, isObject, 'OrderDetails.items', log),
    }),
    subtotal: t.expose('subtotal', {
      type: 'Money',
      description: 'Price times quantity of all items, before discounts, shipping, fees and taxes.',
    }),
    total: t.expose('total', {
      type: 'Money',
      description: 'What the customer pays: subtotal less discounts, with shipping, fees and taxes.',
    }),
    tax: t.expose('tax', { type: 'Money', description: 'All taxes on items, shipping and fees together.' }),
    discount: t.expose('discount', {
      type: 'Money',
      description: 'What promotions take off, without the coupon: that is `couponDiscount`.',
    }),
    couponDiscount: t.expose('couponDiscount', {
      type: 'Money',
      description: 'What the coupon takes off; not part of `discount`.',
    }),
    volumeDiscount: t.expose('volumeDiscount', {
      type: 'Money',
      description: 'The part of `discount` that comes from promotions on the subtotal.',
    }),
    membershipBasedDiscount: t.expose('membershipBasedDiscount', {
      type: 'Money',
      description: "The part of `discount` that comes from the customer's group.",
    }),
    totalAndMembershipBasedDiscount: t.expose('totalAndMembershipBasedDiscount', {
      type: 'Money',
      description: "The part of `discount` that comes from subtotal and customer's group together.",
    }),
    discountInfo: t.field({
      type: [DiscountInfo],
      nullable: false,
      description: 'The promotions that make up `discount`; empty where none applied.',
      resolve: ({ discountInfo }, _args, { log }) =>
        readList(discountInfo, isObject, 'OrderDetails.discountInfo', log),
    }),
    discountCoupon: t.field({
      type: DiscountCouponInfo,
      description: 'The coupon that was entered, whether or not it took anything off.',
      resolve: (order) => readObject(order.discountCoupon),
    }),
    billingPerson: t.field({
      type: PersonInfo,
      description: 'Who pays, and where the bill goes; null until given.',
      resolve: (order) => readObject(order.billingPerson),
    }),
    shippingPerson: t.field({
      type: PersonInfo,
      description: 'Who receives the goods, and where; null until given, and for pickup or digital goods.',
      resolve: (order) => readObject(order.shippingPerson),
    }),
    shippingOption: t.field({
      type: ShippingOptionInfo,
      description: 'The way of shipping that was chosen; null until one is.',
      resolve: (order) => readObject(order.shippingOption),
    }),
    handlingFee: t.field({
      type: HandlingFeeInfo,
      description: 'The fee that the merchant adds; null where there is none.',
      resolve: (order) => readObject(order.handlingFee),
    }),
    createDate: t.expose('createDate', {
      type: 'DateTime',
      description: 'When it came about. Placing a cart may set it anew on the order.',
    }),
  }),
});
