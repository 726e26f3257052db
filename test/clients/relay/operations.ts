import { graphql } from 'relay-runtime';

// For Relay's compiler alone: the tests import what it makes of them, as its Babel plugin would.

graphql`
  query operationsCartsQuery($first: Int!, $offset: Int, $filter: CartFilter) {
    ...operationsCarts @arguments(first: $first, offset: $offset, filter: $filter)
  }
`;

graphql`
  fragment operationsCarts on Query
  @argumentDefinitions(
    first: { type: "Int!" }
    after: { type: "String" }
    offset: { type: "Int" }
    filter: { type: "CartFilter" }
  )
  @refetchable(queryName: "operationsMoreCartsQuery") {
    carts(first: $first, after: $after, offset: $offset, filter: $filter) @connection(key: "operations_carts") {
      totalCount
      edges {
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
`;

graphql`
  fragment operationsTotals on OrderDetails {
    subtotal
    total
    shippingOption {
      shippingMethodName
    }
  }
`;

graphql`
  fragment operationsCart on Cart {
    hidden
    ...operationsTotals
  }
`;

graphql`
  fragment operationsOrder on Order {
    paymentStatus
    ...operationsTotals
  }
`;

graphql`
  query operationsCartQuery($id: ID!) {
    cart(id: $id) {
      ...operationsCart
    }
  }
`;

graphql`
  query operationsOrderQuery($id: ID!) {
    order(id: $id) {
      ...operationsOrder
    }
  }
`;

graphql`
  query operationsCalculationsQuery($small: CalculateOrderInput!, $large: CalculateOrderInput!) {
    small: calculateOrder(input: $small) {
      ...operationsTotals
      customer {
        __typename
        id
      }
      items {
        product {
          __typename
          id
        }
      }
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
`;

graphql`
  mutation operationsPlaceOrderMutation($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      order {
        order_number
      }
      errors {
        code
        message
      }
    }
  }
`;
