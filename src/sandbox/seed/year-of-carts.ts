import { formatDate } from '../date-text.ts';
import { createRandom, type Random } from '../random.ts';
import type { OrderRecord } from '../store/records.ts';
import { downloads, goods, type Product } from './catalogue.ts';
import { createGuest, customers, type Shopper } from './people.ts';
import { createRecord, type Draft, type Line } from './record.ts';
import {
  type Coupon,
  coupons,
  paymentMethods,
  pickup,
  type ShippingMethod,
  shippingMethods,
} from './terms.ts';

const count = 250;
const lastCreated = Date.UTC(2026, 5, 30, 22, 14, 9) / 1000;
const year = 365 * 24 * 3600;

/**
 * A year of carts as shops see them: most were left half-way, some lack nothing but the last click. Now and
 * then one was recovered, and then its order follows it.
 */
export function createYearOfCarts(): OrderRecord[] {
  const random = createRandom(4870020);
  const moments = Array.from({ length: count }, () => lastCreated - random.integer(0, year)).sort(
    (a, b) => a - b,
  );
  // Two carts of one second, now and then: what a list is sorted by has to break ties.
  const times = moments.map((moment, index) => (index % 25 === 1 ? (moments[index - 1] ?? moment) : moment));
  return times.flatMap((created, index) => {
    const orderNumber = 530000000 + index * 97;
    const draft: Draft = {
      cartId: uuid(random),
      id: publicId(random, index),
      orderNumber,
      created,
      updated: created + random.integer(0, 5 * 24 * 3600),
      ...shopping(random, created),
    };
    const isComplete = draft.email !== undefined && draft.paymentMethod !== undefined;
    return isComplete && random.chance(0.08) ? recovered(draft, random) : [createRecord(draft)];
  });
}

// How far a shopper came before leaving, and what the cart therefore has.
const stages = [
  'basket',
  'contact',
  'address',
  'delivery',
  'payment',
  'payment',
  'payment',
  'payment',
] as const;

function shopping(random: Random, created: number): Omit<Draft, 'cartId' | 'id' | 'orderNumber' | 'created'> {
  const stage = stages.indexOf(random.pick(stages));
  const isKnown = random.chance(0.55);
  const shopper: Shopper = isKnown ? random.pick(customers) : createGuest(random);
  const lines = random.chance(0.1) ? pickLines(random, downloads, 2) : pickLines(random, goods, 6);
  const delivery = lines.some(({ product }) => !product.isDigital) ? pickDelivery(random) : null;
  const coupon: Coupon | null = random.chance(0.2) ? random.pick(coupons) : null;
  const paymentMethod = random.pick(paymentMethods);
  const wasMailed = random.chance(0.3);
  const needsAddress = delivery !== null && delivery !== pickup;
  return {
    lines,
    ...(shopper.customer && { customer: shopper.customer }),
    ...((isKnown || stage >= stages.indexOf('contact')) && { email: shopper.email }),
    ...(stage >= stages.indexOf('address') && {
      billingPerson: shopper.person,
      ...(needsAddress && { shippingPerson: shopper.person }),
    }),
    ...(stage >= stages.indexOf('delivery') && delivery && { shippingMethod: delivery }),
    ...(stage >= stages.indexOf('payment') && { paymentMethod }),
    ...(coupon && { coupon }),
    ...(random.chance(0.1) && { handling: 200 }),
    more: {
      hidden: random.chance(0.06),
      ...(random.chance(0.15) && { orderComments: 'Please ring twice.' }),
      ...(wasMailed && { recoveryEmailSentTimestamp: formatDate(new Date((created + 7200) * 1000)) }),
    },
  };
}

const quantities = [1, 1, 1, 1, 2, 2, 3, 4] as const;

function pickLines(random: Random, products: readonly Product[], most: number): Line[] {
  const rest = [...products];
  return Array.from({ length: Math.min(random.integer(1, most), rest.length) }, () => {
    const [product] = rest.splice(random.integer(0, rest.length - 1), 1);
    return { product: product as Product, quantity: random.pick(quantities), choice: random.integer(0, 2) };
  });
}

function pickDelivery(random: Random): ShippingMethod {
  return random.chance(0.15) ? pickup : random.pick(shippingMethods);
}

// The shopper came back by the e-mail and bought the same: the cart stays, beside an order of its own number.
function recovered(draft: Draft, random: Random): OrderRecord[] {
  const bought = draft.created + random.integer(1, 72) * 3600;
  const order = createRecord({
    ...draft,
    cartId: null,
    id: `${draft.id}R`,
    orderNumber: draft.orderNumber + 1,
    created: bought,
    updated: bought,
    more: { ...draft.more, hidden: false, paymentStatus: 'PAID', fulfillmentStatus: 'SHIPPED' },
  });
  const pointer = { recoveredOrderId: order.orderNumber, recoveredPublicUid: order.id };
  return [createRecord({ ...draft, more: { ...draft.more, ...pointer } }), order];
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16)).join('');
  const parts = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/.exec(hex)?.slice(1) ?? [];
  const [first, second, third, fourth, fifth] = parts;
  return `${first}-${second}-4${third}-A${fourth}-${fifth}`.toUpperCase();
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

// Random as Ecwid's are; the last two are the index, so that no two come out the same.
function publicId(random: Random, index: number): string {
  const start = Array.from({ length: 3 }, () => random.pick([...letters])).join('');
  return `${start}${letters[Math.floor(index / letters.length)]}${letters[index % letters.length]}`;
}
