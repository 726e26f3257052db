import { type CartFilter as EcwidCartFilter, searchCarts } from '../ecwid/carts.ts';
import { type ResponseFields, responseFields } from '../ecwid/response-fields.ts';
import {
  isPresentId,
  readCartId,
  readFlag,
  readRecoveredOrder,
  readRecoveryEmailSentDate,
} from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { readsEverything } from '../viewer.ts';
import { builder } from './builder.ts';
import { checkIds, checkSearch } from './check-arguments.ts';
import { connectionArgs, connectionType, resolveConnection } from './connection.ts';
import { costs } from './cost.ts';
import { entity, lookupByIds } from './larger-graphs.ts';
import { Order } from './order.ts';
import { OrderDetails } from './order-details.ts';
import { ownSearch } from './own-search.ts';
import { reads, selectedFields } from './selected-fields.ts';

export const Cart = builder.objectRef<wire.Cart>('Cart').implement({
  description: 'An abandoned cart: what a customer was about to buy, as far as they came at checkout.',
  interfaces: [OrderDetails],
  extensions: entity,
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: "Ecwid's cartId, an upper-case UUID. It cannot be guessed, so keep it as you would a key.",
      extensions: reads<keyof wire.Cart>('cartId'),
      resolve: readCartId,
    }),
    hidden: t.boolean({
      nullable: false,
      description: "True where the merchant has removed the cart from the admin's list.",
      resolve: (cart) => readFlag(cart.hidden),
    }),
    trackingUrl: t.exposeString('trackingUrl', {
      description: "The carrier's page about the shipment, as the merchant has typed it in.",
    }),
    recoveredOrder: t.field({
      type: Order,
      description: 'The order that this cart became, where it was recovered or placed and is still listed.',
      complexity: costs.recoveredOrder,
      extensions: reads<keyof wire.Cart>('recoveredPublicUid', 'recoveredOrderId', 'recovered_order_id'),
      resolve: async (cart, _args, { loaders, viewer }, info) => {
        const order = readRecoveredOrder(cart);
        if (!order) return null;
        const { key, known } = order;
        const fields = selectedFields(info);
        const isKnown = [...fields.keys()].every((name) => Object.hasOwn(known, name));
        // Whose it is, is not known.
        if (isKnown && readsEverything(viewer)) return known;
        const found = await loaders.order.load(key, fields);
        return found && { ...known, ...found };
      },
    }),
    recoveryEmailSentDate: t.field({
      type: 'DateTime',
      description: 'When the customer was last reminded of the cart by e-mail; null where never.',
      extensions: reads<keyof wire.Cart>('recoveryEmailSentTimestamp', 'recovery_email_sent_timestamp'),
      resolve: readRecoveryEmailSentDate,
    }),
  }),
});

const CartConnection = connectionType(Cart, { name: 'Cart', plural: 'carts' });

const CartFilter = builder.inputType('CartFilter', {
  description: 'Narrows a search for carts; a cart has to match all that is given. Bounds are inclusive.',
  fields: (t) => ({
    showHidden: t.boolean({
      description: 'False leaves out the carts that the merchant has hidden; they are shown by default.',
    }),
    totalFrom: t.field({ type: 'Money', description: 'The least `total`.' }),
    totalTo: t.field({ type: 'Money', description: 'The greatest `total`.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'The earliest `createDate`.' }),
    createdTo: t.field({ type: 'DateTime', description: 'The latest `createDate`.' }),
    updatedFrom: t.field({ type: 'DateTime', description: 'The earliest `updateDate`.' }),
    updatedTo: t.field({ type: 'DateTime', description: 'The latest `updateDate`.' }),
    couponCode: t.string({ description: 'Code of the coupon that was entered.' }),
    email: t.string({ description: "The customer's whole e-mail address." }),
    customerId: t.id({ description: "Ecwid's id of the customer: digits." }),
    customer: t.string({ description: "Free text over the customer's details, except customerId." }),
  }),
});

const filtersOfCustomers = [
  ...([
    'showHidden',
    'totalFrom',
    'totalTo',
    'createdFrom',
    'createdTo',
    'updatedFrom',
    'updatedTo',
  ] as const),
  ...(['couponCode', 'email', 'customer'] as const),
];

builder.queryFields((t) => ({
  cart: t.field({
    type: Cart,
    description:
      'One abandoned cart; null where the store has none with this id, or where the viewer may not see it.',
    complexity: costs.cart,
    args: {
      id: t.arg.id({ required: true, description: "Ecwid's cartId, exactly as Ecwid writes it." }),
    },
    resolve: (_root, { id }, { loaders }, info) => loaders.cart.load(id, cartFields(selectedFields(info))),
  }),
  carts: t.field({
    type: CartConnection,
    nullable: false,
    description:
      "Abandoned carts, newest first: all of them for staff (read_orders), a customer's own for that customer.",
    complexity: costs.carts,
    args: {
      filter: t.arg({ type: CartFilter, description: 'Which carts; all of them by default.' }),
      ...connectionArgs(t.arg),
    },
    resolve: (_root, { filter, ...range }, context, info) => {
      const { sharedEcwid, viewer, signal } = context;
      const checked: EcwidCartFilter = checkSearch('filter', filter ?? {}, context);
      const search = ownSearch(viewer, checked, filtersOfCustomers);
      return resolveConnection<wire.Cart>(range, info, context, {
        idField: 'cartId',
        hasId: ({ cartId }) => isPresentId(cartId),
        search,
        searchPage: (page) => searchCarts(sharedEcwid, search.filter, { ...page, signal }),
      });
    },
  }),
  cartsByIds: t.field({
    type: [Cart],
    nullable: { list: false, items: true },
    description:
      'As many carts as ids, in the same order, null where there is none. For gateways that stitch. ' +
      'At most 100 ids.',
    complexity: costs.cartsByIds,
    extensions: lookupByIds,
    args: {
      ids: t.arg.idList({
        required: true,
        description: 'Up to 100 cartIds; repeated ones cost nothing.',
      }),
    },
    resolve: (_root, { ids }, context, info) => {
      const fields = cartFields(selectedFields(info));
      return checkIds(ids, context).map((id) => context.loaders.cart.load(id, fields));
    },
  }),
}));

/** Where no field of the cart is selected, whether it is there still is. */
export function cartFields(selected: ResponseFields): ResponseFields {
  return selected.size > 0 ? selected : responseFields('cartId');
}
