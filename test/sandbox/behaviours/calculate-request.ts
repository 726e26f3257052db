import { expect } from 'vitest';
import { type Behaviour, expectRefusal } from './behaviour.ts';

const cherries = { name: 'Cherry', price: 15, quantity: 2 };

const mary = {
  name: 'Mary Ann Watson',
  street: 'The other street',
  city: 'San Diego',
  countryCode: 'US',
  postalCode: '90001',
  stateOrProvinceCode: 'CA',
};

export const calculateRequest: readonly Behaviour[] = [
  {
    id: 'calculate.address',
    source: '[older docs] [guide]',
    says: "an address gets the names of its country and state, and the person's first and last name",
    async check(api) {
      const body = { items: [cherries], billingPerson: mary };
      const { billingPerson, shippingPerson } = (await api.post('/order/calculate', { body })).json;
      expect(billingPerson).toEqual({
        ...mary,
        firstName: 'Mary',
        lastName: 'Ann Watson',
        countryName: 'United States',
        stateOrProvinceName: 'California',
      });
      expect(shippingPerson).toEqual(billingPerson);
    },
  },
  {
    id: 'calculate.echoed',
    source: '[older docs] [client tests]',
    says: 'e-mail, IP address and customerId come back, and an unknown customer is none the worse',
    async check(api) {
      const body = { email: 'mary@example.com', ipAddress: '83.217.8.241', customerId: 7, items: [cherries] };
      const { email, ipAddress, customerId } = body;
      const { json } = await api.post('/order/calculate', { body });
      expect(json).toMatchObject({ email, ipAddress, customerId });
    },
  },
  {
    id: 'calculate.items-echoed',
    source: '[client tests]',
    says: 'an item comes back as it was sent',
    async check(api) {
      const item = {
        id: 9007199254740000,
        productId: 37208342,
        categoryId: 9691094,
        combinationId: 421616046,
        price: 22.2,
        productPrice: 33.3,
        fixedShippingRate: 66.6,
        sku: '00004',
        name: 'Cherry',
        shortDescription: 'A fleshy fruit',
        quantity: 2,
        quantityInStock: 10,
        weight: 3,
        isShippingRequired: true,
        trackQuantity: true,
        fixedShippingRateOnly: true,
        digital: true,
        giftCard: false,
        dimensions: { length: 12, width: 5.2, height: 6.6 },
      };
      const { json } = await api.post('/order/calculate', { body: { items: [item] } });
      expect(json.items[0]).toMatchObject(item);
    },
  },
  {
    id: 'calculate.client',
    source: '[client tests]',
    says: "the official client's calculation comes back as its test expects, in a store that adds nothing",
    sandboxOnly: true,
    options: { terms: { shippingOptions: [], handlingFee: null, promotions: [] } },
    async check(api) {
      const discountCoupon = {
        name: 'Discount Coupon',
        code: 'aB3dE5gH7jK9mN1p',
        discountType: 'ABS_AND_SHIPPING',
        status: 'ACTIVE',
        discount: 50,
        totalLimit: 5555.5,
        usesLimit: 'UNLIMITED',
        applicationLimit: 'UNLIMITED',
        catalogLimit: { products: [1, 2, 3], categories: [1] },
      };
      const discountInfo = { value: 55.3, type: 'ABS', base: 'ON_TOTAL', orderTotal: 66.6 };
      const { json } = await api.post('/order/calculate', {
        body: {
          items: [{ id: 9007199254740000, price: 22.2, quantity: 2, fixedShippingRate: 66.6, weight: 3 }],
          discountCoupon: { ...discountCoupon, orderCount: 1, launchDate: '2026-08-01 12:20:30 CEST' },
          discountInfo: [discountInfo, discountInfo],
        },
      });
      expect(json.discountCoupon).toEqual({
        ...discountCoupon,
        orderCount: 0,
        launchDate: '2026-08-01 10:20:30 +0000',
        creationDate: expect.any(String),
      });
      expect(json).toMatchObject({ discountInfo: [], couponDiscount: 0 });
      const [item] = json.items;
      expect(item).toMatchObject({ id: 9007199254740000, shipping: 0, handlingFee: 0, couponApplied: false });
      for (const absent of ['couponAmount', 'discounts', 'files']) expect(item).not.toHaveProperty(absent);
    },
  },
  {
    id: 'calculate.recomputed',
    source: '[client tests]',
    says: "an item's amounts and its options' files are not taken from the request",
    sandboxOnly: true,
    options: { terms: { shippingOptions: [], handlingFee: null, promotions: [], taxes: [] } },
    async check(api) {
      const option = { name: 'Note', type: 'FILES' };
      const sent = {
        ...cherries,
        tax: 55.5,
        shipping: 44.4,
        handlingFee: 77.7,
        couponAmount: 15,
        couponApplied: true,
        discounts: [{ discountInfo: { value: 1, type: 'ABS', base: 'CUSTOM' }, total: 1 }],
        taxes: [{ name: 'Tax', value: 12.2, total: 22.6 }],
        selectedOptions: [{ ...option, files: [{ id: 1, name: 'note.txt' }] }],
      };
      const { json } = await api.post('/order/calculate', { body: { items: [sent] } });
      const [item] = json.items;
      expect(item).toMatchObject({ tax: 0, shipping: 0, handlingFee: 0, couponApplied: false, taxes: [] });
      expect(item.selectedOptions).toEqual([option]);
      for (const absent of ['couponAmount', 'discounts']) expect(item).not.toHaveProperty(absent);
      expect(json.total).toBe(30);
    },
  },
  {
    id: 'calculate.constants',
    source: '[older docs] [guide]',
    says: 'the statuses and ids are those of no order yet, and what is empty is [] or {} and not null',
    async check(api) {
      const { json } = await api.post('/order/calculate', { body: { items: [{ price: 1, quantity: 1 }] } });
      expect(json).toMatchObject({
        paymentStatus: 'INCOMPLETE',
        fulfillmentStatus: 'AWAITING_PROCESSING',
        usdTotal: 0,
        orderNumber: 0,
        vendorOrderNumber: '0',
        ticket: 0,
        hidden: false,
        predictedPackage: [],
        refunds: [],
        shipments: [],
        additionalInfo: {},
        paymentParams: {},
        extraFields: {},
      });
      expect(json.items[0]).toMatchObject({ id: 0, isShippingRequired: true, quantityInStock: 0 });
      expect(Object.values(json)).not.toContain(null);
    },
  },
  {
    id: 'calculate.fee-and-surcharges',
    source: '[docs]',
    says: "a request's handling fee and surcharges take the place of the store's, and only they are applied",
    sandboxOnly: true,
    options: {
      terms: {
        shippingOptions: [],
        promotions: [],
        taxes: [],
        handlingFee: { name: 'Wrapping', value: 2, description: 'Silk paper wrapping' },
        surcharges: [{ id: 'tips', value: 10, type: 'PERCENT' }],
      },
    },
    async check(api) {
      const items = [cherries];
      const own = (await api.post('/order/calculate', { body: { items } })).json;
      expect(own).toMatchObject({
        total: 35.2,
        handlingFee: { value: 2 },
        customSurcharges: [{ total: 3.2 }],
      });
      const handlingFee = { name: 'Box', value: 1, description: '' };
      const customSurcharges = [{ id: 'gift', value: 5, type: 'ABSOLUTE' }];
      const sent = (await api.post('/order/calculate', { body: { items, handlingFee, customSurcharges } }))
        .json;
      expect(sent).toMatchObject({ total: 36, handlingFee, customSurcharges: [{ id: 'gift', total: 5 }] });
    },
  },
  {
    id: 'calculate.gift-card',
    source: '[docs] [client]',
    says: 'a gift card redeems part of the total, and the total before is told',
    async check(api) {
      const body = { items: [cherries], giftCardCode: 'G1FT', giftCardRedemption: 10 };
      const { json } = await api.post('/order/calculate', { body });
      expect(json).toMatchObject({ giftCardCode: 'G1FT', giftCardRedemption: 10 });
      expect(json.totalBeforeGiftCardRedemption).toBeCloseTo(json.total + 10, 6);
    },
  },
  {
    id: 'calculate.public-token',
    source: '[older docs] [docs]',
    says: 'a public token may calculate',
    async check(api) {
      const reply = await api.post('/order/calculate', {
        token: api.publicToken,
        body: { items: [cherries] },
      });
      expect(reply.status).toBe(200);
    },
  },
  {
    id: 'calculate.wrong-items',
    source: '[older docs] [inferred]',
    says: 'no items, or an item without a price or quantity, or with one that is none, is 422 WRONG_URL',
    async check(api) {
      const wrong = [
        { price: 1 },
        { quantity: 1 },
        { price: '1', quantity: 1 },
        { price: 1, quantity: -1 },
        { price: 1, quantity: 0 },
        { price: -1, quantity: 1 },
        { price: null, quantity: 1 },
      ].map((item) => ({ items: [cherries, item] }));
      for (const body of [
        {},
        { items: [] },
        { items: null },
        { items: 'cherries' },
        { items: [7] },
        ...wrong,
      ]) {
        expectRefusal(await api.post('/order/calculate', { body }), 422, 'WRONG_URL');
      }
    },
  },
  {
    id: 'calculate.malformed',
    source: '[older docs] [docs]',
    says: 'a body that is none, or a field of the wrong kind, is 400, and the field is named',
    async check(api) {
      for (const body of ['{', '[]', '"order"', undefined]) {
        expectRefusal(await api.post('/order/calculate', { body }), 400, 'WRONG_PARAMETER');
      }
      const wrong = {
        email: 7,
        discountInfo: {},
        discountCoupon: 'HALF',
        customSurcharges: [7],
        billingPerson: 'Mary',
        shippingOption: [],
        handlingFee: 2,
        customerId: 'Mary',
        customerTaxExempt: 'no',
      };
      for (const [name, value] of Object.entries(wrong)) {
        const reply = await api.post('/order/calculate', { body: { items: [cherries], [name]: value } });
        expectRefusal(reply, 400, 'WRONG_PARAMETER');
        expect(reply.json.errorMessage).toContain(`Wrong parameter '${name}' value: `);
      }
      const inside = [
        { discountInfo: [{ value: 1, type: 'ABS', base: 'ON_BIRTHDAY' }] },
        { discountInfo: [{ value: 1, type: 'LOTTERY', base: 'CUSTOM' }] },
        { discountCoupon: { discountType: 'NAP', discount: 1 } },
        { customSurcharges: [{ type: 'ABS', value: 1 }] },
        { shippingOption: { shippingRate: '20' } },
      ];
      for (const part of inside) {
        const reply = await api.post('/order/calculate', { body: { items: [cherries], ...part } });
        expectRefusal(reply, 400, 'WRONG_PARAMETER');
      }
    },
  },
];
