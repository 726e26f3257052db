import { describe, expect, test } from 'vitest';
import { EcwidAnswerError } from '../../src/ecwid/errors.ts';
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

/** The items alone, after making sure that each knows its place. */
async function range(...args: Parameters<typeof searchRange<number>>) {
  const { matches, total } = await searchRange(...args);
  expect(matches.map(({ offset }) => offset)).toEqual(matches.map((_, index) => args[1].offset + index));
  return { items: matches.map(({ item }) => item), total };
}

describe('searchRange', () => {
  test('is one page for up to a hundred', async () => {
    const { asked, searchPage } = storeOf(250);
    expect(await range(searchPage, { offset: 5, count: 100 })).toEqual({
      items: numbers(5, 105),
      total: 250,
    });
    expect(asked).toEqual([[5, 100]]);
  });

  test('asks for the pages that the total leaves, and for no item beyond the range', async () => {
    const { asked, searchPage } = storeOf(1000);
    const { items } = await range(searchPage, { offset: 10, count: 250 });
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
    await range(
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
    expect((await range(searchPage, { offset: 0, count: 100 })).items).toEqual(numbers(0, 45));
    expect(asked).toHaveLength(5);
  });

  test('takes an answer that tells no total for the last page', async () => {
    const { searchPage } = storeOf(30, { tells: [] });
    expect(await range(searchPage, { offset: 10, count: 100 })).toEqual({
      items: numbers(10, 30),
      total: 30,
    });
  });

  test('leaves out what an answer holds beyond its limit', async () => {
    const { items } = await range(async () => ({ total: 3, items: [0, 1, 2] }), {
      offset: 0,
      count: 2,
    });
    expect(items).toEqual([0, 1]);
  });

  test.each([undefined, null, {}, 'x'])('fails where an answer has %j for a list', async (items) => {
    const answer = async () => ({ total: 250, items: items as never });
    await expect(range(answer, { offset: 0, count: 5 })).rejects.toThrow(EcwidAnswerError);
  });

  test.each([undefined, null, -5, 1.5, 'many', Number.POSITIVE_INFINITY])(
    'fails where a full page leaves the total at %j',
    async (total) => {
      const answer = async () => ({ total: total as never, items: [0, 1] });
      await expect(range(answer, { offset: 0, count: 2 })).rejects.toThrow(EcwidAnswerError);
    },
  );

  test('reads a total of digits', async () => {
    const answer = async () => ({ total: '1000' as never, items: [0, 1] });
    expect((await range(answer, { offset: 0, count: 2 })).total).toBe(1000);
  });

  test.each([1, 0, -1, 'x'])(
    'makes no more than a hundred calls where the echoed limit is %j',
    async (limit) => {
      const { asked, searchPage } = storeOf(1000);
      await searchRange(async (...page) => ({ ...(await searchPage(...page)), limit: limit as never }), {
        offset: 0,
        count: 1000,
      });
      expect(asked.length).toBeLessThanOrEqual(100);
    },
  );

  test('fails where one of its pages does', async () => {
    const { searchPage } = storeOf(250);
    const failing = (offset: number, limit: number) =>
      offset === 100 ? Promise.reject(new Error('page')) : searchPage(offset, limit);
    await expect(range(failing, { offset: 0, count: 250 })).rejects.toThrow('page');
  });
});
