import { createSandbox } from '../../../src/sandbox/sandbox.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Bodies {
  /** A cart with every field. */
  readonly cart: Json;
  /** What the cart of a calculation comes to. */
  readonly calculated: Json;
}

const calculation = {
  email: 'ann@example.com',
  items: [
    { productId: 37208342, name: 'Cherry', price: 5.99, quantity: 2 },
    { productId: 37208344, name: 'Apple', price: 1.25, quantity: 8 },
  ],
  billingPerson: { name: 'Ann', city: 'New York', countryCode: 'US', postalCode: '10001' },
};

/** What the sandbox, which writes as Ecwid does, answers with. */
export async function readBodies(): Promise<Bodies> {
  const sandbox = await createSandbox();
  const send = async (path: string, body?: object) => {
    const response = await fetch(`${sandbox.url}/${sandbox.storeId}/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${sandbox.secretToken}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The sandbox answers with ${response.status} to ${path}.`);
    return (await response.json()) as Json;
  };
  try {
    const { items } = await send('carts?email=fiona.full%40example.com');
    const [found] = items as readonly Json[];
    if (!found) throw new Error('The sandbox has no cart with every field.');
    return {
      cart: twoItems(inOneSpelling(abandoned(found))),
      calculated: await send('order/calculate', calculation),
    };
  } finally {
    await sandbox.close();
  }
}

// No order yet, so that it can be placed.
function abandoned({ recoveredOrderId: _id, recoveredPublicUid: _publicId, ...cart }: Json): Json {
  return cart;
}

// What the API writes now in one way and now in another, for contenders that know one: the schema's, where it has it.
function inOneSpelling({ predictedPackages: _packages, ...cart }: Json): Json {
  const [shipment] = cart.shipments as readonly Json[];
  return {
    ...cart,
    b2b_b2c: String(cart.b2b_b2c).toUpperCase(),
    shipments: [shipment],
    orderExtraFields: (cart.orderExtraFields as readonly Json[]).map((field) => ({
      ...field,
      orderDetailsDisplaySection: String(field.orderDetailsDisplaySection).toUpperCase(),
    })),
  };
}

// Of two pieces in one line, a line each, of which the second has no more than most items have. Their shares add up
// to what the line was.
function twoItems(cart: Json): Json {
  const [whole = {}] = cart.items as readonly Json[];
  const { id, productId, categoryId, sku, name, shortDescription, price, productPrice, weight, imageUrl } =
    whole;
  const shares = { quantity: 1, couponApplied: true, shipping: 4.25 };
  const first = {
    ...whole,
    ...shares,
    tax: 0.57,
    couponAmount: 0.43,
    selectedOptions: (whole.selectedOptions as readonly Json[]).map((option) => ({
      ...withEmpty('valuesArray', 'selections', 'files', 'hexCodes'),
      ...option,
    })),
  };
  const second = {
    id: Number(id) + 1,
    ...{ productId, categoryId, sku, name, shortDescription, price, productPrice, weight, imageUrl },
    ...shares,
    tax: 0.56,
    couponAmount: 0.42,
    ...withEmpty('selectedOptions', 'files', 'attributes', 'discounts', 'taxes', 'taxesOnShipping'),
    ...withEmpty('compositeComponents', 'recurringTaxIds'),
  };
  return { ...cart, items: [first, second] };
}

// Contenders need not know that the API may leave a list out.
function withEmpty(...names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, []]));
}
