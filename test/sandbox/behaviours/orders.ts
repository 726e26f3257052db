import { expect } from 'vitest';
import { type Behaviour, cartOfThePages, expectRefusal } from './behaviour.ts';

export const orders: readonly Behaviour[] = [
  {
    id: 'orders.get.ids',
    source: '[guide] [client]',
    says: 'an order is found by its public id and by its internal number',
    sandboxOnly: true,
    async check(api) {
      const byId = await api.get('/orders/RCVR1');
      expect(byId.json).toMatchObject({ id: 'RCVR1', orderNumber: 560000901, paymentStatus: 'PAID' });
      expect((await api.get('/orders/560000901')).text).toBe(byId.text);
    },
  },
  {
    id: 'orders.get.spellings',
    source: '[client] [docs]',
    says: 'an order tells its ids under every name: internalId and orderNumber, publicUid and vendorOrderNumber',
    sandboxOnly: true,
    async check(api) {
      expect((await api.get('/orders/RCVR1')).json).toMatchObject({
        internalId: 560000901,
        orderNumber: 560000901,
        publicUid: 'RCVR1',
        vendorOrderNumber: 'RCVR1',
      });
    },
  },
  {
    id: 'orders.get.unknown',
    source: '[docs] [client tests]',
    says: 'an unknown order is 404 ORDER_NOT_FOUND, and its message names it',
    async check(api) {
      for (const id of ['NOSUCH', '999999999', 'rcvr1']) {
        const reply = await api.get(`/orders/${id}`);
        expectRefusal(reply, 404, 'ORDER_NOT_FOUND');
        expect(reply.json.errorMessage).toBe(`Order #${id} not found`);
      }
    },
  },
  {
    id: 'orders.get.incomplete',
    source: '[older docs] [docs]',
    says: 'a cart is an order with payment INCOMPLETE, under an id that it keeps when it is placed',
    sandboxOnly: true,
    async check(api) {
      const before = (await api.get('/orders/AB1CD')).json;
      expect(before).toMatchObject({ id: 'AB1CD', orderNumber: 108394551, paymentStatus: 'INCOMPLETE' });
      const placed = (await api.post(`/carts/${cartOfThePages}/place`)).json;
      expect(placed).toMatchObject({ id: before.id, orderNumber: before.orderNumber });
    },
  },
  {
    id: 'orders.get.no-cart-id',
    source: '[docs] [client]',
    says: 'an order does not tell which cart it was',
    sandboxOnly: true,
    async check(api) {
      const { json } = await api.get('/orders/SHOW16');
      for (const field of [
        'cartId',
        'recoveredOrderId',
        'recoveredPublicUid',
        'recoveryEmailSentTimestamp',
      ]) {
        expect(json).not.toHaveProperty(field);
      }
    },
  },
  {
    id: 'orders.get.recovering',
    source: '[help] [client]',
    says: 'the order of a recovered cart can be read by the number and by the id that the cart tells',
    sandboxOnly: true,
    async check(api) {
      const { items } = (await api.get('/carts')).json;
      const cart = items.find((item: { recoveredOrderId?: number }) => item.recoveredOrderId);
      const order = (await api.get(`/orders/${cart.recoveredOrderId}`)).json;
      expect(order).toMatchObject({ orderNumber: cart.recoveredOrderId, id: cart.recoveredPublicUid });
    },
  },
];
