import { expect } from 'vitest';
import { type Behaviour, cartOfThePages, expectRefusal } from './behaviour.ts';

const cart = `/carts/${cartOfThePages}`;

/** What the seed's cart looks like through a selection. */
function selects(
  id: string,
  source: string,
  says: string,
  responseFields: string,
  selected: unknown,
): Behaviour {
  return {
    id: `fields.${id}`,
    source,
    says,
    sandboxOnly: true,
    async check(api) {
      expect((await api.get(cart, { query: { responseFields } })).json).toEqual(selected);
    },
  };
}

export const responseFields: readonly Behaviour[] = [
  selects('entity', '[docs]', 'an entity answers with the named fields alone', 'cartId,total,email', {
    cartId: cartOfThePages,
    total: 37.39,
    email: 'johnsmith@example.com',
  }),
  selects('nested', '[docs]', 'parentheses name the fields inside', 'handlingFee(value)', {
    handlingFee: { value: 2 },
  }),
  selects(
    'lists',
    '[client]',
    'lists are transparent: parentheses name the fields of their elements',
    'items(name,selectedOptions(type))',
    {
      items: [
        {
          name: 'Cherry',
          selectedOptions: [{ type: 'CHOICE' }, { type: 'FILES' }, { type: 'DATE' }, { type: 'TEXT' }],
        },
      ],
    },
  ),
  selects(
    'absent',
    '[client tests]',
    'what is not selected is absent, and so is what does not exist',
    'couponDiscount,nothing,handlingFee(nothing)',
    { couponDiscount: 1.5, handlingFee: {} },
  ),
  selects(
    'subtree',
    '[client]',
    'a name without parentheses means all of it, whatever else is said of it',
    'handlingFee(value),handlingFee,handlingFee(name)',
    {
      handlingFee: { name: 'Wrapping', value: 2, description: 'Silk paper wrapping' },
    },
  ),
  selects(
    'merged',
    '[client]',
    'parentheses after the same name twice come together',
    'handlingFee(value),handlingFee(name)',
    { handlingFee: { name: 'Wrapping', value: 2 } },
  ),
  selects('maps', '[client]', 'maps are transparent: their texts come whole', 'paymentParams(nothing)', {
    paymentParams: {
      'Company name': 'Unreal Company',
      'Job position': 'Manager',
      'PO number': '123abcd',
      "Buyer's full name": 'John Smith',
    },
  }),
  {
    id: 'fields.envelope',
    source: '[docs]',
    says: 'in a search the envelope is a level of its own, and what it is not asked for is dropped',
    async check(api) {
      const { json } = await api.get('/carts', { query: { responseFields: 'items(cartId)', limit: 1 } });
      expect(json).toEqual({ items: [{ cartId: expect.any(String) }] });
      const paged = await api.get('/carts', { query: { responseFields: 'count,limit', limit: 1 } });
      expect(paged.json).toEqual({ count: 1, limit: 1 });
    },
  },
  {
    id: 'fields.encoding',
    source: '[docs] [client]',
    says: 'the text may be encoded or not',
    async check(api) {
      const raw = await api.get('/carts?limit=1&responseFields=count,items(cartId,items(name))');
      const encoded = await api.get(
        '/carts?limit=1&responseFields=count%2Citems%28cartId%2Citems%28name%29%29',
      );
      expect(Object.keys(raw.json)).toEqual(['count', 'items']);
      expect(raw.text).toBe(encoded.text);
    },
  },
  {
    id: 'fields.malformed',
    source: '[inferred]',
    says: 'text that does not follow the grammar is 400',
    sandboxOnly: true,
    async check(api) {
      for (const text of [
        '',
        ',',
        'total,',
        'items(',
        'items()',
        'items(name',
        'total)',
        '(total)',
        'items(name)total',
      ]) {
        expectRefusal(await api.get(cart, { query: { responseFields: text } }), 400, 'WRONG_PARAMETER');
      }
    },
  },
  {
    id: 'fields.orders',
    source: '[docs]',
    says: 'orders and the profile obey it too',
    sandboxOnly: true,
    async check(api) {
      const order = await api.get('/orders/AB1CD', { query: { responseFields: 'id,items(sku)' } });
      expect(order.json).toEqual({ id: 'AB1CD', items: [{ sku: '00004' }] });
      const profile = await api.get('/profile', { query: { responseFields: 'formatsAndUnits(currency)' } });
      expect(profile.json).toEqual({ formatsAndUnits: { currency: 'USD' } });
    },
  },
];
