import type { GraphQLResolveInfo } from 'graphql';
import { type OrderFilter as EcwidOrderFilter, searchOrders } from '../ecwid/orders.ts';
import { mergeResponseFields, type ResponseFields, responseFields } from '../ecwid/response-fields.ts';
import { isPresentId, knownOrder, readOrderId, type WrittenOrder } from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { type Owner, ownerOf, type Viewer } from '../viewer.ts';
import { builder, staffMatter } from './builder.ts';
import { checkIds, checkSearch } from './check-arguments.ts';
import { connectionArgs, connectionType, resolveConnection } from './connection.ts';
import type { Context } from './context.ts';
import { costs } from './cost.ts';
import { FulfillmentStatus, PaymentStatus } from './enums.ts';
import { entity, lookupByIds } from './larger-graphs.ts';
import { Loyalty, StoreCredit } from './loyalty.ts';
import { notPermitted } from './not-permitted.ts';
import { OrderDetails } from './order-details.ts';
import { ExternalOrderData } from './origin.ts';
import { ownSearch } from './own-search.ts';
import { readBack } from './read-back.ts';
import { reads, selectedFields } from './selected-fields.ts';
import { ShippingOptionInfo } from './shipping.ts';
import { TaxInfo } from './taxes.ts';
import { ownerFields } from './visible-loaders.ts';
import { wireFields } from './wire-fields.ts';

/** The wire fields that tell the id which customers see; `readOrderId` reads it from them. */
const idFields = reads<keyof wire.Order>('id', 'publicUid', 'vendorOrderNumber');

const order = wireFields<wire.Order>();

export const Order = builder.objectRef<wire.Order>('Order').implement({
  description: 'An order that was placed in the store.',
  interfaces: [OrderDetails],
  extensions: entity,
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: "The order's public id with the store's prefix and suffix, such as AB1CD.",
      extensions: idFields,
      resolve: readOrderId,
    }),
    order_number: t.string({
      nullable: false,
      description: "Magento's name for the id that customers see.",
      extensions: idFields,
      resolve: readOrderId,
    }),
    order_id: t.string({
      deprecationReason: 'Use order_number.',
      description: "The name that Magento's oldest storefronts read the order's number by.",
      extensions: idFields,
      resolve: readOrderId,
    }),
    number: t.string({
      nullable: false,
      description: "Magento 2.4's OrderV2 name for the same number.",
      extensions: idFields,
      resolve: readOrderId,
    }),
    orderNumber: t.id({
      description: "Ecwid's internal number, which customers never see.",
      ...order.value('orderNumber', 'internalId'),
    }),
    vendorOrderNumber: t.exposeString('vendorOrderNumber', {
      description: 'Said to repeat the public id; some answers have the internal number here.',
    }),
    customDiscount: t.field({
      type: ['Money'],
      nullable: false,
      description: 'What each promotion of base CUSTOM takes off; part of `discount`.',
      ...order.amounts('customDiscount'),
    }),
    availableShippingOptions: t.field({
      type: [ShippingOptionInfo],
      nullable: false,
      description: 'The ways of shipping that could have been chosen.',
      ...order.objects('availableShippingOptions'),
    }),
    availableTaxes: t.field({
      type: [TaxInfo],
      nullable: false,
      description: "The taxes of the store's settings that could apply.",
      ...order.objects('availableTaxes'),
    }),
    paymentSubtype: t.exposeString('paymentSubtype', {
      description: 'Which of the ways that its payment method offers was used.',
    }),
    paymentReference: t.exposeString(
      'paymentReference',
      staffMatter('What the merchant finds the payment by.'),
    ),
    externalTransactionUrl: t.exposeString(
      'externalTransactionUrl',
      staffMatter("The payment system's page about the transaction."),
    ),
    referenceTransactionId: t.exposeString(
      'referenceTransactionId',
      staffMatter('Id by which the payment system charges the same customer again.'),
    ),
    ebayId: t.exposeString('ebayId', staffMatter("eBay's id, for orders that came from there.")),
    externalOrderData: t.field({
      type: ExternalOrderData,
      ...staffMatter(
        'What the system that the order came from knows of it; null where it came from the store.',
      ),
      ...order.object('externalOrderData'),
    }),
    trackingUrl: t.exposeString('trackingUrl', {
      description: "The carrier's page about the shipment, as the merchant has typed it in.",
    }),
    latestShipDate: t.expose('latestShipDate', {
      type: 'DateTime',
      description: 'By when the goods have to leave.',
    }),
    latestDeliveryDate: t.expose('latestDeliveryDate', {
      type: 'DateTime',
      description: 'By when the goods have to arrive.',
    }),
    loyalty: t.field({
      type: Loyalty,
      description: 'Points of a loyalty programme; null where the store has none.',
      ...order.object('loyalty'),
    }),
    storeCredit: t.field({
      type: StoreCredit,
      description: "The customer's credit with the store; null where the store gives none.",
      ...order.object('storeCredit'),
    }),
    ticket: t.expose('ticket', {
      type: 'SafeInt',
      ...staffMatter("A number of Ecwid's own, without a documented meaning; may be negative."),
    }),
    withdrawalRequested: t.exposeBoolean('withdrawalRequested', {
      description: 'True where the customer has asked to withdraw from the purchase.',
    }),
  }),
});

