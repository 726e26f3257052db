import { describe, expect, test } from 'vitest';
import { shortTiming } from './exploration/explore.ts';
import { budgetOf, exploreAloud, placing } from './exploration/programs.ts';
import type { Afterlife } from './exploration/store.ts';
import type { Faults } from './exploration/world.ts';

// Two turns for each call instead of three, as where there are three calls of one.
const timing = { ...shortTiming, pauseMs: 10_000 };

const ownerFirst = [1];
const strangerFirst = [2];

const scenarios: readonly (readonly [strangers: readonly number[], Afterlife, Partial<Faults>])[] = [
  [ownerFirst, 'gone', { crash: 1, lostWrite: 1 }],
  [ownerFirst, 'gone', { lapse: 1, lostWrite: 1 }],
  [ownerFirst, 'recovered', { crash: 1, lapse: 1, lostWrite: 1 }],
  [ownerFirst, 'gone', { failedRead: 1, lostWrite: 1 }],
  [strangerFirst, 'gone', { lostWrite: 1 }],
];

describe('of two processes that a stranger calls as well, neither tells of the order, places for the stranger, or fails the owner', () => {
  test.each(
    scenarios.map(([strangers, afterlife, faults]) => {
      const order = strangers === ownerFirst ? 'before' : 'after';
      return [order, afterlife, budgetOf(faults), strangers, faults] as const;
    }),
  )(
    'where the owner calls %s the stranger, and a placed cart is %s, with %s',
    async (_order, afterlife, _budget, strangers, faults) => {
      const { violation, endings } = await exploreAloud({
        afterlife,
        orderDate: 'of the cart',
        program: placing(timing),
        timing,
        calls: [2, 1],
        strangers,
        faults,
      });
      expect(violation).toBeUndefined();
      expect([...endings]).toEqual(expect.arrayContaining(['made', 'NOT_PERMITTED', 'OUTCOME_UNKNOWN']));
    },
    120_000,
  );
});
