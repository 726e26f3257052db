import { describe, expect, test } from 'vitest';
import { UnreadableValueError } from '../../src/ecwid/errors.ts';
import {
  isObject,
  readAmount,
  readCreatedOrder,
  readEnum,
  readFlag,
  readIsPickup,
  readList,
  readObject,
  readOrderId,
  readPlacedOrder,
  readRecoveredOrder,
  readRecoveryEmailSentDate,
  readTextMap,
} from '../../src/ecwid/tolerant.ts';

describe('readAmount', () => {
  test.each([
    [37.39, 37.39],
    [0, 0],
    [-5, -5],
    ['37.39', 37.39],
    [0.1 + 0.2, 0.1 + 0.2],
  ])('reads %j as %j', (value, amount) => {
    expect(readAmount(value)).toBe(amount);
  });

  test.each(['', 'abc', '12,50', null, undefined, {}, [], true, Number.POSITIVE_INFINITY])(
    'does not take %j for an amount',
    (value) => {
      expect(() => readAmount(value)).toThrow(UnreadableValueError);
    },
  );
});

describe('readEnum', () => {
  const read = (value: unknown) => readEnum(value as string, ['ABS', 'PERCENT'], { ABSOLUTE: 'ABS' });
  test.each([
    ['ABS', 'ABS'],
    ['percent', 'PERCENT'],
    ['ABSOLUTE', 'ABS'],
    ['LOTTERY', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
    [5, 'UNKNOWN'],
    ['', null],
    [null, null],
    [undefined, null],
  ])('reads %j as %j', (value, expected) => {
    expect(read(value)).toBe(expected);
  });
});

describe('readList', () => {
  let told = 0;
  const read = (value: unknown) =>
    readList(value as object[], isObject, () => {
      told += 1;
    });

  test.each([
    [undefined, []],
    [null, []],
    [[], []],
    [[{ a: 1 }], [{ a: 1 }]],
    [{ a: 1 }, [{ a: 1 }]],
  ])('reads %j as %j without a word', (value, expected) => {
    told = 0;
    expect(read(value)).toEqual(expected);
    expect(told).toBe(0);
  });

  test.each([
    [[null, { a: 1 }, 'x', [1]], [{ a: 1 }]],
    [5, []],
    ['x', []],
  ])('reads %j as %j and says so, once', (value, expected) => {
    told = 0;
    expect(read(value)).toEqual(expected);
    expect(told).toBe(1);
  });
});

describe('the other readers', () => {
  test('take an object or nothing for an object', () => {
    expect(readObject({ a: 1 })).toEqual({ a: 1 });
    expect(readObject(null)).toBeNull();
    expect(readObject(undefined)).toBeNull();
    for (const odd of ['x', 5, [1], true]) {
      expect(() => readObject(odd as unknown as object)).toThrow(UnreadableValueError);
    }
  });

  test('take only true for a flag that is up', () => {
    expect([true, 'true', false, 'false', null, undefined, 1, {}].map(readFlag)).toEqual([
      true,
      true,
      ...Array.from({ length: 6 }, () => false),
    ]);
  });

  test.each([
    [{ id: 'AB1CD', orderNumber: 108394551, vendorOrderNumber: '108394551' }, 'AB1CD'],
    [{ publicUid: 'AB1CD', vendorOrderNumber: '108394551' }, 'AB1CD'],
    [{ orderNumber: 829, vendorOrderNumber: '000008292017' }, '000008292017'],
  ])('find the id that customers see of the order %j', (order, id) => {
    expect(readOrderId(order)).toBe(id);
  });

  test.each([
    [{ orderNumber: 829 }],
    [{ id: '', publicUid: null, vendorOrderNumber: '0' }],
    [{ id: Number.POSITIVE_INFINITY as never }],
    [{}],
  ])('take no internal number for the id that customers see: %j', (order) => {
    expect(() => readOrderId(order)).toThrow(UnreadableValueError);
  });

  const known = { id: 'AB', publicUid: 'AB', vendorOrderNumber: 'AB' };

  test.each([
    [
      { id: 'AB', orderNumber: 5, vendorOrderNumber: '5' },
      { key: 'AB', known: { ...known, orderNumber: 5, internalId: 5 } },
    ],
    [{ id: 'AB' }, { key: 'AB', known }],
    [
      { orderNumber: 5, vendorOrderNumber: 'AB' },
      { key: 'AB', known: { ...known, orderNumber: 5, internalId: 5 } },
    ],
    [{ orderNumber: 5 }, { key: '5', known: { orderNumber: 5, internalId: 5 } }],
    [{ cartId: 'X', id: '', orderNumber: 0 }, null],
  ])('find the order that placing answers with in %j', (answer, expected) => {
    expect(readPlacedOrder(answer)).toEqual(expected);
  });

  test.each([
    [
      { id: 5, orderId: 'AB' },
      { key: 'AB', known: { ...known, orderNumber: 5, internalId: 5 } },
    ],
    [
      { id: 5, orderid: 'AB' },
      { key: 'AB', known: { ...known, orderNumber: 5, internalId: 5 } },
    ],
    [{ id: 5 }, { key: '5', known: { orderNumber: 5, internalId: 5 } }],
    [{}, null],
  ])('find the order that creating answers with in %j', (answer, expected) => {
    expect(readCreatedOrder(answer)).toEqual(expected);
  });

  test.each([
    [
      { recoveredOrderId: 5, recoveredPublicUid: 'AB' },
      { key: 'AB', known: { ...known, orderNumber: 5, internalId: 5 } },
    ],
    [{ recoveredPublicUid: 'AB' }, { key: 'AB', known }],
    [{ recoveredOrderId: 5 }, { key: '5', known: { orderNumber: 5, internalId: 5 } }],
    [
      { recovered_order_id: '1231245' },
      { key: '1231245', known: { orderNumber: '1231245', internalId: '1231245' } },
    ],
    [{ recoveredOrderId: null, recoveredPublicUid: '' }, null],
    [{}, null],
  ])('find the order that the cart %j became', (cart, expected) => {
    expect(readRecoveredOrder(cart)).toEqual(expected);
  });

  test.each([
    [{ isPickup: true }, true],
    [{ isPickup: false, fulfillmentType: 'PICKUP' }, true],
    [{ fulfilmentType: 'pickup' }, true],
    [{ isPickup: false }, false],
    [{ fulfillmentType: 'DELIVERY' }, false],
    [{ fulfillmentType: 'DRONE' }, null],
    [{}, null],
  ])('tell from %j whether the goods are fetched', (option, isPickup) => {
    expect(readIsPickup(option)).toBe(isPickup);
  });

  test('turn what is no text in a map of texts into text', () => {
    const texts = { a: 'x', b: null };
    expect(readTextMap(texts)).toBe(texts);
    expect(readTextMap({ a: 5, b: { c: [true] } })).toEqual({ a: '5', b: '{"c":[true]}' });
    expect(readTextMap(undefined)).toBeNull();
    expect(() => readTextMap('x')).toThrow(UnreadableValueError);
  });

  test('find when the recovery e-mail went out under either name', () => {
    expect(readRecoveryEmailSentDate({ recoveryEmailSentTimestamp: '2014-09-20 19:59:43 +0000' })).toBe(
      '2014-09-20 19:59:43 +0000',
    );
    expect(readRecoveryEmailSentDate({ recovery_email_sent_timestamp: '1427272209' })).toBe('1427272209');
    expect(readRecoveryEmailSentDate({})).toBeNull();
  });
});
