/** What GraphiQL opens with over a store of one's own: it names none of the store's carts. */
export const exampleOperations: readonly string[] = [
  `# Ctrl-Enter runs it; Ctrl-Space tells what fits.
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
`,
];

/** What it opens with over the sandbox: a walk through it, an operation a tab. */
export const sandboxOperations: readonly string[] = [
  ...exampleOperations,
  `query OpenOneCart {
  cart(id: "6626E60A-A6F9-4CD5-8230-43D5F162E0CD") {
    id
    email
    subtotal
    couponDiscount
    discount
    tax
    total
    items {
      name
      quantity
      price
      selectedOptions {
        name
        value
      }
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
      estimatedTransitTime
    }
  }
}
`,
  `# A cart can be placed once; a restart puts the
# sandbox back to its beginning.
mutation PlaceIt {
  placeOrder(input: { cart_id: "6626E60A-A6F9-4CD5-8230-43D5F162E0CD" }) {
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
  `query FindOrders {
  orders(first: 5, filter: { paymentStatus: [AWAITING_PAYMENT, PAID] }) {
    totalCount
    nodes {
      order_number
      createDate
      paymentStatus
      fulfillmentStatus
      total
    }
  }
}
`,
  `query WhatWouldItCost {
  calculateOrder(
    input: {
      items: [{ name: "Cherry", price: 5.99, quantity: 2, weight: 0.32 }]
      shippingPerson: { countryCode: "US", stateOrProvinceCode: "NY", postalCode: "10001" }
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
  `mutation HideIt {
  hideCart(input: { cart_id: "0B299518-FB54-491A-A6E0-5B6BA6E20868" }) {
    cart {
      id
      hidden
      updateDate
    }
    errors {
      code
      message
    }
  }
}
`,
];
