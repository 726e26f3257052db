import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { testAuthenticate } from '../viewers.ts';

const operation = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) {
    order { id email total paymentStatus fulfillmentStatus items { name quantity } }
    errors { code message }
  }
}`;

const customerId = '15319410';
const customer = `customer ${customerId}`;
const staff = 'staff create_orders';
const otherStaff = 'staff read_orders update_orders';

// Of no customer yet.
const base = { email: 'somebody.new@example.com', items: [{ name: 'Tea', price: 12.5, quantity: 2 }] };

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway({}, [], { authenticate: testAuthenticate });
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

const createAs = async (caller: string, input: object) =>
  (await gateway.as(caller).query(operation, { input: { ...base, ...input } })).data.createOrder;

const refusedFor = (...messages: string[]) => ({
  order: null,
  errors: messages.map((message) => ({
    code: 'NOT_PERMITTED',
    message: `The current user cannot ${message}.`,
  })),
});

/** What the sandbox holds of an order, past the gateway. */
async function read({ url, storeId, secretToken }: Sandbox, id: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/${storeId}/orders/${id}`, {
    headers: { authorization: `Bearer ${secretToken}` },
  });
  return (await response.json()) as Record<string, unknown>;
}

describe('Mutation.createOrder', () => {
  test.each(['guest', customer])(
    'creates for %s an order that nobody has paid, and answers with all of it',
    async (caller) => {
      for (const statuses of [
        {},
        { paymentStatus: 'INCOMPLETE', fulfillmentStatus: 'AWAITING_PROCESSING' },
      ]) {
        const { order, errors } = await createAs(caller, statuses);
        expect(errors).toEqual([]);
        expect(order).toMatchObject({
          email: base.email,
          total: expect.any(Number),
          paymentStatus: 'INCOMPLETE',
          fulfillmentStatus: 'AWAITING_PROCESSING',
          items: [{ name: 'Tea', quantity: 2 }],
        });
      }
    },
  );

  test.each(['guest', 'customer 15319411'])(
    'tells %s the id alone of an order that is a customer’s by its e-mail address, on replays too',
    async (caller) => {
      const input = { ...base, email: 'johnsmith@example.com', idempotencyKey: `key of ${caller}` };
      const text = `mutation ($input: CreateOrderInput!) {
        createOrder(input: $input) {
          order { id number customerId customerGroup total items { name } shippingPerson { street } }
          errors { code }
        }
      }`;
      for (const _replay of [1, 2]) {
        const { data, errors } = await gateway.as(caller).query(text, { input });
        const { id, ...rest } = data.createOrder.order;
        expect(await read(gateway.sandbox, id)).toMatchObject({ customerId: 15319410 });
        expect(rest).toEqual({
          number: id,
          customerId: null,
          customerGroup: null,
          total: null,
          items: [],
          shippingPerson: null,
        });
        expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(
          new Set(['NOT_PERMITTED']),
        );
        expect(data.createOrder.errors).toEqual([]);
      }
      const { order } = await createAs(staff, { email: 'johnsmith@example.com' });
      expect(order).toMatchObject({ email: 'johnsmith@example.com', items: [{ name: 'Tea' }] });
    },
  );

  test('creates for staff whatever they ask for', async () => {
    const details = {
      paymentStatus: 'PAID',
      fulfillmentStatus: 'SHIPPED',
      privateAdminNotes: 'Call back',
      ipAddress: '10.0.0.1',
      customerId: '15319411',
      refererId: 'mine',
    };
    const { order, errors } = await createAs(staff, { ...details, calculate: false, total: 25 });
    expect(errors).toEqual([]);
    expect(order).toMatchObject({ paymentStatus: 'PAID', fulfillmentStatus: 'SHIPPED', total: 25 });
    const { order: other } = await createAs(staff, {});
    expect(other).toMatchObject({ paymentStatus: 'AWAITING_PAYMENT' });
  });

  test('creates nothing for staff who may not create orders', async () => {
    expect(await createAs(otherStaff, {})).toEqual(refusedFor('create orders'));
    expect(gateway.calls).toEqual([]);
  });

  test.each([
    ['by itself', {}],
    ['where it is given', { customerId }],
    ['where it is given with zeros before it', { customerId: `00${customerId}` }],
  ])("gives a customer's order the customer's own id %s", async (_how, input) => {
    // Ecwid goes by the e-mail first.
    const { email: _, ...anonymous } = base;
    const { data } = await gateway
      .as(customer)
      .query(operation, { input: { ...anonymous, ...input, calculate: false } });
    expect(data.createOrder.errors).toEqual([]);
    expect(await read(gateway.sandbox, data.createOrder.order.id)).toMatchObject({
      customerId: Number(customerId),
    });
  });

  const anothers = "create orders of another's customerId";
  const unpaid = 'create orders of another paymentStatus than INCOMPLETE';
  const unprocessed = 'create orders of another fulfillmentStatus than AWAITING_PROCESSING';

  test.each<[caller: string, input: object, messages: readonly string[]]>([
    ['guest', { customerId }, [anothers]],
    ['guest', { customerId: '0' }, [anothers]],
    [customer, { customerId: '15319411' }, [anothers]],
    ['guest', { paymentStatus: 'PAID' }, [unpaid]],
    [customer, { paymentStatus: 'AWAITING_PAYMENT' }, [unpaid]],
    [customer, { fulfillmentStatus: 'SHIPPED' }, [unprocessed]],
    ['guest', { privateAdminNotes: 'Call back' }, ['set privateAdminNotes']],
    [customer, { ipAddress: '10.0.0.1' }, ['set ipAddress']],
    // The order would be taken for that of somebody else's idempotencyKey.
    ['guest', { refererId: 'key-0123456789abcdef0123456789abcdef' }, ['set refererId']],
    [
      'guest',
      { fulfillmentStatus: 'SHIPPED', paymentStatus: 'PAID', customerId, hidden: true, trackingNumber: '1' },
      ['set hidden, trackingNumber', anothers, unpaid, unprocessed],
    ],
  ])('refuses to %s %j, and names all that is not permitted', async (caller, input, messages) => {
    const before = gateway.endings.get('createOrder NOT_PERMITTED') ?? 0;
    expect(await createAs(caller, input)).toEqual(refusedFor(...messages));
    expect(gateway.calls).toEqual([]);
    expect(gateway.endings.get('createOrder NOT_PERMITTED')).toBe(before + 1);
    expect(JSON.parse(gateway.logLines.at(-1) ?? '')).toMatchObject({
      level: 'info',
      mutation: 'createOrder',
      msg: 'no order was made',
    });
  });

  test('throws what is not permitted where errors are not selected', async () => {
    const text = 'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id } } }';
    const input = { ...base, paymentStatus: 'PAID' };
    expect(await gateway.as('guest').query(text, { input })).toMatchObject({
      data: { createOrder: null },
      errors: [{ message: `The current user cannot ${unpaid}.`, extensions: { code: 'NOT_PERMITTED' } }],
    });
  });
});

