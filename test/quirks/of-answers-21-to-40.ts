import { calculation, cart, order, type Quirk } from './quirk.ts';

export const quirks21To40: readonly Quirk[] = [
  calculation(
    'Q21',
    'a discount that is not the sum of its parts',
    { discount: 20, volumeDiscount: 15, membershipBasedDiscount: 0.77, discountInfo: [{ value: 10 }] },
    'discount volumeDiscount membershipBasedDiscount discountInfo { value }',
    {
      discount: 20,
      volumeDiscount: 15,
      membershipBasedDiscount: 0.77,
      discountInfo: [{ value: 10 }],
    },
  ),
  calculation(
    'Q22',
    'a total before the gift card that does not follow from the parts',
    { total: 3093.93, totalBeforeGiftCardRedemption: 3193.93, giftCardRedemption: 100 },
    'total totalBeforeGiftCardRedemption giftCardRedemption',
    {
      total: 3093.93,
      totalBeforeGiftCardRedemption: 3193.93,
      giftCardRedemption: 100,
    },
  ),
  cart(
    'Q23',
    'a total, a discount and a tax that do not fit each other',
    { total: 37.39, discount: 2.85, tax: 1.79, handlingFee: { value: 2 } },
    'total discount tax handlingFee { value }',
    {
      total: 37.39,
      discount: 2.85,
      tax: 1.79,
      handlingFee: { value: 2 },
    },
  ),
  cart(
    'Q24',
    'a timestamp of another year than its date',
    { createDate: '2014-09-20 19:59:43 +0000', createTimestamp: 1427268654 },
    'createDate createTimestamp',
    {
      createDate: '2014-09-20T19:59:43.000Z',
      createTimestamp: 1427268654,
    },
  ),
  calculation(
    'Q25',
    'ABS and ABSOLUTE in one answer',
    { discountInfo: [{ type: 'ABS' }, { type: 'ABSOLUTE' }] },
    'discountInfo { type }',
    {
      discountInfo: [{ type: 'ABS' }, { type: 'ABS' }],
    },
  ),
  ...(['Q26', 'Q27'] as const).map((id) => ({
    id,
    says: 'several forms of dates in filters: UNIX seconds are sent, which all pages take',
    answers: { 'GET /carts': { total: 0 } },
    operation: '{ carts(filter: { createdFrom: "2015-04-22T18:48:38-05:00" }) { totalCount } }',
    data: { carts: { totalCount: 0 } },
    asks: { createdFrom: '1429746518' },
  })),
  {
    id: 'Q28',
    says: 'email and customer as filters: each is sent under its own name',
    answers: { 'GET /carts': { total: 0 } },
    operation: '{ carts(filter: { email: "a@b.c", customer: "Ann" }) { totalCount } }',
    data: { carts: { totalCount: 0 } },
    asks: { email: 'a@b.c', customer: 'Ann' },
  },
  order(
    'Q29',
    'tracking and label in camel case',
    {
      shipments: [
        { tracking: { trackingNumber: '1Z', trackingUrl: 'u' }, label: { labelUrl: 'l' } },
        { tracking: { tracking_number: '2Z' }, shippingLabel: { label_url: 'm' } },
      ],
    },
    'shipments { tracking { trackingNumber trackingUrl } shippingLabel { labelUrl } }',
    {
      shipments: [
        { tracking: { trackingNumber: '1Z', trackingUrl: 'u' }, shippingLabel: { labelUrl: 'l' } },
        { tracking: { trackingNumber: '2Z', trackingUrl: null }, shippingLabel: { labelUrl: 'm' } },
      ],
    },
  ),
  order(
    'Q30',
    'a list for an object, a text for a map, a map for a text',
    {
      utmData: [{ source: 'mail' }],
      externalOrderData: { platformSpecificFields: 'raw' },
      customSurcharges: [{ descriptionTranslated: '' }, { descriptionTranslated: { en: 'Tips' } }],
    },
    'utmData { source } externalOrderData { platformSpecificFields } customSurcharges { descriptionTranslated }',
    {
      utmData: { source: 'mail' },
      externalOrderData: { platformSpecificFields: 'raw' },
      customSurcharges: [{ descriptionTranslated: '' }, { descriptionTranslated: { en: 'Tips' } }],
    },
  ),
  order(
    'Q31',
    'a misspelt redundedAmount beside the field',
    { redundedAmount: 1, refundedAmount: 5 },
    'refundedAmount',
    { refundedAmount: 5 },
  ),
  order(
    'Q32',
    'both forms of a limit to repeat customers',
    { discountCoupon: { repeatCustomerOnly: true, applicationLimit: 'REPEAT_CUSTOMER_ONLY' } },
    'discountCoupon { repeatCustomerOnly applicationLimit }',
    {
      discountCoupon: { repeatCustomerOnly: true, applicationLimit: 'REPEAT_CUSTOMER_ONLY' },
    },
  ),
  order(
    'Q35',
    'gross prices: the flag goes out as it comes',
    { pricesIncludeTax: true },
    'pricesIncludeTax',
    { pricesIncludeTax: true },
  ),
  {
    id: 'Q36',
    says: 'the path /order/calculate beside /orders',
    answers: { 'POST /order/calculate': { total: 1 } },
    operation: '{ calculateOrder(input: { items: [{ price: 1, quantity: 1 }] }) { total } }',
    data: { calculateOrder: { total: 1 } },
  },
  order('Q37', 'b2b_b2c', { b2b_b2c: 'b2b' }, 'orderType', { orderType: 'B2B' }),
  cart(
    'Q39',
    'numbers and objects in a map of texts',
    { paymentParams: { PO: 5, deep: { a: 1 } }, additionalInfo: {} },
    'paymentParams additionalInfo',
    {
      paymentParams: { PO: '5', deep: '{"a":1}' },
      additionalInfo: {},
    },
  ),
  {
    id: 'Q40',
    says: 'an order looked up by its internal number',
    answers: { 'GET /orders/108394551': { id: 'AB1CD', orderNumber: 108394551 } },
    operation: '{ order(id: 108394551) { id } }',
    data: { order: { id: 'AB1CD' } },
  },
];

/** The others of the forty say nothing about an answer that the gateway reads. */
export const notAboutAnswers: Readonly<Record<string, string>> = {
  Q33: 'entityId of a webhook: the gateway takes no webhooks yet',
  Q34: 'event names of webhooks: the gateway takes no webhooks yet',
  Q38: 'comments and commas in printed examples: no server sends them, and what is no JSON is UPSTREAM_ERROR',
};
