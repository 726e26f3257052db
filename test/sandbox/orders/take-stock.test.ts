import { expect, test } from 'vitest';
import { takeStock } from '../../../src/sandbox/orders/take-stock.ts';
import { storeTerms } from '../../../src/sandbox/seed/terms.ts';
import type { OrderRecord } from '../../../src/sandbox/store/records.ts';
import { createStore } from '../../../src/sandbox/store/store.ts';

function cart(orderNumber: number, paymentStatus: string, quantity: number): OrderRecord {
  return {
    cartId: `CART-${orderNumber}`,
    id: `ORDER-${orderNumber}`,
    orderNumber,
    paymentStatus,
    fulfillmentStatus: 'AWAITING_PROCESSING',
    createDate: '2026-01-01 00:00:00 +0000',
    updateDate: '2026-01-01 00:00:00 +0000',
    total: 0,
    hidden: false,
    items: [
      { productId: 1, quantity, trackQuantity: true, quantityInStock: 9 },
      { productId: 1, quantity, trackQuantity: true, quantityInStock: 9 },
      { productId: 2, quantity, trackQuantity: false, quantityInStock: 9 },
    ],
  };
}

function product(id: number, quantity: number | null) {
  return {
    id,
    sku: `P${id}`,
    name: `Product ${id}`,
    price: 1,
    quantity,
    updateDate: '2026-01-01 00:00:00 +0000',
  };
}

test('stock is taken for all of a product at once, where it is tracked, from carts and not from orders', () => {
  const placed = cart(1, 'AWAITING_PAYMENT', 3);
  const store = createStore(
    {
      profile: {},
      terms: storeTerms,
      orders: [placed, cart(2, 'INCOMPLETE', 1), cart(3, 'PAID', 1)],
      customers: [],
      products: [product(1, 9), product(2, null)],
    },
    { now: () => new Date(0), searchLagMs: 0 },
  );
  takeStock(store, placed, new Date(0));
  const stock = store
    .all()
    .map(({ items }) => (items as { quantityInStock: number }[]).map((item) => item.quantityInStock));
  expect(stock).toEqual([
    [9, 9, 9],
    [3, 3, 9],
    [9, 9, 9],
  ]);
  expect(store.products().map(({ quantity }) => quantity)).toEqual([3, null]);
});
