import type { JsonObject } from '../json.ts';

// The one item of the cart and the order that have every field.

export const fullPromotion: JsonObject = {
  id: 25039589,
  value: 0,
  type: 'ABS',
  base: 'SHIPPING',
  orderTotal: 500,
  description: 'Nothing off the shipping from 500 on',
  membershipId: 12345,
  appliesToProducts: [37208342],
  appliesToItems: [37208342],
  appliesToOrderItems: [56000002100],
  triggeredByOrderItems: [56000002101],
  appliesToShippingMethodId: '6589-1709547151586',
};

/** Laid over each tax of an item. */
export const fullItemTax: JsonObject = {
  taxOnHandlingFee: 0,
  taxType: 'STATE',
  taxClassName: 'Fruit and vegetables',
};

/** Laid over each item. */
export const fullItem: JsonObject = {
  combinationId: 421616046,
  nameTranslated: { en: 'Cherry', nl: 'Kers' },
  shortDescriptionTranslated: { en: 'A fleshy fruit', nl: 'Een vlezige vrucht' },
  priceWithoutTax: 8.49,
  costPrice: 3.1,
  handlingFee: 2,
  discountsAllowed: true,
  taxable: true,
  giftCard: false,
  isPreorder: true,
  isCustomerSetPrice: true,
  selectedPrice: { value: 8.49 },
  smallThumbnailUrl: 'https://mysuperstore.example.com/images/37208342-small.jpg',
  hdThumbnailUrl: 'https://mysuperstore.example.com/images/37208342-hd.jpg',
  taxesOnShipping: [{ name: 'Export tax', value: 0, total: 0 }],
  files: [
    {
      productFileId: 7215101,
      maxDownloads: 3,
      remainingDownloads: 2,
      expire: '2026-12-31 00:00:00 +0000',
      name: 'recipes.pdf',
      description: 'What to do with them',
      size: 5_368_709_120,
      adminUrl: 'https://app.ecwid.com/api/v3/4870020/products/37208342/files/7215101?token=123123123',
      customerUrl: 'https://mysuperstore.example.com/download/37208342/recipes.pdf',
    },
  ],
  attributes: [
    {
      id: 9000124,
      name: 'Origin',
      value: 'Hudson Valley',
      nameTranslated: { en: 'Origin', nl: 'Herkomst' },
      valueTranslated: { en: 'Hudson Valley', nl: 'Hudsonvallei' },
    },
  ],
  recurringChargeSettings: {
    recurringInterval: 'MONTH',
    recurringIntervalCount: 1,
    subscriptionPriceWithSignUpFee: 9.49,
    signUpFee: 1,
  },
  subscriptionId: 9007199254740991,
  taxClassCode: 'default',
  taxAlreadyDeductedFromPrice: false,
  recurringTaxIds: [947976181],
  compositeComponents: [{ productId: 37208343, combinationId: 421616047, quantity: 2 }],
  externalReferenceId: 'erp-00004',
  discounts: [{ discountInfo: fullPromotion, total: 0 }],
};

/** A selected option of each type, beside the one that the product has. */
export const fullOptions: readonly JsonObject[] = [
  {
    name: 'Extras',
    nameTranslated: { en: 'Extras', nl: "Extra's" },
    type: 'CHOICES',
    value: 'Ribbon, Gift card',
    valueTranslated: { en: 'Ribbon, Gift card', nl: 'Lint, Kaart' },
    valuesArray: ['Ribbon', 'Gift card'],
    valuesArrayTranslated: { en: ['Ribbon', 'Gift card'], nl: ['Lint', 'Kaart'] },
    selections: [
      { selectionTitle: 'Ribbon', selectionModifier: 1.5, selectionModifierType: 'ABSOLUTE' },
      { selectionTitle: 'Gift card', selectionModifier: -1.5, selectionModifierType: 'ABSOLUTE' },
    ],
  },
  {
    name: 'Colour',
    type: 'SWATCH_CHOICE',
    value: 'Dark red',
    valuesArray: ['Dark red'],
    selections: [{ selectionTitle: 'Dark red', selectionModifier: 0, selectionModifierType: 'PERCENT' }],
    hexCodes: ['#7b1113'],
    changedTime: '2026-07-01 11:30:00 +0000',
  },
  { name: 'Choose date', type: 'DATE', value: '2026-07-10' },
  { name: 'Any text', type: 'TEXT', value: 'Ripe, but not too ripe' },
  {
    name: 'Attach a file',
    type: 'FILES',
    files: [
      {
        id: 5973037,
        name: 'sunnyflower.jpg',
        size: 54492,
        url: 'https://app.ecwid.com/orderfile/4870020/5973037/54492/sunnyflower.jpg',
      },
    ],
  },
];
