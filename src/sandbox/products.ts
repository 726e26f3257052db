import type { Call } from './endpoint.ts';
import { ApiError } from './http/api-error.ts';
import type { JsonObject } from './json.ts';

/** `GET /products/{productId}`: as much of it as carts and orders have to do with. */
export function getProduct({ params: { productId = '' }, store }: Call): JsonObject {
  const product = store.products().find(({ id }) => String(id) === productId);
  if (!product) throw new ApiError(404, 'PRODUCT_NOT_FOUND', 'Product not found');
  const { id, sku, name, price, quantity, updateDate } = product;
  const stock = quantity === null ? { unlimited: true } : { unlimited: false, quantity };
  return { id, sku, name, price, ...stock, inStock: quantity !== 0, enabled: true, updated: updateDate };
}
