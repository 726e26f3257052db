import { describe, expect, test } from 'vitest';
import { shortTiming } from './exploration/explore.ts';
import { budgetOf, exploreAloud, placing } from './exploration/programs.ts';
import type { StoreOptions } from './exploration/store.ts';
import type { Faults } from './exploration/world.ts';

const worlds: readonly (readonly [StoreOptions['orderDate'], Partial<Faults>])[] = [
  ['of the cart', { crash: 1, lostWrite: 1 }],
  ['of its placing', { crash: 1, lostWrite: 1 }],
  ['of its placing', { lapse: 1, lostWrite: 1 }],
  ['of the cart', { deletion: 1, refusedWrite: 1, lostWrite: 1 }],
  ['of the cart', { failedRead: 1, lostWrite: 1 }],
];

describe('one cart, of which a webhook tells at any time before it is placed, or never', () => {
  test.each(worlds.map(([orderDate, faults]) => [orderDate, budgetOf(faults), faults] as const))(
    'keeps every promise where an order bears the date %s, with %s',
    async (orderDate, _budget, faults) => {
      const { violation, endings } = await exploreAloud({
        afterlife: 'gone',
        orderDate,
        isTold: true,
        program: placing(shortTiming),
        timing: shortTiming,
        calls: [1, 1],
        faults,
      });
      expect(violation).toBeUndefined();
      expect([...endings]).toEqual(expect.arrayContaining(['made', 'OUTCOME_UNKNOWN']));
    },
    120_000,
  );

  // Of the same customer for the same things, moments before: a search takes one for the other.
  const alikeBefore = [1_000];
  const certain = { afterlife: 'gone', orderDate: 'of its placing', alikeBefore } as const;

  test('comes to its order where another is like it, once a webhook has told', async () => {
    const scenario = { ...certain, program: placing(shortTiming), timing: shortTiming, calls: [1] };
    const untold = await exploreAloud({ ...scenario, faults: { lostWrite: 1 } });
    expect(untold.violation?.property).toBe('the order that is answered is the one that was made');
    const told = await exploreAloud({ ...scenario, faults: { lostWrite: 1 }, isTold: 'before' });
    expect(told.violation).toBeUndefined();
    expect(told.endings).toEqual(new Set(['made']));
  });
});
