import type { Json, JsonObject } from '../json.ts';
import type { StoreTerms } from './terms.ts';

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

export interface CustomerRecord {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly customerGroupId: number | null;
  readonly customerGroup: string | null;
  readonly isTaxExempt: boolean;
  readonly orderCount: number;
  readonly updateDate: string;
}

export interface ProductRecord {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  readonly price: number;
  /** Null where the store does not keep count. */
  readonly quantity: number | null;
  readonly updateDate: string;
}

export interface DeletedOrder {
  readonly orderNumber: number;
  readonly id: string;
  readonly date: string;
}

/** A store's contents when nothing has happened yet. */
export interface Seed {
  readonly profile: JsonObject;
  readonly terms: StoreTerms;
  readonly orders: readonly OrderRecord[];
  readonly customers: readonly CustomerRecord[];
  readonly products: readonly ProductRecord[];
}
