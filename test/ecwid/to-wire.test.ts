import { describe, expect, test } from 'vitest';
import { toWire } from '../../src/ecwid/to-wire.ts';

const written = (value: object) => JSON.stringify(toWire(value));

describe('toWire', () => {
  test('writes ids digit by digit as the numbers that they are, and leaves the texts among them', () => {
    expect(
      written({
        customerId: '15319410',
        giftCardId: '7',
        refererId: '8',
        items: [{ id: '9223372036854775807', productId: '5', categoryId: '-1', recurringTaxIds: ['1', '2'] }],
        discountInfo: [{ membershipId: '3', appliesToProducts: ['4'], appliesToItems: ['5'] }],
        discountCoupon: { catalogLimit: { products: ['6'], categories: ['7'] } },
        shippingOption: { shippingMethodId: '123', locationId: '5' },
        customSurcharges: [{ id: '9' }],
      }),
    ).toBe(
      '{"customerId":15319410,"giftCardId":7,"refererId":"8",' +
        '"items":[{"id":9223372036854775807,"productId":5,"categoryId":-1,"recurringTaxIds":[1,2]}],' +
        '"discountInfo":[{"membershipId":3,"appliesToProducts":[4],"appliesToItems":[5]}],' +
        '"discountCoupon":{"catalogLimit":{"products":[6],"categories":[7]}},' +
        '"shippingOption":{"shippingMethodId":"123","locationId":"5"},"customSurcharges":[{"id":"9"}]}',
    );
  });

  test('comes to the same when it is done twice', () => {
    const once = toWire({ selectedPrice: 5, items: [{ id: '9223372036854775807' }], orderType: 'B2B' });
    expect(JSON.stringify(toWire(once))).toBe(JSON.stringify(once));
  });

  test("writes dates, sections and the kind of order in Ecwid's own way", () => {
    expect(
      toWire({
        createDate: new Date('2026-01-02T03:04:05.678+01:00'),
        orderType: 'B2C',
        orderExtraFields: [{ id: '5', orderDetailsDisplaySection: 'ORDER_COMMENTS' }],
      }),
    ).toEqual({
      createDate: '2026-01-02 02:04:05 +0000',
      b2b_b2c: 'b2c',
      orderExtraFields: [{ id: '5', orderDetailsDisplaySection: 'order_comments' }],
    });
  });

  test('leaves out null, and leaves free maps as they are', () => {
    const extraFields = { id: '5', orderType: 'kept', none: null };
    expect(toWire({ email: null, extraFields, nameTranslated: { productId: '5' } })).toEqual({
      extraFields,
      nameTranslated: { productId: '5' },
    });
  });
});
