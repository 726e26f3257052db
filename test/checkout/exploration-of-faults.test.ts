import { describe, expect, test } from 'vitest';
import { shortTiming } from './exploration/explore.ts';
import { budgetOf, exploreAloud, placing } from './exploration/programs.ts';
import type { Faults } from './exploration/world.ts';

const budgets: readonly (readonly [faults: Partial<Faults>, endings: readonly string[]])[] = [
  [{}, []],
  [{ lostWrite: 2 }, ['OUTCOME_UNKNOWN']],
  [{ stall: 1, lostWrite: 1 }, ['OUTCOME_UNKNOWN']],
  [{ slowAnswer: 1, lostWrite: 1 }, ['OUTCOME_UNKNOWN']],
  [{ failedRead: 1, lapse: 1, lostWrite: 1 }, ['OUTCOME_UNKNOWN', 'unavailable UPSTREAM_UNAVAILABLE']],
  [{ unsentWrite: 1, lapse: 1, lostWrite: 1 }, ['OUTCOME_UNKNOWN']],
  [{ unsentWrite: 2, lapse: 1, refusedWrite: 1 }, ['SHIPPING_METHOD_MISSING', 'unavailable RATE_LIMITED']],
  [
    { deletion: 1, refusedWrite: 1, lapse: 1, lostWrite: 1 },
    ['OUTCOME_UNKNOWN', 'CART_NOT_FOUND', 'SHIPPING_METHOD_MISSING'],
  ],
  [{ journal: 2, lapse: 1 }, ['OUTCOME_UNKNOWN', 'unavailable JOURNAL_ERROR']],
  [{ journal: 1, crash: 1, lostWrite: 1 }, ['OUTCOME_UNKNOWN', 'unavailable JOURNAL_ERROR']],
];

describe('one cart, placed by two processes, keeps every promise with', () => {
  test.each(budgets.map(([faults, endings]) => [budgetOf(faults), faults, endings] as const))(
    '%s',
    async (_budget, faults, endings) => {
      const exploration = await exploreAloud({
        afterlife: 'gone',
        orderDate: 'of the cart',
        program: placing(shortTiming),
        timing: shortTiming,
        calls: [1, 1],
        faults,
      });
      expect(exploration.violation).toBeUndefined();
      // What a fault can lead to was come to.
      expect([...exploration.endings]).toEqual(expect.arrayContaining(['made', ...endings]));
    },
    120_000,
  );
});
