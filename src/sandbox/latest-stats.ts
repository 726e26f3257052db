import { formatDate, parseDate } from './date-text.ts';
import type { Call } from './endpoint.ts';
import type { JsonObject } from './json.ts';
import { openedDate } from './store/store.ts';

/** `GET /latest-stats`: when anything of each kind last changed, to the second. */
export function getLatestStats({ store }: Call): JsonObject {
  const records = store.all();
  const deletions = store.deleted().map(({ date }) => date);
  const carts = records.filter(({ cartId }) => cartId !== null);
  const orders = records.filter(({ paymentStatus }) => paymentStatus !== 'INCOMPLETE');
  return {
    productsUpdated: latest([openedDate, ...store.products().map(({ updateDate }) => updateDate)]),
    ordersUpdated: latest([openedDate, ...orders.map(({ updateDate }) => updateDate), ...deletions]),
    profileUpdated: store.profileUpdated(),
    categoriesUpdated: openedDate,
    discountCouponsUpdated: openedDate,
    abandonedSalesUpdated: latest([openedDate, ...carts.map(({ updateDate }) => updateDate), ...deletions]),
    customersUpdated: latest([openedDate, ...store.customers().map(({ updateDate }) => updateDate)]),
    productCount: store.products().length,
    categoryCount: 1,
  };
}

function latest(dates: readonly string[]): string {
  return formatDate(new Date(Math.max(...dates.map((date) => parseDate(date) ?? 0)) * 1000));
}
