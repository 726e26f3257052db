import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, startScriptedOrigin } from '../scripted-origin.ts';

/** The terms of the store in Ecwid's guide on placing an order. */
const terms = {
  pricesIncludeTax: false,
  taxes: [
    {
      id: 947976181,
      name: '10% Tax',
      enabled: true,
      includeInPrice: true,
      useShippingAddress: true,
      taxShipping: false,
      appliedByDefault: true,
      defaultTax: 10,
      rules: [],
    },
  ],
  zones: [],
  handlingFee: null,
  shippingOptions: [
    {
      shippingMethodId: '6589-1709547151586',
      shippingMethodName: 'Standard shipping',
      shippingRate: 20,
      isPickup: false,
      fulfillmentType: 'SHIPPING',
    },
    {
      shippingMethodId: '3919-1640004025851',
      shippingMethodName: 'FREE Shipping',
      shippingRate: 0,
      isPickup: false,
      fulfillmentType: 'SHIPPING',
    },
    {
      shippingMethodId: '4959-1595934622523',
      shippingMethodName: 'Pickup',
      shippingRate: 0,
      isPickup: true,
      pickupInstruction: '',
      fulfillmentType: 'PICKUP',
    },
  ],
  promotions: [
    { id: 25039589, value: 15, type: 'ABS', base: 'SUBTOTAL', orderTotal: 10 },
    {
      id: 25039590,
      value: 10,
      type: 'PERCENT',
      base: 'CUSTOM',
      orderTotal: 0,
      description: 'Custom app discount',
    },
    {
      id: 25039591,
      value: 10,
      type: 'PERCENT',
      base: 'SHIPPING',
      orderTotal: 50,
      appliesToShippingMethodId: '6589-1709547151586',
    },
  ],
  surcharges: [{ id: 'tips', value: 10, type: 'PERCENT', description: '', taxable: false }],
};

let gateway: GatewayOnSandbox;

