import { describe, expect, test } from 'vitest';
import { createSeed } from '../../../src/sandbox/seed/seed.ts';
import { showcase } from '../../../src/sandbox/seed/showcase.ts';
import type { OrderRecord } from '../../../src/sandbox/store/records.ts';
import { cartOfThePages, cartOfToday } from '../behaviours/behaviour.ts';

interface Item {
  readonly id: number;
  readonly price: number;
  readonly productPrice: number;
  readonly quantity: number;
  readonly tax: number;
  readonly shipping: number;
  readonly couponAmount?: number;
  readonly trackQuantity: boolean;
  readonly quantityInStock: number;
  readonly isShippingRequired: boolean;
  readonly discounts: { total: number }[] | null;
  readonly taxes: { total: number; value: number }[] | null;
  readonly selectedOptions: { selections?: { selectionModifier: number }[] }[] | null;
}

// biome-ignore lint/suspicious/noExplicitAny: a record is read here as whoever gets it as JSON reads it.
type Parsed = any;

const seed = createSeed('4870020');
const orders: Parsed[] = JSON.parse(JSON.stringify(seed.orders));
const carts = orders.filter(({ cartId }) => cartId !== null);
// The cart of the oldest pages is what they print, and their amounts contradict each other.
const calculated = orders.filter(({ cartId }) => cartId !== cartOfThePages);

function cents(amount: number): number {
  const rounded = Math.round(amount * 100);
  expect(amount).toBe(rounded / 100);
  return rounded;
}

function sumOf(amounts: number[]): number {
  return amounts.reduce((sum, amount) => sum + cents(amount), 0);
}

