import type { JsonObject } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';
import { calendar, cherry, teapot } from './catalogue.ts';
import { fullFields, fullOrderFields, fullShipping } from './full.ts';
import { fullItem, fullItemTax, fullOptions } from './full-item.ts';
import { createPerson, emailOf } from './people.ts';
import { createRecord, type Draft } from './record.ts';
import { fivePercentOff, pickup, standardShipping } from './terms.ts';

/** A cart that is there to be looked at. */
export interface ShowcaseCart {
  readonly cartId: string;
  /** In the cart's addresses, so that the `customer` filter finds it. */
  readonly customer: string;
  readonly shows: string;
}

interface Exhibit extends Omit<ShowcaseCart, 'cartId'> {
  /** What tells it from a guest's cart that can be placed as it is. */
  readonly differs?: Partial<Draft>;
  /** What tells the order that it has become from other such orders. */
  readonly bought?: JsonObject;
  readonly lacks?: readonly Part[];
}

/** What a draft may do without. */
type Part = 'email' | 'billingPerson' | 'shippingPerson' | 'shippingMethod' | 'paymentMethod';

const fiona: JsonObject = { ...createPerson('Fiona Full', 20), companyName: 'Full House Ltd.' };

const exhibits: readonly Exhibit[] = [
  { customer: 'Greta Guest', shows: "a guest's cart that can be placed as it is" },
  { customer: 'Nora Noemail', shows: 'a guest without an e-mail address', lacks: ['email'] },
  { customer: 'Bianca Nobilling', shows: 'no billing address', lacks: ['billingPerson'] },
  { customer: 'Stella Noshipping', shows: 'no shipping address', lacks: ['shippingPerson'] },
  { customer: 'Mason Nomethod', shows: 'no shipping method', lacks: ['shippingMethod'] },
  { customer: 'Paula Nopayment', shows: 'no payment method', lacks: ['paymentMethod'] },
  {
    customer: 'Oscar Outofstock',
    shows: 'an item of which fewer are left than the shopper wants',
    differs: {
      lines: [
        { product: cherry, quantity: 2 },
        { product: teapot, quantity: 3 },
      ],
    },
  },
  {
    customer: 'Emma Empty',
    shows: 'no items',
    differs: { lines: [], shippingMethod: { ...standardShipping, cents: 0 } },
  },
  {
    customer: 'Max Manyproblems',
    shows: 'several at once: no e-mail address, no billing address, no payment method',
    lacks: ['email', 'billingPerson', 'paymentMethod'],
  },
  {
    customer: 'Diego Digital',
    shows: 'downloads alone, which need no shipping: can be placed',
    differs: { lines: [{ product: calendar, quantity: 1 }] },
    lacks: ['shippingPerson', 'shippingMethod'],
  },
  {
    customer: 'Petra Pickup',
    shows: 'pickup, which needs no shipping address: can be placed',
    differs: { shippingMethod: pickup },
    lacks: ['shippingPerson'],
  },
  {
    customer: 'Hidde Hidden',
    shows: 'hidden by the merchant',
    differs: { more: { hidden: true } },
  },
  { customer: 'Cora Coupon', shows: 'a coupon', differs: { coupon: fivePercentOff } },
  {
    customer: 'Dana Declined',
    shows: 'a payment that failed: placing clears its message',
    differs: { more: { paymentMessage: 'Your card was declined.' } },
  },
  {
    customer: 'Mila Mailed',
    shows: 'a recovery e-mail was sent, and nothing came of it yet',
    differs: { more: { recoveryEmailSentTimestamp: '2026-07-02 09:00:00 +0000' } },
  },
  {
    customer: 'Rene Recovered',
    shows: 'recovered: it has become the order RCVR1',
    differs: {
      more: {
        recoveredOrderId: 560000901,
        recoveredPublicUid: 'RCVR1',
        recoveryEmailSentTimestamp: '2026-07-02 09:00:00 +0000',
      },
    },
  },
  {
    customer: 'Rosa Recoveredbefore',
    shows: 'recovered, in the older spelling: snake case, the number and the time as digits',
    differs: { more: { recovered_order_id: '560000902', recovery_email_sent_timestamp: '1782982800' } },
  },
  {
    customer: 'Quincy Quirks',
    shows:
      'the same things spelt otherwise: fulfillmentType in lower case, a number of days, an id in quotes',
    differs: {
      shippingMethod: {
        cents: 850,
        option: { ...standardShipping.option, fulfillmentType: 'shipping', estimatedTransitTime: 5 },
      },
      item: {
        id: '9007199254740993',
        dimensions: null,
        productDimensions: { length: 34, width: 3, height: 22 },
      },
      more: {
        customerId: '15319410',
        discountInfo: [{ value: 0, type: 'ABSOLUTE', base: 'CUSTOM', order_total: 10 }],
      },
    },
  },
  {
    customer: 'Nuria Nulls',
    shows: 'null for whatever may be null',
    differs: {
      item: { selectedOptions: null, taxes: null, discounts: null, files: null, dimensions: null },
      more: {
        discountInfo: null,
        discountCoupon: null,
        handlingFee: null,
        taxesOnShipping: null,
        customerId: null,
        recoveredOrderId: null,
        recoveryEmailSentTimestamp: null,
      },
    },
  },
  {
    customer: 'Una Unknown',
    shows: 'values that no documentation lists, wherever a fixed list of values is expected',
    differs: {
      shippingMethod: { cents: 850, option: { ...standardShipping.option, fulfillmentType: 'DRONE' } },
      item: { selectedOptions: [{ name: 'Colour', type: 'WHEEL', value: 'Red', valuesArray: ['Red'] }] },
      more: {
        discountInfo: [{ value: 0, type: 'LOTTERY', base: 'ON_BIRTHDAY' }],
        discountCoupon: { code: 'SLEEPY', discountType: 'NAP', status: 'ASLEEP', usesLimit: 'ON_WEEKDAYS' },
      },
    },
  },
  {
    customer: 'Fiona Full',
    shows: 'every field that a cart can have; it has become RCVR3, an order with every field there is',
    differs: {
      shippingMethod: {
        ...standardShipping,
        option: { ...standardShipping.option, ...fullShipping },
      },
      billingPerson: fiona,
      shippingPerson: fiona,
      coupon: fivePercentOff,
      handling: 200,
      surcharges: 150,
      giftCard: 500,
      item: fullItem,
      itemTax: fullItemTax,
      options: fullOptions,
      more: {
        ...fullFields,
        recoveredOrderId: 560000903,
        recoveredPublicUid: 'RCVR3',
        recoveryEmailSentTimestamp: '2026-07-02 09:00:00 +0000',
      },
    },
    bought: { ...fullFields, ...fullOrderFields },
  },
];

