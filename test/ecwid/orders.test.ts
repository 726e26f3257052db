import { describe, expect, test } from 'vitest';
import type { EcwidClient } from '../../src/ecwid/client.ts';
import { EcwidAnswerError } from '../../src/ecwid/errors.ts';
import { findOrdersByIds } from '../../src/ecwid/orders.ts';
import type { EcwidRequest } from '../../src/ecwid/request.ts';
import { responseFields } from '../../src/ecwid/response-fields.ts';

function clientAnswering(answer: object): EcwidClient {
  return { storeId: '1', send: async <Answer extends object>(_request: EcwidRequest) => answer as Answer };
}

const find = (items: unknown) =>
  findOrdersByIds(clientAnswering({ items }), ['x'], { fields: responseFields('total') });

describe('findOrdersByIds', () => {
  test('finds an order by every name it goes by', async () => {
    const order = { id: 'A', publicUid: 'B', vendorOrderNumber: 'C', orderNumber: 5, internalId: 6 };
    const found = await find([order]);
    expect(['A', 'B', 'C', '5', '6'].map((name) => found.get(name))).toEqual(
      Array.from({ length: 5 }, () => order),
    );
  });

  test('goes by the public id where it is the internal number of another order', async () => {
    const one = { id: '1001', orderNumber: 5 };
    const other = { id: 'ZZ', orderNumber: 1001 };
    for (const items of [
      [one, other],
      [other, one],
    ]) {
      const found = await find(items);
      expect([found.get('1001'), found.get('ZZ'), found.get('5')]).toEqual([one, other, one]);
    }
  });

  test('passes over what is no order, and fails where there is no list', async () => {
    expect((await find([null, 'x', { id: 'A' }])).size).toBe(1);
    await expect(find({})).rejects.toThrow(EcwidAnswerError);
  });
});
