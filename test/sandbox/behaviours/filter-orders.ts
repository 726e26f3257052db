import { expect } from 'vitest';
import type { Api, Ask } from '../api.ts';
import type { Behaviour } from './behaviour.ts';

// biome-ignore lint/suspicious/noExplicitAny: what is in an order is for the filters to find out.
type Order = any;

async function search(api: Api, query: Ask['query'] = {}): Promise<Order[]> {
  const { status, json, text } = await api.get('/orders', { query });
  expect(status, text).toBe(200);
  return json.items;
}

/** A filter finds all of the seed's orders that are of a kind, and no other. */
function finds(
  id: string,
  source: string,
  says: string,
  query: Ask['query'],
  isOne: (order: Order) => boolean,
): Behaviour {
  return {
    id: `orders.filter.${id}`,
    source,
    says,
    sandboxOnly: true,
    async check(api) {
      const all = await search(api);
      const expected = all.filter(isOne).map((order) => order.id);
      expect(expected.length).toBeGreaterThan(0);
      expect(expected.length).toBeLessThan(all.length);
      expect((await search(api, query)).map((order) => order.id)).toEqual(expected);
    },
  };
}

const june = Date.UTC(2026, 5, 1) / 1000;

export const filterOrders: readonly Behaviour[] = [
  finds(
    'payment-status',
    '[docs]',
    'paymentStatus finds orders of any of the statuses',
    { paymentStatus: 'REFUNDED,CANCELLED' },
    ({ paymentStatus }) => ['REFUNDED', 'CANCELLED'].includes(paymentStatus),
  ),
  finds(
    'fulfillment-status',
    '[docs]',
    'fulfillmentStatus finds orders of any of the statuses',
    { fulfillmentStatus: 'READY_FOR_PICKUP,CUSTOM_FULFILLMENT_STATUS_1' },
    ({ fulfillmentStatus }) =>
      ['READY_FOR_PICKUP', 'CUSTOM_FULFILLMENT_STATUS_1'].includes(fulfillmentStatus),
  ),
  finds(
    'total',
    '[docs]',
    'totalFrom and totalTo bound the total, themselves included',
    { totalFrom: 24.26, totalTo: 60 },
    ({ total }) => total >= 24.26 && total <= 60,
  ),
  finds(
    'created',
    '[docs] [client]',
    'createdFrom and createdTo bound the date of creation',
    { createdFrom: june, createdTo: '2026-06-20 07:36:12' },
    ({ createTimestamp }) =>
      createTimestamp >= june && createTimestamp <= Date.UTC(2026, 5, 20, 7, 36, 12) / 1000,
  ),
  finds(
    'updated',
    '[docs] [client]',
    'updatedFrom and updatedTo bound the date of the last update',
    { updatedFrom: '2026-06-01' },
    ({ updateTimestamp }) => updateTimestamp >= june,
  ),
  finds(
    'pickup-time',
    '[docs]',
    'pickupTimeFrom and pickupTimeTo find orders that are picked up then',
    { pickupTimeFrom: '2026-06-01' },
    ({ pickupTime = '' }) => pickupTime >= '2026-06-01',
  ),
  finds(
    'email',
    '[docs]',
    "email finds a customer's orders",
    { email: 'RENE.recovered@example.com' },
    ({ email }) => email === 'rene.recovered@example.com',
  ),
  finds(
    'customer-id',
    '[docs]',
    "customerId finds a customer's orders",
    { customerId: 15319412 },
    ({ customerId }) => customerId === 15319412,
  ),
  finds(
    'customer',
    '[client]',
    'customer finds text in names, addresses and the e-mail address',
    { customer: 'full house' },
    ({ id }) => id === 'RCVR3',
  ),
  finds(
    'customer-or-email',
    '[client]',
    'customerIdOrEmail=true makes customerId and email alternatives',
    { customerIdOrEmail: true, customerId: 15319412, email: 'rene.recovered@example.com' },
    ({ id }) => ['RCVR1', 'RCVR3'].includes(id),
  ),
  finds(
    'keywords',
    '[docs]',
    'keywords finds text in ids, notes, tracking numbers, addresses and items',
    { keywords: '9400111899223100001' },
    ({ id }) => id === 'RCVR3',
  ),
  finds(
    'keywords-items',
    '[docs]',
    "keywords finds the items' names, SKUs and options",
    { keywords: 'dark red' },
    ({ id }) => id === 'RCVR3',
  ),
  finds(
    'keywords-transaction',
    '[docs]',
    'keywords finds the external transaction id',
    { keywords: 'TRANSACT_4870020' },
    ({ id }) => id === 'RCVR3',
  ),
  finds(
    'payment-method',
    '[docs]',
    'paymentMethod finds orders by its name',
    { paymentMethod: 'PayPal' },
    ({ paymentMethod }) => paymentMethod === 'PayPal',
  ),
  finds(
    'payment-module',
    '[docs]',
    'paymentModule finds orders by its name',
    { paymentModule: 'STRIPE' },
    ({ paymentModule }) => paymentModule === 'STRIPE',
  ),
  finds(
    'payment-reference',
    '[client]',
    'paymentReference finds the order with it',
    { paymentReference: 'ref-540000' },
    ({ paymentReference }) => paymentReference === 'ref-540000',
  ),
  finds(
    'shipping-method',
    '[docs]',
    'shippingMethod finds orders by its name',
    { shippingMethod: 'Local delivery' },
    ({ shippingOption }) => shippingOption.shippingMethodName === 'Local delivery',
  ),
  finds(
    'coupon',
    '[docs]',
    'couponCode finds orders with that coupon',
    { couponCode: 'TENOFF' },
    ({ discountCoupon }) => discountCoupon?.code === 'TENOFF',
  ),
  finds(
    'product',
    '[docs]',
    'productId finds orders with any of the products',
    { productId: '37208351,37208350' },
    ({ items }) => items.some(({ productId }: Order) => [37208351, 37208350].includes(productId)),
  ),
  finds(
    'subscription',
    '[docs]',
    'subscriptionId finds the orders of a subscription, and is no 32-bit number',
    { subscriptionId: '9007199254740991' },
    ({ id }) => id === 'RCVR3',
  ),
  finds(
    'referer',
    '[docs]',
    'refererId finds orders by where they came from',
    { refererId: 'friends' },
    ({ refererId }) => refererId === 'friends',
  ),
  finds(
    'marketing',
    '[docs] [client]',
    'acceptMarketing finds those who may be mailed; where nothing is said, they may',
    { acceptMarketing: true },
    ({ acceptMarketing }) => acceptMarketing !== false,
  ),
  finds(
    'preorder',
    '[docs]',
    'containsPreorderItems finds orders with something that is not there yet',
    { containsPreorderItems: true },
    ({ items }) => items.some(({ isPreorder }: Order) => isPreorder),
  ),
  finds(
    'number',
    '[older docs]',
    'orderNumber finds orders by internal number, whatever the other filters say',
    { orderNumber: '560000901,540000000', email: 'nobody@example.com', paymentStatus: 'REFUNDED' },
    ({ orderNumber }) => [560000901, 540000000].includes(orderNumber),
  ),
  finds(
    'vendor-number',
    '[older docs] [client]',
    'vendorOrderNumber finds the order by public id or by number in digits',
    { vendorOrderNumber: '560000901' },
    ({ id }) => id === 'RCVR1',
  ),
  finds(
    'together',
    '[docs]',
    'an order has to meet all filters',
    { paymentStatus: 'PAID', paymentMethod: 'PayPal', totalFrom: 50 },
    ({ paymentStatus, paymentMethod, total }) =>
      paymentStatus === 'PAID' && paymentMethod === 'PayPal' && total >= 50,
  ),
  {
    id: 'orders.filter.pages',
    source: '[client]',
    says: 'pages of any size, one after the other, hold every order once',
    async check(api) {
      const { total } = (await api.get('/orders')).json;
      const ids: string[] = [];
      for (let offset = 0; offset < total; offset += 7) {
        ids.push(...(await search(api, { offset, limit: 7 })).map(({ id }) => id));
      }
      expect(ids).toHaveLength(total);
      expect(new Set(ids).size).toBe(total);
    },
  },
];