// One minute apart and newer than anything else in the store, so that they head its list in this order.
const newest = Date.UTC(2026, 6, 1, 12) / 1000;

/** Carts to look at, one for each kind of trouble and a few that have none. */
export const showcase: readonly ShowcaseCart[] = exhibits.map(({ customer, shows }, index) => ({
  cartId: cartIdOf(index),
  customer,
  shows,
}));

function cartIdOf(index: number): string {
  return `5A0DB0C5-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
}

export const showcaseCarts: readonly OrderRecord[] = exhibits.map((exhibit, index) =>
  createRecord(draftOf(exhibit, index)),
);

/** The orders that the recovered carts have become. */
export const showcaseOrders: readonly OrderRecord[] = exhibits.flatMap((exhibit, index) => {
  const { recoveredOrderId, recovered_order_id } = exhibit.differs?.more ?? {};
  const orderNumber = Number(recoveredOrderId ?? recovered_order_id ?? 0);
  if (orderNumber === 0) return [];
  const draft = draftOf(exhibit, index);
  const more = { paymentStatus: 'PAID', fulfillmentStatus: 'SHIPPED', ...exhibit.bought };
  const id = `RCVR${orderNumber % 100}`;
  return [createRecord({ ...draft, cartId: null, id, orderNumber, created: draft.created + 86_400, more })];
});

function draftOf({ customer, differs, lacks = [] }: Exhibit, index: number): Draft {
  const person = createPerson(customer, index);
  const draft: Draft = {
    cartId: cartIdOf(index),
    id: `SHOW${String(index + 1).padStart(2, '0')}`,
    orderNumber: 560000001 + index,
    created: newest - index * 60,
    lines: [{ product: cherry, quantity: 2, choice: 1 }],
    email: emailOf(customer),
    billingPerson: person,
    shippingPerson: person,
    shippingMethod: standardShipping,
    paymentMethod: 'Purchase order',
    ...differs,
  };
  const kept = { ...draft };
  for (const part of lacks) delete kept[part];
  return kept;
}