beforeAll(async () => {
  gateway = await startGateway({ terms });
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

const operation = `query ($input: CalculateOrderInput!) {
  calculateOrder(input: $input) {
    ...Amounts
    shippingOption { shippingMethodName shippingRate }
    availableShippingOptions { shippingMethodId shippingMethodName isPickup fulfillmentType }
    availableTaxes { id name defaultTax }
    customSurcharges { id type value total }
    discountInfo { type base value orderTotal }
    customDiscount
    items { name quantity price tax shipping taxes { name value total } discounts { total discountInfo { base } } }
    shippingPerson { name firstName countryName stateOrProvinceName }
    billingPerson { name }
    paymentStatus
    fulfillmentStatus
  }
}
fragment Amounts on OrderDetails {
  subtotal total tax discount couponDiscount volumeDiscount membershipBasedDiscount totalWithoutTax
}`;

const mary = {
  name: 'Mary Watson',
  companyName: 'Best Brownies Inc.',
  street: 'The other street',
  city: 'San Diego',
  countryCode: 'US',
  postalCode: '90001',
  stateOrProvinceCode: 'CA',
  phone: '123141321',
};

describe('Query.calculateOrder', () => {
  test("comes to the numbers of Ecwid's guide on placing an order", async () => {
    const item = {
      productId: '689454040',
      combinationId: '421616046',
      name: 'Best Pizza',
      price: 70,
      productPrice: 50,
      quantity: 2,
      weight: 0.5,
      selectedOptions: [
        {
          name: 'Size',
          type: 'CHOICE',
          value: '32',
          valuesArray: ['32'],
          selections: [{ selectionTitle: '32', selectionModifier: 20, selectionModifierType: 'ABSOLUTE' }],
        },
      ],
    };
    const { data, errors } = await gateway.query(operation, {
      input: { email: 'mary@example.com', items: [item], shippingPerson: mary },
    });
    expect(errors).toBeUndefined();
    expect(data.calculateOrder).toMatchObject({
      subtotal: 140,
      total: 154.11,
      totalWithoutTax: 143.01,
      tax: 11.1,
      discount: 31,
      volumeDiscount: 15,
      customDiscount: [14],
      customSurcharges: [{ id: 'tips', type: 'PERCENT', value: 10, total: 14.01 }],
      shippingOption: { shippingMethodName: 'Standard shipping', shippingRate: 20 },
      availableShippingOptions: [
        { isPickup: false },
        { isPickup: false },
        { shippingMethodName: 'Pickup', isPickup: true, fulfillmentType: 'PICKUP' },
      ],
      availableTaxes: [{ id: '947976181', name: '10% Tax', defaultTax: 10 }],
      items: [{ name: 'Best Pizza', shipping: 18, tax: 11.1, taxes: [{ value: 10, total: 11.1 }] }],
      shippingPerson: { firstName: 'Mary', countryName: 'United States', stateOrProvinceName: 'California' },
      paymentStatus: 'INCOMPLETE',
      fulfillmentStatus: 'AWAITING_PROCESSING',
    });
    expect(gateway.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /order/calculate']);
  });

  test("takes the request of Ecwid's oldest page, and with the discount that it states comes to its total", async () => {
    const vat = { ...terms.taxes[0], name: 'VAT', defaultTax: 21 };
    const other = await startGateway({ terms: { ...terms, taxes: [vat] } });
    const { data, errors } = await other.query(operation, {
      input: {
        items: [
          {
            price: 15,
            weight: 0.32,
            sku: '00004',
            quantity: 2,
            isShippingRequired: false,
            name: 'Cherry',
            dimensions: { length: 5, width: 4, height: 6 },
          },
          {
            price: 4.22,
            weight: 0.12,
            sku: '00014',
            quantity: 2,
            isShippingRequired: true,
            name: 'Apple',
            dimensions: { length: 9, width: 8, height: 10 },
          },
        ],
        billingPerson: { ...mary, name: 'Peter Doe', postalCode: '90002' },
        shippingPerson: mary,
        // A rate and promotions that the page only shows in its answer.
        shippingOption: { shippingMethodName: 'Courier', shippingRate: 3071.62 },
        discountInfo: [
          { type: 'ABS', base: 'ON_TOTAL', value: 15, orderTotal: 1 },
          { type: 'PERCENT', base: 'ON_MEMBERSHIP', value: 2 },
          { type: 'ABS', base: 'CUSTOM', value: 4.23 },
        ],
        customSurcharges: [],
      },
    });
    await other.close();
    expect(errors).toBeUndefined();
    expect(data.calculateOrder).toMatchObject({
      subtotal: 38.44,
      discount: 20,
      volumeDiscount: 15,
      membershipBasedDiscount: 0.77,
      tax: 3.87,
      total: 3093.93,
      billingPerson: { name: 'Peter Doe' },
      shippingPerson: { name: 'Mary Watson' },
    });
  });

  test.each<[string, string, string]>([
    ['no items', 'items: []', 'input.items'],
    [
      'a negative quantity',
      'items: [{ price: 1, quantity: 1 }, { price: 1, quantity: -2 }]',
      'input.items.1.quantity',
    ],
    ['no quantity', 'items: [{ price: 1, quantity: 0 }]', 'input.items.0.quantity'],
    [
      'an enum value that nobody can mean',
      'items: [{ price: 1, quantity: 1, selectedOptions: [{ name: "x", type: UNKNOWN }] }]',
      'input.items.0.selectedOptions.0.type',
    ],
  ])('refuses %s by its place, before Ecwid is asked', async (_name, input, argument) => {
    const { data, errors } = await gateway.query(`{ calculateOrder(input: { ${input} }) { total } }`);
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { path: ['calculateOrder'], extensions: { code: 'BAD_USER_INPUT', argument } },
    ]);
    expect(gateway.calls).toEqual([]);
  });

  test('takes a text UNKNOWN for a text', async () => {
    const { errors } = await gateway.query(
      '{ calculateOrder(input: { items: [{ price: 1, quantity: 1, name: "UNKNOWN" }] }) { items { name } } }',
    );
    expect(errors).toBeUndefined();
  });

  test.each([422, 400])("takes Ecwid's %i for a mistake in the input", async (status) => {
    const origin = await startScriptedOrigin(
      answerJson({ errorMessage: 'No items', errorCode: 'WRONG_URL' }, status),
    );
    const other = await startGatewayOver(origin.url);
    try {
      const { errors } = await other.query(
        '{ calculateOrder(input: { items: [{ price: 1, quantity: 1 }] }) { total } }',
      );
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'input' } }]);
    } finally {
      await other.close();
      await origin.close();
    }
  });
});

describe('OrderDetails', () => {
  test('is one fragment for a cart, for the order that it became, and for a calculation of the same', async () => {
    const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
    const fragment = `fragment Common on OrderDetails {
      __typename email customerId subtotal total
      items { name price quantity selectedOptions { name type value } }
      shippingPerson { name city } shippingOption { shippingMethodName shippingRate }
    }`;
    const before = await gateway.query(`{ cart(id: "${cartId}") { ...Common } } ${fragment}`);
    const placed = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { ...Common } } } ${fragment}`,
    );
    const { __typename: cart, ...details } = before.data.cart;
    expect([cart, placed.data.placeOrder.order.__typename]).toEqual(['Cart', 'Order']);
    expect(placed.data.placeOrder.order).toMatchObject(details);

    const { items, email, customerId } = details;
    const calculated = await gateway.query(
      `query ($input: CalculateOrderInput!) { calculateOrder(input: $input) { ...Common } } ${fragment}`,
      { input: { email, customerId, items, shippingPerson: { name: 'John Smith', city: 'New York' } } },
    );
    expect(calculated.errors).toBeUndefined();
    expect(calculated.data.calculateOrder).toMatchObject({
      __typename: 'CalculatedOrder',
      email,
      customerId,
      subtotal: details.subtotal,
      items: [{ name: 'Cherry', price: 5.99, quantity: 5 }],
      shippingPerson: { name: 'John Smith' },
    });
  });
});
