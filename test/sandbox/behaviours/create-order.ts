import { expect } from 'vitest';
import type { Api, Reply } from '../api.ts';
import { type Behaviour, expectRefusal } from './behaviour.ts';
import { guideOrder } from './guide-order.ts';

async function create(api: Api, body: unknown): Promise<Reply['json']> {
  const created = await api.post('/orders', { body });
  expect(created.status, created.text).toBe(200);
  return (await api.get(`/orders/${created.json.id}`)).json;
}

export const createOrder: readonly Behaviour[] = [
  {
    id: 'orders.create.answer',
    source: '[guide] [client]',
    says: 'creating answers with the internal number as id and the public id as orderId; both find the order',
    async check(api) {
      const { status, json } = await api.post('/orders', { body: guideOrder });
      expect(status).toBe(200);
      expect(json).toEqual({ id: expect.any(Number), orderId: expect.any(String) });
      const byId = await api.get(`/orders/${json.orderId}`);
      expect(byId.json).toMatchObject({ id: json.orderId, internalId: json.id });
      expect((await api.get(`/orders/${json.id}`)).text).toBe(byId.text);
    },
  },
  {
    id: 'orders.create.answer-lower-case',
    source: '[docs]',
    says: "createAnswer: 'lower-case' calls the public id orderid",
    sandboxOnly: true,
    options: { createAnswer: 'lower-case' },
    async check(api) {
      const { json } = await api.post('/orders', { body: {} });
      expect(json).toEqual({ id: expect.any(Number), orderid: expect.any(String) });
    },
  },
  {
    id: 'orders.create.answer-number',
    source: '[docs] [older docs]',
    says: "createAnswer: 'number' answers with the internal number alone",
    sandboxOnly: true,
    options: { createAnswer: 'number' },
    async check(api) {
      expect((await api.post('/orders', { body: {} })).json).toEqual({ id: expect.any(Number) });
    },
  },
  {
    id: 'orders.create.computes-nothing',
    source: '[guide]',
    says: 'an order is stored as it was sent: nothing in it is computed',
    async check(api) {
      const sent = {
        email: 'sum@example.com',
        subtotal: 1,
        total: 1000,
        tax: 7,
        items: [{ name: 'A', price: 3 }],
      };
      expect(await create(api, sent)).toMatchObject({ subtotal: 1, total: 1000, tax: 7 });
    },
  },
  {
    id: 'orders.create.guide',
    source: '[guide]',
    says: "the guide's order reads back with what was sent, but for its ids and what is read-only",
    sandboxOnly: true,
    options: { now: () => new Date('2025-03-10T11:16:37Z') },
    async check(api) {
      const order = await create(api, guideOrder);
      const {
        orderNumber,
        vendorOrderNumber,
        availableShippingOptions,
        availableTaxes,
        predictedPackage,
        shippingLabelAvailableForShipment,
        ticket,
        usdTotal,
        subtotalWithoutTax,
        totalWithoutTax,
        items,
        ...written
      } = guideOrder;
      expect(order).toMatchObject(written);
      const [{ id, priceWithoutTax, productAvailable, ...item }] = items as never as [
        Record<string, unknown>,
      ];
      expect(order.items[0]).toMatchObject(item);
      expect(order.items[0].id).toBeGreaterThan(0);
    },
  },
  {
    id: 'orders.create.least',
    source: '[client tests]',
    says: 'an e-mail address is enough, and so is nothing at all: payment is awaited, and the order is found',
    async check(api) {
      for (const body of [{ email: 'least@example.com' }, {}]) {
        const order = await create(api, body);
        expect(order).toMatchObject({
          paymentStatus: 'AWAITING_PAYMENT',
          fulfillmentStatus: 'AWAITING_PROCESSING',
          total: 0,
          items: [],
          hidden: false,
          ...body,
        });
      }
    },
  },
  {
    id: 'orders.create.required',
    source: '[docs] [older docs]',
    says: "createRequires: 'documented' insists on the fields that the page calls required",
    sandboxOnly: true,
    options: { createRequires: 'documented' },
    async check(api) {
      const { status } = await api.post('/orders', { body: guideOrder });
      expect(status).toBe(200);
      for (const name of ['subtotal', 'total', 'email', 'fulfillmentStatus', 'paymentStatus']) {
        const reply = await api.post('/orders', { body: { ...guideOrder, [name]: null } });
        expectRefusal(reply, 400, 'WRONG_PARAMETER');
        expect(reply.json.errorMessage).toBe(`Field Order.${name} is absent`);
      }
      const reply = await api.post('/orders', { body: { ...guideOrder, items: [{ name: 'A' }] } });
      expect(reply.json.errorMessage).toBe('Field OrderItem.quantity is absent');
    },
  },
  {
    id: 'orders.create.incomplete',
    source: '[client tests]',
    says: 'an order with payment INCOMPLETE is a cart, and placing it makes it the order of the same ids',
    async check(api) {
      const before = (await api.get('/carts')).json.total;
      const created = (await api.post('/orders', { body: { ...guideOrder, paymentStatus: 'INCOMPLETE' } }))
        .json;
      const { json } = await api.get('/carts', { query: { email: guideOrder.email } });
      expect((await api.get('/carts')).json.total).toBe(before + 1);
      const cart = json.items.find(({ total }: { total: number }) => total === 154.11);
      expect(cart.cartId).toMatch(/^[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}$/);
      const placed = (await api.post(`/carts/${cart.cartId}/place`)).json;
      expect(placed).toMatchObject({ id: created.orderId, orderNumber: created.id });
    },
  },
  {
    id: 'orders.create.update-cart',
    source: '[client tests]',
    says: 'what the official client writes into a new cart reads back: hidden as sent, taxesOnShipping empty',
    async check(api) {
      const { json: created } = await api.post('/orders', {
        body: { ...guideOrder, paymentStatus: 'INCOMPLETE' },
      });
      expect((await api.get(`/orders/${created.id}`)).json.paymentStatus).toBe('INCOMPLETE');
      const { items } = (await api.get('/carts', { query: { email: guideOrder.email } })).json;
      const cart = `/carts/${items.find(({ total }: { total: number }) => total === 154.11).cartId}`;
      for (const hidden of [true, false]) {
        const body = { hidden, taxesOnShipping: [] };
        expect((await api.put(cart, { body })).json).toEqual({ updateCount: 1 });
        expect((await api.get(cart)).json).toMatchObject(body);
      }
    },
  },
  {
    id: 'orders.create.public-token',
    source: '[older docs] [guide]',
    says: 'a public token creates orders; a status that it may not set is ignored, and so are private notes',
    async check(api) {
      const token = api.publicToken;
      for (const [paymentStatus, stored] of [
        ['PAID', 'INCOMPLETE'],
        ['INCOMPLETE', 'INCOMPLETE'],
        ['AWAITING_PAYMENT', 'AWAITING_PAYMENT'],
        [undefined, 'INCOMPLETE'],
      ]) {
        const body = {
          email: 'shop@example.com',
          paymentStatus,
          fulfillmentStatus: 'SHIPPED',
          privateAdminNotes: 'x',
        };
        const { status, json } = await api.post('/orders', { token, body });
        expect(status).toBe(200);
        const order = (await api.get(`/orders/${json.id}`)).json;
        expect(order).toMatchObject({ paymentStatus: stored, fulfillmentStatus: 'AWAITING_PROCESSING' });
        expect(order).not.toHaveProperty('privateAdminNotes');
      }
    },
  },
  {
    id: 'orders.create.wrong-value',
    source: '[docs] [older docs]',
    says: 'a value that a field does not take is 400 and named, the retired status QUEUED too',
    async check(api) {
      const wrong = {
        paymentStatus: 'QUEUED',
        fulfillmentStatus: 'NEW',
        total: '10',
        email: 7,
        hidden: 'yes',
        items: {},
        billingPerson: 'John',
        createDate: '30 February',
      };
      for (const [name, value] of Object.entries(wrong)) {
        const reply = await api.post('/orders', { body: { email: 'wrong@example.com', [name]: value } });
        expectRefusal(reply, 400, 'WRONG_PARAMETER');
        expect(reply.json.errorMessage).toContain(`Wrong parameter '${name}' value: `);
      }
      for (const body of ['[]', '"order"', '{', undefined]) {
        expectRefusal(await api.post('/orders', { body }), 400, 'WRONG_PARAMETER');
      }
      const { json } = await api.get('/orders', { query: { email: 'wrong@example.com' } });
      expect(json.total).toBe(0);
    },
  },
  {
    id: 'orders.create.body-dates',
    source: '[client]',
    says: 'a date in a body names its zone, as the official client writes it',
    async check(api) {
      for (const date of [
        '2025-03-10 12:16:37 CET',
        '2025-03-10 14:16:37 GMT+03:00',
        '2025-03-10 11:16:37 UTC',
      ]) {
        expect(await create(api, { createDate: date, pickupTime: date })).toMatchObject({
          createDate: '2025-03-10 11:16:37 +0000',
          createTimestamp: 1741605397,
          pickupTime: '2025-03-10 11:16:37 +0000',
        });
      }
    },
  },
];
