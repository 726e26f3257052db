import { refuse } from '../checkout/refusal.ts';
import { updateCart } from '../ecwid/carts.ts';
import { describeFailure, EcwidStatusError } from '../ecwid/errors.ts';
import { readCartId } from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { mayHideCarts, readsEverything } from '../viewer.ts';
import { builder } from './builder.ts';
import { Cart } from './cart.ts';
import type { Context } from './context.ts';
import { costs } from './cost.ts';
import { errorCodeEnum, MutationError, throwUnlessSelected } from './mutation-error.ts';
import { notPermitted } from './not-permitted.ts';
import { readBack } from './read-back.ts';
import { selectedFields } from './selected-fields.ts';

const HideCartInput = builder.inputType('HideCartInput', {
  description: 'Which cart to hide or show.',
  fields: (t) => ({
    cart_id: t.string({ required: true, description: "Ecwid's cartId, exactly as Ecwid writes it." }),
    hidden: t.boolean({ required: true, defaultValue: true, description: 'false shows the cart again.' }),
  }),
});

const codes = {
  CART_ID_MISSING: 'The cart_id is blank.',
  CART_NOT_FOUND: 'The store has no cart with this id.',
  NOT_PERMITTED: 'The viewer may not hide carts, or the store does not let this gateway change them.',
  UNDEFINED: 'A refusal that has no code of its own.',
} as const;

type HideCartErrorCode = keyof typeof codes;

const HideCartErrorCode = errorCodeEnum<HideCartErrorCode>('HideCartErrorCode', {
  description: 'Why a cart was neither hidden nor shown.',
  codes,
});

interface HideCartError {
  readonly code: HideCartErrorCode;
  readonly message: string;
}

const HideCartError = builder.objectRef<HideCartError>('HideCartError').implement({
  description: 'One reason why the cart is as it was.',
  interfaces: [MutationError],
  fields: (t) => ({
    code: t.expose('code', {
      type: HideCartErrorCode,
      nullable: false,
      description: 'The cause, for programs.',
    }),
  }),
});

interface HideCartOutput {
  readonly cart: wire.Cart | null;
  readonly errors: readonly HideCartError[];
}

const HideCartOutput = builder.objectRef<HideCartOutput>('HideCartOutput').implement({
  description: 'The cart as it is now, or the reasons why it is as it was.',
  fields: (t) => ({
    cart: t.field({
      type: Cart,
      description: 'The cart after the change; null where there was none to change.',
      resolve: ({ cart }, _args, { unguardedLoaders, viewer }, info) =>
        cart &&
        readBack(selectedFields(info), {
          known: cart,
          load(fields) {
            if (!readsEverything(viewer))
              throw notPermitted('Only staff with read_orders may read this cart.');
            return unguardedLoaders.cart.load(readCartId(cart), fields);
          },
        }),
    }),
    errors: t.field({
      type: [HideCartError],
      nullable: false,
      description:
        'Why nothing was changed; empty when it was. Where this is not selected, the first of them is an error ' +
        'of the operation instead.',
      resolve: ({ errors }) => errors,
    }),
  }),
});

builder.mutationField('hideCart', (t) =>
  t.field({
    type: HideCartOutput,
    description:
      "Hides an abandoned cart from the store's list, or shows it again. Doing so twice does no harm. Staff alone " +
      'may (update_orders).',
    complexity: costs.hideCart,
    args: {
      input: t.arg({ type: HideCartInput, required: true, description: 'Which cart, and which of the two.' }),
    },
    resolve: async (_root, { input: { cart_id: cartId, hidden } }, context, info) => {
      const error = await hideCart(cartId, hidden, context);
      if (error) {
        throwUnlessSelected(info, [error]);
        return { cart: null, errors: [error] };
      }
      context.unguardedLoaders.cart.clear(cartId);
      context.changes.publish({ kind: 'cart', id: cartId });
      return { cart: { cartId, hidden }, errors: [] };
    },
  }),
);

async function hideCart(
  cartId: string,
  hidden: boolean,
  { ecwid, viewer, log }: Context,
): Promise<HideCartError | null> {
  if (!mayHideCarts(viewer)) {
    return { code: 'NOT_PERMITTED', message: 'Only staff with update_orders may hide carts.' };
  }
  if (cartId.trim() === '') return { code: 'CART_ID_MISSING', message: refuse('CART_ID_MISSING').message };
  try {
    if (await updateCart(ecwid, cartId, { hidden })) return null;
    return { code: 'CART_NOT_FOUND', message: refuse('CART_NOT_FOUND', cartId).message };
  } catch (error) {
    if (!(error instanceof EcwidStatusError) || error.errorCode !== 'INSUFFICIENT_APP_SCOPE') throw error;
    log.warn(describeFailure(error), 'a cart was not hidden because of Ecwid');
    return { code: 'NOT_PERMITTED', message: 'The store does not let this gateway change carts.' };
  }
}
