import { describe, expect, test } from 'vitest';
import { searchRange } from '../../src/ecwid/search-range.ts';

/** A store of numbers that holds to a limit of its own, and writes down what it is asked. */
function storeOf(size: number, { ownLimit = 100, tells = ['total', 'limit'] as readonly string[] } = {}) {
  const asked: (readonly [number, number])[] = [];
  const searchPage = async (offset: number, limit: number) => {
    asked.push([offset, limit]);
    const kept = Math.min(limit, ownLimit);
    const envelope = { total: size, limit: kept };
    return {
      ...Object.fromEntries(Object.entries(envelope).filter(([name]) => tells.includes(name))),
      items: Array.from({ length: size }, (_, index) => index).slice(offset, offset + kept),
    };
  };
  return { asked, searchPage };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('searchRange', () => {
  test('is one page for up to a hundred', async () => {
    const { asked, searchPage } = storeOf(250);
    expect(await searchRange(searchPage, { offset: 5, count: 100 })).toEqual({
      items: numbers(5, 105),
      total: 250,
    });
    expect(asked).toEqual([[5, 100]]);
  });

  test('asks for the pages that the total leaves, and for no item beyond the range', async () => {
    const { asked, searchPage } = storeOf(1000);
    const { items } = await searchRange(searchPage, { offset: 10, count: 250 });
    expect(items).toEqual(numbers(10, 260));
    expect(asked).toEqual([
      [10, 100],
      [110, 100],
      [210, 50],
    ]);
  });

  test('asks for the later pages side by side', async () => {
    const { searchPage } = storeOf(1000);
    let open = 0;
    let most = 0;
    await searchRange(
      async (offset, limit) => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setImmediate(resolve));
        open -= 1;
        return searchPage(offset, limit);
      },
      { offset: 0, count: 1000 },
    );
    expect(most).toBe(9);
  });

  test('goes by the limit that the answer echoes, where that is the smaller one', async () => {
    const { asked, searchPage } = storeOf(45, { ownLimit: 10 });
    expect((await searchRange(searchPage, { offset: 0, count: 100 })).items).toEqual(numbers(0, 45));
    expect(asked).toHaveLength(5);
  });

  test('takes an answer that tells no total for the last page', async () => {
    const { searchPage } = storeOf(30, { tells: [] });
    expect(await searchRange(searchPage, { offset: 10, count: 100 })).toEqual({
      items: numbers(10, 30),
      total: 30,
    });
  });

  test('leaves out what an answer holds beyond its limit', async () => {
    const { items } = await searchRange(async () => ({ total: 3, items: [0, 1, 2] }), {
      offset: 0,
      count: 2,
    });
    expect(items).toEqual([0, 1]);
  });

  test('is empty where an answer has no list', async () => {
    for (const items of [undefined, null, {}, 'x']) {
      const range = await searchRange(async () => ({ total: 0, items: items as never }), {
        offset: 0,
        count: 5,
      });
      expect(range).toEqual({ items: [], total: 0 });
    }
  });

  test('fails where one of its pages does', async () => {
    const { searchPage } = storeOf(250);
    const failing = (offset: number, limit: number) =>
      offset === 100 ? Promise.reject(new Error('page')) : searchPage(offset, limit);
    await expect(searchRange(failing, { offset: 0, count: 250 })).rejects.toThrow('page');
  });
});
