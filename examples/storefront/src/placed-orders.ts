/** What a customer is told of an order. */
export interface PlacedOrder {
  readonly number: string;
  readonly total?: number | null;
  readonly email?: string | null;
  readonly paymentMethod?: string | null;
}

const keyOf = (cartId: string) => `order-of-cart:${cartId}`;

/**
 * Placing ends the cart, and guests cannot look orders up: this browser remembers, for when the link to the cart is
 * opened once more.
 */
export function rememberOrder(cartId: string, { number, total }: PlacedOrder): void {
  try {
    // Nothing of the person, for those who share a browser.
    localStorage.setItem(keyOf(cartId), JSON.stringify({ number, total }));
  } catch {
    // Where nothing is kept, the order is looked up by placing the cart once more.
  }
}

export function recallOrder(cartId: string): PlacedOrder | null {
  try {
    // Another version of this page may have written it, or another page of the same origin.
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(cartId)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    const { number, total } = kept as { readonly number?: unknown; readonly total?: unknown };
    return typeof number === 'string' ? { number, total: typeof total === 'number' ? total : null } : null;
  } catch {
    return null;
  }
}
