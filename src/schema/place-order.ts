import type { Refusal, RefusalCode } from '../checkout/refusal.ts';
import type { WrittenOrder } from '../ecwid/tolerant.ts';
import { builder } from './builder.ts';
import { costs } from './cost.ts';
import { errorCodeEnum, MutationError, throwUnlessSelected, unavailable } from './mutation-error.ts';
import { Order, readWrittenOrder } from './order.ts';

const PlaceOrderInput = builder.inputType('PlaceOrderInput', {
  description: 'Which cart to place.',
  fields: (t) => ({
    cart_id: t.string({ required: true, description: "Ecwid's cartId, exactly as Ecwid writes it." }),
  }),
});

const codeDescriptions: Readonly<Record<RefusalCode, string>> = {
  CART_ID_MISSING: 'No input, or a cart_id that is blank.',
  CART_NOT_FOUND: 'The store has no cart with this id.',
  CART_NOT_ACTIVE: 'The cart exists and can no longer be placed, and no order came of it.',
  CART_EMPTY: 'Nothing is in the cart.',
  GUEST_EMAIL_MISSING: 'A guest has given no e-mail to send the confirmation to.',
  BILLING_ADDRESS_MISSING: 'The address that the bill goes to was not given.',
  SHIPPING_ADDRESS_UNUSABLE: 'There is no shipping address, or nothing can be shipped to it.',
  SHIPPING_METHOD_MISSING: 'Goods have to be shipped and no way of shipping was chosen.',
  PAYMENT_METHOD_MISSING: 'No payment method was chosen.',
  OUT_OF_STOCK: 'The store has fewer pieces than the cart wants.',
  NOT_PERMITTED: 'The cart is not for the caller to place.',
  UNABLE_TO_PLACE_ORDER: 'The store refused, and no order was made.',
  OUTCOME_UNKNOWN:
    'Ecwid did not say whether it placed the order. Calling again is safe and answers with the order once it is known.',
  UNDEFINED: 'A refusal that has no code of its own.',
};

const PlaceOrderErrorCode = errorCodeEnum<RefusalCode>('PlaceOrderErrorCode', {
  description: 'Why a cart was not placed, by cause.',
  codes: codeDescriptions,
});

const PlaceOrderError = builder.objectRef<Refusal>('PlaceOrderError').implement({
  description: 'One reason why no order was placed.',
  interfaces: [MutationError],
  fields: (t) => ({
    code: t.expose('code', {
      type: PlaceOrderErrorCode,
      nullable: false,
      description: 'The cause; finer than the codes of Magento, whose texts `message` keeps.',
    }),
  }),
});

interface PlaceOrderOutput {
  readonly order: WrittenOrder | null;
  readonly errors: readonly Refusal[];
}

const PlaceOrderOutput = builder.objectRef<PlaceOrderOutput>('PlaceOrderOutput').implement({
  description: 'The order, or the reasons why there is none.',
  fields: (t) => {
    const order = (description: string) =>
      t.field({
        type: Order,
        description,
        resolve: ({ order }, _args, context, info) => order && readWrittenOrder(order, context, info),
      });
    return {
      order: order('The placed order; null where none was placed.'),
      orderV2: order("Magento 2.4's name for the placed order."),
      errors: t.field({
        type: [PlaceOrderError],
        nullable: false,
        description:
          'Why no order was placed; empty when one was. Where this is not selected, the first of them is an ' +
          'error of the operation instead.',
        resolve: ({ errors }) => errors,
      }),
    };
  },
});

builder.mutationField('placeOrder', (t) =>
  t.field({
    type: PlaceOrderOutput,
    description:
      'Turns a cart into an order that awaits payment, exactly once: however often it is called for one cart, there ' +
      'is one order, and each call answers with it.',
    complexity: costs.placeOrder,
    args: { input: t.arg({ type: PlaceOrderInput, description: 'Which cart to place.' }) },
    resolve: async (_root, { input }, { checkout, changes, viewer }, info) => {
      const cartId = input?.cart_id ?? '';
      const ending = await checkout.placeOrder(cartId, viewer);
      if (ending.outcome === 'unavailable') {
        throw unavailable(ending.cause, magentoExtensions('UNABLE_TO_PLACE_ORDER'));
      }
      if (ending.outcome === 'made') {
        changes.publish({ kind: 'cart', id: cartId });
        changes.publish({ kind: 'order', id: ending.order.key });
        return { order: ending.order, errors: [] };
      }
      throwUnlessSelected(info, ending.refusals, magentoExtensions(ending.refusals[0].code));
      return { order: null, errors: ending.refusals };
    },
  }),
);

// Storefronts made for Magento read its coarse code and its category; both as its ErrorMapper gives them.
function magentoExtensions(code: RefusalCode): { readonly error_code: string; readonly category: string } {
  switch (code) {
    case 'CART_NOT_FOUND':
    case 'CART_NOT_ACTIVE':
      return { error_code: code, category: 'graphql-no-such-entity' };
    case 'NOT_PERMITTED':
      return { error_code: 'UNDEFINED', category: 'graphql-authorization' };
    case 'GUEST_EMAIL_MISSING':
      return { error_code: code, category: 'graphql-input' };
    case 'CART_ID_MISSING':
    case 'UNDEFINED':
      return { error_code: 'UNDEFINED', category: 'graphql-input' };
    case 'CART_EMPTY':
    case 'BILLING_ADDRESS_MISSING':
    case 'SHIPPING_ADDRESS_UNUSABLE':
    case 'SHIPPING_METHOD_MISSING':
    case 'PAYMENT_METHOD_MISSING':
    case 'OUT_OF_STOCK':
    case 'UNABLE_TO_PLACE_ORDER':
    case 'OUTCOME_UNKNOWN':
      return { error_code: 'UNABLE_TO_PLACE_ORDER', category: 'graphql-input' };
  }
}
