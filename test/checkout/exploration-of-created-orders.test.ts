import { describe, expect, test } from 'vitest';
import { shortTiming } from './exploration/explore.ts';
import { budgetOf, creating, exploreAloud } from './exploration/programs.ts';
import type { Faults } from './exploration/world.ts';

// So short that a call comes to send again: only then can it make a second order.
const timing = { ...shortTiming, atWorkMs: 11_000, searchLagMs: 11_000 };

const scenarios: readonly (readonly [calls: readonly number[], faults: Partial<Faults>])[] = [
  [[1, 1], { crash: 1, lapse: 1, lostWrite: 1 }],
  [[1, 1], { lostWrite: 2 }],
  [[1, 1], { stall: 1, lostWrite: 1 }],
  [[1, 1], { unsentWrite: 1, refusedWrite: 1, lapse: 1, lostWrite: 1 }],
  [[2, 1], { lapse: 1, lostWrite: 1 }],
];

describe('one idempotencyKey stands for one order where as many calls as', () => {
  test.each(
    scenarios.map(([calls, faults]) => [calls.join(' + '), budgetOf(faults), calls, faults] as const),
  )(
    '%s are made of as many processes, with %s',
    async (_calls, _budget, calls, faults) => {
      const exploration = await exploreAloud({
        hasCart: false,
        afterlife: 'gone',
        orderDate: 'of its placing',
        program: creating(timing),
        timing,
        calls,
        faults,
      });
      expect(exploration.violation).toBeUndefined();
      expect([...exploration.endings]).toEqual(expect.arrayContaining(['made', 'OUTCOME_UNKNOWN']));
    },
    120_000,
  );
});
