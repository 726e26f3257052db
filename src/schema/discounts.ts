import { isScalar, readList, readObject } from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';
import {
  DiscountBase,
  DiscountCouponStatus,
  DiscountCouponType,
  DiscountCouponUsesLimit,
  DiscountType,
} from './enums.ts';
import { reads } from './selected-fields.ts';

export const DiscountInfo = builder.objectRef<wire.DiscountInfo>('DiscountInfo').implement({
  description: 'A promotion that applied to the order. Coupons are not among them.',
  fields: (t) => ({
    value: t.exposeFloat('value', { description: 'An amount or a percentage, as `type` says.' }),
    type: t.field({
      type: DiscountType.type,
      description: 'Whether `value` is an amount, a percentage or a fixed price.',
      resolve: (discount) => DiscountType.read(discount.type),
    }),
    base: t.field({
      type: DiscountBase.type,
      description: 'What made the promotion apply.',
      resolve: (discount) => DiscountBase.read(discount.base),
    }),
    orderTotal: t.field({
      type: 'Money',
      description: 'The subtotal from which on the promotion applies; null where there is no threshold.',
      extensions: reads<keyof wire.DiscountInfo>('orderTotal', 'order_total'),
      resolve: (discount) => discount.orderTotal ?? discount.order_total ?? null,
    }),
    description: t.exposeString('description', { description: 'What the customer reads of it at checkout.' }),
  }),
});

const DiscountCouponCatalogLimit = builder
  .objectRef<wire.DiscountCouponCatalogLimit>('DiscountCouponCatalogLimit')
  .implement({
    description: 'The part of the catalogue that a coupon is good for; empty lists mean no such limit.',
    fields: (t) => ({
      products: t.field({
        type: ['ID'],
        nullable: false,
        description: 'Ids of the products that the coupon is good for.',
        resolve: ({ products }, _args, { log }) =>
          readList(products, isScalar, 'DiscountCouponCatalogLimit.products', log),
      }),
      categories: t.field({
        type: ['ID'],
        nullable: false,
        description: 'Ids of the categories whose products the coupon is good for.',
        resolve: ({ categories }, _args, { log }) =>
          readList(categories, isScalar, 'DiscountCouponCatalogLimit.categories', log),
      }),
    }),
  });

export const DiscountCouponInfo = builder.objectRef<wire.DiscountCouponInfo>('DiscountCouponInfo').implement({
  description: 'The coupon that the customer entered, as it was in the store at that time.',
  fields: (t) => ({
    name: t.exposeString('name', { description: "The coupon's title in the merchant's admin." }),
    code: t.exposeString('code', { description: 'What the customer typed to use it.' }),
    discountType: t.field({
      type: DiscountCouponType.type,
      description: 'What the coupon takes off, and how `discount` is to be read.',
      resolve: (coupon) => DiscountCouponType.read(coupon.discountType),
    }),
    status: t.field({
      type: DiscountCouponStatus.type,
      description: 'Whether the coupon could be used when this was recorded.',
      resolve: (coupon) => DiscountCouponStatus.read(coupon.status),
    }),
    discount: t.exposeFloat('discount', {
      description: 'An amount or a percentage, as `discountType` says.',
    }),
    launchDate: t.expose('launchDate', { type: 'DateTime', description: 'From when on the coupon is good.' }),
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
      resolve: (coupon) => DiscountCouponUsesLimit.read(coupon.usesLimit),
    }),
    creationDate: t.expose('creationDate', {
      type: 'DateTime',
      description: 'When the merchant made the coupon.',
    }),
    orderCount: t.exposeInt('orderCount', {
      description: 'Orders that had used the coupon before this one.',
    }),
    catalogLimit: t.field({
      type: DiscountCouponCatalogLimit,
      description: 'The products it is limited to; null where it is good for all of them.',
      resolve: (coupon) => readObject(coupon.catalogLimit),
    }),
  }),
});
