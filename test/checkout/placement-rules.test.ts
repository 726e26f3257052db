import { describe, expect, test } from 'vitest';
import { refusalsOf } from '../../src/checkout/placement-rules.ts';
import { type Requirement, requirements } from '../../src/checkout/settings.ts';
import type { Cart } from '../../src/ecwid/wire.ts';
import { placeableCart } from '../placeable-cart.ts';

const [tea] = placeableCart.items;
// What text is made of it throws.
const hostile = { toString: 1 };

/** What becomes of a cart that nothing is missing from, when this much of it is otherwise. */
const cases: readonly [name: string, difference: object, refusals: readonly string[]][] = [
  ['that nothing is missing from', {}, []],

  ['of a guest without an e-mail', { email: null }, ['GUEST_EMAIL_MISSING']],
  ['of a guest with a blank e-mail', { email: '  ' }, ['GUEST_EMAIL_MISSING']],
  ['of a customer without an e-mail', { email: null, customerId: 15319410 }, []],
  ['of the customer 0, who is a guest', { email: '', customerId: 0 }, ['GUEST_EMAIL_MISSING']],

  ['without items', { items: [] }, ['CART_EMPTY']],
  ['whose items are null', { items: null }, ['CART_EMPTY']],
  ['with one item that is no list', { items: tea }, []],

  ['of more than there is', { items: [{ ...tea, ...stock(1) }] }, ['OUT_OF_STOCK']],
  ['of all there is', { items: [{ ...tea, ...stock(2) }] }, []],
  ['of something sold out', { items: [{ ...tea, ...stock(0) }] }, ['OUT_OF_STOCK']],
  ['of an untracked stock', { items: [{ ...tea, ...stock(0), trackQuantity: false }] }, []],
  ['of a stock that nobody says is tracked', { items: [{ ...tea, quantityInStock: 0 }] }, []],
  ['of a tracked stock that nobody knows', { items: [{ ...tea, trackQuantity: true }] }, []],
  ['of a stock in digits', { items: [{ ...tea, ...stock('1') }] }, ['OUT_OF_STOCK']],
  ['of a pre-order', { items: [{ ...tea, ...stock(0), isPreorder: true }] }, []],
  [
    'of two lines that together want more of one product',
    { items: [of(7, stock(3)), of(7, stock(3))] },
    ['OUT_OF_STOCK'],
  ],
  ['of two variations of one product', { items: [of(7, stock(3), 1), of(7, stock(3), 2)] }, []],
  ['of two products', { items: [of(7, stock(3)), of(8, stock(3))] }, []],
  [
    'of two lines that name no product',
    {
      items: [
        { ...tea, ...stock(3) },
        { ...tea, ...stock(3) },
      ],
    },
    [],
  ],

  ['without a shipping address', { shippingPerson: null }, ['SHIPPING_ADDRESS_UNUSABLE']],
  [
    'with no more of an address than the country',
    { shippingPerson: { name: 'Ann', countryCode: 'US', street: ' ' } },
    ['SHIPPING_ADDRESS_UNUSABLE'],
  ],
  ['with a postal code for an address', { shippingPerson: { postalCode: '10001' } }, []],
  ['without a shipping method', { shippingOption: null }, ['SHIPPING_METHOD_MISSING']],
  [
    'with a shipping method that has no name',
    { shippingOption: { shippingMethodName: '' } },
    ['SHIPPING_METHOD_MISSING'],
  ],
  ['with a shipping method by its id', { shippingOption: { shippingMethodId: '1-2' } }, []],
  [
    'without either, which is told as the address',
    { shippingPerson: null, shippingOption: null },
    ['SHIPPING_ADDRESS_UNUSABLE'],
  ],
  ['that is picked up', { ...unshipped(), shippingOption: { isPickup: true } }, []],
  [
    'that is picked up, in the newer words',
    { ...unshipped(), shippingOption: { fulfillmentType: 'pickup' } },
    [],
  ],
  ['of downloads alone', { ...unshipped(), items: [{ ...tea, digital: true }] }, []],
  ['of what needs no shipping', { ...unshipped(), items: [{ ...tea, isShippingRequired: false }] }, []],
  [
    'of which one thing needs shipping',
    { ...unshipped(), items: [{ ...tea, digital: true }, tea] },
    ['SHIPPING_ADDRESS_UNUSABLE'],
  ],
  [
    'that does not say whether it needs shipping',
    { ...unshipped(), items: [{ ...tea, isShippingRequired: null }] },
    ['SHIPPING_ADDRESS_UNUSABLE'],
  ],

  ['without a billing address', { billingPerson: null }, ['BILLING_ADDRESS_MISSING']],
  ['billed to a name', { billingPerson: { name: 'Ann' } }, ['BILLING_ADDRESS_MISSING']],
  ['whose addresses are texts, which the store may know how to read', { billingPerson: 'Main Street 1' }, []],
  ['whose items are a text', { items: 'several' }, []],

  ['without a payment method', { paymentMethod: null }, ['PAYMENT_METHOD_MISSING']],
  ['with a blank payment method', { paymentMethod: ' ' }, ['PAYMENT_METHOD_MISSING']],
  [
    'of values that cannot be read, and may be what is asked for',
    {
      email: hostile,
      customerId: hostile,
      paymentMethod: hostile,
      billingPerson: { street: hostile },
      shippingPerson: { street: hostile },
      items: [{ productId: 7, combinationId: hostile, quantity: hostile, ...stock(3) }],
      shippingOption: { fulfillmentType: hostile, shippingMethodName: hostile },
    },
    [],
  ],
  ['with a payment module alone', { paymentMethod: null, paymentModule: 'PayPal' }, []],
  ['that costs nothing', { paymentMethod: null, total: 0 }, []],
  ['whose total cannot be read', { paymentMethod: null, total: 'free' }, ['PAYMENT_METHOD_MISSING']],

  [
    'without anything, with every cause in the order of its check',
    {
      email: null,
      items: [{ ...tea, ...stock(0) }],
      ...unshipped(),
      billingPerson: null,
      paymentMethod: null,
    },
    [
      'GUEST_EMAIL_MISSING',
      'OUT_OF_STOCK',
      'SHIPPING_ADDRESS_UNUSABLE',
      'BILLING_ADDRESS_MISSING',
      'PAYMENT_METHOD_MISSING',
    ],
  ],
];

