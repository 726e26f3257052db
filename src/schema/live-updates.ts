import type { Change } from '../changes/changes.ts';
import { followChanges } from '../changes/follow-changes.ts';
import type { EntityLoader } from '../ecwid/loaders.ts';
import type { ResponseFields } from '../ecwid/response-fields.ts';
import { identityOf, mayFollowCarts, mayFollowOrders, ownerOf, readsEverything } from '../viewer.ts';
import { badUserInput } from './bad-user-input.ts';
import { builder } from './builder.ts';
import { Cart, cartFields } from './cart.ts';
import type { Context } from './context.ts';
import { costs } from './cost.ts';
import { notPermitted } from './not-permitted.ts';
import { Order, orderFields } from './order.ts';
import { selectedFields } from './selected-fields.ts';
import { ownerFields } from './visible-loaders.ts';

builder.subscriptionFields((t) => ({
  cartChanged: t.field({
    type: Cart,
    description:
      'A cart as it is after each change, in the store or by this gateway; several changes in a short time may be ' +
      'told as one, and one may be told twice. Null where the cart that `id` names is no more there to read, such as ' +
      'one that became an order.',
    complexity: costs.cartChanged,
    args: {
      id: t.arg.id({
        description:
          "This cart alone; by default all of them for staff (read_orders), and a customer's own for that customer. " +
          'Guests have to name one.',
      }),
    },
    subscribe: (_root, { id }, { changes, viewer }) => {
      const named = checkId(id);
      if (!mayFollowCarts(viewer, named !== undefined)) {
        throw notPermitted(
          viewer.kind === 'guest'
            ? 'Guests follow one cart, by its id.'
            : 'Only staff with read_orders, customers, and guests by an id, may follow carts.',
          viewer.kind === 'guest' ? { argument: 'id' } : {},
        );
      }
      return followChanges(changes, { kind: 'cart', id: named });
    },
    resolve: (change, { id }, context, info) => {
      const isNamed = (id ?? undefined) !== undefined;
      const fields = cartFields(selectedFields(info));
      // The id of a cart is as good as a key: a guest's to it all, and for others to when it changes.
      const isCertain = isNamed || readsEverything(context.viewer);
      return readChanged(context.loaders.cart, change, fields, context, { isNamed, isCertain });
    },
  }),
  orderChanged: t.field({
    type: Order,
    description:
      'An order as it is after each change, a new one included, in the store or by this gateway; several changes in ' +
      'a short time may be told as one, and one may be told twice. Null tells staff that the order which `id` names ' +
      'is no more there to read; a customer is told of their own orders alone, and guests of none.',
    complexity: costs.orderChanged,
    args: {
      id: t.arg.id({
        description:
          "The order of this public id alone; by default all of them for staff (read_orders), and a customer's own " +
          'for that customer.',
      }),
    },
    subscribe: (_root, { id }, { changes, viewer }) => {
      const named = checkId(id);
      if (!mayFollowOrders(viewer))
        throw notPermitted('Only staff with read_orders, and customers, may follow orders.');
      return followChanges(changes, { kind: 'order', id: named });
    },
    resolve: (change, { id }, context, info) => {
      const isNamed = (id ?? undefined) !== undefined;
      const fields = orderFields(selectedFields(info));
      // Ids of orders can be guessed, so not even that one changes is told to a customer of another.
      const isCertain = readsEverything(context.viewer);
      return readChanged(context.loaders.order, change, fields, context, { isNamed, isCertain });
    },
  }),
}));

/** Far longer than any id is. */
const mostIdLength = 128;

/** @throws BAD_USER_INPUT */
function checkId(id: string | null | undefined): string | undefined {
  if (id?.trim() === '') throw badUserInput('Argument "id" must not be empty.', { argument: 'id' });
  // It is kept for as long as somebody listens.
  if (id && id.length > mostIdLength) {
    const message = `Argument "id" must not be longer than ${mostIdLength} characters.`;
    throw badUserInput(message, { argument: 'id' });
  }
  return id ?? undefined;
}

interface Listener {
  /** Whether what is gone is told of, too. */
  readonly isNamed: boolean;
  /** Whether whoever listens may know of the change, whatever is found. */
  readonly isCertain: boolean;
}

async function readChanged<Entity extends object>(
  loader: EntityLoader<Entity>,
  { id }: Change,
  fields: ResponseFields,
  { event, viewer }: Context,
  { isNamed, isCertain }: Listener,
): Promise<Entity | null> {
  // Whose it is first, which is one call for all who ask that of it. Where even that cannot be read, nobody is told what
  // may be another's affair.
  const owned = isCertain ? null : await loader.load(id, ownerFields).catch(() => null);
  // A guest's cart may be seen by who has its id, and is told to nobody else.
  const isVisible = isCertain || (owned !== null && (isNamed || ownerOf(owned) === identityOf(viewer)));
  // Not what is passed over, or a busy store would leave a customer nothing for what is their own.
  if (isVisible) await event.charge();
  const entity = isVisible ? await loader.load(id, fields) : null;
  if (!entity && !(isNamed && isCertain)) event.isPassedOver = true;
  return entity;
}
