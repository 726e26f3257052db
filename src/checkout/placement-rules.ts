import { type ResponseFields, responseFields } from '../ecwid/response-fields.ts';
import {
  isAmount,
  isObject,
  isPresentId,
  isScalar,
  itemsOf,
  readFlag,
  readIsPickup,
} from '../ecwid/tolerant.ts';
import type { Cart } from '../ecwid/wire.ts';
import type { OrderItem } from '../ecwid/wire-item.ts';
import type { PersonInfo } from '../ecwid/wire-parts.ts';
import type { RefusalCode } from './refusal.ts';
import type { Requirement } from './settings.ts';

/** The fields of a cart that `refusalsOf` reads. */
export function fieldsOfRules(required: ReadonlySet<Requirement>): ResponseFields {
  const fields = new Map<string, ResponseFields>();
  const items = ['quantity'];
  if (required.has('stock')) {
    items.push('productId', 'combinationId', 'trackQuantity', 'quantityInStock', 'isPreorder');
  }
  if (required.has('shipping')) {
    items.push('isShippingRequired', 'digital');
    fields.set('shippingPerson', responseFields(...addressLines));
    fields.set(
      'shippingOption',
      responseFields(
        'shippingMethodId',
        'shippingMethodName',
        'isPickup',
        'fulfillmentType',
        'fulfilmentType',
      ),
    );
  }
  if (required.has('billing')) fields.set('billingPerson', responseFields(...addressLines));
  fields.set('items', responseFields(...items));
  const plain: string[] = [];
  if (required.has('email')) plain.push('email', 'customerId');
  if (required.has('payment')) plain.push('paymentMethod', 'paymentModule', 'total');
  return new Map([...responseFields(...plain), ...fields]);
}

/**
 * Every reason not to place a cart, in the order in which Magento checks; the first is the one that it would
 * have named. Where Ecwid leaves open how things are, they are not held against the cart.
 */
export function refusalsOf(cart: Cart, required: ReadonlySet<Requirement>): readonly RefusalCode[] {
  const items = itemsOf(cart);
  const refusals: readonly (readonly [Requirement | undefined, boolean, RefusalCode])[] = [
    ['email', isGuest(cart) && isBlank(cart.email), 'GUEST_EMAIL_MISSING'],
    [undefined, items.length === 0 && isListOrAbsent(cart.items), 'CART_EMPTY'],
    ['stock', isShort(items), 'OUT_OF_STOCK'],
    ['shipping', needsShipping(cart) && !hasAddress(cart.shippingPerson), 'SHIPPING_ADDRESS_UNUSABLE'],
    [
      'shipping',
      needsShipping(cart) && hasAddress(cart.shippingPerson) && !hasShippingMethod(cart),
      'SHIPPING_METHOD_MISSING',
    ],
    ['billing', !hasAddress(cart.billingPerson), 'BILLING_ADDRESS_MISSING'],
    ['payment', !isFree(cart) && !hasPaymentMethod(cart), 'PAYMENT_METHOD_MISSING'],
  ];
  return refusals
    .filter(([requirement, isBroken]) => isBroken && (requirement === undefined || required.has(requirement)))
    .map(([, , code]) => code);
}

function isGuest({ customerId }: Cart): boolean {
  return !isPresentId(customerId);
}

/** Whether something has to be sent: neither downloads nor what its product's settings exempt, nor pickup. */
function needsShipping(cart: Cart): boolean {
  const { shippingOption } = cart;
  if (isObject(shippingOption) && shippingOption && readIsPickup(shippingOption)) return false;
  return itemsOf(cart).some(
    ({ isShippingRequired, digital }) => isShippingRequired !== false && !readFlag(digital),
  );
}

function hasShippingMethod({ shippingOption }: Cart): boolean {
  if (shippingOption === null || shippingOption === undefined) return false;
  if (!isObject(shippingOption)) return true;
  return !isBlank(shippingOption.shippingMethodName) || !isBlank(shippingOption.shippingMethodId);
}

// A country or a state alone is what a storefront guesses from an IP address.
const addressLines = ['street', 'city', 'postalCode'] as const;

function hasAddress(person: PersonInfo | null | undefined): boolean {
  if (person === null || person === undefined) return false;
  return !isObject(person) || addressLines.some((line) => !isBlank(person[line]));
}

function hasPaymentMethod({ paymentMethod, paymentModule }: Cart): boolean {
  return !isBlank(paymentMethod) || !isBlank(paymentModule);
}

/** Where a coupon or a gift card has paid for everything, there is no method to choose. */
function isFree({ total }: Cart): boolean {
  return isAmount(total) && Number(total) === 0;
}

/**
 * Whether more is wanted of something than there is. Lines of one product, or of one variation of it, share
 * their stock. The store decides at the moment of placing: this only spares a request that must fail.
 */
function isShort(items: readonly OrderItem[]): boolean {
  const wanted = new Map<unknown, number>();
  for (const item of items) {
    const { productId, combinationId, quantity, quantityInStock, trackQuantity, isPreorder } = item;
    if (!readFlag(trackQuantity) || readFlag(isPreorder) || !isAmount(quantityInStock)) continue;
    const stock = isPresentId(productId)
      ? `${productId}/${isPresentId(combinationId) ? combinationId : ''}`
      : item;
    const sum = (wanted.get(stock) ?? 0) + (isAmount(quantity) ? Number(quantity) : 0);
    if (sum > Number(quantityInStock)) return true;
    wanted.set(stock, sum);
  }
  return false;
}

// Of a list that holds nothing readable it is not known that it is empty.
function isListOrAbsent(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

// What cannot be read may be an address or a name, and the store knows.
function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (isScalar(value) && String(value).trim() === '');
}
