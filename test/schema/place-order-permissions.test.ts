import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placeableCart } from '../placeable-cart.ts';
import {
  type GatewayOnSandbox,
  type GraphQLAnswer,
  startGateway,
  startGatewayOver,
} from '../running-gateway.ts';
import { answerJson, startScriptedOrigin } from '../scripted-origin.ts';
import { testAuthenticate } from '../viewers.ts';

/** Carts of the seed that can be placed as they are, and the orders that they become. */
const ofGuest = { cartId: '5A0DB0C5-0000-4000-8000-000000000001', orderNumber: 'SHOW01' };
const ofCustomer = { cartId: '6626E60A-A6F9-4CD5-8230-43D5F162E0CD', orderNumber: 'AB1CD' };
type SeedCart = typeof ofGuest;

const customer = 'customer 15319410';
const otherCustomer = 'customer 15319411';
const staff = 'staff create_orders';
const otherStaff = 'staff read_orders update_orders';
const callers = ['guest', customer, otherCustomer, staff, otherStaff];

const operation = (cartId: string) =>
  `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } errors { code message } } }`;

const placed = ({ orderNumber }: SeedCart) => ({
  data: { placeOrder: { order: { order_number: orderNumber }, errors: [] } },
});
const messageFor = (cartId: string) => `The current user cannot perform operations on cart "${cartId}"`;
const notPermitted = ({ cartId }: Pick<SeedCart, 'cartId'>) => ({
  data: {
    placeOrder: { order: null, errors: [{ code: 'NOT_PERMITTED', message: messageFor(cartId) }] },
  },
});

// One for each test: an order is remembered for good.
let gateway: GatewayOnSandbox;
beforeEach(async () => {
  gateway = await startGateway({}, [], { authenticate: testAuthenticate });
});
afterEach(() => gateway.close());

const callsMade = () => gateway.calls.map(({ method, path }) => `${method} ${path}`);
const placeAs = (caller: string, { cartId }: SeedCart) => gateway.as(caller).query(operation(cartId));

const rows: readonly [name: string, cart: SeedCart, permitted: readonly string[]][] = [
  ["a guest's cart", ofGuest, ['guest', staff]],
  ["a customer's cart", ofCustomer, [customer, staff]],
];
const cells = rows.flatMap(([name, cart, permitted]) =>
  callers.map((caller) => [caller, name, cart, permitted.includes(caller)] as const),
);
const permittedCells = cells.filter(([, , , isPermitted]) => isPermitted);
const refusedCells = cells.filter(([, , , isPermitted]) => !isPermitted);

describe('Mutation.placeOrder', () => {
  test.each(permittedCells)(
    'places for %s %s, for one reading and one placing',
    async (caller, _name, cart) => {
      expect(await placeAs(caller, cart)).toEqual(placed(cart));
      expect(callsMade()).toEqual([`GET /carts/${cart.cartId}`, `POST /carts/${cart.cartId}/place`]);
    },
  );

  test.each(refusedCells)('does not place for %s %s, and says why', async (caller, _name, cart) => {
    expect(await placeAs(caller, cart)).toEqual(notPermitted(cart));
    // Staff may place every cart or none.
    expect(callsMade()).toEqual(caller === otherStaff ? [] : [`GET /carts/${cart.cartId}`]);
    expect(gateway.endings.get('placeOrder NOT_PERMITTED')).toBe(1);
    expect(gateway.logLines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'info', mutation: 'placeOrder', refusals: ['NOT_PERMITTED'], msg: 'no order was made' },
    ]);
  });

  test('throws what is not permitted where errors are not selected, with the category of Magento', async () => {
    const text = `mutation { placeOrder(input: { cart_id: "${ofCustomer.cartId}" }) { order { order_number } } }`;
    expect(await gateway.as('guest').query(text)).toMatchObject({
      data: { placeOrder: null },
      errors: [
        {
          message: messageFor(ofCustomer.cartId),
          extensions: {
            code: 'NOT_PERMITTED',
            error_code: 'UNDEFINED',
            category: 'graphql-authorization',
          },
        },
      ],
    });
  });

  test.each(cells)(
    'tells %s, after it was placed, of %s as before',
    async (caller, _name, cart, isPermitted) => {
      const owner = cart === ofGuest ? 'guest' : customer;
      await placeAs(owner, cart);
      gateway.calls.length = 0;
      expect(await placeAs(caller, cart)).toEqual(isPermitted ? placed(cart) : notPermitted(cart));
      expect(callsMade()).toEqual([]);
    },
  );

  test('knows whose a cart was that staff have placed', async () => {
    await placeAs(staff, ofCustomer);
    expect(await placeAs(customer, ofCustomer)).toEqual(placed(ofCustomer));
    expect(await placeAs(otherCustomer, ofCustomer)).toEqual(notPermitted(ofCustomer));
    expect(await placeAs('guest', ofCustomer)).toEqual(notPermitted(ofCustomer));
  });

  test('answers with all of the order, whoever was permitted to place', async () => {
    const text = (cartId: string) =>
      `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { id email total } errors { code } } }`;
    const whole = { email: expect.stringContaining('@'), total: expect.any(Number) };
    const byGuest = await gateway.as('guest').query(text(ofGuest.cartId));
    expect(byGuest.errors).toBeUndefined();
    expect(byGuest.data.placeOrder.order).toMatchObject({ ...whole, id: ofGuest.orderNumber });
    const byCustomer = await gateway.as(customer).query(text(ofCustomer.cartId));
    expect(byCustomer.data.placeOrder.order).toMatchObject({ ...whole, id: ofCustomer.orderNumber });
  });

  test('finds nobody permitted to place what is no cart', async () => {
    const unknown = '00000000-0000-0000-0000-000000000000';
    const codes = async (caller: string, cartId: string) => {
      const { data } = await gateway.as(caller).query(operation(cartId));
      return data.placeOrder.errors.map(({ code }: { code: string }) => code);
    };
    expect(await codes('guest', unknown)).toEqual(['CART_NOT_FOUND']);
    expect(await codes(customer, unknown)).toEqual(['CART_NOT_FOUND']);
    expect(await codes(otherStaff, unknown)).toEqual(['NOT_PERMITTED']);
    expect(await codes('guest', ' ')).toEqual(['CART_ID_MISSING']);
  });
});

