import { type EcwidError, EcwidStatusError } from '../ecwid/errors.ts';

/** Why a cart was not placed, by cause. */
export type RefusalCode =
  | 'CART_ID_MISSING'
  | 'CART_NOT_FOUND'
  | 'CART_NOT_ACTIVE'
  | 'CART_EMPTY'
  | 'GUEST_EMAIL_MISSING'
  | 'BILLING_ADDRESS_MISSING'
  | 'SHIPPING_ADDRESS_UNUSABLE'
  | 'SHIPPING_METHOD_MISSING'
  | 'PAYMENT_METHOD_MISSING'
  | 'OUT_OF_STOCK'
  | 'NOT_PERMITTED'
  | 'UNABLE_TO_PLACE_ORDER'
  | 'OUTCOME_UNKNOWN'
  | 'UNDEFINED';

export interface Refusal {
  readonly code: RefusalCode;
  /** Magento's own words where it has any: storefronts show them, and some match on them. */
  readonly message: string;
}

// Texts from the error table of Magento's placeOrder page, and from its later ErrorMapper.
const messages: Readonly<Record<RefusalCode, string>> = {
  CART_ID_MISSING: 'Required parameter "cart_id" is missing',
  CART_NOT_FOUND: 'Could not find a cart with ID',
  CART_NOT_ACTIVE: "The cart isn't active.",
  CART_EMPTY:
    'Unable to place order: A server error stopped your order from being placed. Please try to place your order again',
  GUEST_EMAIL_MISSING: 'Guest email for cart is missing.',
  BILLING_ADDRESS_MISSING: 'Please check the billing address information',
  SHIPPING_ADDRESS_UNUSABLE: "Some addresses can't be used due to the configurations for specific countries",
  SHIPPING_METHOD_MISSING: 'The shipping method is missing. Select the shipping method and try again',
  PAYMENT_METHOD_MISSING: 'Enter a valid payment method and try again',
  OUT_OF_STOCK: 'Some of the products are out of stock',
  NOT_PERMITTED: 'The current user cannot perform operations on cart',
  UNABLE_TO_PLACE_ORDER:
    'Unable to place order: A server error stopped your order from being placed. Please try to place your order again',
  OUTCOME_UNKNOWN: 'The store did not say whether it placed the order. It is safe to try again.',
  UNDEFINED: 'Unable to place order',
};

export function refuse(code: RefusalCode, cartId?: string): Refusal {
  const namesCart = code === 'CART_NOT_FOUND' || code === 'NOT_PERMITTED';
  // No real id is longer; a caller's 10 kB need not come back.
  const suffix = namesCart && cartId !== undefined ? ` "${cartId.slice(0, 64)}"` : '';
  return { code, message: messages[code] + suffix };
}

/** One reason or more, in the order of Magento's checks. */
export interface Refused {
  readonly refusals: readonly [Refusal, ...Refusal[]];
  /** What Ecwid did, where that is the reason: for the log. */
  readonly cause?: EcwidError;
}

/** How Ecwid's refusal to place a cart is told: by its status and code, from the error table of the API. */
export function refusalOfEcwid(error: EcwidError): Refused {
  if (!(error instanceof EcwidStatusError))
    return { refusals: [refuse('UNABLE_TO_PLACE_ORDER')], cause: error };
  const code = codeOf(error);
  const refusal = refuse(code);
  const words = code === 'UNDEFINED' ? safeWords(error.errorMessage) : undefined;
  return {
    refusals: [words === undefined ? refusal : { ...refusal, message: `${refusal.message}: ${words}` }],
    cause: error,
  };
}

function codeOf({ status, errorCode = '' }: EcwidStatusError): RefusalCode {
  if (/STOCK|^PRODUCT_NOT_FOUND$|^COMBINATION_NOT_FOUND$/.test(errorCode)) return 'OUT_OF_STOCK';
  if (/^SHIPPING_/.test(errorCode)) return 'SHIPPING_METHOD_MISSING';
  // Of the cart itself, while it is there to be read.
  const isOfTheCart = /^((ORDER|CART|CHECKOUT)_NOT_FOUND)?$/.test(errorCode);
  if (status === 409 || (status === 404 && isOfTheCart)) return 'CART_NOT_ACTIVE';
  // These are about something in this cart; anything else is between the store and the gateway.
  return [400, 404, 422].includes(status) ? 'UNDEFINED' : 'UNABLE_TO_PLACE_ORDER';
}

// A plain short sentence without names, digits, quotes, slashes or dots inside: so no person, address, id, host,
// token or value.
function safeWords(message: string | undefined): string | undefined {
  const text = message?.trim() ?? '';
  const isPlain = /^[A-Z][a-z, '-]{2,118}\.?$/.test(text) && !/[a-z]{21}|token|secret/i.test(text);
  return isPlain ? text : undefined;
}