describe('the seed', () => {
  test('is the same every time, to the byte', () => {
    expect(JSON.stringify(createSeed('4870020'))).toBe(JSON.stringify(seed));
  });

  test('has the carts of the documentation, the showcase and a year of others', () => {
    const ids = carts.map(({ cartId }) => cartId);
    expect(ids).toEqual(
      expect.arrayContaining([cartOfThePages, cartOfToday, ...showcase.map(({ cartId }) => cartId)]),
    );
    expect(ids.length - showcase.length - 2).toBe(250);
    const dates = carts.map(({ createDate }) => createDate).sort();
    expect(dates[1]?.slice(0, 4)).toBe('2025');
    expect(dates.at(-1)).toBe('2026-07-01 12:00:00 +0000');
  });

  test('has ids of the right shape, each its own', () => {
    for (const { cartId } of carts) expect(cartId).toMatch(/^[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}$/);
    for (const { id, orderNumber } of orders) {
      expect(id).toMatch(/^[A-Z][A-Z0-9]{4,5}$/);
      expect(orderNumber).toBeLessThan(2 ** 31);
    }
    for (const ids of [
      carts.map(({ cartId }) => cartId),
      orders.map(({ id }) => id),
      orders.map(({ orderNumber }) => orderNumber),
    ]) {
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('has nothing in it that JSON cannot say', () => {
    const isPlain = (value: unknown): boolean => {
      if (typeof value === 'number') return Number.isFinite(value);
      if (typeof value !== 'object' || value === null)
        return ['string', 'boolean'].includes(typeof value) || value === null;
      return Object.values(value).every(isPlain);
    };
    expect(isPlain(seed)).toBe(true);
  });

  test('has dates with their timestamps', () => {
    for (const { createDate, createTimestamp, updateDate, updateTimestamp } of calculated) {
      expect(Date.parse(createDate) / 1000).toBe(createTimestamp);
      expect(Date.parse(updateDate) / 1000).toBe(updateTimestamp);
      expect(updateTimestamp).toBeGreaterThanOrEqual(createTimestamp);
    }
  });

  test('adds up in every cart and order, to the cent', () => {
    for (const order of calculated) {
      const items: Item[] = order.items;
      const subtotal = items.reduce((sum, { price, quantity }) => sum + cents(price) * quantity, 0);
      const tax = sumOf(items.map((item) => item.tax));
      const shipping = cents(order.shippingOption?.shippingRate ?? 0);
      const fee = cents(order.handlingFee?.value ?? 0);
      const giftCard = cents(order.giftCardRedemption ?? 0);
      const surcharges = sumOf((order.customSurcharges ?? []).map(({ total }: Parsed) => total));
      expect(cents(order.subtotal)).toBe(subtotal);
      expect(cents(order.tax)).toBe(tax);
      expect(cents(order.discount)).toBe(
        sumOf([order.volumeDiscount, order.membershipBasedDiscount, order.totalAndMembershipBasedDiscount]),
      );
      expect(cents(order.total)).toBe(
        subtotal -
          cents(order.couponDiscount) -
          cents(order.discount) +
          shipping +
          fee +
          tax +
          surcharges -
          giftCard,
      );
      expect(cents(order.totalWithoutTax)).toBe(cents(order.total) - tax);
    }
  });

  test('spreads shipping, coupon and promotions over the items without a rest', () => {
    for (const order of calculated) {
      const items: Item[] = order.items;
      const ships = items.some(({ isShippingRequired }) => isShippingRequired);
      expect(sumOf(items.map(({ shipping }) => shipping))).toBe(
        ships ? cents(order.shippingOption?.shippingRate ?? 0) : 0,
      );
      expect(sumOf(items.map(({ couponAmount = 0 }) => couponAmount))).toBe(cents(order.couponDiscount));
      if (items.some(({ discounts }) => discounts === null)) continue;
      expect(sumOf(items.flatMap(({ discounts }) => (discounts ?? []).map(({ total }) => total)))).toBe(
        cents(order.discount),
      );
    }
  });

  test('taxes each item on what the discounts left of it', () => {
    for (const order of calculated) {
      for (const item of order.items as Item[]) {
        if (item.taxes === null) continue;
        const taken = cents(item.couponAmount ?? 0) + sumOf((item.discounts ?? []).map(({ total }) => total));
        const taxable = cents(item.price) * item.quantity - taken;
        const percent = order.customerTaxExempt ? 0 : 7;
        expect(cents(item.tax)).toBe(Math.floor((taxable * percent + 50) / 100));
        expect(item.taxes.map(({ total, value }) => [total, value])).toEqual(percent ? [[item.tax, 7]] : []);
      }
    }
  });

  test('prices an item at its product and its options', () => {
    for (const { price, productPrice, selectedOptions } of calculated.flatMap(
      ({ items }) => items as Item[],
    )) {
      const selections = (selectedOptions ?? []).flatMap((option) => option.selections ?? []);
      if (selections.length === 0 && price !== productPrice) continue;
      const modifiers = selections.map(({ selectionModifier }) => selectionModifier);
      expect(cents(price)).toBe(cents(productPrice) + sumOf(modifiers));
    }
  });

  test.each<[string, (cart: Parsed) => boolean]>([
    ['guests', ({ customerId }) => customerId === undefined],
    ['customers', ({ customerId }) => customerId !== undefined],
    ['no e-mail address', ({ email }) => email === undefined],
    ['no billing address', ({ billingPerson }) => billingPerson === undefined],
    ['no shipping address', ({ shippingPerson }) => shippingPerson === undefined],
    ['no shipping method', ({ shippingOption }) => shippingOption === undefined],
    ['no payment method', ({ paymentMethod }) => paymentMethod === undefined],
    ['something out of stock', ({ items }) => items.some(isOutOfStock)],
    ['several items', ({ items }) => items.length > 3],
    ['downloads alone', ({ items }) => items.every((item: Item) => !item.isShippingRequired)],
    ['pickup', ({ shippingOption }) => shippingOption?.isPickup === true],
    ['delivery', ({ shippingOption }) => shippingOption?.fulfillmentType === 'DELIVERY'],
    ['hidden', ({ hidden }) => hidden],
    ['a coupon', ({ couponDiscount }) => couponDiscount > 0],
    [
      'a coupon that does not apply',
      ({ discountCoupon, couponDiscount }) => discountCoupon && couponDiscount === 0,
    ],
    ['a promotion', ({ discountInfo }) => discountInfo.length > 0],
    ['a handling fee', ({ handlingFee }) => handlingFee !== undefined],
    ['no tax', ({ customerTaxExempt }) => customerTaxExempt],
    ['recovered', ({ recoveredOrderId }) => recoveredOrderId !== undefined],
    [
      'nothing missing',
      (cart) => cart.email && cart.billingPerson && cart.shippingOption && cart.paymentMethod,
    ],
  ])('has carts of every kind in its year: %s', (_, isOne) => {
    const year = carts.filter(({ id }) => /^[A-Z]{5}$/.test(id));
    const share = year.filter(isOne).length / year.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.9);
  });

  test('recovers carts into orders that exist', () => {
    const recovered = carts.filter((cart) => cart.recoveredOrderId || cart.recovered_order_id);
    expect(recovered.length).toBeGreaterThan(5);
    for (const { recoveredOrderId, recovered_order_id, recoveredPublicUid } of recovered) {
      const order = orders.find(
        ({ orderNumber }) => orderNumber === Number(recoveredOrderId ?? recovered_order_id),
      );
      expect(order.cartId).toBeNull();
      expect(order.paymentStatus).toMatch(/^PAID$|^PARTIALLY_REFUNDED$/);
      if (recoveredPublicUid) expect(order.id).toBe(recoveredPublicUid);
    }
  });
});

function isOutOfStock({ trackQuantity, quantityInStock, quantity }: Item): boolean {
  return trackQuantity && quantityInStock < quantity;
}

describe('the showcase', () => {
  const shown = (customer: string): Parsed => {
    const { cartId } = showcase.find((cart) => cart.customer === customer) ?? {};
    return carts.find((cart) => cart.cartId === cartId);
  };

  const complete = ['email', 'billingPerson', 'shippingPerson', 'shippingOption', 'paymentMethod'];
  test.each<[string, string[], (cart: Parsed) => boolean]>([
    ['Greta Guest', [], ({ customerId }) => customerId === undefined],
    ['Nora Noemail', ['email'], ({ customerId }) => customerId === undefined],
    ['Bianca Nobilling', ['billingPerson'], Boolean],
    ['Stella Noshipping', ['shippingPerson'], ({ shippingOption }) => shippingOption.isPickup === false],
    ['Mason Nomethod', ['shippingOption'], Boolean],
    ['Paula Nopayment', ['paymentMethod'], Boolean],
    ['Oscar Outofstock', [], ({ items }) => items.filter(isOutOfStock).length === 1],
    ['Emma Empty', [], ({ items }) => items.length === 0],
    ['Max Manyproblems', ['email', 'billingPerson', 'paymentMethod'], Boolean],
    [
      'Diego Digital',
      ['shippingPerson', 'shippingOption'],
      ({ items }) => items[0].isShippingRequired === false,
    ],
    ['Petra Pickup', ['shippingPerson'], ({ shippingOption }) => shippingOption.fulfillmentType === 'PICKUP'],
    ['Hidde Hidden', [], ({ hidden }) => hidden],
    ['Cora Coupon', [], ({ couponDiscount }) => couponDiscount > 0],
    ['Dana Declined', [], ({ paymentMessage }) => paymentMessage !== undefined],
    ['Mila Mailed', [], ({ recoveryEmailSentTimestamp }) => recoveryEmailSentTimestamp !== undefined],
    ['Rene Recovered', [], ({ recoveredPublicUid }) => recoveredPublicUid === 'RCVR1'],
    ['Rosa Recoveredbefore', [], ({ recovered_order_id }) => recovered_order_id === '560000902'],
    ['Quincy Quirks', [], ({ shippingOption }) => shippingOption.estimatedTransitTime === 5],
    ['Nuria Nulls', [], ({ discountInfo }) => discountInfo === null],
    ['Una Unknown', [], ({ shippingOption }) => shippingOption.fulfillmentType === 'DRONE'],
    ['Fiona Full', [], ({ recoveredPublicUid }) => recoveredPublicUid === 'RCVR3'],
  ])('%s lacks %o and shows what is said', (customer, lacks, isShown) => {
    const cart = shown(customer);
    expect(complete.filter((part) => cart[part] === undefined)).toEqual(lacks);
    expect(isShown(cart)).toBe(true);
    expect((cart.billingPerson ?? cart.shippingPerson).name).toBe(customer);
  });

  test('shows nothing that is not tested above', () => {
    expect(showcase).toHaveLength(21);
  });

  test('heads the list of carts, in its own order', () => {
    const newest = (one: OrderRecord, other: OrderRecord) => (one.createDate < other.createDate ? 1 : -1);
    const ids = carts.toSorted(newest).map(({ cartId }) => cartId);
    expect(ids.slice(0, showcase.length)).toEqual(showcase.map(({ cartId }) => cartId));
  });
});
