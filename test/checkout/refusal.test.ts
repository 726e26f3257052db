import { describe, expect, test } from 'vitest';
import { afterFailure } from '../../src/checkout/place-order.ts';
import { refusalOfEcwid } from '../../src/checkout/refusal.ts';
import {
  EcwidAnswerError,
  EcwidBudgetError,
  EcwidCircuitError,
  EcwidConnectionError,
  EcwidStatusError,
  EcwidTimeoutError,
} from '../../src/ecwid/errors.ts';

describe('what Ecwid answers to a request to place', () => {
  test.each<[status: number, errorCode: string | undefined, is: string, code?: string]>([
    [400, 'WRONG_PARAMETER', 'refused', 'UNDEFINED'],
    [422, undefined, 'refused', 'UNDEFINED'],
    [402, 'STORE_IS_SUSPENDED', 'refused', 'UNABLE_TO_PLACE_ORDER'],
    [403, 'INSUFFICIENT_APP_SCOPE', 'refused', 'UNABLE_TO_PLACE_ORDER'],
    [405, 'METHOD_NOT_ALLOWED', 'refused', 'UNABLE_TO_PLACE_ORDER'],
    [400, 'INSUFFICIENT_STOCK', 'refused', 'OUT_OF_STOCK'],
    [404, 'PRODUCT_NOT_FOUND', 'refused', 'OUT_OF_STOCK'],
    [404, 'COMBINATION_NOT_FOUND', 'refused', 'OUT_OF_STOCK'],
    [404, 'SHIPPING_NOT_FOUND', 'refused', 'SHIPPING_METHOD_MISSING'],
    [404, 'CUSTOMER_NOT_FOUND', 'refused', 'UNDEFINED'],
    [404, 'ORDER_NOT_FOUND', 'denied', 'CART_NOT_ACTIVE'],
    [404, 'CHECKOUT_NOT_FOUND', 'denied', 'CART_NOT_ACTIVE'],
    [404, undefined, 'denied', 'CART_NOT_ACTIVE'],
    [409, 'CONSTRAINT_VIOLATION', 'denied', 'CART_NOT_ACTIVE'],
    [429, 'RATE_LIMITED', 'unsent'],
    [403, 'INVALID_API_TOKEN', 'unsent'],
    [404, 'STORE_NOT_FOUND', 'unsent'],
    [401, undefined, 'unsent'],
    [408, 'TIMEOUT', 'lost'],
    [500, 'INTERNAL_ERROR', 'lost'],
    [502, undefined, 'lost'],
    [302, undefined, 'lost'],
    [499, undefined, 'lost'],
    [425, undefined, 'lost'],
  ])('%i %s: it is %s %s', (status, errorCode, is, code) => {
    const sent = afterFailure(new EcwidStatusError(status, errorCode));
    expect(sent.is).toBe(is);
    expect('refused' in sent ? sent.refused.refusals.map((refusal) => refusal.code) : []).toEqual(
      code ? [code] : [],
    );
  });

  test.each([
    ['a refused connection', new EcwidConnectionError(false), 'unsent'],
    ['an open circuit', new EcwidCircuitError(5_000), 'unsent'],
    ['a budget that is used up', new EcwidBudgetError(5_000), 'unsent'],
    ['a broken connection', new EcwidConnectionError(true), 'lost'],
    ['silence', new EcwidTimeoutError(), 'lost'],
    ['an answer that cannot be read', new EcwidAnswerError(), 'lost'],
  ])('%s: it is %s', (_name, error, is) => {
    expect(afterFailure(error).is).toBe(is);
  });
});

describe("Ecwid's own words", () => {
  const wordsOf = (words: string) =>
    refusalOfEcwid(new EcwidStatusError(400, undefined, words)).refusals[0].message;

  test.each(['The cart is being edited.', "The customer's group may not order", 'Please try again, later'])(
    'are kept where they are a plain sentence: %s',
    (words) => {
      expect(wordsOf(words)).toBe(`Unable to place order: ${words}`);
    },
  );

  test.each([
    'Wrong token=secret_abc',
    'See app.ecwid.com for details',
    'Order #77 was not found',
    'No such customer: ann@example.com',
    'java.lang.NullPointerException',
    'AWKWARDLYLONGWORDTHATMAYBEATOKEN is wrong',
    'A secret matter',
    'Customer John Smith is blocked',
    '<html>',
    `A${'b c'.repeat(50)}`,
    '',
  ])('are left out where they may tell more: %s', (words) => {
    expect(wordsOf(words)).toBe('Unable to place order');
  });
});
