import type { OrderRecord, Seed } from './records.ts';
import { goodsOfStore } from './seed-catalogue.ts';
import { documentCarts } from './seed-documents.ts';
import { createYearOfCarts } from './seed-generated.ts';
import { createYearOfOrders } from './seed-orders.ts';
import { registeredCustomers } from './seed-people.ts';
import { createProfile } from './seed-profile.ts';
import { showcaseCarts, showcaseOrders } from './seed-showcase.ts';
import { storeTerms } from './seed-terms.ts';
import type { StoreTerms } from './terms.ts';

/** The store that everyone starts out with: the same one every time, to the byte. */
export function createSeed(storeId: string, terms: Partial<StoreTerms> = {}): Seed {
  const agreed = { ...storeTerms, ...terms };
  const orders = [
    ...documentCarts,
    ...showcaseCarts,
    ...showcaseOrders,
    ...createYearOfCarts(),
    ...createYearOfOrders(),
  ];
  return {
    profile: createProfile(storeId, agreed),
    terms: agreed,
    orders,
    customers: registeredCustomers.map((customer) => ({
      ...customer,
      orderCount: orders.filter((order) => isPaidBy(order, customer.id)).length,
    })),
    products: goodsOfStore,
  };
}

function isPaidBy({ customerId, paymentStatus }: OrderRecord, id: number): boolean {
  return customerId === id && paymentStatus === 'PAID';
}
