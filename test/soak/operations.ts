import { randomUUID } from 'node:crypto';
import type { Random } from '../../src/sandbox/random.ts';
import { agrees, type PathedError } from './agreement.ts';
import { calculation, domainOfCallers, type StoreContents, type Summary } from './store-contents.ts';

/** The store as it was before the storm and is after it. */
export interface Books {
  readonly before: StoreContents;
  readonly after: StoreContents;
}

/** One request of a caller. */
export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly variables: object;
  /** What is to become one order, however often it is asked for: a cart or a key. */
  readonly placed?: string;
  /** Whether data can have been told of this store, but for what the errors are about. */
  // biome-ignore lint/suspicious/noExplicitAny: each operation knows what it answers with.
  readonly isRight: (data: any, books: Books, errors: readonly PathedError[]) => boolean;
}

const cartFields = 'id email total items { name quantity }';
const orderFields = 'id: number email total items { name quantity }';
const most = 10;

/** Picks what a caller asks of this store next. A few carts and keys are wanted by many. */
export function createMix(
  before: StoreContents,
  { creates }: { readonly creates: boolean },
): (random: Random) => Operation {
  const cartIds = [...before.carts.keys()];
  const orderIds = [...before.orders.keys()];
  const wanted = before.placeable.slice(0, 24);
  const others = cartIds.filter((id) => !before.placeable.includes(id));
  const keys = wanted.map(() => randomUUID());
  const reads: readonly ((random: Random) => Operation)[] = [
    (random) => cart(random.pick(cartIds)),
    (random) => cart(random.pick(wanted)),
    (random) => carts(random.integer(0, 100)),
    (random) => cartsByIds(Array.from({ length: 5 }, () => random.pick(cartIds))),
    (random) => order(random.pick(orderIds)),
    (random) => orders(random.integer(0, 20)),
    () => calculateOrder(),
  ];
  const writes: typeof reads = [
    (random) => placeOrder(random.pick(wanted)),
    ...(creates ? [(random: Random) => createOrder(random.pick(keys))] : []),
    // Of each there is one order, and after it no more to be done; a cart can be hidden again and again, before others.
    (random) =>
      random.chance(0.2) ? hideCart(random.pick(others), random.chance(0.5)) : cart(random.pick(others)),
  ];
  return (random) => random.pick(random.chance(0.25) ? writes : reads)(random);
}

function cart(id: string): Operation {
  return {
    name: 'cart',
    query: `query ($id: ID!) { cart(id: $id) { ${cartFields} } }`,
    variables: { id },
    isRight: (data, books, errors) => isCart(data.cart, id, books, errors, ['cart']),
  };
}

function carts(offset: number): Operation {
  return {
    name: 'carts',
    query: `query ($offset: Int) {
      carts(first: ${most}, offset: $offset) { totalCount nodes { ${cartFields} } }
    }`,
    variables: { offset },
    isRight(data, { before, after }, errors) {
      const { totalCount, nodes } = data.carts;
      return (
        totalCount <= before.carts.size &&
        totalCount >= after.carts.size &&
        isPage(nodes, [before.carts], errors, 'carts')
      );
    },
  };
}

function cartsByIds(ids: readonly string[]): Operation {
  return {
    name: 'cartsByIds',
    query: `query ($ids: [ID!]!) { cartsByIds(ids: $ids) { ${cartFields} } }`,
    variables: { ids },
    isRight(data, books, errors) {
      const found: unknown[] = data.cartsByIds;
      return (
        found.length === ids.length &&
        ids.every((id, index) => isCart(found[index], id, books, errors, ['cartsByIds', index]))
      );
    },
  };
}

function order(id: string): Operation {
  return {
    name: 'order',
    query: `query ($id: ID!) { order(id: $id) { ${orderFields} } }`,
    variables: { id },
    isRight: (data, { before }, errors) => agrees(data, { order: before.orders.get(id) }, errors),
  };
}

function orders(offset: number): Operation {
  return {
    name: 'orders',
    query: `query ($offset: Int) {
      orders(first: ${most}, offset: $offset) { totalCount nodes { ${orderFields} } }
    }`,
    variables: { offset },
    isRight(data, { before, after }, errors) {
      const { totalCount, nodes } = data.orders;
      return (
        totalCount >= before.orders.size &&
        totalCount <= after.orders.size &&
        isPage(nodes, [before.orders, after.orders], errors, 'orders')
      );
    },
  };
}

function calculateOrder(): Operation {
  return {
    name: 'calculateOrder',
    query: `query ($input: CalculateOrderInput!) { calculateOrder(input: $input) { subtotal tax total } }`,
    variables: { input: calculation },
    isRight: (data, { before: { costs } }, errors) => agrees(data, { calculateOrder: costs }, errors),
  };
}

function placeOrder(cartId: string): Operation {
  return {
    name: 'placeOrder',
    query: `mutation ($cartId: String!) {
      placeOrder(input: { cart_id: $cartId }) { order { ${orderFields} } errors { code } }
    }`,
    variables: { cartId },
    placed: cartId,
    isRight: ({ placeOrder }, { before, after }, errors) =>
      isOrder(placeOrder, ['placeOrder', 'order'], errors, (id) => {
        const { items, total, email } = before.carts.get(cartId) as Summary;
        return after.orders.has(id) && { id, email, total, items };
      }),
  };
}

function createOrder(key: string): Operation {
  const email = `${key}@${domainOfCallers}`;
  return {
    name: 'createOrder',
    query: `mutation ($input: CreateOrderInput!) {
      createOrder(input: $input) { order { id: number total } errors { code } }
    }`,
    variables: { input: { ...calculation, email, idempotencyKey: key } },
    placed: key,
    isRight: ({ createOrder }, { after }, errors) =>
      isOrder(createOrder, ['createOrder', 'order'], errors, (id) => {
        const isKnown = after.created.get(email)?.includes(id);
        return isKnown && { id, total: after.orders.get(id)?.total };
      }),
  };
}

function hideCart(cartId: string, hidden: boolean): Operation {
  return {
    name: 'hideCart',
    query: `mutation ($input: HideCartInput!) {
      hideCart(input: $input) { cart { id hidden } errors { code } }
    }`,
    variables: { input: { cart_id: cartId, hidden } },
    isRight: (data, _books, errors) =>
      agrees(data, { hideCart: { cart: { id: cartId, hidden }, errors: [] } }, errors),
  };
}

type Path = readonly (string | number)[];

/** One that was placed meanwhile is gone. */
function isCart(
  told: unknown,
  id: string,
  { before, after }: Books,
  errors: readonly PathedError[],
  path: Path,
) {
  return agrees(told, before.carts.get(id), errors, path) || (told === null && !after.carts.has(id));
}

function isPage(
  nodes: readonly Summary[],
  known: readonly ReadonlyMap<string, Summary>[],
  errors: readonly PathedError[],
  name: string,
): boolean {
  const isKnown = (node: Summary, index: number) =>
    known.some((records) => agrees(node, records.get(node.id), errors, [name, 'nodes', index]));
  return nodes.length === most && nodes.every(isKnown);
}

interface Payload {
  readonly order: { readonly id: string } | null;
  readonly errors: readonly { readonly code: string }[];
}

/** Either an order as it should be by its number, or none and why. */
function isOrder(
  payload: Payload | null,
  path: Path,
  errors: readonly PathedError[],
  expected: (id: string) => unknown,
): boolean {
  if (payload === null) return errors.length > 0;
  const { order, errors: refusals } = payload;
  if (order === null) return refusals.length > 0;
  return refusals.length === 0 && agrees(order, expected(order.id), errors, path);
}
