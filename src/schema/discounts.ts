import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type * as wire from '../ecwid/wire-parts.ts';
import { builder } from './builder.ts';
import { DiscountBase, DiscountType, ModifierType } from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { wireFields } from './wire-fields.ts';

const discount = wireFields<wire.DiscountInfo>();

/** What promotions of goods and discounts on a shipping option have in common: all but the words for `type`. */
const CommonDiscount = builder.interfaceRef<wire.DiscountInfo>('Discount').implement({
  description: 'Something taken off by a rule, be it off the goods or off their shipping.',
  fields: (t) => ({
    id: t.exposeID('id', { description: "Ecwid's id of the promotion; older answers lack it." }),
    value: t.exposeFloat('value', { description: 'An amount or a percentage, as `type` says.' }),
    base: t.field({
      type: DiscountBase.type,
      description: 'What made it apply.',
      ...discount.enumValue(DiscountBase, 'base'),
    }),
    orderTotal: t.field({
      type: 'Money',
      description: 'The subtotal from which on it applies; null where there is no threshold.',
      ...discount.value('orderTotal', 'order_total'),
    }),
    description: t.exposeString('description', { description: 'What the customer reads of it at checkout.' }),
    appliesToItems: t.field({
      type: ['ID'],
      nullable: false,
      description: 'Ids of the products that it is limited to; empty where it is not.',
      ...discount.ids('appliesToItems'),
    }),
    appliesToOrderItems: t.field({
      type: ['ID'],
      nullable: false,
      description: 'Ids of the order items that it was applied to.',
      ...discount.ids('appliesToOrderItems'),
    }),
    triggeredByOrderItems: t.field({
      type: ['ID'],
      nullable: false,
      description: 'Ids of the order items that made it apply, as in "buy two, get one".',
      ...discount.ids('triggeredByOrderItems'),
    }),
    appliesToShippingMethodId: t.exposeID('appliesToShippingMethodId', {
      description: 'The way of shipping that it is limited to; null where it is not.',
    }),
  }),
});

export const DiscountInfo = builder.objectRef<wire.DiscountInfo>('DiscountInfo').implement({
  description: 'A promotion that applied to the order. Coupons are not among them.',
  interfaces: [CommonDiscount],
  fields: (t) => ({
    type: t.field({
      type: DiscountType.type,
      description: 'Whether `value` is an amount, a percentage or a fixed price.',
      ...discount.enumValue(DiscountType, 'type'),
    }),
    membershipId: t.exposeID('membershipId', {
      description: 'Id of the customer group that it is for; null where it is for all.',
    }),
    appliesToProducts: t.field({
      type: ['ID'],
      nullable: false,
      description:
        'Ids of products that it is limited to, in answers that tell them apart from `appliesToItems`.',
      ...discount.ids('appliesToProducts'),
    }),
  }),
});

export const ShippingDiscountInfo = builder.objectRef<wire.DiscountInfo>('ShippingDiscountInfo').implement({
  description: 'What is taken off the rate of a way of shipping.',
  interfaces: [CommonDiscount],
  fields: (t) => ({
    type: t.field({
      type: ModifierType.type,
      description: 'Whether `value` is an amount or a percentage of the rate.',
      ...discount.enumValue(ModifierType, 'type'),
    }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  discount: t.expose('discount', {
    type: 'Money',
    description: 'What promotions take off, without the coupon: that is `couponDiscount`.',
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
    ...order.objects('discountInfo'),
  }),
}));

export const DiscountInfoInput = builder.inputType('DiscountInfoInput', {
  description: "A promotion. Where any is given, a calculation uses these and not the store's own.",
  fields: (t) => ({
    id: t.id({ description: "Ecwid's id of the promotion." }),
    value: t.float({ required: true, description: 'An amount or a percentage, as `type` says.' }),
    type: t.field({ type: DiscountType.type, required: true, description: 'How `value` is to be read.' }),
    base: t.field({
      type: DiscountBase.type,
      required: true,
      description: 'What makes it apply, and to what.',
    }),
    orderTotal: t.field({ type: 'Money', description: 'The subtotal from which on it applies.' }),
    description: t.string({ description: 'What the customer reads of it.' }),
    membershipId: t.id({ description: 'Id of the customer group that it is for.' }),
    appliesToProducts: t.idList({ description: 'Ids of the products that it is limited to.' }),
    appliesToItems: t.idList({ description: 'The same, as older answers name it.' }),
    appliesToOrderItems: t.idList({ description: 'Ids of the order items that it is applied to.' }),
    triggeredByOrderItems: t.idList({ description: 'Ids of the order items that make it apply.' }),
    appliesToShippingMethodId: t.id({ description: 'The way of shipping that it is limited to.' }),
  }),
});

export const ShippingDiscountInfoInput = builder.inputType('ShippingDiscountInfoInput', {
  description: 'What is taken off the rate of a way of shipping.',
  fields: (t) => ({
    value: t.float({ required: true, description: 'An amount or a percentage, as `type` says.' }),
    type: t.field({ type: ModifierType.type, required: true, description: 'How `value` is to be read.' }),
    base: t.field({ type: DiscountBase.type, description: 'What makes it apply.' }),
    orderTotal: t.field({ type: 'Money', description: 'The subtotal from which on it applies.' }),
    description: t.string({ description: 'What the customer reads of it.' }),
  }),
});
