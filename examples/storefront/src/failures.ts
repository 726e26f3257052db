import type { CombinedError } from '@urql/preact';
import type { Advice } from './refusals.ts';

export function adviceOnReading(error: CombinedError): Advice {
  const { code, retryAfter } = extensionsOf(error);
  if (code === 'RATE_LIMITED') {
    return {
      problem: 'The shop is asked for too much at the moment.',
      advice: `Ask again ${soon(retryAfter)}.`,
    };
  }
  return error.networkError
    ? { problem: 'We cannot reach the shop.', advice: 'Look whether you are online, and ask again.' }
    : { problem: 'The shop does not answer at the moment.', advice: `Ask again ${soon(retryAfter)}.` };
}

/** No order was made where the gateway says so; else nobody knows, and asking again is how to find out. */
export function adviceOnPlacing(error: CombinedError): Advice {
  const { code, error_code, retryAfter } = extensionsOf(error);
  if (code === 'RATE_LIMITED' || code === 'OVERLOADED' || error_code === 'UNABLE_TO_PLACE_ORDER') {
    return {
      problem: 'The shop cannot take orders at the moment.',
      advice: `Your cart is as it was. Try again ${soon(retryAfter)}.`,
    };
  }
  return {
    problem: 'The connection broke before we learned whether your order was placed.',
    advice: 'Ask again: however often you do, it becomes one order.',
    isOpen: true,
  };
}

function extensionsOf({ graphQLErrors: [first] }: CombinedError) {
  const { code, error_code, retryAfter } = first?.extensions ?? {};
  return { code, error_code, retryAfter };
}

function soon(retryAfter: unknown): string {
  return typeof retryAfter === 'number' ? `in ${Math.ceil(retryAfter)} seconds` : 'in a moment';
}
