import { expect } from 'vitest';
import type { Ask } from '../api.ts';
import { type Behaviour, cartOfThePages, expectRefusal } from './behaviour.ts';
import { search, searchAll } from './search.ts';

/** A filter of the seed's: it finds these carts and no other. */
function finds(
  id: string,
  source: string,
  says: string,
  query: Ask['query'],
  customers: string[],
): Behaviour {
  return {
    id: `carts.search.${id}`,
    source,
    says,
    sandboxOnly: true,
    async check(api) {
      const found = await search(api, query);
      const names = found.map(({ billingPerson, shippingPerson }) => {
        const { name } = (billingPerson ?? shippingPerson) as { name: string };
        return name;
      });
      expect(names).toEqual(customers);
    },
  };
}

const newestOfAll = { createdFrom: '2026-07-01 11:58:00' };

export const filterCarts: readonly Behaviour[] = [
  {
    id: 'carts.search.hidden',
    source: '[older docs] [docs]',
    says: 'hidden carts are in the list, and with showHidden=false they are not',
    async check(api) {
      const all = await searchAll(api);
      const shown = await searchAll(api, { showHidden: false });
      expect(shown.map(({ cartId }) => cartId)).toEqual(
        all.filter(({ hidden }) => !hidden).map(({ cartId }) => cartId),
      );
      expect(await searchAll(api, { showHidden: true })).toEqual(all);
    },
  },
  {
    id: 'carts.search.booleans',
    source: '[older docs]',
    says: 'a boolean is true, yes, on, 1, false, no, off or 0, and anything else is 400',
    async check(api) {
      const total = async (showHidden: string) =>
        (await api.get('/carts', { query: { showHidden } })).json.total;
      const shown = await total('false');
      for (const yes of ['true', 'yes', 'on', '1']) expect(await total(yes)).toBeGreaterThan(shown);
      for (const no of ['no', 'off', '0']) expect(await total(no)).toBe(shown);
      for (const neither of ['maybe', '2', '']) {
        const reply = await api.get('/carts', { query: { showHidden: neither } });
        expectRefusal(reply, 400, 'WRONG_PARAMETER');
        expect(reply.json.errorMessage).toBe(`Wrong parameter 'showHidden' value: ${neither}`);
      }
    },
  },
  {
    id: 'carts.search.wrong-parameter',
    source: '[docs]',
    says: 'a number or date that is none is 400 and named in the message',
    async check(api) {
      const wrong = {
        totalFrom: ['much', '1e3', '0x10', 'NaN', ''],
        customerId: ['John'],
        offset: ['-1', '1.5', 'x'],
        limit: ['-1', 'all'],
        createdFrom: ['yesterday', '2026-02-30', '2026-07-01T12:00:00Z', '01.07.2026', '2026-07-01 24:00:00'],
        updatedTo: ['2026-13-01'],
      };
      for (const [name, values] of Object.entries(wrong)) {
        for (const value of values) {
          const reply = await api.get('/carts', { query: { [name]: value } });
          expectRefusal(reply, 400, 'WRONG_PARAMETER');
          expect(reply.json.errorMessage).toBe(`Wrong parameter '${name}' value: ${value}`);
        }
      }
    },
  },
  {
    id: 'carts.search.total',
    source: '[docs]',
    says: 'totalFrom and totalTo bound the total, themselves included',
    async check(api) {
      const all = await searchAll(api);
      const some = all[Math.floor(all.length / 2)]?.total ?? 0;
      const within = await searchAll(api, { totalFrom: some, totalTo: some + 10 });
      expect(within).toEqual(all.filter(({ total }) => total >= some && total <= some + 10));
      expect(within.some(({ total }) => total === some)).toBe(true);
    },
  },
  {
    id: 'carts.search.dates',
    source: '[older docs] [inferred]',
    says: 'createdFrom, createdTo, updatedFrom and updatedTo bound the dates, themselves included',
    async check(api) {
      const all = await searchAll(api);
      for (const [name, field] of [
        ['created', 'createDate'],
        ['updated', 'updateDate'],
      ] as const) {
        const dates = all.map((cart) => String(cart[field])).sort();
        const from = dates[Math.floor(dates.length / 4)] ?? '';
        const to = dates[Math.floor(dates.length / 2)] ?? '';
        const within = await searchAll(api, { [`${name}From`]: from, [`${name}To`]: to });
        expect(within).toEqual(
          all.filter((cart) => String(cart[field]) >= from && String(cart[field]) <= to),
        );
        expect(within.map((cart) => cart[field])).toEqual(expect.arrayContaining([from, to]));
      }
    },
  },
  ...[
    ['seconds', 'UNIX seconds', '1782907080'],
    ['zone', 'yyyy-MM-dd HH:mm:ss Z', '2026-07-01 07:58:00 -0400'],
    ['utc', 'yyyy-MM-dd HH:mm:ss, in UTC', '2026-07-01 11:58:00'],
  ].map(([id, form, createdFrom]) =>
    finds(
      `date-${id}`,
      '[older docs]',
      `a date may be written as ${form}`,
      { createdFrom: createdFrom ?? '' },
      ['Greta Guest', 'Nora Noemail', 'Bianca Nobilling'],
    ),
  ),
  {
    id: 'carts.search.date-day',
    source: '[older docs]',
    says: 'a date may be written as yyyy-MM-dd, which is midnight in UTC',
    async check(api) {
      const text = async (createdFrom: string) => (await api.get('/carts', { query: { createdFrom } })).text;
      expect(await text('2026-01-01')).toBe(await text('2026-01-01 00:00:00 +0000'));
    },
  },
  finds('email', '[docs]', 'email finds the carts with that address', { email: 'Cora.Coupon@example.com' }, [
    'Cora Coupon',
  ]),
  finds('customer-id', '[docs]', "customerId finds a customer's carts", { customerId: 15319411 }, [
    'Mary Watson',
  ]),
  finds('customer', '[older docs]', 'customer finds text in names and addresses', { customer: 'noemail' }, [
    'Nora Noemail',
  ]),
  finds(
    'customer-email',
    '[older docs]',
    'customer finds text in the e-mail address',
    { customer: 'johnsmith@' },
    ['John Smith'],
  ),
  finds(
    'customer-not-id',
    '[older docs]',
    'customer does not look at customerId',
    { customer: '15319411' },
    [],
  ),
  finds(
    'coupon',
    '[older docs] [client]',
    'couponCode finds the carts with that coupon',
    { couponCode: '5PERCENTOFF', createdFrom: '2026-07-01' },
    ['Cora Coupon', 'Fiona Full'],
  ),
  finds('together', '[docs]', 'a cart has to meet all filters', { ...newestOfAll, customer: 'bianca' }, [
    'Bianca Nobilling',
  ]),
  {
    id: 'carts.search.no-ids',
    source: '[older docs] [docs]',
    says: 'carts have no filter by ids: what is no parameter is ignored',
    async check(api) {
      const { text } = await api.get('/carts', { query: { ids: cartOfThePages, cartId: cartOfThePages } });
      expect(text).toBe((await api.get('/carts')).text);
    },
  },
];
