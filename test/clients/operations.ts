import { graphql } from './generated/gql.ts';

/** Serves carts, orders and calculations alike. */
export const Totals = graphql(`
  fragment Totals on OrderDetails {
    subtotal
    couponDiscount
    discount
    tax
    total
    shippingOption {
      shippingMethodName
      shippingRate
    }
  }
`);

export const CartsPage = graphql(`
  query CartsPage($first: Int!, $after: String, $offset: Int, $filter: CartFilter) {
    carts(first: $first, after: $after, offset: $offset, filter: $filter) {
      totalCount
      edges {
        cursor
        node {
          id
          email
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const OrdersPage = graphql(`
  query OrdersPage($first: Int!, $after: String, $offset: Int) {
    orders(first: $first, after: $after, offset: $offset) {
      edges {
        cursor
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Two parts of one person: who it is, and where. */
export const CartReceiver = graphql(`
  query CartReceiver($id: ID!) {
    cart(id: $id) {
      id
      shippingPerson {
        name
      }
    }
  }
`);

export const CartDestination = graphql(`
  query CartDestination($id: ID!) {
    cart(id: $id) {
      id
      shippingPerson {
        city
      }
    }
  }
`);

export const CartWithTotals = graphql(`
  query CartWithTotals($id: ID!) {
    cart(id: $id) {
      id
      ...Totals
    }
  }
`);

export const OrderWithTotals = graphql(`
  query OrderWithTotals($id: ID!) {
    order(id: $id) {
      id
      ...Totals
    }
  }
`);

export const CalculationWithTotals = graphql(`
  query CalculationWithTotals($input: CalculateOrderInput!) {
    calculateOrder(input: $input) {
      ...Totals
    }
  }
`);

/** Two calculations with a surcharge each. */
export const TwoSurcharges = graphql(`
  query TwoSurcharges($small: CalculateOrderInput!, $large: CalculateOrderInput!) {
    small: calculateOrder(input: $small) {
      customSurcharges {
        id
        total
      }
    }
    large: calculateOrder(input: $large) {
      customSurcharges {
        id
        total
      }
    }
  }
`);

export const PlaceOrder = graphql(`
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      order {
        id
        order_number
        ...Totals
      }
      errors {
        code
        message
      }
    }
  }
`);

/** As Magento's storefronts write it: without \`errors\`, so that a refusal is an error of the operation. */
export const PlaceOrderOrThrow = graphql(`
  mutation PlaceOrderOrThrow($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      order {
        order_number
      }
    }
  }
`);

export const CartHidden = graphql(`
  subscription CartHidden($id: ID!) {
    cartChanged(id: $id) {
      id
      hidden
    }
  }
`);
