import { expect } from 'vitest';
import type { Behaviour } from './behaviour.ts';

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
];
