import { isPresentId, isScalar } from './ecwid/tolerant.ts';

/** What staff may be allowed, in Ecwid's own words for the scopes of a token. */
export const scopes = ['read_orders', 'update_orders', 'create_orders'] as const;
export type Scope = (typeof scopes)[number];

/** Who is asking. */
export type Viewer =
  | { readonly kind: 'guest' }
  /** A registered customer of the store, by Ecwid's customerId. */
  | ({ readonly kind: 'customer'; readonly customerId: string } & Expiring)
  | ({ readonly kind: 'staff'; readonly subject: string; readonly scopes: ReadonlySet<Scope> } & Expiring);

interface Expiring {
  /** Until when they are believed to be who they say, by the clock, in milliseconds. Default without an end. */
  readonly expiresAt?: number | undefined;
}

export const guest: Viewer = { kind: 'guest' };

/** Whoever calls a gateway that was opened on purpose. */
export const everyScope: Viewer = { kind: 'staff', subject: 'anyone', scopes: new Set(scopes) };

/**
 * Whose a cart or an order is: written as `identityOf` writes viewers. Nobody's where Ecwid sent something else
 * than an id, so that an oddity opens nothing.
 */
export type Owner = 'guest' | `customer/${string}` | 'nobody';

export function ownerOf({ customerId }: { readonly customerId?: unknown }): Owner {
  if (isPresentId(customerId)) return `customer/${customerId}`;
  const isAbsent = customerId === undefined || customerId === null;
  // As Ecwid also writes it.
  const isBlank = isScalar(customerId) && ['', '0'].includes(String(customerId).trim());
  return isAbsent || isBlank ? 'guest' : 'nobody';
}

/** One text for each viewer; all guests are one, since nothing tells them apart. */
export function identityOf(viewer: Viewer): string {
  switch (viewer.kind) {
    case 'guest':
      return 'guest';
    case 'customer':
      return `customer/${viewer.customerId}`;
    case 'staff':
      return `staff/${viewer.subject}`;
  }
}

// From here on the table of docs/access.md, a row a function.

/** `cart`, `cartsByIds`: a guest's cart is for everybody who has its id, which cannot be guessed. */
export function maySeeCart(viewer: Viewer, owner: Owner): boolean {
  if (viewer.kind === 'staff') return readsEverything(viewer);
  return owner === 'guest' || owner === identityOf(viewer);
}

/** `order`, `ordersByIds`, `recoveredOrder`: the ids of orders can be guessed, so guests see none. */
export function maySeeOrder(viewer: Viewer, owner: Owner): boolean {
  if (viewer.kind === 'staff') return readsEverything(viewer);
  return viewer.kind === 'customer' && owner === identityOf(viewer);
}

/** `carts`, `orders`: everything, what is a customer's own, or nothing. */
export function searchableBy(viewer: Viewer): 'everything' | { readonly customerId: string } | 'nothing' {
  if (viewer.kind === 'customer') return { customerId: viewer.customerId };
  return readsEverything(viewer) ? 'everything' : 'nothing';
}

/** `cartChanged`: every one that they may see, or one by its id. */
export function mayFollowCarts(viewer: Viewer, isNamed: boolean): boolean {
  return searchableBy(viewer) !== 'nothing' || (viewer.kind === 'guest' && isNamed);
}

/** `orderChanged`. */
export function mayFollowOrders(viewer: Viewer): boolean {
  return searchableBy(viewer) !== 'nothing';
}

/** `placeOrder`. */
export function mayPlace(viewer: Viewer, owner: Owner): boolean {
  if (viewer.kind === 'staff') return hasScope(viewer, 'create_orders');
  return owner === identityOf(viewer);
}

/** `hideCart`. */
export function mayHideCarts(viewer: Viewer): boolean {
  return hasScope(viewer, 'update_orders');
}

/** `createOrder` with whatever details; others may create what Ecwid's public token may, for themselves. */
export function mayCreateAnyOrder(viewer: Viewer): boolean {
  return hasScope(viewer, 'create_orders');
}

/**
 * The order that `createOrder` has made. Ecwid makes it that of the customer whose e-mail address it has, and whoever
 * has typed in an address is not that customer.
 */
export function maySeeCreated(viewer: Viewer, owner: Owner): boolean {
  return mayCreateAnyOrder(viewer) || owner === 'guest' || owner === identityOf(viewer);
}

/** `customerId` in a calculation, whose discounts tell which group a customer is of. */
export function mayCalculateFor(viewer: Viewer, owner: Owner): boolean {
  return viewer.kind === 'staff' || owner === 'guest' || owner === identityOf(viewer);
}

/** Every cart and order, and what these tell the merchant alone. */
export function readsEverything(viewer: Viewer): boolean {
  return hasScope(viewer, 'read_orders');
}

function hasScope(viewer: Viewer, scope: Scope): boolean {
  return viewer.kind === 'staff' && viewer.scopes.has(scope);
}
