import type { ExampleOperation } from './server/graphiql-options.ts';

const findAbandonedCarts = `# Run it by the button with the triangle.
# Ctrl-Space tells what else may be asked here.
query FindAbandonedCarts {
  carts(first: 5, filter: { showHidden: false }) {
    totalCount
    nodes {
      id
      createDate
      email
      total
      items {
        name
        quantity
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const openOneCart = `# Its id is below, in Variables. Any other
# that FindAbandonedCarts found does as well.
query OpenOneCart($id: ID!) {
  cart(id: $id) {
    email
    customerId
    items {
      name
      quantity
      price
    }
    shippingPerson {
      name
      street
      city
      postalCode
      countryCode
    }
    shippingOption {
      shippingMethodName
      shippingRate
    }
    subtotal
    tax
    total
  }
}
`;

/** What GraphiQL opens with over a store of one's own: it names none of the store's carts, and writes nothing. */
export const exampleOperations: readonly ExampleOperation[] = [
  { query: findAbandonedCarts },
  { query: openOneCart, variables: { id: 'the id of a cart' } },
];

// John Smith's, which Ecwid's documentation shows, and the order that it becomes.
const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const orderId = 'AB1CD';

/** What it opens with over the sandbox: a story from the carts to an order, an operation a tab. */
export const sandboxOperations: readonly ExampleOperation[] = [
  { query: findAbandonedCarts },
  { query: openOneCart, variables: { id: cartId } },
  {
    query: `# What its cherries would come to; nothing is
# written. Try another quantity or state: CA.
query WhatWouldItCost($quantity: Int!, $state: String!) {
  calculateOrder(
    input: {
      items: [
        {
          name: "Cherry"
          price: 5.99
          quantity: $quantity
          weight: 0.32
        }
      ]
      shippingPerson: {
        countryCode: "US"
        stateOrProvinceCode: $state
      }
    }
  ) {
    subtotal
    tax
    total
    availableShippingOptions {
      shippingMethodName
      shippingRate
    }
  }
}
`,
    variables: { quantity: 5, state: 'NY' },
  },
  {
    query: `# The cart becomes an order. Run it twice:
# the answer is the same order, not a second one.
mutation PlaceIt($cartId: String!) {
  placeOrder(input: { cart_id: $cartId }) {
    order {
      order_number
      paymentStatus
      total
    }
    errors {
      code
      message
    }
  }
}
`,
    variables: { cartId },
  },
  {
    query: `# The order, and the newest of the store. These
# a customer sees their own of, a guest none.
query ReadTheOrder($id: ID!) {
  order(id: $id) {
    order_number
    email
    paymentStatus
    fulfillmentStatus
    total
  }
  orders(first: 3) {
    totalCount
    nodes {
      order_number
      email
      total
    }
  }
}
`,
    variables: { id: orderId },
  },
  {
    query: `# An empty cart, which nobody comes back for.
# FindAbandonedCarts then counts one less.
mutation HideOne($cartId: String!) {
  hideCart(input: { cart_id: $cartId }) {
    cart {
      id
      hidden
    }
    errors {
      code
      message
    }
  }
}
`,
    variables: { cartId: '5A0DB0C5-0000-4000-8000-000000000008' },
  },
  {
    query: `# What is wrong with a cart, all of it at once,
# in codes for programs and words for people.
mutation SeeRefusals(
  $unready: String!
  $soldOut: String!
  $unknown: String!
) {
  unready: placeOrder(input: { cart_id: $unready }) {
    ...Outcome
  }
  soldOut: placeOrder(input: { cart_id: $soldOut }) {
    ...Outcome
  }
  unknown: placeOrder(input: { cart_id: $unknown }) {
    ...Outcome
  }
}

fragment Outcome on PlaceOrderOutput {
  order {
    order_number
  }
  errors {
    code
    message
  }
}
`,
    variables: {
      unready: '5A0DB0C5-0000-4000-8000-000000000009',
      soldOut: '5A0DB0C5-0000-4000-8000-000000000007',
      unknown: 'no-such-cart',
    },
  },
];
