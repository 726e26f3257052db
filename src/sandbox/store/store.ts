import { formatDate } from '../date-text.ts';
import type { JsonObject } from '../json.ts';
import { createIds, type Ids } from './ids.ts';
import type { CustomerRecord, DeletedOrder, OrderRecord, ProductRecord, Seed } from './records.ts';
import { createSearchIndex } from './search-index.ts';
import type { StoreTerms } from './terms.ts';

export interface Store {
  readonly profile: JsonObject;
  readonly terms: StoreTerms;
  /** Of what is made anew; each id is given out once. */
  readonly ids: Ids;
  /** Everything, carts included, in no promised order. */
  all(): OrderRecord[];
  /** As `all`, but what a search finds: a write may take its time to get there. */
  searchable(): OrderRecord[];
  findByCartId(cartId: string): OrderRecord | undefined;
  /** By public id, or by internal number in digits. */
  findByOrderId(id: string): OrderRecord | undefined;
  /** Puts a record in the place of the one with the same internal number, or adds it. */
  replace(record: OrderRecord): void;
  remove(orderNumber: number, date: string): void;
  /** In the order of their deletion. */
  deleted(): readonly DeletedOrder[];
  customers(): CustomerRecord[];
  findCustomer(id: number | null): CustomerRecord | undefined;
  findCustomerByEmail(email: string): CustomerRecord | undefined;
  replaceCustomer(customer: CustomerRecord): void;
  products(): ProductRecord[];
  replaceProduct(product: ProductRecord): void;
  replaceProfile(profile: JsonObject): void;
  /** When the profile was last replaced; a date long ago where it never was. */
  profileUpdated(): string;
  /** Back to the seed. */
  reset(): void;
}

export interface StoreOptions {
  readonly now: () => Date;
  /** How long searches take to find what was written. */
  readonly searchLagMs: number;
  /** Told of each record that was added, replaced or removed; not of a reset. */
  readonly onWrite?: (before: OrderRecord | undefined, after: OrderRecord | undefined) => void;
}

/** When the store opened: what has never changed since is as old as this. */
export const openedDate = '2014-06-06 18:57:19 +0000';

export function createStore(seed: Seed, { now, searchLagMs, onWrite = () => {} }: StoreOptions): Store {
  const records = new Map<number, OrderRecord>();
  const customers = new Map<number, CustomerRecord>();
  const products = new Map<number, ProductRecord>();
  const index = createSearchIndex(now, searchLagMs);
  let deleted: readonly DeletedOrder[] = [];
  let profile = seed.profile;
  let profileUpdated = openedDate;
  let ids = createIds();
  const reset = () => {
    records.clear();
    customers.clear();
    products.clear();
    for (const record of seed.orders) records.set(record.orderNumber, record);
    for (const customer of seed.customers) customers.set(customer.id, customer);
    for (const product of seed.products) products.set(product.id, product);
    index.reset(seed.orders);
    deleted = [];
    profile = seed.profile;
    profileUpdated = openedDate;
    ids = createIds();
  };
  reset();

  const all = () => [...records.values()];
  return {
    get profile() {
      return profile;
    },
    get ids() {
      return ids;
    },
    terms: seed.terms,
    all,
    searchable: () => index.all(),
    findByCartId: (cartId) => all().find((record) => record.cartId === cartId),
    findByOrderId: (id) => all().find((record) => record.id === id || String(record.orderNumber) === id),
    replace(record) {
      const before = records.get(record.orderNumber);
      records.set(record.orderNumber, record);
      index.write(record.orderNumber, record);
      onWrite(before, record);
    },
    remove(orderNumber, date) {
      const record = records.get(orderNumber);
      if (!record) return;
      records.delete(orderNumber);
      index.write(orderNumber, null);
      deleted = [...deleted, { orderNumber, id: record.id, date }];
      onWrite(record, undefined);
    },
    deleted: () => deleted,
    customers: () => [...customers.values()],
    findCustomer: (id) => (id === null ? undefined : customers.get(id)),
    findCustomerByEmail: (email) =>
      [...customers.values()].find((customer) => customer.email.toLowerCase() === email.toLowerCase()),
    replaceCustomer: (customer) => {
      customers.set(customer.id, customer);
    },
    products: () => [...products.values()],
    replaceProduct: (product) => {
      products.set(product.id, product);
    },
    replaceProfile: (replacement) => {
      profile = replacement;
      profileUpdated = formatDate(now());
    },
    profileUpdated: () => profileUpdated,
    reset,
  };
}
