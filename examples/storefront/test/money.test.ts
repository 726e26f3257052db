import { describe, expect, test } from 'vitest';
import { formatMoney } from '../src/money.ts';

describe('an amount', () => {
  test.each([
    [37.39, 'USD', '$37.39'],
    [5, 'EUR', '€5.00'],
    [1200, 'JPY', '¥1,200'],
    [-0.85, 'USD', '-$0.85'],
    [1.5, null, '1.5'],
  ])('of %s in %s is %s', (amount, currency, text) => {
    expect(formatMoney(amount, currency)).toBe(text);
  });

  test.each(['USDT', '€', '12$', 'us'])(
    'is told in %s as well, which is no code of a currency',
    (currency) => {
      expect(formatMoney(1234.5, currency)).toBe(`1,234.5 ${currency}`);
    },
  );

  test.each([
    [0.00000125, '$0.00000125'],
    [0.1 + 0.2, '$0.30000000000000004'],
    [1e-12, '$0.000000000001'],
  ])('loses no digit and gets none: %s', (amount, text) => {
    expect(formatMoney(amount, 'USD')).toBe(text);
  });

  test('that is not known is no zero', () => {
    expect(formatMoney(null, 'USD')).toBe('—');
    expect(formatMoney(0, 'USD')).toBe('$0.00');
  });
});
