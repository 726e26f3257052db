/** The cart that Ecwid's documentation shows. */
export const documented = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

/** The documents that storefronts made for Magento send; each has an operation name and a manner of its own. */
export const magentoDocuments: readonly [
  storefront: string,
  document: string,
  variables: object,
  order: object,
][] = [
  [
    "the reference's own",
    `mutation {
  placeOrder(
    input: {
      cart_id: "${documented}"
    }
  ) {
    order {
      order_number
    }
  }
}`,
    {},
    { order_number: 'AB1CD' },
  ],
  [
    "PWA Studio's",
    'mutation placeOrder($cartId: String!) { placeOrder(input: { cart_id: $cartId }) { order { order_number } } }',
    { cartId: documented },
    { order_number: 'AB1CD' },
  ],
  [
    "Alokai's, with a nullable input",
    'mutation placeOrder($input: PlaceOrderInput) { placeOrder(input: $input) { order { order_number } } }',
    { input: { cart_id: documented } },
    { order_number: 'AB1CD' },
  ],
  [
    "GraphCommerce's",
    `mutation PaymentMethodPlaceOrderNoop($cartId: String!) {
      placeOrder(input: { cart_id: $cartId }) { errors { code message } order { order_number } }
    }`,
    { cartId: documented },
    { order_number: 'AB1CD' },
  ],
  [
    "ScandiPWA's, which reads order_id",
    'mutation($input_1: PlaceOrderInput){placeOrder(input:$input_1){order{order_id}}}',
    { input_1: { cart_id: documented } },
    { order_id: 'AB1CD' },
  ],
  [
    "Hyvä's",
    `mutation PlaceOrderMutation($cartId: String!) {
      placeOrder(input: {cart_id: $cartId}) { order { order_number } }
    }`,
    { cartId: documented },
    { order_number: 'AB1CD' },
  ],
  [
    "Daffodil's",
    `mutation MagentoPlaceOrder($cartId: String!) {
      placeOrder(input: {cart_id: $cartId}) { order { order_number __typename } __typename }
    }`,
    { cartId: documented },
    { order_number: 'AB1CD', __typename: 'Order' },
  ],
  [
    'one with a fragment',
    `mutation ($cartId: String!) { placeOrder(input: { cart_id: $cartId }) { ...PLACE_ORDER_FRAGMENT } }
    fragment PLACE_ORDER_FRAGMENT on PlaceOrderOutput {
      errors { code message } order { order_number } orderV2 { number }
    }`,
    { cartId: documented },
    { order_number: 'AB1CD' },
  ],
];
