import type { ReadOptions } from './carts.ts';
import type { EcwidClient } from './client.ts';
import { EcwidStatusError } from './errors.ts';
import { printResponseFields } from './response-fields.ts';
import type { Order } from './wire.ts';

/**
 * Order ids carry a prefix and suffix of the merchant's choice, so nearly any text may be one. What cannot be
 * a path segment safely is none: slashes and percent signs are decoded twice by some servers on the way.
 */
export function isOrderId(id: string): boolean {
  return /^(?!\.{1,2}$)[^\p{Cc}\p{Cs}/\\%]{1,128}$/u.test(id);
}

/** `GET /orders/{orderId}`, by the public id or the internal number; null where there is none. */
export async function findOrder(
  ecwid: EcwidClient,
  orderId: string,
  { fields, signal }: ReadOptions,
): Promise<Order | null> {
  if (!isOrderId(orderId)) return null;
  try {
    return await ecwid.send<Order>({
      path: ['orders', orderId],
      query: { responseFields: printResponseFields(fields) },
      signal,
    });
  } catch (error) {
    if (error instanceof EcwidStatusError && error.status === 404) return null;
    throw error;
  }
}
