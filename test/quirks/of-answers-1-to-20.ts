import { placeableCart } from '../placeable-cart.ts';
import { cart, order, type Quirk } from './quirk.ts';

export const quirks1To20: readonly Quirk[] = [
  {
    id: 'Q1',
    says: 'a default limit of 10 or 100: it is always sent, and the echoed one gone by',
    answers: {
      'GET /carts': { total: 20, limit: 10, items: Array.from({ length: 10 }, () => ({ cartId: 'A' })) },
    },
    operation: '{ carts { nodes { id } } }',
    data: { carts: { nodes: Array.from({ length: 20 }, () => ({ id: 'A' })) } },
    asks: { limit: '20' },
  },
  {
    id: 'Q2',
    says: 'a cart wrapped as a search result of one',
    answers: {
      'GET /carts/A': { total: 1, count: 1, offset: 0, limit: 100, items: [{ cartId: 'A', total: 5 }] },
    },
    operation: '{ cart(id: "A") { id total } }',
    data: { cart: { id: 'A', total: 5 } },
  },
  {
    id: 'Q3',
    says: 'an update answered with what was sent',
    answers: { 'PUT /carts/A': { hidden: true } },
    operation: 'mutation { hideCart(input: { cart_id: "A" }) { cart { hidden } errors { code } } }',
    data: { hideCart: { cart: { hidden: true }, errors: [] } },
  },
  cart(
    'Q4',
    'order_total for orderTotal',
    { discountInfo: [{ order_total: 15 }] },
    'discountInfo { orderTotal }',
    {
      discountInfo: [{ orderTotal: 15 }],
    },
  ),
  cart(
    'Q5',
    'ABSOLUTE for ABS, and right where it is the word',
    {
      discountInfo: [{ type: 'ABSOLUTE' }],
      items: [{ selectedOptions: [{ selections: [{ selectionModifierType: 'ABSOLUTE' }] }] }],
    },
    'discountInfo { type } items { selectedOptions { selections { selectionModifierType } } }',
    {
      discountInfo: [{ type: 'ABS' }],
      items: [{ selectedOptions: [{ selections: [{ selectionModifierType: 'ABSOLUTE' }] }] }],
    },
  ),
  cart(
    'Q6',
    'predictedPackages as one object',
    { predictedPackages: { weight: 2 } },
    'predictedPackages { weight }',
    {
      predictedPackages: [{ weight: 2 }],
    },
  ),
  cart(
    'Q7',
    'productDimensions',
    { items: [{ productDimensions: { length: 34 } }] },
    'items { dimensions { length } }',
    {
      items: [{ dimensions: { length: 34 } }],
    },
  ),
  cart(
    'Q8',
    'a transit time as a number',
    { shippingOption: { estimatedTransitTime: 5 } },
    'shippingOption { estimatedTransitTime }',
    {
      shippingOption: { estimatedTransitTime: '5' },
    },
  ),
  {
    id: 'Q9',
    says: 'recovered_order_id, a number in quotes',
    answers: {
      'GET /carts/A': { recovered_order_id: '1231245' },
      'GET /orders/1231245': { id: 'AB1CD', orderNumber: 1231245 },
    },
    operation: '{ cart(id: "A") { recoveredOrder { id orderNumber } } }',
    data: { cart: { recoveredOrder: { id: 'AB1CD', orderNumber: '1231245' } } },
  },
  cart('Q10', 'a time as digits', { recovery_email_sent_timestamp: '1427272209' }, 'recoveryEmailSentDate', {
    recoveryEmailSentDate: '2015-03-25T08:30:09.000Z',
  }),
  {
    id: 'Q11',
    says: 'a placed cart answered in the older form',
    answers: {
      'GET /carts/A': placeableCart,
      'POST /carts/A/place': { orderNumber: 829, vendorOrderNumber: '000008292017' },
    },
    operation: 'mutation { placeOrder(input: { cart_id: "A" }) { order { order_number orderNumber } } }',
    data: { placeOrder: { order: { order_number: '000008292017', orderNumber: '829' } } },
  },
  {
    id: 'Q12',
    says: 'a created order answered with orderid',
    answers: { 'POST /orders': { id: 547872251, orderid: 'TL3E4' } },
    operation: `mutation { createOrder(input: { calculate: false, items: [{ price: 1, quantity: 1 }] }) { order { id orderNumber } } }`,
    data: { createOrder: { order: { id: 'TL3E4', orderNumber: '547872251' } } },
  },
  order(
    'Q13',
    'a discount beside a coupon: neither is added to the other',
    { discount: 2.85, couponDiscount: 1.5 },
    'discount couponDiscount',
    {
      discount: 2.85,
      couponDiscount: 1.5,
    },
  ),
  cart(
    'Q14',
    'couponApplied false with a coupon discount',
    { couponDiscount: 1.5, items: [{ couponApplied: false }] },
    'couponDiscount items { couponApplied }',
    {
      couponDiscount: 1.5,
      items: [{ couponApplied: false }],
    },
  ),
  order(
    'Q15',
    'ids as numbers and as texts',
    { customerId: '5', refererId: 6, items: [{ id: 7, productId: '8' }] },
    'customerId refererId items { id productId }',
    {
      customerId: '5',
      refererId: '6',
      items: [{ id: '7', productId: '8' }],
    },
  ),
  {
    id: 'Q16',
    says: 'a number of the older sequence with prefix and suffix',
    answers: { 'GET /orders/ABC34-q': { orderNumber: 34, vendorOrderNumber: 'ABC34-q' } },
    operation: '{ order(id: "ABC34-q") { id orderNumber } }',
    data: { order: { id: 'ABC34-q', orderNumber: '34' } },
  },
  cart(
    'Q17',
    'a fulfillment type in lower case, and in the spelling with one l',
    { shippingOption: { fulfilmentType: 'shipping' } },
    'shippingOption { fulfillmentType }',
    {
      shippingOption: { fulfillmentType: 'SHIPPING' },
    },
  ),
  cart(
    'Q18',
    'pickup told by the fulfillment type alone',
    { shippingOption: { fulfillmentType: 'PICKUP' } },
    'shippingOption { isPickup }',
    {
      shippingOption: { isPickup: true },
    },
  ),
  cart(
    'Q19',
    'an interval in lower case',
    { items: [{ recurringChargeSettings: { recurringInterval: 'month' } }] },
    'items { recurringChargeSettings { recurringInterval } }',
    {
      items: [{ recurringChargeSettings: { recurringInterval: 'MONTH' } }],
    },
  ),
  cart(
    'Q20',
    'a tax included in prices that do not include tax',
    { pricesIncludeTax: false, items: [{ taxes: [{ includeInPrice: true }] }] },
    'pricesIncludeTax items { taxes { includeInPrice } }',
    {
      pricesIncludeTax: false,
      items: [{ taxes: [{ includeInPrice: true }] }],
    },
  ),
];
