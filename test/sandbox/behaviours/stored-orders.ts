import { expect } from 'vitest';
import type { Api, Reply } from '../api.ts';
import type { Behaviour } from './behaviour.ts';
import { cartOfThePages } from './behaviour.ts';

async function create(api: Api, body: unknown): Promise<Reply['json']> {
  const { status, text, json } = await api.post('/orders', { body });
  expect(status, text).toBe(200);
  return (await api.get(`/orders/${json.id}`)).json;
}

const greta = '/carts/5A0DB0C5-0000-4000-8000-000000000001';
const cherries = [{ productId: 37208342, name: 'Cherry', price: 5.99, quantity: 2, trackQuantity: true }];

async function stockOf(api: Api): Promise<number[]> {
  const cart = (await api.get(greta)).json;
  return [(await api.get('/products/37208342')).json.quantity, cart.items[0].quantityInStock];
}

async function ordersOf(api: Api, customerId: number): Promise<number> {
  return (await api.get(`/customers/${customerId}`)).json.stats.numberOfOrders;
}

export const storedOrders: readonly Behaviour[] = [
  {
    id: 'orders.customer.known',
    source: '[guide] [client tests]',
    says: "an order is its e-mail address's customer's, whatever customer and group it was sent with",
    sandboxOnly: true,
    async check(api) {
      const order = { email: 'MARY.watson@example.com', customerId: 7, customerGroup: 'Silver' };
      expect(await create(api, order)).toMatchObject({
        customerId: 15319411,
        customerGroup: 'Gold',
        customerGroupId: 12345,
      });
      const other = await create(api, { customerId: 15319421 });
      expect(other.customerId).toBe(15319421);
      expect(await create(api, { customerId: 7 })).not.toHaveProperty('customerId');
    },
  },
  {
    id: 'orders.customer.created',
    source: '[guide]',
    says: 'an unknown e-mail address makes a customer, whose order it is; a cart makes none',
    sandboxOnly: true,
    async check(api) {
      const email = 'new@example.com';
      const cart = await create(api, { email, paymentStatus: 'INCOMPLETE' });
      expect(cart).not.toHaveProperty('customerId');
      const { customerId } = await create(api, { email, billingPerson: { name: 'Nelly New' } });
      const { json } = await api.get(`/customers/${customerId}`);
      expect(json).toMatchObject({ id: customerId, email, billingPerson: { name: 'Nelly New' } });
      expect((await create(api, { email })).customerId).toBe(customerId);
    },
  },
  {
    id: 'orders.paid.created',
    source: '[guide]',
    says: "an order that is created PAID takes its products' stock and counts for its customer",
    sandboxOnly: true,
    async check(api) {
      const before = await ordersOf(api, 15319421);
      expect(await stockOf(api)).toEqual([1981, 1981]);
      await create(api, { customerId: 15319421, paymentStatus: 'PAID', items: cherries });
      expect(await stockOf(api)).toEqual([1979, 1979]);
      expect(await ordersOf(api, 15319421)).toBe(before + 1);
    },
  },
  {
    id: 'orders.paid.not',
    source: '[guide]',
    says: "an order that is not PAID, or that is nobody's, moves neither",
    sandboxOnly: true,
    async check(api) {
      const before = await ordersOf(api, 15319421);
      await create(api, { customerId: 15319421, paymentStatus: 'AWAITING_PAYMENT', items: cherries });
      await create(api, { customerId: 15319421, paymentStatus: 'INCOMPLETE', items: cherries });
      await create(api, { paymentStatus: 'PAID', items: cherries });
      expect(await stockOf(api)).toEqual([1981, 1981]);
      expect(await ordersOf(api, 15319421)).toBe(before);
    },
  },
  {
    id: 'orders.paid.updated',
    source: '[guide] [inferred]',
    says: 'an order that becomes PAID moves both once, and its payment message is gone',
    sandboxOnly: true,
    async check(api) {
      const before = await ordersOf(api, 15319421);
      const { id } = await create(api, { customerId: 15319421, items: cherries, paymentMessage: 'Declined' });
      for (const paymentStatus of ['PAID', 'PAID']) {
        await api.put(`/orders/${id}`, { body: { paymentStatus } });
      }
      expect(await stockOf(api)).toEqual([1979, 1979]);
      expect(await ordersOf(api, 15319421)).toBe(before + 1);
      expect((await api.get(`/orders/${id}`)).json.paymentMessage).toBeNull();
    },
  },
  {
    id: 'orders.stored.address',
    source: '[client tests]',
    says: 'an address is completed from its codes and name',
    async check(api) {
      const person = { name: 'Mary Watson', countryCode: 'US', stateOrProvinceCode: 'CA' };
      expect(await create(api, { billingPerson: person, shippingPerson: person })).toMatchObject({
        billingPerson: { ...person, countryName: 'United States', stateOrProvinceName: 'California' },
        shippingPerson: { firstName: 'Mary', lastName: 'Watson' },
      });
    },
  },
  {
    id: 'orders.stored.filled',
    source: '[client tests]',
    says: 'what was not sent is filled in: translations, the selected price, empty texts, language, b2c',
    async check(api) {
      const option = { name: 'Size', type: 'CHOICE', value: 'Big' };
      const order = await create(api, {
        items: [{ name: 'Cherry', price: 5.99, selectedOptions: [option] }],
        discountInfo: [{ value: 1, type: 'ABS', base: 'CUSTOM' }],
        customerFiscalCode: null,
      });
      const { defaultLanguage } = (await api.get('/profile')).json.languages;
      expect(order).toMatchObject({
        customerFiscalCode: '',
        electronicInvoicePecEmail: '',
        electronicInvoiceSdiCode: '',
        b2b_b2c: 'b2c',
        lang: defaultLanguage,
        discountInfo: [{ appliesToItems: [] }],
        items: [
          {
            nameTranslated: { [defaultLanguage]: 'Cherry' },
            selectedPrice: { value: 5.99 },
            selectedOptions: [{ ...option, valueTranslated: { [defaultLanguage]: 'Big' } }],
          },
        ],
      });
      expect(order.items[0].id).toBeGreaterThan(0);
    },
  },
  {
    id: 'orders.stored.coupon',
    source: '[client tests]',
    says: 'a coupon is kept only if the store has its code, and without its limits on the catalogue',
    sandboxOnly: true,
    async check(api) {
      const coupon = { name: 'Ten off fifty', discountType: 'ABS', discount: 10 };
      const unknown = await create(api, { discountCoupon: { ...coupon, code: 'NOSUCH' } });
      expect(unknown).not.toHaveProperty('discountCoupon');
      const kept = { ...coupon, code: 'TENOFF', launchDate: '2026-08-01 10:20:30 +0000' };
      const sent = { ...kept, launchDate: '2026-08-01 10:20:30 UTC', catalogLimit: { products: [1] } };
      expect((await create(api, { discountCoupon: sent })).discountCoupon).toEqual(kept);
    },
  },
  {
    id: 'orders.stored.exempt',
    source: '[client tests]',
    says: 'customerTaxExempt is true only where the customer is exempt',
    sandboxOnly: true,
    async check(api) {
      const exempt = { customerTaxExempt: true };
      expect((await create(api, { ...exempt, customerId: 15319425 })).customerTaxExempt).toBe(true);
      expect((await create(api, { ...exempt, customerId: 15319421 })).customerTaxExempt).toBe(false);
      expect((await create(api, exempt)).customerTaxExempt).toBe(false);
    },
  },
  {
    id: 'orders.stored.pickup',
    source: '[client tests]',
    says: 'pickup keeps no carrier, and an instruction only where the store has the method',
    sandboxOnly: true,
    async check(api) {
      const pickup = {
        isPickup: true,
        shippingCarrierName: 'USPS',
        pickupInstruction: 'Ring.',
        shippingRate: 0,
      };
      const { shippingOption } = await create(api, {
        shippingOption: { ...pickup, shippingMethodId: '1-1' },
      });
      expect(shippingOption).toEqual({ isPickup: true, shippingMethodId: '1-1', shippingRate: 0 });
      const shippingMethodId = '4959-1595934622523';
      const known = await create(api, { shippingOption: { ...pickup, shippingMethodId } });
      expect(known.shippingOption).toEqual({
        isPickup: true,
        shippingMethodId,
        shippingRate: 0,
        pickupInstruction: 'Ring.',
      });
    },
  },
  {
    id: 'orders.stored.read-only',
    source: '[docs] [client]',
    says: 'what is read-only is ignored, of the order and of its items',
    async check(api) {
      const order = await create(api, {
        id: 'MINE1',
        orderNumber: 7,
        cartId: cartOfThePages,
        usdTotal: 99,
        refunds: [{ amount: 1 }],
        items: [{ name: 'Cherry', costPrice: 1, subscriptionId: 7, files: [{ productFileId: 1 }] }],
      });
      expect(order.id).not.toBe('MINE1');
      expect(order.orderNumber).not.toBe(7);
      expect(order.refunds).toEqual([]);
      for (const field of ['costPrice', 'subscriptionId', 'files']) {
        expect(order.items[0]).not.toHaveProperty(field);
      }
    },
  },
  {
    id: 'orders.stored.ids',
    source: '[docs]',
    says: "the store's prefix and suffix are around the public id of what is new",
    sandboxOnly: true,
    async check(api) {
      const formatsAndUnits = { orderNumberPrefix: 'SALE-', orderNumberSuffix: '-q' };
      expect((await api.put('/profile', { body: { formatsAndUnits } })).json).toMatchObject({
        updateCount: 1,
      });
      const order = await create(api, {});
      expect(order.id).toMatch(/^SALE-[A-Z0-9]+-q$/);
      expect((await api.get('/orders', { query: { ids: order.id } })).json.items).toEqual([order]);
    },
  },
];