describe('whose a cart is', () => {
  const cartId = 'ODD00000-0000-0000-0000-000000000001';

  /** What these callers are told of a cart with this customerId, and the requests that were sent. */
  async function place(
    details: object,
    who: readonly string[],
  ): Promise<{ readonly answers: readonly GraphQLAnswer<unknown>[]; readonly requests: readonly string[] }> {
    const origin = await startScriptedOrigin((request, response) => {
      const isPlacing = request.method === 'POST';
      answerJson(isPlacing ? { id: 'AB1CD', orderNumber: 1 } : { ...placeableCart, ...details })(
        request,
        response,
      );
    });
    const over = await startGatewayOver(origin.url, { authenticate: testAuthenticate, required: [] });
    const answers: GraphQLAnswer<unknown>[] = [];
    for (const caller of who) answers.push(await over.as(caller).query(operation(cartId)));
    await over.close();
    await origin.close();
    return { answers, requests: origin.requests };
  }
  const isPlaced = placed({ cartId, orderNumber: 'AB1CD' });

  test.each([
    ['none', {}],
    ['null', { customerId: null }],
    ['0', { customerId: 0 }],
    ['0 in quotes', { customerId: '0' }],
    ['an empty text', { customerId: '' }],
  ])('is a guest where its customerId is %s', async (_what, details) => {
    const { answers } = await place(details, ['customer 0', 'customer null', 'guest']);
    expect(answers).toEqual([notPermitted({ cartId }), notPermitted({ cartId }), isPlaced]);
  });

  test.each([
    ['a number', { customerId: 5 }],
    ['digits in quotes', { customerId: '5' }],
  ])('is a customer where its customerId is %s, with every rule off', async (_what, details) => {
    const { answers, requests } = await place(details, ['guest', 'customer 6', 'customer 5']);
    expect(answers).toEqual([notPermitted({ cartId }), notPermitted({ cartId }), isPlaced]);
    expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  test.each([
    ['an object', {}],
    ['an object with an id', { id: 5 }],
    ['a text', 'x'],
    ['a list', []],
    ['a list of one', [5]],
    ['a list of nothing', [null]],
    ['true', true],
    ['a number in spaces', ' 5 '],
  ])('is nobody where its customerId is %s: staff alone may place it', async (_what, customerId) => {
    const who = ['guest', 'customer 5', 'customer [object Object]', 'customer true', staff];
    const { answers, requests } = await place({ customerId }, who);
    const refused = notPermitted({ cartId });
    expect(answers).toEqual([refused, refused, refused, refused, isPlaced]);
    expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  test('is what it was when it was sent, where the store has attached it to a customer since', async () => {
    let isPlaced = false;
    const origin = await startScriptedOrigin((request, response) => {
      if (request.method === 'POST') {
        isPlaced = true;
        request.socket.destroy();
        return;
      }
      const attached = { customerId: 7, recoveredOrderId: 1, recoveredPublicUid: 'AB1CD' };
      answerJson({ ...placeableCart, ...(isPlaced && attached) })(request, response);
    });
    const over = await startGatewayOver(origin.url, {
      authenticate: testAuthenticate,
      timing: { pauseMs: 10, stepMs: 300 },
    });
    const orderNumber = 'AB1CD';
    expect(await over.as('guest').query(operation(cartId))).toEqual(placed({ cartId, orderNumber }));
    expect(await over.as('customer 7').query(operation(cartId))).toEqual(notPermitted({ cartId }));
    await over.close();
    await origin.close();
  });
});
