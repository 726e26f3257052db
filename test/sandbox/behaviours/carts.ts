import { expect } from 'vitest';
import type { Behaviour } from './behaviour.ts';
import { cartOfThePages, cartOfToday, expectRefusal, findOpenCart } from './behaviour.ts';

const now = new Date('2026-08-01T10:20:30Z');

export const carts: readonly Behaviour[] = [
  {
    id: 'carts.get.bare',
    source: '[docs] [client]',
    says: 'a cart comes by itself, and as it is in the list',
    async check(api) {
      const [cart] = (await api.get('/carts', { query: { limit: 1 } })).json.items;
      expect((await api.get(`/carts/${cart.cartId}`)).json).toEqual(cart);
    },
  },
  {
    id: 'carts.get.pages',
    source: '[older docs]',
    says: 'the cart of the oldest pages has their fields, older names included',
    sandboxOnly: true,
    async check(api) {
      const { json } = await api.get(`/carts/${cartOfThePages}`);
      expect(json).toMatchObject({
        total: 37.39,
        customerId: 15319410,
        recovery_email_sent_timestamp: '1427272209',
      });
      expect(json.items[0].productDimensions).toEqual({ length: 34, width: 3, height: 22 });
      expect(json.discountInfo[1].type).toBe('ABSOLUTE');
    },
  },
  {
    id: 'carts.get.today',
    source: '[docs]',
    says: 'the cart of the current pages has the fields of theirs',
    sandboxOnly: true,
    async check(api) {
      const { json } = await api.get(`/carts/${cartOfToday}`);
      expect(json.items[0].dimensions).toEqual({ length: 34, width: 3, height: 22 });
      expect(json.billingPerson).toMatchObject({
        name: 'Mary Watson',
        firstName: 'Mary',
        lastName: 'Watson',
      });
      expect(json.shippingOption).toMatchObject({ fulfillmentType: 'SHIPPING', isPickup: false });
      expect(json.discountInfo[0].type).toBe('PERCENT');
    },
  },
  {
    id: 'carts.get.hidden',
    source: '[client tests]',
    says: 'a hidden cart can be read',
    async check(api) {
      const cart = `/carts/${await findOpenCart(api)}`;
      await api.put(cart, { body: { hidden: true } });
      expect((await api.get(cart)).json.hidden).toBe(true);
    },
  },
  {
    id: 'carts.get.exact',
    source: '[older docs]',
    says: 'a cart id has to match exactly, upper case included',
    async check(api) {
      const cartId = await findOpenCart(api);
      for (const other of [cartId.toLowerCase(), `${cartId}%20`, cartId.slice(1)]) {
        expect((await api.get(`/carts/${other}`)).status).toBe(404);
      }
    },
  },
  {
    id: 'carts.get.unknown',
    source: '[older docs] [inferred]',
    says: 'an unknown cart is 404 ORDER_NOT_FOUND, to read, to update and to place',
    sandboxOnly: true,
    async check(api) {
      const cart = '/carts/00000000-0000-4000-8000-000000000000';
      expectRefusal(await api.get(cart), 404, 'ORDER_NOT_FOUND');
      expectRefusal(await api.put(cart, { body: { hidden: true } }), 404, 'ORDER_NOT_FOUND');
      expectRefusal(await api.post(`${cart}/place`), 404, 'ORDER_NOT_FOUND');
    },
  },
  {
    id: 'carts.get.unknown-code',
    source: '[docs] [inferred]',
    says: "unknownCartCode: 'CHECKOUT_NOT_FOUND' gives it that code; an order keeps its own",
    sandboxOnly: true,
    options: { unknownCartCode: 'CHECKOUT_NOT_FOUND' },
    async check(api) {
      expectRefusal(await api.get('/carts/nothing'), 404, 'CHECKOUT_NOT_FOUND');
      expectRefusal(await api.get('/orders/nothing'), 404, 'ORDER_NOT_FOUND');
    },
  },
  {
    id: 'carts.get.no-order-ids',
    source: '[docs] [client]',
    says: "a cart shows neither its order's id nor its internal number, under any of their names",
    async check(api) {
      const { json } = await api.get(`/carts/${await findOpenCart(api)}`);
      for (const field of ['id', 'internalId', 'orderNumber', 'vendorOrderNumber', 'publicUid']) {
        expect(json).not.toHaveProperty(field);
      }
    },
  },
  {
    id: 'carts.get.payment-status',
    source: '[docs] [older docs]',
    says: 'a cart shows its paymentStatus, which is INCOMPLETE, alone and in the list',
    async check(api) {
      const { json } = await api.get(`/carts/${await findOpenCart(api)}`);
      expect(json.paymentStatus).toBe('INCOMPLETE');
      const { items } = (await api.get('/carts')).json;
      expect(new Set(items.map((cart: typeof json) => cart.paymentStatus))).toEqual(new Set(['INCOMPLETE']));
    },
  },
  {
    id: 'carts.get.fulfillment-status',
    source: '[docs]',
    says: 'a cart shows the fulfillmentStatus that it is stored with, alone and in the list',
    sandboxOnly: true,
    async check(api) {
      const body = {
        email: 'halfway@example.com',
        paymentStatus: 'INCOMPLETE',
        fulfillmentStatus: 'PROCESSING',
      };
      await api.post('/orders', { body });
      const [cart] = (await api.get('/carts?email=halfway@example.com')).json.items;
      expect(cart.fulfillmentStatus).toBe('PROCESSING');
      const { json } = await api.get(`/carts/${cart.cartId}`);
      expect(json.fulfillmentStatus).toBe('PROCESSING');
    },
  },
  {
    id: 'carts.update.hidden',
    source: '[older docs] [docs]',
    says: 'a cart can be hidden and shown again',
    async check(api) {
      const cart = `/carts/${await findOpenCart(api)}`;
      for (const hidden of [true, false]) {
        expect((await api.put(cart, { body: { hidden } })).json).toEqual({ updateCount: 1 });
        expect((await api.get(cart)).json.hidden).toBe(hidden);
      }
    },
  },
  {
    id: 'carts.update.taxes-on-shipping',
    source: '[client tests]',
    says: 'taxesOnShipping reads back as it was written, empty included',
    async check(api) {
      const cart = `/carts/${await findOpenCart(api)}`;
      for (const taxesOnShipping of [[{ name: 'Tax Y', value: 10, total: 0.85 }], []]) {
        await api.put(cart, { body: { taxesOnShipping } });
        expect((await api.get(cart)).json.taxesOnShipping).toEqual(taxesOnShipping);
      }
    },
  },
  {
    id: 'carts.update.invoice',
    source: '[docs]',
    says: 'the fields of business customers and electronic invoices can be written',
    async check(api) {
      const cart = `/carts/${await findOpenCart(api)}`;
      const body = {
        b2b_b2c: 'b2b',
        customerRequestedInvoice: true,
        customerFiscalCode: 'RSSMRA80A01H501U',
        electronicInvoicePecEmail: 'pec@example.com',
        electronicInvoiceSdiCode: 'ABCDEFG',
      };
      expect((await api.put(cart, { body })).json).toEqual({ updateCount: 1 });
      expect((await api.get(cart)).json).toMatchObject(body);
    },
  },
  {
    id: 'carts.update.read-only',
    source: '[docs]',
    says: 'everything else is read-only: it is ignored, not refused',
    async check(api) {
      const cart = `/carts/${await findOpenCart(api)}`;
      const before = (await api.get(cart)).json;
      const body = {
        total: 0,
        email: 'other@example.com',
        items: [],
        cartId: 'OTHER',
        paymentStatus: 'PAID',
      };
      expect((await api.put(cart, { body })).status).toBe(200);
      expect((await api.get(cart)).json).toMatchObject({ total: before.total, items: before.items });
      expect((await api.get(cart)).json.email).toBe(before.email);
    },
  },
  {
    id: 'carts.update.nothing',
    source: '[inferred]',
    says: 'an update of nothing that can be written counts 0 and stamps nothing; null leaves a field alone',
    sandboxOnly: true,
    async check(api) {
      const cart = `/carts/${cartOfThePages}`;
      const before = await api.get(cart);
      for (const body of [{}, { total: 0 }, { hidden: null }]) {
        expect((await api.put(cart, { body })).json).toEqual({ updateCount: 0 });
      }
      expect((await api.get(cart)).text).toBe(before.text);
    },
  },
  {
    id: 'carts.update.stamp',
    source: '[docs]',
    says: 'an update stamps updateDate and updateTimestamp, and not createDate',
    sandboxOnly: true,
    options: { now: () => now },
    async check(api) {
      const cart = `/carts/${cartOfThePages}`;
      await api.put(cart, { body: { hidden: true } });
      expect((await api.get(cart)).json).toMatchObject({
        updateDate: '2026-08-01 10:20:30 +0000',
        updateTimestamp: 1785579630,
        createDate: '2014-09-20 19:59:43 +0000',
      });
    },
  },
  {
    id: 'carts.update.wrong-value',
    source: '[docs]',
    says: 'a value that a field does not take is 400 and named, and nothing is written',
    async check(api) {
      const cart = `/carts/${await findOpenCart(api)}`;
      const before = await api.get(cart);
      const wrong = {
        hidden: ['yes', 1],
        b2b_b2c: ['c2c', true],
        taxesOnShipping: ['none', {}, [{ name: 'Tax Y' }], [null]],
        customerFiscalCode: [7],
        customerRequestedInvoice: ['no'],
      };
      for (const [name, values] of Object.entries(wrong)) {
        for (const value of values) {
          const reply = await api.put(cart, { body: { hidden: true, [name]: value } });
          expectRefusal(reply, 400, 'WRONG_PARAMETER');
          expect(reply.json.errorMessage).toContain(`Wrong parameter '${name}' value: `);
        }
      }
      expect((await api.get(cart)).text).toBe(before.text);
    },
  },
];