function stock(quantityInStock: number | string) {
  return { trackQuantity: true, quantityInStock };
}

function of(productId: number, inStock: object, combinationId?: number) {
  return { ...tea, productId, combinationId, ...inStock };
}

function unshipped() {
  return { shippingPerson: null, shippingOption: null };
}

const cartWith = (difference: object) => ({ ...placeableCart, ...difference }) as Cart;

describe('the rules of placing', () => {
  test.each(cases)('judge a cart %s', (_name, difference, refusals) => {
    expect(refusalsOf(cartWith(difference), new Set(requirements))).toEqual(refusals);
  });

  test.each<[Requirement, object]>([
    ['email', { email: null }],
    ['billing', { billingPerson: null }],
    ['shipping', { shippingPerson: null }],
    ['shipping', { shippingOption: null }],
    ['payment', { paymentMethod: null }],
    ['stock', { items: [{ ...tea, ...stock(0) }] }],
  ])('leave %s be where it is not required', (requirement, difference) => {
    const others = new Set(requirements.filter((name) => name !== requirement));
    expect(refusalsOf(cartWith(difference), others)).toEqual([]);
    expect(refusalsOf(cartWith(difference), new Set([requirement]))).toHaveLength(1);
  });

  test('want items of every cart', () => {
    expect(refusalsOf(cartWith({ items: [] }), new Set())).toEqual(['CART_EMPTY']);
  });
});
