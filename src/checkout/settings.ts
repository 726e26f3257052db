/** What a cart can be required to have before it is placed, besides items. */
export const requirements = ['email', 'billing', 'shipping', 'payment', 'stock'] as const;
export type Requirement = (typeof requirements)[number];

/** By `POST /carts/{cartId}/place`, or by that within `POST /batch`, which knows a repetition by a key. */
export const placingWays = ['direct', 'batch'] as const;
export type PlacingWay = (typeof placingWays)[number];
