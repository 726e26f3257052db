import { formatDate } from '../date-text.ts';
import { type Json, objectsIn } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Lowers the stock of the products of an order, where it is tracked, and with it what every other cart shows. */
export function takeStock(store: Store, placed: OrderRecord, now: Date): void {
  const taken = new Map<Json, number>();
  for (const { productId = null, quantity, trackQuantity } of objectsIn(placed.items)) {
    if (trackQuantity !== true || typeof quantity !== 'number') continue;
    taken.set(productId, (taken.get(productId) ?? 0) + quantity);
  }
  for (const product of store.products()) {
    const quantity = taken.get(product.id) ?? 0;
    if (quantity === 0 || product.quantity === null) continue;
    store.replaceProduct({
      ...product,
      quantity: Math.max(0, product.quantity - quantity),
      updateDate: formatDate(now),
    });
  }
  for (const cart of store.all()) {
    // The order itself goes on showing the stock before it was placed, as documented.
    if (cart.orderNumber === placed.orderNumber || cart.paymentStatus !== 'INCOMPLETE') continue;
    const before = objectsIn(cart.items);
    const items = before.map((item) => {
      const quantity = taken.get(item.productId ?? null) ?? 0;
      const { quantityInStock } = item;
      if (quantity === 0 || typeof quantityInStock !== 'number') return item;
      return { ...item, quantityInStock: Math.max(0, quantityInStock - quantity) };
    });
    // Whoever is told of writes is told of those that change something.
    if (items.some((item, index) => item !== before[index])) store.replace({ ...cart, items });
  }
}
