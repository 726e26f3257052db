import type { CreationRefusal, CreationRefusalCode } from '../checkout/creation-refusal.ts';
import { toWire } from '../ecwid/to-wire.ts';
import type { WrittenOrder } from '../ecwid/tolerant.ts';
import { maySeeCreated } from '../viewer.ts';
import { builder } from './builder.ts';
import { checkInput } from './check-arguments.ts';
import { costs } from './cost.ts';
import { CreateOrderInput } from './create-order-input.ts';
import { errorCodeEnum, MutationError, throwUnlessSelected, unavailable } from './mutation-error.ts';
import { Order, readWrittenOrder } from './order.ts';

const codes: Readonly<Record<CreationRefusalCode, string>> = {
  ITEMS_MISSING: 'Nothing is to be bought.',
  INVALID_INPUT: 'Some detail is not acceptable, to the gateway or to Ecwid.',
  NOT_PERMITTED: 'The caller may not create such an order.',
  UNABLE_TO_CREATE_ORDER: 'The store refused, and no order was made.',
  OUTCOME_UNKNOWN:
    'Ecwid did not say whether it created the order. Calling again with the same idempotencyKey is safe.',
  UNDEFINED: 'A refusal that has no code of its own.',
};

const CreateOrderErrorCode = errorCodeEnum<CreationRefusalCode>('CreateOrderErrorCode', {
  description: 'Why an order was not created, by cause.',
  codes,
});

const CreateOrderError = builder.objectRef<CreationRefusal>('CreateOrderError').implement({
  description: 'One reason why no order was created.',
  interfaces: [MutationError],
  fields: (t) => ({
    code: t.expose('code', {
      type: CreateOrderErrorCode,
      nullable: false,
      description: 'The cause, for programs.',
    }),
  }),
});

interface CreateOrderOutput {
  readonly order: WrittenOrder | null;
  readonly errors: readonly CreationRefusal[];
}

const CreateOrderOutput = builder.objectRef<CreateOrderOutput>('CreateOrderOutput').implement({
  description: 'The order, or the reasons why there is none.',
  fields: (t) => ({
    order: t.field({
      type: Order,
      description: 'The created order; null where none was created.',
      resolve: ({ order }, _args, context, info) =>
        order && readWrittenOrder(order, context, info, maySeeCreated),
    }),
    errors: t.field({
      type: [CreateOrderError],
      nullable: false,
      description:
        'Why no order was created; empty when one was. Where this is not selected, the first of them is an ' +
        'error of the operation instead.',
      resolve: ({ errors }) => errors,
    }),
  }),
});

builder.mutationField('createOrder', (t) =>
  t.field({
    type: CreateOrderOutput,
    description: 'Creates an order from all its details.',
    complexity: costs.createOrder,
    args: { input: t.arg({ type: CreateOrderInput, required: true, description: 'The details.' }) },
    resolve: async (_root, { input }, { checkout, changes, viewer, signal }, info) => {
      checkInput('input', input);
      const { idempotencyKey, calculate, paymentId, ...details } = input;
      const payment = paymentId ? { paymentOptionsDetails: { paymentId } } : {};
      const request = { details: toWire({ ...details, ...payment }), calculate, idempotencyKey };
      const ending = await checkout.createOrder(request, viewer, signal);
      if (ending.outcome === 'made') {
        changes.publish({ kind: 'order', id: ending.order.key });
        return { order: ending.order, errors: [] };
      }
      if (ending.outcome === 'unavailable') throw unavailable(ending.cause);
      throwUnlessSelected(info, ending.refusals);
      return { order: null, errors: ending.refusals };
    },
  }),
);
