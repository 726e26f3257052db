import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlaceOrderDocument, PlaceOrderWithErrorsDocument } from '../operations/generated/graphql.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const unknown = '00000000-0000-0000-0000-000000000000';
const showcase = (number: number) => `5A0DB0C5-0000-4000-8000-${String(number).padStart(12, '0')}`;

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const emailMissing = ['GUEST_EMAIL_MISSING', 'Guest email for cart is missing.'] as const;
const billingMissing = ['BILLING_ADDRESS_MISSING', 'Please check the billing address information'] as const;
const paymentMissing = ['PAYMENT_METHOD_MISSING', 'Enter a valid payment method and try again'] as const;

/** What cannot be placed, and Magento's words for each cause in the order of its checks. */
const refused: readonly [
  name: string,
  cartId: string | null,
  refusals: readonly (readonly [code: string, message: string])[],
  errorCode: string,
  category: string,
][] = [
  [
    'no input',
    null,
    [['CART_ID_MISSING', 'Required parameter "cart_id" is missing']],
    'UNDEFINED',
    'graphql-input',
  ],
  [
    'a blank id',
    ' \t',
    [['CART_ID_MISSING', 'Required parameter "cart_id" is missing']],
    'UNDEFINED',
    'graphql-input',
  ],
  [
    'an unknown cart',
    unknown,
    [['CART_NOT_FOUND', `Could not find a cart with ID "${unknown}"`]],
    'CART_NOT_FOUND',
    'graphql-no-such-entity',
  ],
  [
    'a path',
    '../orders',
    [['CART_NOT_FOUND', 'Could not find a cart with ID "../orders"']],
    'CART_NOT_FOUND',
    'graphql-no-such-entity',
  ],
  ['a guest without an e-mail', showcase(2), [emailMissing], 'GUEST_EMAIL_MISSING', 'graphql-input'],
  ['no billing address', showcase(3), [billingMissing], 'UNABLE_TO_PLACE_ORDER', 'graphql-input'],
  [
    'no shipping address',
    showcase(4),
    [
      [
        'SHIPPING_ADDRESS_UNUSABLE',
        "Some addresses can't be used due to the configurations for specific countries",
      ],
    ],
    'UNABLE_TO_PLACE_ORDER',
    'graphql-input',
  ],
  [
    'no shipping method',
    showcase(5),
    [['SHIPPING_METHOD_MISSING', 'The shipping method is missing. Select the shipping method and try again']],
    'UNABLE_TO_PLACE_ORDER',
    'graphql-input',
  ],
  ['no payment method', showcase(6), [paymentMissing], 'UNABLE_TO_PLACE_ORDER', 'graphql-input'],
  [
    'too few in stock',
    showcase(7),
    [['OUT_OF_STOCK', 'Some of the products are out of stock']],
    'UNABLE_TO_PLACE_ORDER',
    'graphql-input',
  ],
  [
    'no items',
    showcase(8),
    [
      [
        'CART_EMPTY',
        'Unable to place order: A server error stopped your order from being placed. Please try to place your order again',
      ],
    ],
    'UNABLE_TO_PLACE_ORDER',
    'graphql-input',
  ],
  [
    'several causes, each of which is told',
    showcase(9),
    [emailMissing, billingMissing, paymentMissing],
    'GUEST_EMAIL_MISSING',
    'graphql-input',
  ],
];

describe('Mutation.placeOrder refuses', () => {
  test.each(refused)('%s, in the payload where errors is selected', async (_name, cartId, refusals) => {
    const input = cartId === null ? null : { cart_id: cartId };
    const answer = await gateway.execute(PlaceOrderWithErrorsDocument, { input });
    const errors = refusals.map(([code, message]) => ({ code, message }));
    expect(answer).toEqual({ data: { placeOrder: { order: null, orderV2: null, errors } } });
  });

  test.each(refused)(
    '%s, by the first cause thrown from its field where errors is not selected',
    async (_name, cartId, [first], errorCode, category) => {
      const [code, message] = first ?? [];
      const { data, errors } = await gateway.execute(PlaceOrderDocument, { cartId: cartId ?? '' });
      expect(data).toEqual({ placeOrder: null });
      const extensions = { code, error_code: errorCode, category };
      expect(errors).toEqual([{ message, path: ['placeOrder'], locations: expect.anything(), extensions }]);
    },
  );

  test('without a word to Ecwid about placing', () => {
    expect(gateway.calls.filter(({ path }) => path.endsWith('/place'))).toEqual([]);
  });

  test.each(refused)(
    '%s, and counts and logs it by code, wherever it is told',
    async (_name, cartId, refusals) => {
      gateway.logLines.length = 0;
      const countOf = (code: string) => gateway.endings.get(`placeOrder ${code}`) ?? 0;
      const before = refusals.map(([code]) => countOf(code));
      await gateway.execute(PlaceOrderDocument, { cartId: cartId ?? '' });
      await gateway.execute(PlaceOrderWithErrorsDocument, { input: { cart_id: cartId ?? '' } });
      const line = { level: 'info', mutation: 'placeOrder', refusals: refusals.map(([code]) => code) };
      expect(gateway.logLines.map((text) => JSON.parse(text))).toMatchObject([line, line]);
      expect(refusals.map(([code]) => countOf(code))).toEqual(before.map((count) => count + 2));
      if (cartId?.trim()) expect(gateway.logLines.join()).not.toContain(cartId);
    },
  );

  test('what the store does not ship to as an unusable address, by asking it', async () => {
    const nowhere = await startGateway({ terms: { shippingOptions: [] } });
    try {
      const { data } = await nowhere.execute(PlaceOrderWithErrorsDocument, {
        input: { cart_id: showcase(5) },
      });
      expect(data?.placeOrder?.errors).toMatchObject([{ code: 'SHIPPING_ADDRESS_UNUSABLE' }]);
      expect(nowhere.calls.map(({ method, path }) => `${method} ${path}`)).toContain('POST /order/calculate');
    } finally {
      await nowhere.close();
    }
  });

  test.each([
    ['email', 2],
    ['billing', 3],
    ['shipping', 4],
    ['shipping', 5],
    ['payment', 6],
    ['stock', 7],
  ] as const)('nothing for %s where that rule is switched off: cart %i', async (switchedOff, number) => {
    const required = (['email', 'billing', 'shipping', 'payment', 'stock'] as const).filter(
      (name) => name !== switchedOff,
    );
    const lenient = await startGateway({}, [], { required });
    try {
      const { data } = await lenient.execute(PlaceOrderWithErrorsDocument, {
        input: { cart_id: showcase(number) },
      });
      expect(data?.placeOrder).toMatchObject({ order: { order_number: `SHOW0${number}` }, errors: [] });
    } finally {
      await lenient.close();
    }
  });
});
