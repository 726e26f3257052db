import { describe, expect, test } from 'vitest';
import { type CallBudget, createCallBudget } from '../../src/ecwid/call-budget.ts';
import { EcwidTimeoutError } from '../../src/ecwid/errors.ts';

// At 20 a minute two can go at once, and one every 3.4 seconds. Time stands still.
function createBudget(): CallBudget {
  return createCallBudget({ perMinute: 20, clock: { monotonic: () => 1_000_000, setTimer: () => () => {} } });
}

/** What becomes of each call, as far as that is known at once. */
async function outcomesOf(calls: readonly Promise<unknown>[]): Promise<string[]> {
  const outcomes = calls.map(() => 'waits');
  calls.forEach((call, index) => {
    call.then(
      () => outcomes.splice(index, 1, 'goes'),
      () => outcomes.splice(index, 1, 'is refused'),
    );
  });
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  return outcomes;
}

describe('a turn that would come too late', () => {
  test('is refused whenever that is seen, and not only when the call is made', async () => {
    const budget = createBudget();
    const calls = [0, 0, 8_000, 20_000, 600_000].map((waitMs) => budget.take('read', { waitMs }));
    expect(await outcomesOf(calls)).toEqual(['goes', 'goes', 'waits', 'waits', 'waits']);
    budget.throttled(10_000);
    expect((await outcomesOf(calls)).slice(2)).toEqual(['is refused', 'waits', 'waits']);
    budget.throttled(30_000);
    expect((await outcomesOf(calls)).slice(2)).toEqual(['is refused', 'is refused', 'waits']);
  });

  test('is refused too where nobody waits, and the time was up before', async () => {
    expect(await outcomesOf([createBudget().take('read', { waitMs: -1 })])).toEqual(['is refused']);
  });

  test.each([399.5, 400.5, 420])('is refused without a token where it could not end: %i ms', async (ms) => {
    let now = 1_000_000;
    const clock = { monotonic: () => now, setTimer: () => () => {} };
    const budget = createCallBudget({ perMinute: 6_000, atOnce: 1, clock });
    const leavePlace = await budget.take('read', { waitMs: 400 });
    const left = budget.left;
    const calls = [400, 400, 430].map((deadlineMs) =>
      budget.take('read', { waitMs: deadlineMs, deadlineMs }),
    );
    now += ms;
    leavePlace();
    expect(await outcomesOf(calls)).toEqual(['is refused', 'is refused', 'goes']);
    for (const call of calls.slice(0, 2)) await expect(call).rejects.toThrow(EcwidTimeoutError);
    expect(budget.left).toBeGreaterThanOrEqual(left - 1);
  });

  test('is refused at once where it could not end even so', async () => {
    const budget = createBudget();
    const call = budget.take('read', { waitMs: 0.5, deadlineMs: 0.5 });
    await expect(call).rejects.toThrow(EcwidTimeoutError);
    expect(budget.left).toBe(2);
  });
});
