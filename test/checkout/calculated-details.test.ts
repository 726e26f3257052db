import { describe, expect, test } from 'vitest';
import { calculationOf, withCalculation } from '../../src/checkout/calculated-details.ts';

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
      total: 25,
      tax: 2,
      items: [{ id: 0, name: 'Tea', price: 10, quantity: 2, tax: 2, sku: null }],
      shippingOption: { shippingMethodName: 'Courier', shippingRate: 3 },
      discountInfo: [],
    };
    expect(withCalculation(details, calculated)).toEqual({
      email: 'a@b.c',
      paymentStatus: 'PAID',
      total: 25,
      tax: 2,
      items: [{ name: 'Tea', price: 10, quantity: 2, externalReferenceId: 'X1', tax: 2 }],
      shippingOption: { shippingMethodName: 'Courier', locationId: 'here', shippingRate: 3 },
      discountInfo: [],
      orderComments: 'Ring twice.',
    });
  });

  test('replaces a list whose elements it has changed in number', () => {
    const details = { discountInfo: [{ value: 1 }, { value: 2 }] };
    expect(withCalculation(details, { discountInfo: [{ value: 2 }] })).toEqual({
      discountInfo: [{ value: 2 }],
    });
  });
});
