import { expect } from 'vitest';
import { showcase } from '../../../src/sandbox/seed/showcase.ts';
import { type Behaviour, cartOfThePages, cartOfToday, expectRefusal, findOpenCart } from './behaviour.ts';

const cart = `/carts/${cartOfThePages}`;

function showcaseCart(customer: string): string {
  return `/carts/${showcase.find((shown) => shown.customer === customer)?.cartId}`;
}

export const placeCart: readonly Behaviour[] = [
  {
    id: 'carts.place.answer',
    source: '[docs]',
    says: "placing answers with the order's id, both its numbers and the cart's id",
    sandboxOnly: true,
    async check(api) {
      expect((await api.post(`${cart}/place`)).json).toEqual({
        id: 'AB1CD',
        orderNumber: 108394551,
        vendorOrderNumber: '108394551',
        cartId: cartOfThePages,
      });
    },
  },
  {
    id: 'carts.place.answer-guide',
    source: '[docs]',
    says: "placeAnswer: 'guide' has the id for vendorOrderNumber and leaves cartId out",
    sandboxOnly: true,
    options: { placeAnswer: 'guide' },
    async check(api) {
      expect((await api.post(`${cart}/place`)).json).toEqual({
        id: 'AB1CD',
        orderNumber: 108394551,
        vendorOrderNumber: 'AB1CD',
      });
    },
  },
  {
    id: 'carts.place.answer-older',
    source: '[older docs]',
    says: "placeAnswer: 'older' has orderNumber and vendorOrderNumber alone",
    sandboxOnly: true,
    options: { placeAnswer: 'older' },
    async check(api) {
      expect((await api.post(`${cart}/place`)).json).toEqual({
        orderNumber: 108394551,
        vendorOrderNumber: 'AB1CD',
      });
    },
  },
  {
    id: 'carts.place.readable',
    source: '[client tests]',
    says: 'the order can be read at once, by id and by number',
    async check(api) {
      const placed = await api.post(`/carts/${await findOpenCart(api)}/place`);
      const { id, orderNumber } = placed.json;
      const byId = await api.get(`/orders/${id}`);
      const byNumber = await api.get(`/orders/${orderNumber}`);
      expect(byId.json).toMatchObject({ id, orderNumber });
      expect(byNumber.text).toBe(byId.text);
    },
  },
  {
    id: 'carts.place.payment-status',
    source: '[client tests]',
    says: 'placing turns the payment status from INCOMPLETE to AWAITING_PAYMENT',
    sandboxOnly: true,
    async check(api) {
      expect((await api.get('/orders/AB1CD')).json.paymentStatus).toBe('INCOMPLETE');
      await api.post(`${cart}/place`);
      expect((await api.get('/orders/AB1CD')).json.paymentStatus).toBe('AWAITING_PAYMENT');
    },
  },
  {
    id: 'carts.place.fields',
    source: '[client tests]',
    says: 'the order has every other field of the cart, the fulfilment status included',
    sandboxOnly: true,
    async check(api) {
      const { cartId, paymentStatus, recoveryEmailSentTimestamp, updateDate, updateTimestamp, ...fields } = (
        await api.get(`/carts/${cartOfToday}`)
      ).json;
      expect(fields).toHaveProperty('fulfillmentStatus');
      await api.post(`/carts/${cartId}/place`);
      expect((await api.get('/orders/XJ12H')).json).toMatchObject(fields);
    },
  },
  {
    id: 'carts.place.payment-message',
    source: '[client tests]',
    says: 'paymentMessage becomes null',
    sandboxOnly: true,
    async check(api) {
      const declined = showcaseCart('Dana Declined');
      expect((await api.get(declined)).json.paymentMessage).toBe('Your card was declined.');
      const { id } = (await api.post(`${declined}/place`)).json;
      expect((await api.get(`/orders/${id}`)).json.paymentMessage).toBeNull();
    },
  },
  {
    id: 'carts.place.hidden',
    source: '[client tests]',
    says: 'a hidden cart can be placed, and its order is not hidden',
    sandboxOnly: true,
    async check(api) {
      const { id } = (await api.post(`${showcaseCart('Hidde Hidden')}/place`)).json;
      expect((await api.get(`/orders/${id}`)).json.hidden).toBe(false);
    },
  },
  {
    id: 'carts.place.stamp',
    source: '[inferred]',
    says: 'placing stamps updateDate and keeps createDate',
    sandboxOnly: true,
    options: { now: () => new Date('2026-08-01T10:20:30Z') },
    async check(api) {
      await api.post(`${cart}/place`);
      expect((await api.get('/orders/AB1CD')).json).toMatchObject({
        createDate: '2014-09-20 19:59:43 +0000',
        createTimestamp: 1427268654,
        updateDate: '2026-08-01 10:20:30 +0000',
        updateTimestamp: 1785579630,
      });
    },
  },
  {
    id: 'carts.place.stamp-create-date',
    source: '[client tests]',
    says: 'placingStampsCreateDate: true stamps createDate too',
    sandboxOnly: true,
    options: { placingStampsCreateDate: true, now: () => new Date('2026-08-01T10:20:30Z') },
    async check(api) {
      await api.post(`${cart}/place`);
      expect((await api.get('/orders/AB1CD')).json).toMatchObject({
        createDate: '2026-08-01 10:20:30 +0000',
        createTimestamp: 1785579630,
      });
    },
  },
  {
    id: 'carts.place.gone',
    source: '[inferred]',
    says: 'a placed cart leaves the list, and reading, updating or placing it is 404',
    sandboxOnly: true,
    async check(api) {
      const cartId = await findOpenCart(api);
      const { total } = (await api.get('/carts')).json;
      await api.post(`/carts/${cartId}/place`);
      const { json } = await api.get('/carts');
      expect(json.total).toBe(total - 1);
      expect(json.items.map((item: { cartId: string }) => item.cartId)).not.toContain(cartId);
      expectRefusal(await api.get(`/carts/${cartId}`), 404, 'ORDER_NOT_FOUND');
      expectRefusal(await api.put(`/carts/${cartId}`, { body: { hidden: true } }), 404, 'ORDER_NOT_FOUND');
      expectRefusal(await api.post(`/carts/${cartId}/place`), 404, 'ORDER_NOT_FOUND');
    },
  },
  {
    id: 'carts.place.kept',
    source: '[help] [inferred]',
    says: "afterPlacing: 'kept' leaves the cart in the list with its order's number and id, and placing it again is 409",
    sandboxOnly: true,
    options: { afterPlacing: 'kept' },
    async check(api) {
      const { total } = (await api.get('/carts')).json;
      await api.post(`${cart}/place`);
      expect((await api.get('/carts')).json.total).toBe(total);
      expect((await api.get(cart)).json).toMatchObject({
        paymentStatus: 'INCOMPLETE',
        recoveredOrderId: 108394551,
        recoveredPublicUid: 'AB1CD',
      });
      expectRefusal(await api.post(`${cart}/place`), 409, 'CONSTRAINT_VIOLATION');
      const order = (await api.get('/orders/AB1CD')).json;
      expect(order.paymentStatus).toBe('AWAITING_PAYMENT');
      expect(order).not.toHaveProperty('recoveredOrderId');
    },
  },
  {
    id: 'carts.place.recovered',
    source: '[help] [inferred]',
    says: 'a cart that was recovered is in the list, and placing it is 409, in the older spelling too',
    sandboxOnly: true,
    async check(api) {
      for (const customer of ['Rene Recovered', 'Rosa Recoveredbefore']) {
        expect((await api.get(showcaseCart(customer))).status).toBe(200);
        expectRefusal(await api.post(`${showcaseCart(customer)}/place`), 409, 'CONSTRAINT_VIOLATION');
      }
    },
  },
  {
    id: 'carts.place.once',
    source: '[inferred]',
    says: 'of many calls at once for one cart, exactly one places it',
    async check(api) {
      const cartId = await findOpenCart(api);
      const replies = await Promise.all(Array.from({ length: 25 }, () => api.post(`/carts/${cartId}/place`)));
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(replies.filter(({ status }) => status === 404 || status === 409)).toHaveLength(24);
    },
  },
  {
    id: 'carts.place.no-rules',
    source: '[docs] [inferred]',
    says: 'a cart is placed whatever it lacks: no document makes conditions',
    sandboxOnly: true,
    async check(api) {
      const recovered = ['Rene Recovered', 'Rosa Recoveredbefore', 'Fiona Full'];
      for (const { cartId, customer } of showcase) {
        if (recovered.includes(customer)) continue;
        expect(await api.post(`/carts/${cartId}/place`)).toMatchObject({ status: 200 });
      }
    },
  },
  {
    id: 'carts.place.stock',
    source: '[inferred]',
    says: 'placing leaves the stock that other carts show alone',
    sandboxOnly: true,
    async check(api) {
      const before = await api.get(showcaseCart('Greta Guest'));
      await api.post(`${cart}/place`);
      expect((await api.get(showcaseCart('Greta Guest'))).text).toBe(before.text);
    },
  },
  {
    id: 'carts.place.takes-stock',
    source: '[docs] [inferred]',
    says: 'placingTakesStock: true takes tracked stock from other carts, not from the order itself',
    sandboxOnly: true,
    options: { placingTakesStock: true },
    async check(api) {
      const stockOf = (json: { items: { sku: string; quantityInStock: number }[] }) =>
        json.items.map(({ sku, quantityInStock }) => `${sku}: ${quantityInStock}`);
      await api.post(`${cart}/place`);
      expect(stockOf((await api.get(showcaseCart('Greta Guest'))).json)).toEqual(['00004: 1976']);
      expect(stockOf((await api.get('/orders/AB1CD')).json)).toEqual(['00004: 1981']);
      // Two are left and three are wanted: nothing is left, and not less than that.
      await api.post(`${showcaseCart('Oscar Outofstock')}/place`);
      const { items } = (await api.get('/carts')).json;
      const teapots = items.flatMap(stockOf).filter((text: string) => text.startsWith('00013'));
      expect(new Set(teapots)).toEqual(new Set(['00013: 0']));
    },
  },
];
