import { expect } from 'vitest';
import { type Behaviour, expectRefusal } from './behaviour.ts';

export const profile: readonly Behaviour[] = [
  {
    id: 'profile.get.parts',
    source: '[docs] [client]',
    says: 'the profile tells the store, its currency and formats, its languages and taxes',
    async check(api) {
      const { json } = await api.get('/profile');
      expect(String(json.generalInfo.storeId)).toBe(api.storeId);
      expect(json.generalInfo.storeUrl).toMatch(/^https?:/);
      expect(json.formatsAndUnits.currency).toMatch(/^[A-Z]{3}$/);
      expect(json.languages.enabledLanguages).toContain(json.languages.defaultLanguage);
      expect(json.taxSettings).toMatchObject({
        pricesIncludeTax: expect.any(Boolean),
        taxes: expect.any(Array),
      });
    },
  },
  {
    id: 'profile.get.public',
    source: '[older docs] [inferred]',
    says: 'a public token reads a smaller profile, without taxes, shipping and what concerns the owner',
    sandboxOnly: true,
    async check(api) {
      const whole = (await api.get('/profile')).json;
      const { status, json } = await api.get('/profile', { token: api.publicToken });
      expect(status).toBe(200);
      expect(json.generalInfo).toEqual(whole.generalInfo);
      for (const part of ['taxSettings', 'shipping', 'account', 'company']) {
        expect(whole).toHaveProperty(part);
        expect(json).not.toHaveProperty(part);
      }
    },
  },
  {
    id: 'profile.get.currency',
    source: '[docs]',
    says: 'no cart and no order names a currency: it is in the profile alone',
    sandboxOnly: true,
    async check(api) {
      for (const path of ['/carts', '/orders/RCVR1'])
        expect((await api.get(path)).text).not.toMatch(/currency/i);
    },
  },
  {
    id: 'profile.update',
    source: '[client]',
    says: 'updating the profile writes what is sent and leaves the rest, and calculating goes by it',
    sandboxOnly: true,
    async check(api) {
      const before = (await api.get('/profile')).json;
      const body = { taxSettings: { pricesIncludeTax: true }, languages: { enabledLanguages: ['en', 'de'] } };
      expect((await api.put('/profile', { body })).json).toEqual({ updateCount: 1, success: true });
      const after = (await api.get('/profile')).json;
      expect(after.languages).toEqual({ ...before.languages, enabledLanguages: ['en', 'de'] });
      expect(after.formatsAndUnits).toEqual(before.formatsAndUnits);
      const { json } = await api.post('/order/calculate', { body: { items: [{ price: 107, quantity: 1 }] } });
      expect(json).toMatchObject({ pricesIncludeTax: true });
      expect(json.items[0].nameTranslated).toEqual({ en: '', de: '' });
    },
  },
  {
    id: 'profile.linked',
    source: '[docs]',
    says: 'the product and the customer of an order can be read by id, and an unknown one is 404',
    sandboxOnly: true,
    async check(api) {
      expect((await api.get('/products/37208342')).json).toMatchObject({ name: 'Cherry', quantity: 1981 });
      expect((await api.get('/products/37208352')).json).toMatchObject({ unlimited: true });
      expect((await api.get('/customers/15319410')).json).toMatchObject({ email: 'johnsmith@example.com' });
      expectRefusal(await api.get('/products/7'), 404, 'PRODUCT_NOT_FOUND');
      expectRefusal(await api.get('/customers/7'), 404, 'CUSTOMER_NOT_FOUND');
    },
  },
];
