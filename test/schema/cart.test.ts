import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CartDocument, CartsByIdsDocument, WholeCartDocument } from '../operations/generated/graphql.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { wireFieldsOf } from '../wire-fields.ts';

const documented = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const current = '0B299518-FB54-491A-A6E0-5B6BA6E20868';
const unknown = '00000000-0000-0000-0000-000000000000';

let gateway: GatewayOnSandbox;

beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

/** Ids of the store's newest carts. */
async function someIds(count: number): Promise<string[]> {
  const { data } = await gateway.query('query ($count: Int) { carts(first: $count) { nodes { id } } }', {
    count,
  });
  gateway.calls.length = 0;
  return data.carts.nodes.map(({ id }: { id: string }) => id);
}

describe('Query.cart', () => {
  test('answers with every field of the documented cart as Ecwid wrote it', async () => {
    const { data, errors } = await gateway.execute(WholeCartDocument, { id: documented });
    expect(errors).toBeUndefined();
    expect(data?.cart).toMatchObject({
      id: documented,
      hidden: false,
      customer: { id: '15319410' },
      customerId: '15319410',
      email: 'johnsmith@example.com',
      subtotal: 29.95,
      total: 37.39,
      tax: 1.79,
      couponDiscount: 1.5,
      createDate: '2014-09-20T19:59:43.000Z',
      updateDate: '2014-09-21T00:00:12.000Z',
      recoveredOrder: null,
      discountCoupon: {
        code: '5PERCENTOFF',
        discountType: 'PERCENT',
        usesLimit: 'UNLIMITED',
        launchDate: '2014-06-06T00:00:00.000Z',
        catalogLimit: null,
      },
      discountInfo: [
        { value: 10, type: 'PERCENT', base: 'ON_TOTAL_AND_MEMBERSHIP', orderTotal: 15, description: null },
        { value: 2, type: 'ABS', base: 'CUSTOM', orderTotal: null },
      ],
      shippingPerson: { street: 'W 3d st', stateOrProvinceName: 'New York', firstName: null },
      shippingOption: { shippingRate: 10, estimatedTransitTime: '5', isPickup: false, fulfillmentType: null },
      handlingFee: { name: 'Wrapping', value: 2 },
    });
    expect(data?.cart?.items).toHaveLength(1);
    expect(data?.cart?.items[0]).toMatchObject({
      id: '40989227',
      product: { id: '37208342' },
      quantity: 5,
      price: 5.99,
      dimensions: { length: 34, width: 3, height: 22 },
      taxes: [{ name: 'Tax X', value: 7, total: 1.79, taxOnDiscountedSubtotal: 1.79, taxOnShipping: 0 }],
      files: [{ productFileId: '7215101', size: 54492, expire: '2014-10-26T20:34:34.000Z' }],
      selectedOptions: [
        { name: 'Size', type: 'CHOICE', value: 'Big', valuesArray: ['Big'], files: [] },
        { type: 'FILES', value: null, valuesArray: [], files: [{ id: '5973037', size: 54492 }] },
        { type: 'DATE', value: '2014-09-10' },
        { type: 'TEXT', value: 'Test text' },
      ],
    });
  });

  test('is null for a cart that the store has not, without an error', async () => {
    expect(await gateway.execute(CartDocument, { id: unknown })).toEqual({ data: { cart: null } });
    expect(gateway.calls).toHaveLength(1);
  });

  test.each([
    ['a way up', '../profile'],
    ['two dots', '..'],
    ['a dot', '.'],
    ['nothing', ''],
    ['a longer path', `${documented}/place`],
    ['an encoded slash', `${documented}%2Fplace`],
    ['an encoded way up', '%2e%2e%2fprofile'],
    ['a query', `${documented}?token=x`],
    ['a line break', `${documented}\r\nHost: elsewhere`],
    ['a null byte', `${documented}\u0000`],
    ['half a character', '\ud800'],
    ['a look-alike', '６626E60A-A6F9-4CD5-8230-43D5F162E0CD'],
    ['10 kB', 'A'.repeat(10_000)],
  ])('is null for an id that cannot be one, and Ecwid never sees it: %s', async (_name, id) => {
    expect(await gateway.execute(CartDocument, { id })).toEqual({ data: { cart: null } });
    expect(gateway.calls).toEqual([]);
  });

  test('asks Ecwid five times for twenty aliases over five ids, each with just the fields that they select', async () => {
    const ids = await someIds(5);
    const selections = ['email', 'total', 'items { name }', 'items { price: price name }'];
    const aliases = Array.from({ length: 20 }, (_, index) => {
      const id = ids[index % 5];
      return `a${index}: cart(id: "${id}") { ${selections[Math.floor(index / 5)]} }`;
    });
    const { data, errors } = await gateway.query(`{ ${aliases.join('\n')} }`);
    expect(errors).toBeUndefined();
    expect(Object.keys(data)).toHaveLength(20);
    expect(gateway.calls.map(({ path }) => path).sort()).toEqual(ids.map((id) => `/carts/${id}`).sort());
    for (const call of gateway.calls) {
      expect(wireFieldsOf(call)).toEqual(['email', 'items.name', 'items.price', 'total']);
    }
  });

  test('is one call however often one cart is asked for in an operation', async () => {
    const aliases = Array.from(
      { length: 10 },
      (_, index) => `a${index}: cart(id: "${documented}") { email }`,
    );
    await gateway.query(`{ ${aliases.join(' ')} cartsByIds(ids: ["${documented}"]) { total } }`);
    expect(gateway.calls).toHaveLength(1);
    expect(wireFieldsOf(gateway.calls[0])).toEqual(['email', 'total']);
  });

  test('asks through fragments, interfaces, aliases and directives for what they come to', async () => {
    await gateway.query(
      `query ($id: ID!, $yes: Boolean!, $no: Boolean!) {
        cart(id: $id) {
          __typename
          key: id
          ...on OrderDetails { money: total }
          ...Shipping @include(if: $yes)
          ...on Cart @skip(if: $yes) { hidden }
          email @include(if: $no)
          discountInfo { orderTotal }
          items { product { id } dimensions { length } }
        }
      }
      fragment Shipping on Cart { shippingOption { ...Rate } shippingPerson { __typename } }
      fragment Rate on ShippingOptionInfo { shippingRate }`,
      { id: documented, yes: true, no: false },
    );
    expect(wireFieldsOf(gateway.calls[0])).toEqual([
      'cartId',
      'discountInfo.orderTotal',
      'discountInfo.order_total',
      'items.dimensions.length',
      'items.productDimensions.length',
      'items.productId',
      'shippingOption.shippingRate',
      'shippingPerson.city',
      'total',
    ]);
  });

  test('takes no longer for fragments that spread each other over and over', async () => {
    const chain = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on Cart { ...F${n + 1} ...F${n + 1} }`,
    );
    const unlimited = await startGateway({}, [], { limits: { fields: Number.POSITIVE_INFINITY } });
    const { data } = await unlimited.query(
      `{ cart(id: "${documented}") { ...F0 } } ${chain.join(' ')} fragment F60 on Cart { email }`,
    );
    await unlimited.close();
    expect(data.cart).toEqual({ email: 'johnsmith@example.com' });
  });

  test('asks for no address that carries a token, whatever is selected', async () => {
    await gateway.query(`{ cart(id: "${documented}") { items { __typename files { __typename } } } }`);
    expect(wireFieldsOf(gateway.calls[0])).toEqual(['items.files.customerUrl']);
  });

  test('asks for no more than the id where nothing of the cart is selected', async () => {
    const { data } = await gateway.query(`{ cart(id: "${documented}") { __typename } }`);
    expect(data).toEqual({ cart: { __typename: 'Cart' } });
    expect(wireFieldsOf(gateway.calls[0])).toEqual(['cartId']);
  });

  test.each([documented, current])(
    'reads each field of %s alone as it reads it among all others',
    async (id) => {
      const { data } = await gateway.execute(WholeCartDocument, { id });
      const leaves = leafPaths(data?.cart);
      expect(leaves.length).toBeGreaterThan(60);
      for (const path of leaves) {
        const selection = path.reduceRight((inside, name) => `${name}${inside && ` { ${inside} }`}`, '');
        const alone = await gateway.query(`{ cart(id: "${id}") { ${selection} } }`);
        expect(pick(alone.data.cart, path), path.join('.')).toEqual(pick(data?.cart, path));
      }
    },
  );
});

describe('Query.cartsByIds', () => {
  test('answers in the order of the ids, null where there is none, and asks once for repeated ones', async () => {
    const { data, errors } = await gateway.execute(CartsByIdsDocument, {
      ids: [current, unknown, documented, current, '../profile'],
    });
    expect(errors).toBeUndefined();
    expect(data?.cartsByIds.map((cart) => cart?.id ?? null)).toEqual([
      current,
      null,
      documented,
      current,
      null,
    ]);
    expect(gateway.calls).toHaveLength(3);
  });

  test('takes a hundred ids and refuses one more by name and bound', async () => {
    const ids = Array.from({ length: 100 }, () => documented);
    const full = await gateway.execute(CartsByIdsDocument, { ids });
    expect(full.data?.cartsByIds).toHaveLength(100);
    const { data, errors } = await gateway.execute(CartsByIdsDocument, { ids: [...ids, documented] });
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: 'A list holds 101 ids; the limit is 100.',
        extensions: { code: 'IDS_LIMIT_EXCEEDED', argument: 'ids', maximum: 100 },
      },
    ]);
  });
});

/** Where an answer has values; lists are looked through by their first element. */
function leafPaths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.length > 0 ? leafPaths(value[0], path) : [];
  if (typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([name, inside]) => leafPaths(inside, [...path, name]));
}

function pick(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (Array.isArray(value))
    return value.map((element) => pick(element, name === undefined ? [] : [name, ...rest]));
  if (name === undefined || value === null || typeof value !== 'object') return value;
  return pick((value as Record<string, unknown>)[name], rest);
}
