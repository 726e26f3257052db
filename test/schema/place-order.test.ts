import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  HideCartDocument,
  PlaceOrderDocument,
  PlaceOrderWithErrorsDocument,
} from '../operations/generated/graphql.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { wireFieldsOf } from '../wire-fields.ts';
import { documented, magentoDocuments } from './magento-documents.ts';

const unknown = '00000000-0000-0000-0000-000000000000';
const showcase = (number: number) => `5A0DB0C5-0000-4000-8000-${String(number).padStart(12, '0')}`;

// One for each test: an order is remembered for good.
let gateway: GatewayOnSandbox;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

const callsMade = () => gateway.calls.map(({ method, path }) => `${method} ${path}`);

describe('Mutation.placeOrder', () => {
  test.each(magentoDocuments)(
    'runs %s document word for word, for one reading and one placing',
    async (_name, document, variables, order) => {
      const { data, errors } = await gateway.query(document, { ...variables });
      expect(errors).toBeUndefined();
      expect(data.placeOrder.order).toEqual(order);
      expect(data.placeOrder.errors ?? []).toEqual([]);
      expect(callsMade()).toEqual([`GET /carts/${documented}`, `POST /carts/${documented}/place`]);
    },
  );

  test('answers the newer name for an order as well', async () => {
    const { data } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${documented}" }) { order { order_number } orderV2 { number } } }`,
    );
    expect(data.placeOrder).toEqual({ order: { order_number: 'AB1CD' }, orderV2: { number: 'AB1CD' } });
  });

  test('reads no more of the cart than the rules and the recognition of its order take', async () => {
    await gateway.execute(PlaceOrderDocument, { cartId: documented });
    const address = ['city', 'postalCode', 'street'];
    expect(wireFieldsOf(gateway.calls[0])).toEqual(
      [
        ...[
          'createDate',
          'createTimestamp',
          'customerId',
          'email',
          'paymentMethod',
          'paymentModule',
          'total',
        ],
        ...['recoveredOrderId', 'recoveredPublicUid', 'recovered_order_id'],
        ...address.flatMap((line) => [`billingPerson.${line}`, `shippingPerson.${line}`]),
        ...[
          'combinationId',
          'digital',
          'isPreorder',
          'isShippingRequired',
          'price',
          'productId',
          'quantity',
        ].map((name) => `items.${name}`),
        ...['quantityInStock', 'sku', 'trackQuantity'].map((name) => `items.${name}`),
        ...['fulfillmentType', 'fulfilmentType', 'isPickup', 'shippingMethodId', 'shippingMethodName'].map(
          (name) => `shippingOption.${name}`,
        ),
      ].toSorted(),
    );
  });

  test('asks for nothing that rules which are switched off would have read', async () => {
    const paidOffline = await startGateway({}, [], { required: [] });
    try {
      await paidOffline.execute(PlaceOrderDocument, { cartId: documented });
      const fields = wireFieldsOf(paidOffline.calls[0]) ?? [];
      expect(fields.filter((name) => /Person|Option|payment|Stock|digital/.test(name))).toEqual([]);
      expect(fields).toContain('items.quantity');
    } finally {
      await paidOffline.close();
    }
  });

  test('reads the rest of the order once, with what order and orderV2 select together', async () => {
    const { data, errors } = await gateway.execute(PlaceOrderWithErrorsDocument, {
      input: { cart_id: documented },
    });
    expect(errors).toBeUndefined();
    expect(data?.placeOrder).toEqual({
      order: {
        id: 'AB1CD',
        order_number: 'AB1CD',
        order_id: 'AB1CD',
        number: 'AB1CD',
        orderNumber: '108394551',
        total: 37.39,
        paymentStatus: 'AWAITING_PAYMENT',
      },
      orderV2: { number: 'AB1CD' },
      errors: [],
    });
    expect(callsMade().slice(1)).toEqual([`POST /carts/${documented}/place`, 'GET /orders/AB1CD']);
    expect(wireFieldsOf(gateway.calls[2])).toEqual([
      'id',
      'internalId',
      'orderNumber',
      'paymentStatus',
      'publicUid',
      'total',
      'vendorOrderNumber',
    ]);
  });

  test('gives back no more of an endless id than a real one would be', async () => {
    const cartId = 'x'.repeat(10_000);
    const { errors } = await gateway.execute(PlaceOrderDocument, { cartId });
    expect(errors?.[0]?.message).toBe(`Could not find a cart with ID "${'x'.repeat(64)}"`);
    const hidden = await gateway.execute(HideCartDocument, { input: { cart_id: cartId } });
    expect(hidden.data?.hideCart?.errors[0]?.message).toHaveLength(errors?.[0]?.message.length ?? 0);
  });

  test('takes errors in a fragment, under an alias, or skipped for what it is', async () => {
    const run = (selection: string, fragment = '') =>
      gateway.query(`mutation { p: placeOrder(input: { cart_id: "" }) { ${selection} } } ${fragment}`);
    expect((await run('...E', 'fragment E on PlaceOrderOutput { why: errors { code } }')).data).toEqual({
      p: { why: [{ code: 'CART_ID_MISSING' }] },
    });
    expect((await run('errors @skip(if: true) { code } order { id }')).errors).toHaveLength(1);
  });

  test('tells two placings in one operation apart by where each selects errors', async () => {
    const { data, errors } = await gateway.query(`mutation {
      a: placeOrder(input: { cart_id: "${unknown}" }) { order { id } errors { code } }
      b: placeOrder(input: { cart_id: "${unknown}" }) { order { id } }
    }`);
    expect(data).toEqual({ a: { order: null, errors: [{ code: 'CART_NOT_FOUND' }] }, b: null });
    expect(errors).toMatchObject([{ path: ['b'], extensions: { code: 'CART_NOT_FOUND' } }]);
  });

  test.each([
    [1, 'SHOW01'],
    [10, 'SHOW10'],
    [11, 'SHOW11'],
    [14, 'SHOW14'],
    [16, 'RCVR1'],
    [17, 'RCVR2'],
  ])('places showcase cart %i, or answers with what it became: %s', async (number, order) => {
    const { data } = await gateway.execute(PlaceOrderWithErrorsDocument, {
      input: { cart_id: showcase(number) },
    });
    expect(data?.placeOrder?.errors).toEqual([]);
    expect(data?.placeOrder?.order?.order_number).toBe(order);
  });
});
