import { describe, expect, test } from 'vitest';
import { identityOf, mayPlace, maySeeCart, maySeeOrder, ownerOf, type Viewer } from '../src/viewer.ts';

describe('whose something is', () => {
  test.each([[undefined], [null], [0], ['0'], [''], [' ']])(
    'is a guest without a customerId: %j',
    (customerId) => {
      expect(ownerOf({ customerId })).toBe('guest');
    },
  );

  test.each([[15319410], ['15319410']])('is a customer by their id: %j', (customerId) => {
    expect(ownerOf({ customerId })).toBe('customer/15319410');
  });

  test.each([[{}], [[]], [Number.POSITIVE_INFINITY], [[15319410]], [true], [false], [{ id: 15319410 }]])(
    'is nobody where Ecwid sends no id, and then staff alone see and place it: %j',
    (customerId) => {
      const owner = ownerOf({ customerId });
      expect(owner).toBe('nobody');
      const viewers: readonly Viewer[] = [{ kind: 'guest' }, { kind: 'customer', customerId: '15319410' }];
      for (const viewer of viewers) {
        expect([maySeeCart, maySeeOrder, mayPlace].map((may) => may(viewer, owner))).toEqual([
          false,
          false,
          false,
        ]);
      }
    },
  );

  test('is told apart from other viewers of the same id', () => {
    const id = '15319410';
    const identities = [
      identityOf({ kind: 'guest' }),
      identityOf({ kind: 'customer', customerId: id }),
      identityOf({ kind: 'staff', subject: id, scopes: new Set() }),
    ];
    expect(new Set(identities).size).toBe(3);
  });
});
