import type { PlaceOrderErrorCode } from './generated/graphql.ts';

/** What a customer is told instead of an order. */
export interface Advice {
  readonly problem: string;
  readonly advice: string;
  /** True where nobody can tell yet whether there is an order. */
  readonly isOpen?: true;
  /** True where nothing was tried this time, which says nothing of earlier times. */
  readonly isUntried?: true;
}

const atTheCheckout = 'Open the cart at the checkout of the shop, and';

const adviceByCode: Readonly<Record<PlaceOrderErrorCode, Advice>> = {
  BILLING_ADDRESS_MISSING: {
    problem: 'The address for the bill is missing.',
    advice: `${atTheCheckout} fill it in.`,
  },
  CART_EMPTY: {
    problem: 'There is nothing in this cart.',
    advice: 'Choose something in the shop first.',
  },
  CART_ID_MISSING: {
    problem: 'The link does not say which cart it is about.',
    advice: 'Copy it from the e-mail once more, as a whole.',
  },
  CART_NOT_ACTIVE: {
    problem: 'This cart cannot be ordered any more.',
    advice: 'If you have not ordered it, fill a new one in the shop.',
  },
  CART_NOT_FOUND: {
    problem: 'There is no such cart, and we know of no order that came of it.',
    advice: 'Copy the link from the e-mail once more, as a whole, or fill a new cart in the shop.',
  },
  GUEST_EMAIL_MISSING: {
    problem: 'We do not know where to send the confirmation.',
    advice: `${atTheCheckout} give your e-mail address.`,
  },
  NOT_PERMITTED: {
    problem: 'This cart belongs to the account of a customer.',
    advice: 'Sign in to the shop with that account, and order there.',
  },
  OUTCOME_UNKNOWN: {
    problem: 'The shop has not told us yet whether your order was placed.',
    advice: 'It is being found out. Ask again in a moment: however often you do, it becomes one order.',
    isOpen: true,
  },
  OUT_OF_STOCK: {
    problem: 'There is less left of something than you would like to have.',
    advice: `${atTheCheckout} take fewer pieces of it.`,
  },
  PAYMENT_METHOD_MISSING: {
    problem: 'It is not known how you will pay.',
    advice: `${atTheCheckout} choose a way of paying.`,
  },
  SHIPPING_ADDRESS_UNUSABLE: {
    problem: 'We have no address that we can ship to.',
    advice: `${atTheCheckout} fill in where the goods should go, or choose to fetch them.`,
  },
  SHIPPING_METHOD_MISSING: {
    problem: 'It is not known how the goods should come to you.',
    advice: `${atTheCheckout} choose a way of shipping.`,
  },
  UNABLE_TO_PLACE_ORDER: {
    problem: 'The shop did not take the order.',
    advice: 'Nothing was ordered. Try once more in some minutes, or write to the shop.',
  },
  UNDEFINED: {
    problem: 'The shop did not take the order as it is.',
    advice: 'Open the cart at the checkout of the shop, and look through what you have filled in.',
  },
};

export function adviceOn({ code }: { readonly code: PlaceOrderErrorCode }): Advice {
  // A gateway that is newer than this page may know further codes.
  return adviceByCode[code] ?? adviceByCode.UNDEFINED;
}
