import { describe, expect, test } from 'vitest';
import { shortTiming } from './exploration/explore.ts';
import { budgetOf, exploreAloud, placing } from './exploration/programs.ts';
import type { Faults } from './exploration/world.ts';

// Two turns for each call instead of three, since a third call has more than doubled what there is to explore.
const timing = { ...shortTiming, pauseMs: 10_000 };

const scenarios: readonly (readonly [calls: readonly number[], faults: Partial<Faults>])[] = [
  [[2, 1], { crash: 1, lapse: 1, lostWrite: 1 }],
  [[2, 1], { lostWrite: 2 }],
  [[1, 1, 1], { lostWrite: 1 }],
];

describe('one cart keeps every promise where as many calls as', () => {
  test.each(
    scenarios.map(([calls, faults]) => [calls.join(' + '), budgetOf(faults), calls, faults] as const),
  )(
    '%s are made of as many processes, with %s',
    async (_calls, _budget, calls, faults) => {
      const exploration = await exploreAloud({
        afterlife: 'gone',
        orderDate: 'of the cart',
        program: placing(timing),
        timing,
        calls,
        faults,
      });
      expect(exploration.violation).toBeUndefined();
      expect(exploration.endings).toEqual(new Set(['made', 'OUTCOME_UNKNOWN']));
    },
    120_000,
  );
});
