import { formatDate } from '../date-text.ts';
import { asNumber, fieldOf } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { takeStock } from './take-stock.ts';

/** An order that has become PAID takes its stock and counts for its customer; without a customer, neither. */
export function settlePayment(store: Store, order: OrderRecord, now: Date): void {
  const customer = store.findCustomer(asNumber(fieldOf(order, 'customerId')) ?? null);
  if (!customer || order.paymentStatus !== 'PAID') return;
  takeStock(store, order, now);
  store.replaceCustomer({ ...customer, orderCount: customer.orderCount + 1, updateDate: formatDate(now) });
}
