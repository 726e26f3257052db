import { describe, expect, test } from 'vitest';
import { calculationOf, orderOf, withCalculation } from '../../src/checkout/calculated-details.ts';
import { EcwidAnswerError } from '../../src/ecwid/errors.ts';

describe('a calculation', () => {
  test('is asked for with what it takes, and nothing else', () => {
    const details = {
      email: 'a@b.c',
      items: [{ price: 1 }],
      paymentStatus: 'PAID',
      total: 5,
      discountCoupon: null,
    };
    expect(calculationOf(details)).toEqual({ email: 'a@b.c', items: [{ price: 1 }] });
  });

  test("gives an order its numbers, and leaves it the caller's own details", () => {
    const details = {
      email: 'a@b.c',
      paymentStatus: 'PAID',
      total: 999,
      items: [{ name: 'Tea', price: 10, quantity: 2, externalReferenceId: 'X1', tax: 99 }],
      shippingOption: { shippingMethodName: 'Courier', locationId: 'here' },
      orderComments: 'Ring twice.',
    };
    const calculated = {
      email: 'a@b.c',
      orderNumber: 0,
      vendorOrderNumber: '0',
      paymentStatus: 'INCOMPLETE',
      customerTaxId: '',
      customerTaxIdValid: false,
      subtotal: 20,
      total: 25,
      tax: 2,
      items: [{ id: 0, name: 'Tea', price: 10, quantity: 2, tax: 2, sku: null }],
      shippingOption: { shippingMethodName: 'Courier', shippingRate: 3 },
      discountInfo: [],
    };
    expect(withCalculation(details, calculated)).toEqual({
      email: 'a@b.c',
      paymentStatus: 'PAID',
      subtotal: 20,
      total: 25,
      tax: 2,
      items: [{ name: 'Tea', price: 10, quantity: 2, externalReferenceId: 'X1', tax: 2 }],
      shippingOption: { shippingMethodName: 'Courier', locationId: 'here', shippingRate: 3 },
      discountInfo: [],
      orderComments: 'Ring twice.',
    });
  });

  test('replaces a list whose elements it has changed in number', () => {
    const details = { items: [], discountInfo: [{ value: 1 }, { value: 2 }] };
    const calculated = { items: [], subtotal: 1, total: 2, discountInfo: [{ value: 2 }] };
    expect(withCalculation(details, calculated)).toEqual(calculated);
  });

  test.each([
    {},
    { subtotal: 1, items: [{}] },
    { subtotal: 1, total: 'much' as never, items: [{}] },
    { subtotal: 1, total: 2, items: [] },
    { subtotal: 1, total: 2, items: {} as never },
  ])('without the numbers of an order makes none: %j', (calculated) => {
    expect(() => withCalculation({ items: [{ price: 1 }] }, calculated)).toThrow(EcwidAnswerError);
  });

  test('takes along what only a calculation takes, and the order does not keep it', () => {
    const details = {
      items: [],
      giftCardRedemption: 5,
      paymentOptionsDetails: { paymentId: '1' },
      taxAlreadyDeductedFromShipping: true,
    };
    expect(calculationOf(details)).toEqual(details);
    expect(orderOf(details)).toEqual({ items: [], giftCardRedemption: 5 });
  });
});
