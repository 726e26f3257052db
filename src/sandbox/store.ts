import type { Json, JsonObject } from './json.ts';

/**
 * One record behind two doors: a cart is an order whose payment is INCOMPLETE. The fields that the sandbox
 * itself reads are named; all others pass through as they are.
 */
export interface OrderRecord {
  /** Null where the order was never a cart. Carts show it, orders do not. */
  readonly cartId: string | null;
  /** The public id. It is assigned before the cart is placed and stays: orders show it, carts do not. */
  readonly id: string;
  /** The internal number, unique in the store. Orders show it, carts do not. */
  readonly orderNumber: number;
  readonly paymentStatus: string;
  readonly fulfillmentStatus: string;
  readonly createDate: string;
  readonly updateDate: string;
  readonly total: number;
  readonly hidden: boolean;
  readonly [field: string]: Json;
}

/** The seed, and what it looks like when nothing has happened yet. */
export interface Seed {
  readonly profile: JsonObject;
  readonly orders: readonly OrderRecord[];
}

export interface Store {
  readonly profile: JsonObject;
  /** Everything, carts included, in no promised order. */
  all(): OrderRecord[];
  findByCartId(cartId: string): OrderRecord | undefined;
  /** By public id, or by internal number in digits. */
  findByOrderId(id: string): OrderRecord | undefined;
  /** Puts a record in the place of the one with the same internal number. */
  replace(record: OrderRecord): void;
  /** Back to the seed. */
  reset(): void;
}

export function createStore(seed: Seed): Store {
  const records = new Map<number, OrderRecord>();
  const reset = () => {
    records.clear();
    for (const record of seed.orders) records.set(record.orderNumber, record);
  };
  reset();

  const all = () => [...records.values()];
  return {
    profile: seed.profile,
    all,
    findByCartId: (cartId) => all().find((record) => record.cartId === cartId),
    findByOrderId: (id) => all().find((record) => record.id === id || String(record.orderNumber) === id),
    replace: (record) => {
      records.set(record.orderNumber, record);
    },
    reset,
  };
}
