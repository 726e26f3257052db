import { updateCart } from '../ecwid/carts.ts';
import type { EcwidClient } from '../ecwid/client.ts';
import { EcwidStatusError } from '../ecwid/errors.ts';
import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';
import { Cart } from './cart.ts';
import { MutationError, throwUnlessSelected } from './mutation-error.ts';
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
  NOT_PERMITTED: 'The store does not let this gateway change carts.',
  UNDEFINED: 'A refusal that has no code of its own.',
} as const;

type HideCartErrorCode = keyof typeof codes;

const HideCartErrorCode = builder.enumType('HideCartErrorCode', {
  description: 'Why a cart was neither hidden nor shown.',
  values: Object.fromEntries(
    Object.entries(codes).map(([code, description]) => [
      code,
      { description, value: code as HideCartErrorCode },
    ]),
  ),
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
      resolve: ({ cart }, _args, { loaders }, info) =>
        cart &&
        readBack(cart, selectedFields(info), (fields) => loaders.cart.load(cart.cartId as string, fields)),
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
      "Hides an abandoned cart from the store's list, or shows it again. Doing so twice does no harm.",
    args: {
      input: t.arg({ type: HideCartInput, required: true, description: 'Which cart, and which of the two.' }),
    },
    resolve: async (_root, { input: { cart_id: cartId, hidden } }, { ecwid, loaders }, info) => {
      const error = await hideCart(ecwid, cartId, hidden);
      if (error) {
        throwUnlessSelected(info, [error]);
        return { cart: null, errors: [error] };
      }
      loaders.cart.clear(cartId);
      return { cart: { cartId, hidden }, errors: [] };
    },
  }),
);

async function hideCart(ecwid: EcwidClient, cartId: string, hidden: boolean): Promise<HideCartError | null> {
  if (cartId.trim() === '') {
    return { code: 'CART_ID_MISSING', message: 'Required parameter "cart_id" is missing' };
  }
  try {
    if (await updateCart(ecwid, cartId, { hidden })) return null;
    return { code: 'CART_NOT_FOUND', message: `Could not find a cart with ID "${cartId.slice(0, 64)}"` };
  } catch (error) {
    if (error instanceof EcwidStatusError && error.status === 403) {
      return { code: 'NOT_PERMITTED', message: codes.NOT_PERMITTED };
    }
    throw error;
  }
}
