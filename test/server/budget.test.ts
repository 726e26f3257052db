import { describe, expect, test } from 'vitest';
import { createBudget } from '../../src/server/budget.ts';

const refused = { extensions: { code: 'RATE_LIMITED', http: { status: 429 } } };

describe('a budget', () => {
  test('is not overdrawn by many who spend at once', async () => {
    const budget = createBudget(3, 60);
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => budget.spend('a')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const result of results.slice(3)) expect(result).toMatchObject({ reason: refused });
  });

  test('says how much is asked for and how much is left, and takes nothing then', async () => {
    const budget = createBudget(10, 60);
    await budget.spend('a', 4);
    await expect(budget.spend('a', 7)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^Too much at once: this counts as 7, and 6 are left for the next \d+ s\.$/,
      ),
      ...refused,
    });
    await expect(budget.spend('a', 6)).resolves.toBeUndefined();
    await expect(budget.spend('a')).rejects.toMatchObject({
      message: expect.stringMatching(/^Too many requests; there is room for more in \d+ s\.$/),
    });
  });

  test('names at least a second to wait', async () => {
    const budget = createBudget(1, 0.2);
    await budget.spend('a');
    await expect(budget.spend('a')).rejects.toMatchObject({ extensions: { retryAfter: 1 } });
  });

  test('gives nothing away for what weighs nothing or less', async () => {
    const budget = createBudget(1, 60);
    await budget.spend('a', -5);
    await budget.spend('a', 0);
    await budget.spend('a');
    await expect(budget.spend('a')).rejects.toMatchObject(refused);
  });

  test('takes parts of a point for whole, and what is no number for a mistake', async () => {
    const budget = createBudget(2, 60);
    await expect(budget.spend('a', Number.NaN)).rejects.toThrow(RangeError);
    await budget.spend('a', 1.2);
    await expect(budget.spend('a', 0.1)).rejects.toMatchObject(refused);
  });
});
