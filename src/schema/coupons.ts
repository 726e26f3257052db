import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type * as wire from '../ecwid/wire-parts.ts';
import { builder } from './builder.ts';
import {
  DiscountCouponApplicationLimit,
  DiscountCouponStatus,
  DiscountCouponType,
  DiscountCouponUsesLimit,
} from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { wireFields } from './wire-fields.ts';

const catalogLimit = wireFields<wire.DiscountCouponCatalogLimit>();

const DiscountCouponCatalogLimit = builder
  .objectRef<wire.DiscountCouponCatalogLimit>('DiscountCouponCatalogLimit')
  .implement({
    description: 'The part of the catalogue that a coupon is good for; empty lists mean no such limit.',
    fields: (t) => ({
      products: t.field({
        type: ['ID'],
        nullable: false,
        description: 'Ids of the products that the coupon is good for.',
        ...catalogLimit.ids('products'),
      }),
      categories: t.field({
        type: ['ID'],
        nullable: false,
        description: 'Ids of the categories whose products the coupon is good for.',
        ...catalogLimit.ids('categories'),
      }),
    }),
  });

const shippingLimit = wireFields<wire.DiscountCouponShippingLimit>();

const DiscountCouponShippingLimit = builder
  .objectRef<wire.DiscountCouponShippingLimit>('DiscountCouponShippingLimit')
  .implement({
    description: 'The ways of shipping that a coupon is good for.',
    fields: (t) => ({
      shippingMethods: t.field({
        type: ['ID'],
        nullable: false,
        description: 'Ids of those ways; empty means no such limit.',
        ...shippingLimit.ids('shippingMethods'),
      }),
    }),
  });

const coupon = wireFields<wire.DiscountCouponInfo>();

const DiscountCouponInfo = builder.objectRef<wire.DiscountCouponInfo>('DiscountCouponInfo').implement({
  description: 'The coupon that the customer entered, as it was in the store at that time.',
  fields: (t) => ({
    id: t.exposeID('id', { description: "Ecwid's id of the coupon; older carts lack it." }),
    name: t.exposeString('name', { description: "The coupon's title in the merchant's admin." }),
    code: t.exposeString('code', { description: 'What the customer typed to use it.' }),
    discountType: t.field({
      type: DiscountCouponType.type,
      description: 'What the coupon takes off, and how `discount` is to be read.',
      ...coupon.enumValue(DiscountCouponType, 'discountType'),
    }),
    status: t.field({
      type: DiscountCouponStatus.type,
      description: 'Whether the coupon could be used when this was recorded.',
      ...coupon.enumValue(DiscountCouponStatus, 'status'),
    }),
    discount: t.exposeFloat('discount', {
      description: 'An amount or a percentage, as `discountType` says.',
    }),
    launchDate: t.expose('launchDate', {
      type: 'DateTime',
      description: 'From when on the coupon is good.',
    }),
    expirationDate: t.expose('expirationDate', {
      type: 'DateTime',
      description: 'Until when the coupon is good; null where it has no end.',
    }),
    totalLimit: t.expose('totalLimit', {
      type: 'Money',
      description: 'The least subtotal for which the coupon is good; null where there is none.',
    }),
    usesLimit: t.field({
      type: DiscountCouponUsesLimit.type,
      description: 'How often it may be used, by one customer or by all.',
      ...coupon.enumValue(DiscountCouponUsesLimit, 'usesLimit'),
    }),
    applicationLimit: t.field({
      type: DiscountCouponApplicationLimit.type,
      description: 'Which customers may use it; the newer form of `repeatCustomerOnly`.',
      ...coupon.enumValue(DiscountCouponApplicationLimit, 'applicationLimit'),
    }),
    repeatCustomerOnly: t.exposeBoolean('repeatCustomerOnly', {
      description: 'Whether only customers who have bought before may use it; many answers have both forms.',
    }),
    creationDate: t.expose('creationDate', {
      type: 'DateTime',
      description: 'When the merchant made the coupon.',
    }),
    updateDate: t.expose('updateDate', {
      type: 'DateTime',
      description: 'When the merchant last changed the coupon.',
    }),
    orderCount: t.exposeInt('orderCount', {
      description: 'Orders that had used the coupon before this one.',
    }),
    catalogLimit: t.field({
      type: DiscountCouponCatalogLimit,
      description: 'The products it is limited to; null where it is good for all of them.',
      ...coupon.object('catalogLimit'),
    }),
    shippingLimit: t.field({
      type: DiscountCouponShippingLimit,
      description: 'The ways of shipping it is limited to; null where it is good for all of them.',
      ...coupon.object('shippingLimit'),
    }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  couponDiscount: t.expose('couponDiscount', {
    type: 'Money',
    description: 'What the coupon takes off; not part of `discount`.',
  }),
  discountCoupon: t.field({
    type: DiscountCouponInfo,
    description: 'The coupon that was entered, whether or not it took anything off.',
    ...order.object('discountCoupon'),
  }),
}));

const DiscountCouponCatalogLimitInput = builder.inputType('DiscountCouponCatalogLimitInput', {
  description: 'The part of the catalogue that a coupon is good for.',
  fields: (t) => ({
    products: t.idList({ description: 'Ids of products; empty or left out means no such limit.' }),
    categories: t.idList({ description: 'Ids of categories; empty or left out means no such limit.' }),
  }),
});

const DiscountCouponShippingLimitInput = builder.inputType('DiscountCouponShippingLimitInput', {
  description: 'The ways of shipping that a coupon is good for.',
  fields: (t) => ({
    shippingMethods: t.idList({ description: 'Ids of those ways; empty or left out means no such limit.' }),
  }),
});

export const DiscountCouponInfoInput = builder.inputType('DiscountCouponInfoInput', {
  description:
    'A coupon. A calculation takes it as it is given; an order keeps it only if the store has its code.',
  fields: (t) => ({
    id: t.id({ description: "Ecwid's id of the coupon." }),
    name: t.string({ description: 'Title of the coupon.' }),
    creationDate: t.field({ type: 'DateTime', description: 'When it was made.' }),
    updateDate: t.field({ type: 'DateTime', description: 'When it was last changed.' }),
    orderCount: t.int({ description: 'Orders that had used it before this one.' }),
    code: t.string({ required: true, description: 'What the customer types to use it.' }),
    discountType: t.field({ type: DiscountCouponType.type, description: 'What it takes off.' }),
    status: t.field({ type: DiscountCouponStatus.type, description: 'Whether it can be used.' }),
    discount: t.float({ description: 'An amount or a percentage, as `discountType` says.' }),
    launchDate: t.field({ type: 'DateTime', description: 'From when on it is good.' }),
    expirationDate: t.field({ type: 'DateTime', description: 'Until when it is good.' }),
    totalLimit: t.field({ type: 'Money', description: 'The least subtotal for which it is good.' }),
    usesLimit: t.field({ type: DiscountCouponUsesLimit.type, description: 'How often it may be used.' }),
    applicationLimit: t.field({
      type: DiscountCouponApplicationLimit.type,
      description: 'Which customers may use it.',
    }),
    repeatCustomerOnly: t.boolean({ description: 'The older form of `applicationLimit`.' }),
    catalogLimit: t.field({
      type: DiscountCouponCatalogLimitInput,
      description: 'The products it is limited to.',
    }),
    shippingLimit: t.field({
      type: DiscountCouponShippingLimitInput,
      description: 'The ways of shipping it is limited to.',
    }),
  }),
});