describe('an idempotencyKey', () => {
  test.each([
    ['guest', customer],
    [customer, 'customer 15319411'],
    [staff, 'guest'],
  ])('of %s is another than the same one of %s', async (one, other) => {
    const idempotencyKey = `key of ${one} and ${other}`;
    const first = await createAs(one, { idempotencyKey });
    const second = await createAs(other, { idempotencyKey });
    expect(second.errors).toEqual([]);
    expect(second.order.id).not.toBe(first.order.id);
    expect((await createAs(one, { idempotencyKey })).order).toEqual(first.order);
    expect((await createAs(other, { idempotencyKey })).order).toEqual(second.order);
    const created = gateway.calls.filter(({ method, path }) => method === 'POST' && path === '/orders');
    expect(created).toHaveLength(2);
  });

  test('of a guest stands for one order among all guests, and for nothing but the very same details', async () => {
    const idempotencyKey = 'key of guests';
    const first = await createAs('guest', { idempotencyKey });
    expect(await createAs('guest', { idempotencyKey })).toEqual(first);
    expect(await createAs('guest', { idempotencyKey, email: 'eve@example.com' })).toMatchObject({
      order: null,
      errors: [{ code: 'INVALID_INPUT' }],
    });
  });

  test('keeps its order where a customer leaves out the own id the second time', async () => {
    const idempotencyKey = 'key with an id';
    const first = await createAs(customer, { idempotencyKey, customerId });
    expect(await createAs(customer, { idempotencyKey })).toEqual(first);
  });
});
