import type { OrderRecord, Seed } from '../store/records.ts';
import type { StoreTerms } from '../store/terms.ts';
import { goodsOfStore } from './catalogue.ts';
import { documentCarts } from './documents.ts';
import { registeredCustomers } from './people.ts';
import { createProfile } from './profile.ts';
import { showcaseCarts, showcaseOrders } from './showcase.ts';
import { storeTerms } from './terms.ts';
import { createYearOfCarts } from './year-of-carts.ts';
import { createYearOfOrders } from './year-of-orders.ts';

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
