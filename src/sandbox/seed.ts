import { documentCarts } from './seed-documents.ts';
import { createYearOfCarts } from './seed-generated.ts';
import { createProfile } from './seed-profile.ts';
import { showcaseCarts, showcaseOrders } from './seed-showcase.ts';
import type { Seed } from './store.ts';

/** The store that everyone starts out with: the same one every time, to the byte. */
export function createSeed(storeId: string): Seed {
  return {
    profile: createProfile(storeId),
    orders: [...documentCarts, ...showcaseCarts, ...showcaseOrders, ...createYearOfCarts()],
  };
}
