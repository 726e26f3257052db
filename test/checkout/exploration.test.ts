import { describe, expect, test } from 'vitest';
import { shortTiming } from './exploration/explore.ts';
import { exploreAloud, placing } from './exploration/programs.ts';
import type { StoreOptions } from './exploration/store.ts';

/*
 * What is explored is everything that can happen within a budget: which of all pending actions comes next, when a
 * call begins, which fault strikes where, whether and when a late request arrives, when the search catches up.
 * It is exhaustive, and not a sample, within what is assumed besides:
 * - Doing takes no time; waiting does, and timing out, and what a fault has slowed down. Clocks agree.
 * - A request arrives within atWorkMs of the time in its attempt, or never; a search misses an order for searchLagMs
 *   at most. Longer than that is outside the protocol's assumptions.
 * - Ecwid places a cart once (A1); a journal's methods are atomic, and what they have written stays (A4).
 */
describe('one cart, placed by two processes with one crash, one lapsed claim, and one lost write, keeps every promise', () => {
  test.each<StoreOptions>([
    { afterlife: 'gone', orderDate: 'of the cart' },
    { afterlife: 'gone', orderDate: 'of its placing' },
    { afterlife: 'recovered', orderDate: 'of the cart' },
  ])(
    'where a placed cart is $afterlife and an order bears the date $orderDate',
    async (store) => {
      const { violation, endings, states } = await exploreAloud({
        ...store,
        program: placing(shortTiming),
        timing: shortTiming,
        calls: [1, 1],
        faults: { crash: 1, lapse: 1, lostWrite: 1 },
      });
      expect(violation).toBeUndefined();
      expect(endings).toEqual(new Set(['made', 'OUTCOME_UNKNOWN']));
      expect(states).toBeGreaterThan(10_000);
    },
    120_000,
  );
});