const OrderConnection = connectionType(Order, { name: 'Order', plural: 'orders' });

const OrderFilter = builder.inputType('OrderFilter', {
  description: 'Narrows a search for orders; an order has to match all that is given. Bounds are inclusive.',
  fields: (t) => ({
    keywords: t.string({
      description:
        "Free text over the order's ids, addresses, e-mail, tracking number, items, options and the merchant's " +
        'notes.',
    }),
    totalFrom: t.field({ type: 'Money', description: 'The least `total`.' }),
    totalTo: t.field({ type: 'Money', description: 'The greatest `total`.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'The earliest `createDate`.' }),
    createdTo: t.field({ type: 'DateTime', description: 'The latest `createDate`.' }),
    updatedFrom: t.field({ type: 'DateTime', description: 'The earliest `updateDate`.' }),
    updatedTo: t.field({ type: 'DateTime', description: 'The latest `updateDate`.' }),
    pickupTimeFrom: t.field({ type: 'DateTime', description: 'The earliest `pickupTime`.' }),
    pickupTimeTo: t.field({ type: 'DateTime', description: 'The latest `pickupTime`.' }),
    couponCode: t.string({ description: 'Code of the coupon that was used.' }),
    customer: t.string({ description: "Free text over the customer's details, except customerId." }),
    customerId: t.id({ description: "Ecwid's id of the customer: digits." }),
    customerIdOrEmail: t.string({
      description: "Ecwid's id of the customer, or their whole e-mail address.",
    }),
    orderNumber: t.id({
      description: 'The very internal number: digits. Ecwid then ignores the other filters.',
    }),
    vendorOrderNumber: t.string({ description: 'The very number, as older stores count them.' }),
    email: t.string({ description: "The customer's whole e-mail address." }),
    paymentMethod: t.string({ description: 'Name of the payment method.' }),
    paymentModule: t.string({ description: "Ecwid's payment integration." }),
    paymentReference: t.string({ description: 'What the merchant finds the payment by.' }),
    shippingMethod: t.string({ description: 'Name of the way of shipping.' }),
    paymentStatus: t.field({
      type: [PaymentStatus.type],
      description: 'Any of these. Abandoned carts are left out unless INCOMPLETE is one of them.',
    }),
    fulfillmentStatus: t.field({ type: [FulfillmentStatus.type], description: 'Any of these.' }),
    productIds: t.idList({ description: 'Orders that have any of these products: digits.' }),
    subscriptionId: t.id({ description: 'Orders of this subscription: digits.' }),
    refererId: t.string({ description: 'The very `refererId`.' }),
    acceptMarketing: t.boolean({ description: 'Whether the customer agreed to be sent promotions.' }),
    containsPreorderItems: t.boolean({
      description: 'Whether anything in it was ordered before it is there.',
    }),
  }),
});

// Keywords find the merchant's own notes, and with an orderNumber Ecwid passes over every other filter.
const filtersOfCustomers = [
  ...(['totalFrom', 'totalTo', 'createdFrom', 'createdTo', 'updatedFrom', 'updatedTo'] as const),
  ...(['pickupTimeFrom', 'pickupTimeTo', 'couponCode', 'email', 'paymentMethod', 'shippingMethod'] as const),
  ...(['paymentStatus', 'fulfillmentStatus', 'productIds', 'containsPreorderItems'] as const),
];

builder.queryFields((t) => ({
  order: t.field({
    type: Order,
    description:
      'One order, or an abandoned cart seen as an order of payment status INCOMPLETE; null where the store has none ' +
      'with this id, or where the viewer may not see it: customers see their own, guests none.',
    complexity: costs.order,
    args: {
      id: t.arg.id({ required: true, description: "The order's public id, or its internal number." }),
    },
    resolve: (_root, { id }, { loaders }, info) => loaders.order.load(id, orderFields(selectedFields(info))),
  }),
  orders: t.field({
    type: OrderConnection,
    nullable: false,
    description:
      "Orders, newest first: all of them for staff (read_orders), a customer's own for that customer.",
    complexity: costs.orders,
    args: {
      filter: t.arg({ type: OrderFilter, description: 'Which orders; all but abandoned carts by default.' }),
      ...connectionArgs(t.arg),
    },
    resolve: (_root, { filter, ...range }, context, info) => {
      const { sharedEcwid, viewer, signal } = context;
      const checked: EcwidOrderFilter = checkSearch('filter', filter ?? {}, context);
      const search = ownSearch(viewer, checked, filtersOfCustomers);
      return resolveConnection<wire.Order>(range, info, context, {
        idField: 'id',
        hasId: ({ id, publicUid, vendorOrderNumber }) => [id, publicUid, vendorOrderNumber].some(isPresentId),
        search,
        searchPage: (page) => searchOrders(sharedEcwid, search.filter, { ...page, signal }),
      });
    },
  }),
  ordersByIds: t.field({
    type: [Order],
    nullable: { list: false, items: true },
    description:
      'As many orders as ids, in the same order, null where there is none, read in one call to Ecwid: a search, ' +
      'which may take seconds to know a new order. For gateways that stitch. At most 100 ids.',
    complexity: costs.ordersByIds,
    extensions: lookupByIds,
    args: {
      ids: t.arg.idList({
        required: true,
        description: 'Up to 100 public ids or internal numbers; repeated ones cost nothing.',
      }),
    },
    resolve: (_root, { ids }, context, info) => {
      const fields = orderFields(selectedFields(info));
      return checkIds(ids, context).map((id) => context.loaders.order.load(id, fields));
    },
  }),
}));

/**
 * An order that a write has told of: whole for whoever was permitted to write it, unless `maySee` says no once it is
 * known whose it is. Its number is certain, whatever becomes of reading the rest.
 */
export function readWrittenOrder(
  { key, known }: WrittenOrder,
  { unguardedLoaders, viewer }: Context,
  info: GraphQLResolveInfo,
  maySee?: (viewer: Viewer, owner: Owner) => boolean,
): Promise<wire.Order> {
  return readBack(selectedFields(info), {
    known,
    // The internal number finds the order as well, and is better than losing it.
    fallback: knownOrder({ id: key }),
    load: async (fields) => {
      if (!maySee) return unguardedLoaders.order.load(key, fields);
      const order = await unguardedLoaders.order.load(key, mergeResponseFields(fields, ownerFields));
      if (order && !maySee(viewer, ownerOf(order))) {
        throw notPermitted('The order is that of a customer, by its e-mail address, and not of this viewer.');
      }
      return order;
    },
  });
}

/** Where no field of the order is selected, whether it is there still is. */
export function orderFields(selected: ResponseFields): ResponseFields {
  return selected.size > 0 ? selected : responseFields('id');
}
