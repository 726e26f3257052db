import { expect } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import type { Api, Reply } from '../api.ts';
import type { Behaviour } from './behaviour.ts';
import { guideOrder } from './guide-order.ts';

const guideTax = guideOrder.availableTaxes[0] as (typeof guideOrder.availableTaxes)[number];

/** The store that the guide's order was calculated in. */
const guideStore: SandboxOptions = {
  now: () => new Date('2025-03-10T11:16:37Z'),
  terms: {
    taxes: [guideTax],
    shippingOptions: guideOrder.availableShippingOptions,
    handlingFee: null,
    promotions: guideOrder.discountInfo,
    surcharges: [{ id: 'tips', value: 10, type: 'PERCENT', description: '' }],
  },
};

/** A store that adds nothing of its own. */
const bareStore: SandboxOptions = {
  terms: { shippingOptions: [], handlingFee: null, promotions: [], taxes: [] },
};

const cherries = { name: 'Cherry', sku: '00004', price: 15, quantity: 2, weight: 0.32 };

async function calculate(api: Api, body: unknown): Promise<Reply['json']> {
  const { status, json } = await api.post('/order/calculate', { body });
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

export const calculateOrder: readonly Behaviour[] = [
  {
    id: 'calculate.guide',
    source: '[guide]',
    says: "the guide's order comes out as the guide prints it, to the cent: total 154.11, tax 11.10, tips 14.01",
    sandboxOnly: true,
    options: guideStore,
    async check(api) {
      const [item] = guideOrder.items;
      const { tax, shipping, taxes, discounts, couponApplied, priceWithoutTax, ...sent } =
        item as never as Record<string, unknown>;
      const { countryName, stateOrProvinceName, firstName, lastName, ...shippingPerson } =
        guideOrder.shippingPerson;
      const order = await calculate(api, { email: guideOrder.email, items: [sent], shippingPerson });
      const { paymentStatus, availableTaxes, items, shippingOption, ...printed } = guideOrder;
      expect(order).toMatchObject(printed);
      expect(order).toMatchObject({ paymentStatus: 'INCOMPLETE', availableTaxes, shippingOption });
      expect(order.items).toMatchObject(items);
    },
  },
  {
    id: 'calculate.pages',
    source: '[older docs]',
    says: "the oldest pages' order comes to 3093.93, fed with promotions that come to their discount of 20",
    sandboxOnly: true,
    options: {
      terms: {
        handlingFee: { name: 'Handling Fee', value: 0, description: '' },
        shippingOptions: [
          {
            shippingCarrierName: 'U.S.P.S.',
            shippingMethodName: 'U.S.P.S. Priority Mail Express 2-Day™',
            shippingRate: 3071.62,
            estimatedTransitTime: '1',
          },
          { shippingMethodName: 'Fixed rate', shippingRate: 10 },
        ],
        zones: [{ id: '3772-1438789680791', countryCodes: ['US'], stateOrProvinceCodes: ['US-CA'] }],
        taxes: [
          {
            name: 'VAT',
            enabled: true,
            includeInPrice: true,
            defaultTax: 5,
            rules: [{ zoneId: '3772-1438789680791', tax: 21 }],
          },
          { name: 'World tax', enabled: false, defaultTax: 5, rules: [] },
        ],
      },
    },
    async check(api) {
      const apples = { name: 'Apple', sku: '00014', price: 4.22, quantity: 2, weight: 0.12 };
      const order = await calculate(api, {
        items: [cherries, apples],
        shippingPerson: { name: 'Mary Watson', countryCode: 'US', stateOrProvinceCode: 'CA' },
        discountInfo: [
          { value: 15, type: 'ABS', base: 'ON_TOTAL', orderTotal: 1 },
          { value: 2, type: 'PERCENT', base: 'ON_MEMBERSHIP' },
          { value: 4.23, type: 'ABSOLUTE', base: 'CUSTOM', description: 'Buy one get one free for T-shirts' },
        ],
      });
      expect(order).toMatchObject({
        subtotal: 38.44,
        tax: 3.87,
        discount: 20,
        volumeDiscount: 15,
        membershipBasedDiscount: 0.77,
        customDiscount: [4.23],
        total: 3093.93,
        handlingFee: { name: 'Handling Fee', value: 0, description: '' },
      });
      expect(order.discountInfo[2].type).toBe('ABS');
      expect(order.availableTaxes).toHaveLength(2);
    },
  },
  {
    id: 'calculate.gross',
    source: '[docs]',
    says: 'in a store whose prices include tax, the tax is taken out of them and not added',
    sandboxOnly: true,
    options: {
      terms: {
        pricesIncludeTax: true,
        taxes: [{ ...guideTax }],
        shippingOptions: [{ shippingMethodName: 'Post', shippingRate: 20 }],
        handlingFee: null,
        promotions: [{ value: 10, type: 'PERCENT', base: 'ON_TOTAL' }],
      },
    },
    async check(api) {
      const order = await calculate(api, {
        items: [{ price: 50, quantity: 2 }],
        discountCoupon: { code: 'TEN', discountType: 'PERCENT', discount: 10 },
      });
      expect(order).toMatchObject({
        total: 101,
        tax: 7.36,
        totalWithoutTax: 93.64,
        subtotalWithoutTax: 92.64,
        couponDiscount: 10,
        discount: 9,
        pricesIncludeTax: true,
      });
      expect(order.items[0]).toMatchObject({ priceWithoutTax: 46.32, couponApplied: true, couponAmount: 10 });
    },
  },
  {
    id: 'calculate.creates-nothing',
    source: '[older docs]',
    says: 'calculating creates no order and no cart',
    async check(api) {
      const before = [await api.get('/carts'), await api.get('/orders')].map(({ text }) => text);
      await calculate(api, { email: 'nobody@example.com', items: [cherries] });
      expect([await api.get('/carts'), await api.get('/orders')].map(({ text }) => text)).toEqual(before);
    },
  },
  {
    id: 'calculate.first-shipping',
    source: '[older docs] [guide]',
    says: 'where no shippingOption is sent, the first of availableShippingOptions is taken',
    async check(api) {
      const { shippingOption, availableShippingOptions } = await calculate(api, { items: [cherries] });
      expect(shippingOption).toMatchObject(availableShippingOptions[0]);
    },
  },
  {
    id: 'calculate.shipping-sent',
    source: '[docs] [client]',
    says: 'a shippingOption that is sent is taken at the rate that is sent with it',
    async check(api) {
      const shippingOption = {
        shippingMethodName: 'By raven',
        shippingRate: 3.33,
        fulfillmentType: 'SHIPPING',
      };
      const order = await calculate(api, { items: [cherries], discountInfo: [], shippingOption });
      expect(order.shippingOption).toMatchObject(shippingOption);
      expect(order.items[0].shipping).toBe(3.33);
    },
  },
  {
    id: 'calculate.no-shipping',
    source: '[client tests] [inferred]',
    says: 'where no method is available, or nothing needs shipping, shipping costs nothing',
    sandboxOnly: true,
    async check(api) {
      const order = await calculate(api, { items: [{ ...cherries, isShippingRequired: false }] });
      expect(order.availableShippingOptions).toEqual([]);
      expect(order).not.toHaveProperty('shippingOption');
      expect(order.items[0]).toMatchObject({ isShippingRequired: false, shipping: 0 });
    },
  },
  {
    id: 'calculate.promotions-replaced',
    source: '[docs]',
    says: "a request's discountInfo takes the place of the store's promotions, an empty one too",
    sandboxOnly: true,
    options: guideStore,
    async check(api) {
      const items = [{ price: 70, quantity: 2 }];
      expect((await calculate(api, { items })).discount).toBe(31);
      expect((await calculate(api, { items, discountInfo: [] })).discount).toBe(0);
      const discountInfo = [{ value: 3, type: 'ABS', base: 'CUSTOM' }];
      expect(await calculate(api, { items, discountInfo })).toMatchObject({
        discount: 3,
        customDiscount: [3],
      });
    },
  },
  {
    id: 'calculate.promotions-reported',
    source: '[guide] [docs] [inferred]',
    says: 'each promotion is part of discount, and by its base of the field for it',
    sandboxOnly: true,
    options: bareStore,
    async check(api) {
      const bases = ['ON_TOTAL', 'SUBTOTAL', 'ON_MEMBERSHIP', 'ON_TOTAL_AND_MEMBERSHIP', 'CUSTOM', 'ITEM'];
      const discountInfo = bases.map((base, index) => ({ value: 2 ** index, type: 'ABS', base }));
      const order = await calculate(api, { items: [{ price: 100, quantity: 1 }], discountInfo });
      expect(order).toMatchObject({
        volumeDiscount: 3,
        membershipBasedDiscount: 4,
        totalAndMembershipBasedDiscount: 8,
        customDiscount: [16],
        discount: 63,
      });
      expect(order.items[0].discounts).toHaveLength(6);
    },
  },
  {
    id: 'calculate.promotions-threshold',
    source: '[client tests]',
    says: 'a promotion whose orderTotal is above the subtotal is left out, of the order and of its items',
    async check(api) {
      const discountInfo = [{ value: 5, type: 'ABS', base: 'ON_TOTAL', orderTotal: 30.01 }];
      const order = await calculate(api, { items: [cherries], discountInfo });
      expect(order.discountInfo).toEqual([]);
      expect(order.items[0]).not.toHaveProperty('discounts');
      expect(order.discount).toBe(0);
    },
  },
  {
    id: 'calculate.members',
    source: '[docs] [inferred]',
    says: "the store's promotions for members hold for a customer who is one, and its tax not for an exempt one",
    sandboxOnly: true,
    async check(api) {
      const items = [cherries];
      expect((await calculate(api, { items, customerId: 15319410 })).membershipBasedDiscount).toBe(0.9);
      expect((await calculate(api, { items })).membershipBasedDiscount).toBe(0);
      expect((await calculate(api, { items })).tax).toBe(2.1);
      expect(await calculate(api, { items, customerId: 15319425 })).toMatchObject({
        tax: 0,
        customerTaxExempt: true,
      });
      for (const overriding of [{ customerTaxExempt: true }, { reversedTaxApplied: true }]) {
        expect(await calculate(api, { items, ...overriding })).toMatchObject({ tax: 0, ...overriding });
      }
    },
  },
  {
    id: 'calculate.coupon',
    source: '[client tests]',
    says: 'a coupon that does not apply is echoed and has no effect; its orderCount is what the store knows',
    async check(api) {
      const limits = [
        { totalLimit: 1000 },
        { launchDate: '2099-01-01 00:00:00 +0000' },
        { expirationDate: '2001-01-01 00:00:00 +0000' },
        { catalogLimit: { products: [7], categories: [8] } },
      ];
      for (const limit of limits) {
        const discountCoupon = {
          name: 'Half',
          code: 'H4LF',
          discountType: 'PERCENT',
          discount: 50,
          ...limit,
        };
        const order = await calculate(api, { items: [cherries], discountCoupon });
        expect(order.discountCoupon).toMatchObject({ ...discountCoupon, orderCount: 0 });
        expect(order.discountCoupon.creationDate).toEqual(expect.any(String));
        expect(order).toMatchObject({ couponDiscount: 0, items: [{ couponApplied: false }] });
        expect(order.items[0]).not.toHaveProperty('couponAmount');
      }
    },
  },
];
