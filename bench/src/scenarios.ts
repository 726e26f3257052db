import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Name of the operation, by which limit-json knows what to do. */
  readonly operationName: string;
  readonly query: string;
  /** No two alike, since calls for the same at one moment may be shared. */
  variables(n: number): Readonly<Record<string, unknown>>;
  /** Operations a second where latencies are taken: no more than the slowest contender keeps up with. */
  readonly rate: number;
  /** Whether it counts in the geometric mean. */
  readonly isRead: boolean;
}

/** A cart id of Ecwid's form for each number. */
export function cartIdOf(n: number): string {
  return `5A0DB0C5-0000-4000-8000-${n.toString(16).toUpperCase().padStart(12, '0')}`;
}

const scalars = 'id email total subtotal tax paymentMethod ipAddress createDate';
const leaves = `id email total subtotal tax discount couponDiscount paymentStatus fulfillmentStatus paymentMethod
      ipAddress refererUrl createDate updateDate billingPerson { name }`;

const aliased = ['a', 'b', 'c', 'd', 'e'];
const aliases = Array.from({ length: 20 }, (_, n) => `c${n}: cart(id: $${aliased[n % 5]}) { ...Scalars }`);

/** The first so many carts, as S3 asks for them. */
export function cartsScenario(first: number): Scenario {
  return {
    name: first === 100 ? 'S3' : `first: ${first}`,
    title: `carts(first: ${first}) with 15 leaves and items { name price quantity }`,
    operationName: 'Carts',
    query: `query Carts($totalFrom: Money) {
  carts(first: ${first}, filter: { totalFrom: $totalFrom }) {
    nodes {
      ${leaves}
      items { name price quantity }
    }
  }
}`,
    variables: (n) => ({ totalFrom: n / 1e6 }),
    rate: 30,
    isRead: true,
  };
}

/** `cart` with eight scalars. */
export const cartScenario: Scenario = {
  name: 'S1',
  title: 'cart with 8 scalars',
  operationName: 'Cart',
  query: `query Cart($id: ID!) { cart(id: $id) { ${scalars} } }`,
  variables: (n) => ({ id: cartIdOf(n) }),
  rate: 200,
  isRead: true,
};

/** What is measured, over the whole schema of the product. */
export function createScenarios(schema: GraphQLSchema): readonly Scenario[] {
  return [
    cartScenario,
    {
      name: 'S2',
      title: 'cart with every field but the order that it became',
      operationName: 'WholeCart',
      query: `query WholeCart($id: ID!) { cart(id: $id) ${wholeSelection(schema.getType('Cart') as GraphQLObjectType)} }`,
      variables: (n) => ({ id: cartIdOf(n) }),
      rate: 100,
      isRead: true,
    },
    cartsScenario(100),
    {
      name: 'S4',
      title: '20 aliases of cart over 5 ids',
      operationName: 'Aliases',
      query: `query Aliases(${aliased.map((name) => `$${name}: ID!`).join(', ')}) {
  ${aliases.join('\n  ')}
}
fragment Scalars on Cart { ${scalars} }`,
      variables: (n) => Object.fromEntries(aliased.map((name, index) => [name, cartIdOf(n * 5 + index)])),
      rate: 40,
      isRead: true,
    },
    {
      name: 'S5',
      title: 'calculateOrder for two items',
      operationName: 'Calculate',
      query: `query Calculate($input: CalculateOrderInput!) {
  calculateOrder(input: $input) {
    subtotal total tax discount couponDiscount pricesIncludeTax
    items { name price quantity tax }
    shippingOption { shippingMethodName shippingRate isPickup }
  }
}`,
      variables: (n) => ({
        input: {
          email: `ann.${n}@example.com`,
          items: [
            { productId: '37208342', name: 'Cherry', price: 5.99, quantity: 2 },
            { productId: '37208344', name: 'Apple', price: 1.25, quantity: 8 },
          ],
          billingPerson: { name: 'Ann', city: 'New York', countryCode: 'US', postalCode: '10001' },
        },
      }),
      rate: 200,
      isRead: true,
    },
    {
      name: 'S6',
      title: 'placeOrder of a new cart',
      operationName: 'Place',
      query: `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id orderNumber } errors { code message } }
}`,
      variables: (n) => ({ input: { cart_id: cartIdOf(n) } }),
      rate: 100,
      isRead: false,
    },
  ];
}

/** Every field of a type, down to the last leaf. A cart's order is another resource. */
function wholeSelection(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields())
    .filter(({ name }) => name !== 'recoveredOrder')
    .map((field) => {
      const below = getNamedType(field.type);
      return isObjectType(below) ? `${field.name} ${wholeSelection(below)}` : field.name;
    });
  return `{ ${fields.join(' ')} }`;
}
