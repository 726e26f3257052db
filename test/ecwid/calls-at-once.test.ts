import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  type CallBudget,
  createCallBudget,
  type Priority,
  type Release,
} from '../../src/ecwid/call-budget.ts';

/** Five calls at once, four of which may be others than for placing; and who got a place, in order. */
function openBudget(perMinute = 6_000) {
  const timers: (() => void)[] = [];
  const clock = {
    monotonic: () => 1_000_000,
    setTimer(_ms: number, callBack: () => void) {
      timers.push(callBack);
      return () => void timers.splice(timers.indexOf(callBack), 1);
    },
  };
  const budget = createCallBudget({ perMinute, atOnce: 5, clock });
  const begun: string[] = [];
  const releases: Release[] = [];
  const ask = (name: string, priority: Priority = 'read', signal?: AbortSignal) => {
    const took = budget.take(priority, { waitMs: 60_000, signal }).then((release) => {
      begun.push(name);
      releases.push(release);
    });
    took.catch(() => {});
    return took;
  };
  return { budget, timers, begun, releases, ask };
}

async function settled() {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('calls at once', () => {
  test('are no more than there are sockets, of which some are for placing alone', async () => {
    const { begun, ask } = openBudget();
    for (const name of ['1', '2', '3', '4', '5', '6']) void ask(name);
    await settled();
    expect(begun).toEqual(['1', '2', '3', '4']);
    void ask('placing', 'placing');
    void ask('another', 'placing');
    await settled();
    expect(begun.slice(4)).toEqual(['placing']);
  });

  test('give way to the next that matters most when one ends, however often that is said', async () => {
    const { begun, releases, ask } = openBudget();
    for (const name of ['1', '2', '3', '4']) void ask(name);
    void ask('search', 'search');
    void ask('read');
    void ask('5', 'placing');
    void ask('placing', 'placing');
    await settled();
    expect(begun).toEqual(['1', '2', '3', '4', '5']);
    releases[0]?.();
    releases[0]?.();
    await settled();
    expect(begun.slice(5)).toEqual(['placing']);
    releases[1]?.();
    await settled();
    expect(begun.slice(6)).toEqual([]);
    releases[2]?.();
    await settled();
    // Four reads have gone by now.
    expect(begun.slice(6)).toEqual(['search']);
  });

  test('that wait for a place are not counted yet, and need no timer', async () => {
    const { budget, timers, ask } = openBudget();
    const left = budget.left;
    for (let n = 0; n < 9; n += 1) void ask(String(n));
    await settled();
    expect(budget.left).toBe(left - 4);
    expect(timers).toEqual([]);
  });

  test('leave the line with their callers', async () => {
    const { begun, releases, ask } = openBudget();
    for (const name of ['1', '2', '3', '4']) void ask(name);
    const caller = new AbortController();
    const leaving = ask('leaving', 'read', caller.signal);
    void ask('staying');
    await settled();
    caller.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    releases[0]?.();
    await settled();
    expect(begun.slice(4)).toEqual(['staying']);
  });

  test('are one where there is one socket', async () => {
    const budget = createCallBudget({ perMinute: 600, atOnce: 1 });
    const release = await budget.take('search', { waitMs: 0 });
    let isNext = false;
    void budget.take('placing', { waitMs: 60_000 }).then(() => {
      isNext = true;
    });
    await settled();
    expect(isNext).toBe(false);
    release();
    await settled();
    expect(isNext).toBe(true);
  });

  test.each([
    ['has got a place', 'fulfilled', ({ release }) => release()],
    ['was refused', 'rejected', ({ budget }) => budget.throttled(60_000)],
    ['has left', 'rejected', ({ caller }) => caller.abort(new Error('gone'))],
    ['ran out of time', 'rejected', () => {}, 20],
  ] satisfies [
    string,
    string,
    (way: { release: Release; budget: CallBudget; caller: AbortController }) => void,
    number?,
  ][])('hold no timer and no listener for one that %s', async (_how, status, end, deadlineMs = 60_000) => {
    const budget = createCallBudget({ perMinute: 6_000, atOnce: 1 });
    const caller = new AbortController();
    const { signal } = caller;
    const held = () => ({
      timers: process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length,
      listeners: getEventListeners(signal, 'abort').length,
    });
    const release = await budget.take('placing', { waitMs: 0, signal });
    const before = held();
    const waiting = budget.take('placing', { waitMs: 30_000, deadlineMs, signal });
    expect(held()).toEqual({ timers: before.timers + 1, listeners: 1 });
    end({ release, budget, caller });
    expect(await Promise.allSettled([waiting])).toMatchObject([{ status }]);
    expect(held()).toEqual(before);
    expect(budget.waiting).toBe(0);
  });
});
