import type { CombinedError } from '@urql/preact';
import type { Advice } from './refusals.ts';

export function adviceOnReading(error: CombinedError | undefined): Advice {
  const { code, retryAfter } = extensionsOf(error);
  if (code === 'RATE_LIMITED') {
    return {
      problem: 'The shop is asked for too much at the moment.',
      advice: `Ask again ${soon(retryAfter)}.`,
    };
  }
  return error?.networkError
    ? { problem: 'We cannot reach the shop.', advice: 'Look whether you are online, and ask again.' }
    : { problem: 'The shop does not answer at the moment.', advice: `Ask again ${soon(retryAfter)}.` };
}

/** By these a request was refused before anything was done for it, and may do better later. */
const passing: ReadonlySet<unknown> = new Set([
  'AUTHENTICATION_UNAVAILABLE',
  'OVERLOADED',
  'RATE_LIMITED',
  'REQUEST_TIMEOUT',
]);

/** By these it was too, wherever a status does not say so: there are gateways in front that answer with 200. */
const lasting =
  /^(BAD_REQUEST|BAD_USER_INPUT|GRAPHQL_(PARSE|VALIDATION)_FAILED|OPERATION_RESOLUTION_FAILURE|PERSISTED_QUERY_(NOT_FOUND|ONLY)|UNAUTHENTICATED|UNSUPPORTED_MEDIA_TYPE|\w+_LIMIT_EXCEEDED)$/;

/** No order was made where the gateway says so; else nobody knows, and asking again is how to find out. */
export function adviceOnPlacing(error: CombinedError | undefined): Advice {
  const { code, error_code, retryAfter, isOfRequest } = extensionsOf(error);
  const status = error?.response?.status ?? 0;
  if (error_code === 'UNABLE_TO_PLACE_ORDER' || (isOfRequest && passing.has(code)) || status === 429) {
    return {
      problem: 'The shop cannot take orders at the moment.',
      advice: `Your cart is as it was. Try again ${soon(retryAfter)}.`,
      isUntried: true,
    };
  }
  // With 408 a proxy may speak of what it had passed on.
  const isRefused = status >= 400 && status < 500 && status !== 408;
  if (isRefused || (isOfRequest && lasting.test(String(code)))) {
    return {
      problem: 'The shop did not take the request.',
      advice: 'Nothing was ordered. Load this page anew and try again, or write to the shop.',
      isUntried: true,
    };
  }
  return {
    problem: 'We have not learned whether your order was placed.',
    advice: askAgain,
    isOpen: true,
  };
}

export const askAgain = 'Ask again: however often you do, it becomes one order.';

function extensionsOf(error: CombinedError | undefined) {
  const [first] = error?.graphQLErrors ?? [];
  const { code, error_code, retryAfter } = first?.extensions ?? {};
  return { code, error_code, retryAfter, isOfRequest: first !== undefined && !first.path };
}

function soon(retryAfter: unknown): string {
  const seconds = typeof retryAfter === 'number' ? Math.ceil(retryAfter) : 0;
  if (seconds <= 0) return 'in a moment';
  return seconds === 1 ? 'in 1 second' : `in ${seconds} seconds`;
}
