import { formatDate } from '../date-text.ts';
import type { JsonObject } from '../json.ts';
import { createRandom, type Random } from '../random.ts';
import type { OrderRecord } from '../store/records.ts';
import { goods } from './catalogue.ts';
import { createGuest, customers, type Shopper } from './people.ts';
import { createRecord, type Line } from './record.ts';
import { coupons, paymentMethods, pickup, shippingMethods } from './terms.ts';

const count = 60;
const lastCreated = Date.UTC(2026, 5, 30, 20) / 1000;
const day = 24 * 3600;

// What orders come to, the common ends more often than the rare ones; every status is somewhere in it.
const ends = [
  ['PAID', 'SHIPPED'],
  ['PAID', 'DELIVERED'],
  ['PAID', 'PROCESSING'],
  ['AWAITING_PAYMENT', 'AWAITING_PROCESSING'],
  ['PAID', 'AWAITING_PROCESSING'],
  ['CANCELLED', 'WILL_NOT_DELIVER'],
  ['PAID', 'OUT_FOR_DELIVERY'],
  ['REFUNDED', 'RETURNED'],
  ['PAID', 'DELIVERED'],
  ['PARTIALLY_REFUNDED', 'DELIVERED'],
  ['PAID', 'READY_FOR_PICKUP'],
  ['CUSTOM_PAYMENT_STATUS_1', 'CUSTOM_FULFILLMENT_STATUS_1'],
  ['CUSTOM_PAYMENT_STATUS_2', 'CUSTOM_FULFILLMENT_STATUS_2'],
  ['CUSTOM_PAYMENT_STATUS_3', 'CUSTOM_FULFILLMENT_STATUS_3'],
  ['PAID', 'SHIPPED'],
] as const;

type End = (typeof ends)[number];

const modules: Readonly<Record<(typeof paymentMethods)[number], string>> = {
  'Credit or debit card': 'STRIPE',
  PayPal: 'PAYPAL_STANDARD',
  'Purchase order': 'PO',
  'Bank transfer': 'CUSTOM_PAYMENT_APP-bank-transfers',
};

/** A year of orders that were no carts for long: of every status, so that each filter has something to find. */
export function createYearOfOrders(): OrderRecord[] {
  const random = createRandom(570020);
  return Array.from({ length: count }, (_, index) => {
    const created = lastCreated - (count - 1 - index) * 6 * day - random.integer(0, 5 * day);
    const end = ends[index % ends.length] as End;
    const shopper: Shopper = random.chance(0.7) ? random.pick(customers) : createGuest(random);
    const delivery =
      end[1] === 'READY_FOR_PICKUP' || random.chance(0.1) ? pickup : random.pick(shippingMethods);
    const paymentMethod = random.pick(paymentMethods);
    const coupon = random.chance(0.3) ? random.pick(coupons) : undefined;
    return createRecord({
      cartId: null,
      id: publicId(random, index),
      orderNumber: 540000000 + index * 53,
      created,
      updated: created + random.integer(1, 9) * day,
      lines: pickLines(random),
      email: shopper.email,
      ...(shopper.customer && { customer: shopper.customer }),
      billingPerson: shopper.person,
      ...(delivery !== pickup && { shippingPerson: shopper.person }),
      shippingMethod: delivery,
      paymentMethod,
      ...(coupon && { coupon }),
      item: index % 12 === 7 ? { isPreorder: true } : index % 12 === 9 ? subscribed(index) : {},
      more: {
        ...paid(end, index),
        ...fulfilled(end, created, index),
        paymentModule: modules[paymentMethod],
        acceptMarketing: random.chance(0.5),
        ...(delivery === pickup && { pickupTime: formatDate(new Date((created + 2 * day) * 1000)) }),
        ...(random.chance(0.4) && { refererId: random.pick(['newsletter', 'instagram', 'friends']) }),
        ...(random.chance(0.2) && { orderComments: 'Please ring twice.' }),
        ...(random.chance(0.2) && { privateAdminNotes: 'Called about the delivery.' }),
      },
    });
  });
}

function pickLines(random: Random): Line[] {
  const rest = [...goods];
  return Array.from({ length: random.integer(1, 4) }, () => {
    const [product] = rest.splice(random.integer(0, rest.length - 1), 1);
    return {
      product: product as (typeof goods)[number],
      quantity: random.integer(1, 3),
      choice: random.integer(0, 2),
    };
  });
}

function subscribed(index: number): JsonObject {
  return {
    subscriptionId: 7000000 + index,
    recurringChargeSettings: { recurringInterval: 'MONTH', recurringIntervalCount: 1 },
  };
}

function paid([paymentStatus]: End, index: number): JsonObject {
  const isPaid = paymentStatus === 'PAID' || paymentStatus.endsWith('REFUNDED');
  return {
    paymentStatus,
    ...(isPaid && {
      externalTransactionId: `transact_${540000000 + index * 53}`,
      paymentReference: `ref-${540000 + index}`,
    }),
  };
}

function fulfilled([, fulfillmentStatus]: End, created: number, index: number): JsonObject {
  const isSent = ['SHIPPED', 'DELIVERED', 'OUT_FOR_DELIVERY', 'RETURNED'].includes(fulfillmentStatus);
  const trackingNumber = `94001118992231${String(100000 + index)}`;
  return {
    fulfillmentStatus,
    ...(isSent && {
      trackingNumber,
      trackingUrl: `https://track.example.com/${trackingNumber}`,
      shipments: [{ id: `shipment-${index}`, created: formatDate(new Date((created + day) * 1000)) }],
    }),
  };
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

// Random but for a digit and the letter after it, which are the index.
function publicId(random: Random, index: number): string {
  const start = Array.from({ length: 3 }, () => random.pick([...letters])).join('');
  return `${start}${Math.floor(index / letters.length) + 1}${letters[index % letters.length]}`;
}
