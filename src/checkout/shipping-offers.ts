import { findCart } from '../ecwid/carts.ts';
import type { EcwidClient } from '../ecwid/client.ts';
import { EcwidError } from '../ecwid/errors.ts';
import { calculateOrder } from '../ecwid/orders.ts';
import { type ResponseFields, responseFields } from '../ecwid/response-fields.ts';
import { toWire, type WireObject } from '../ecwid/to-wire.ts';

// What decides how something can be shipped.
const fields: ResponseFields = new Map([
  ...responseFields('email', 'customerId', 'shippingPerson', 'billingPerson'),
  [
    'items',
    responseFields(
      'productId',
      'categoryId',
      'combinationId',
      'sku',
      'name',
      'price',
      'weight',
      'quantity',
      'isShippingRequired',
      'dimensions',
      'fixedShippingRate',
      'fixedShippingRateOnly',
    ),
  ],
]);

/** Whether the store ships this cart to its address, by a calculation for it; null where that cannot be told. */
export async function offersShipping(ecwid: EcwidClient, cartId: string): Promise<boolean | null> {
  try {
    const cart = await findCart(ecwid, cartId, { fields });
    if (!cart) return null;
    const { cartId: _, ...details } = cart;
    const { availableShippingOptions } = await calculateOrder(ecwid, toWire(details as WireObject));
    return Array.isArray(availableShippingOptions) ? availableShippingOptions.length > 0 : null;
  } catch (error) {
    // It only decides which of two refusals is told.
    if (error instanceof EcwidError) return null;
    throw error;
  }
}
