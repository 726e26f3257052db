import type { JsonObject } from '../json.ts';
import type { StoreTerms } from '../store/terms.ts';

/** A store in New York that adds its tax to its prices: Ecwid's own examples of carts fit in it. */
export function createProfile(storeId: string, terms: StoreTerms): JsonObject {
  return {
    generalInfo: { storeId: Number(storeId), storeUrl: 'https://mysuperstore.example.com/' },
    account: {
      accountName: 'Cherry Orchard Ltd.',
      accountNickName: 'Cherry',
      accountEmail: 'owner@mysuperstore.example.com',
    },
    settings: {
      closed: false,
      storeName: 'My Super Store',
      abandonedSales: { autoAbandonedSalesRecovery: true },
    },
    company: {
      companyName: 'Cherry Orchard Ltd.',
      email: 'hello@mysuperstore.example.com',
      street: '144 West D Street',
      city: 'New York',
      countryCode: 'US',
      postalCode: '10001',
      stateOrProvinceCode: 'NY',
      phone: '+12125550100',
    },
    formatsAndUnits: {
      currency: 'USD',
      currencyPrefix: '$',
      currencySuffix: '',
      currencyPrecision: 2,
      currencyGroupSeparator: ',',
      currencyDecimalSeparator: '.',
      currencyTruncateZeroFractional: false,
      currencyRate: 1,
      weightUnit: 'KILOGRAM',
      dimensionsUnit: 'CM',
      timezone: 'America/New_York',
      dateFormat: 'MMM d, yyyy',
      timeFormat: 'hh:mm a',
      orderNumberPrefix: '',
      orderNumberSuffix: '',
      orderNumberMinDigitsAmount: 0,
      orderNumberNextNumber: 1,
    },
    languages: { enabledLanguages: ['en', 'nl'], defaultLanguage: 'en' },
    taxSettings: {
      automaticTaxEnabled: false,
      pricesIncludeTax: terms.pricesIncludeTax,
      taxes: terms.taxes,
    },
    shipping: {
      handlingFee: terms.handlingFee,
      shippingOptions: terms.shippingOptions.map((option) => ({
        id: option.shippingMethodId ?? null,
        title: option.shippingMethodName ?? null,
        enabled: true,
      })),
    },
    zones: terms.zones,
  };
}
