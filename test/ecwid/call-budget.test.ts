import { describe, expect, test } from 'vitest';
import { type CallBudget, createCallBudget, type Priority, priorities } from '../../src/ecwid/call-budget.ts';
import { EcwidBudgetError, fateOfWrite, hintsOf } from '../../src/ecwid/errors.ts';
import { createRandom } from '../../src/sandbox/random.ts';
import { createFakeClock, settled } from './fake-clock.ts';

/** A budget, and what has come of the calls that asked for it, each with the second in which it came. */
function budgetOf(perMinute: number) {
  const clock = createFakeClock();
  const start = clock.monotonic();
  const budget = createCallBudget({ perMinute, clock });
  const log: string[] = [];
  const after = () => `${Math.round((clock.monotonic() - start) / 1_000)} s`;
  return {
    budget,
    clock,
    log,
    ask(name: string, priority: Priority, waitMs: number, signal?: AbortSignal) {
      const tell = (error: unknown) => {
        if (!(error instanceof EcwidBudgetError)) return log.push(`${name}: ${String(error)}`);
        const early = (error.retryAfterMs / 1_000).toFixed(1);
        return log.push(`${name} refused after ${after()}, ${early} s too early`);
      };
      budget.take(priority, { waitMs, signal }).then(() => log.push(`${name} after ${after()}`), tell);
    },
  };
}

/** Calls that are sent while as many as can be are asked for. */
async function sentIn(ms: number, budget: CallBudget, clock: ReturnType<typeof createFakeClock>) {
  let sent = 0;
  for (let passed = 0; passed < ms; passed += 100) {
    while (budget.left > 0) {
      await budget.take('read', { waitMs: 0 });
      sent += 1;
    }
    await clock.pass(100);
  }
  return sent;
}

// At 20 a minute two can go at once, and one every 3.4 seconds.
const perMinute = 20;
const long = 3_600_000;

describe('a budget of calls', () => {
  test.each([
    { title: 'lets a tenth of it go at once', calls: 'rr', comes: ['r1 after 0 s', 'r2 after 0 s'] },
    {
      title: 'lets later calls wait in the order of their coming',
      calls: 'rrrr',
      comes: ['r1 after 0 s', 'r2 after 0 s', 'r3 after 3 s', 'r4 after 7 s'],
    },
    {
      title: 'lets placing go before reads, and reads before searches',
      calls: 'rrsrp',
      comes: ['r1 after 0 s', 'r2 after 0 s', 'p5 after 3 s', 'r4 after 7 s', 's3 after 10 s'],
    },
    {
      title: 'lets a search go after four reads, however many reads wait',
      calls: 'ssrrrrrrss',
      comes: ['s1', 's2', 'r3', 'r4', 'r5', 'r6', 's9', 'r7', 'r8', 's10'],
    },
    {
      title: 'lets a search that comes late go next where reads have gone for long',
      calls: 'rrrrrr....s',
      comes: ['r1', 'r2', 'r3', 'r4', 's11', 'r5', 'r6'],
    },
    {
      title: 'lets all placing go before anything else',
      calls: 'ssrrppppppp',
      comes: ['s1', 's2', 'p5', 'p6', 'p7', 'p8', 'p9', 'p10', 'p11', 'r3', 'r4'],
    },
  ])('$title', async ({ calls, comes }) => {
    const { clock, log, ask } = budgetOf(perMinute);
    const priorityOf: Record<string, Priority> = { p: 'placing', r: 'read', s: 'search' };
    for (const [index, call] of [...calls].entries()) {
      const priority = priorityOf[call];
      if (priority) ask(`${call}${index + 1}`, priority, long);
      else await clock.pass(2_000);
    }
    await clock.pass(120_000);
    expect(log.map((line) => (comes[0]?.includes('after') ? line : line.split(' ')[0]))).toEqual(comes);
    expect(clock.hasTimer).toBe(false);
  });

  test('refuses at once what could not begin in time, and says when it could', async () => {
    const { clock, log, ask } = budgetOf(perMinute);
    for (const name of ['first', 'second', 'third']) ask(name, 'read', 5_000);
    ask('fourth', 'read', 6_800);
    ask('impatient', 'read', 0);
    ask('patient', 'read', 6_900);
    await settled();
    expect(log.slice(2)).toEqual([
      'fourth refused after 0 s, 6.8 s too early',
      'impatient refused after 0 s, 6.8 s too early',
    ]);
    await clock.pass(long);
    expect(log.slice(4)).toEqual(['third after 3 s', 'patient after 7 s']);
  });

  test('refuses what later calls push beyond its time as soon as they do', async () => {
    const { clock, log, ask } = budgetOf(perMinute);
    for (const name of ['first', 'second']) ask(name, 'read', 0);
    ask('search', 'search', 7_000);
    ask('read', 'read', 7_000);
    await clock.pass(1_000);
    ask('placing', 'placing', 7_000);
    await settled();
    expect(log.slice(2)).toEqual(['search refused after 1 s, 9.2 s too early']);
    await clock.pass(long);
    expect(log.slice(3)).toEqual(['placing after 3 s', 'read after 7 s']);
  });

  test('says of what it refuses that it was not sent, and may be tried again', async () => {
    const budget = createCallBudget({ perMinute: 1, clock: createFakeClock() });
    await budget.take('placing', { waitMs: 0 });
    const error = await budget.take('placing', { waitMs: 0 }).catch((reason: unknown) => reason);
    if (!(error instanceof EcwidBudgetError)) throw error;
    expect(error.message).toBe("The store's budget of calls to Ecwid is used up for the moment.");
    expect(error.code).toBe('RATE_LIMITED');
    expect(hintsOf(error)).toEqual({ retryable: true, retryAfter: 69 });
    expect(fateOfWrite(error)).toBe('unsent');
  });

  test('gives the place of a call that is aborted to the next', async () => {
    const { budget, clock, log, ask } = budgetOf(perMinute);
    const leaving = new AbortController();
    for (const name of ['first', 'second']) ask(name, 'read', 0);
    ask('leaving', 'read', long, leaving.signal);
    ask('staying', 'read', long);
    await clock.pass(1_000);
    leaving.abort('gone');
    await clock.pass(long);
    expect(log.slice(2)).toEqual(['leaving: gone', 'staying after 3 s']);
    await expect(budget.take('read', { waitMs: 0, signal: leaving.signal })).rejects.toBe('gone');
    expect(budget.left).toBe(2);
  });

  test('holds no timer where nobody waits any more', () => {
    const { budget, clock, ask } = budgetOf(20);
    const leaving = new AbortController();
    budget.throttled();
    ask('leaving', 'read', long, leaving.signal);
    expect(clock.hasTimer).toBe(true);
    leaving.abort();
    expect(clock.hasTimer).toBe(false);
  });

  test('is of use again when time has passed', async () => {
    const { budget, clock } = budgetOf(600);
    expect(budget.left).toBe(60);
    expect(await sentIn(60_000, budget, clock)).toBeGreaterThan(580);
    expect(await sentIn(60_000, budget, clock)).toBeGreaterThan(520);
    await clock.pass(long);
    expect(budget.left).toBe(60);
  });

  test.each([1, 2, 9, 10, 11, 60, 600])('never sends more than %i a minute', async (most) => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const random = createRandom(seed * most);
      const clock = createFakeClock();
      const budget = createCallBudget({ perMinute: most, clock });
      const sent: number[] = [];
      for (let round = 0; round < 60; round += 1) {
        const calls = random.chance(0.2) ? most : random.integer(0, Math.ceil(most / 10));
        for (let call = 0; call < calls; call += 1) {
          const taken = budget.take(random.pick(priorities), { waitMs: random.pick([0, 1_000, 10_000]) });
          void taken.then(() => sent.push(clock.monotonic())).catch(() => {});
        }
        if (random.chance(0.02)) budget.throttled(random.integer(0, 3_000));
        await clock.pass(random.chance(0.1) ? random.integer(0, 90_000) : random.integer(0, 5_000));
      }
      await clock.pass(10_000);
      const tooClose = sent.filter((time, index) => (sent[index + most] ?? Infinity) - time <= 60_000);
      expect(sent.length).toBeGreaterThan(most);
      expect(tooClose, `seed ${seed}`).toEqual([]);
    }
  });
});

describe('a budget of calls that Ecwid has throttled', () => {
  test.each([
    { says: undefined, pauseMs: 5_000 },
    { says: 20_000, pauseMs: 20_000 },
    { says: 0, pauseMs: 1_000 },
    { says: 600_000, pauseMs: 60_000 },
  ])('sends nothing for $pauseMs ms where Ecwid says $says', async ({ says, pauseMs }) => {
    for (const rate of [600, Infinity]) {
      const { budget, clock, log, ask } = budgetOf(rate);
      budget.throttled(says);
      ask('placing', 'placing', 70_000);
      expect(budget.left).toBe(0);
      await clock.pass(pauseMs);
      expect(log).toEqual([]);
      await clock.pass(200);
      expect(log).toHaveLength(1);
    }
  });

  test('refuses at once what waits and cannot outlast the pause', async () => {
    const { budget, clock, log, ask } = budgetOf(60);
    for (let call = 0; call < 6; call += 1) await budget.take('read', { waitMs: 0 });
    ask('patient', 'read', 30_000);
    ask('impatient', 'read', 5_000);
    budget.throttled(10_000);
    await settled();
    expect(log).toEqual(['impatient refused after 0 s, 12.8 s too early']);
    await clock.pass(30_000);
    expect(log.slice(1)).toEqual(['patient after 11 s']);
  });

  test('goes on with four fifths of the rate, once for all refusals of a pause', async () => {
    const { budget, clock } = budgetOf(600);
    for (const retryAfterMs of [1_000, 3_000, 2_000]) budget.throttled(retryAfterMs);
    expect(await sentIn(3_000, budget, clock)).toBe(0);
    expect((await sentIn(50_000, budget, clock)) / 50_000).toBeCloseTo((0.8 * 600 * 0.88) / 60_000, 4);
  });

  test('keeps a tenth of the rate however often it is refused', async () => {
    const { budget, clock } = budgetOf(600);
    for (let refusal = 0; refusal < 50; refusal += 1) {
      budget.throttled(1_000);
      await clock.pass(1_000);
    }
    expect((await sentIn(50_000, budget, clock)) / 50_000).toBeCloseTo((0.1 * 600 * 0.88) / 60_000, 4);
  });

  test('gets a twentieth of the rate back each minute, and no more than it had', async () => {
    const { budget, clock } = budgetOf(600);
    budget.throttled(1_000);
    for (const [afterMs, left] of [
      [60_500, 48],
      [60_000, 51],
      [120_000, 57],
      [long, 60],
    ] as const) {
      await clock.pass(afterMs);
      expect(budget.left).toBe(left);
    }
  });

  test('has no other limit where there is none', async () => {
    const { budget, clock, log, ask } = budgetOf(Infinity);
    budget.throttled(2_000);
    for (let call = 0; call < 2_000; call += 1) ask('search', 'search', 3_000);
    await clock.pass(2_000);
    expect(log).toEqual([]);
    await clock.pass(10);
    expect(new Set(log)).toEqual(new Set(['search after 2 s']));
    expect(log).toHaveLength(2_000);
  });
});

describe("a budget of calls on the machine's clock", () => {
  test('lets a call wait for its turn', async () => {
    const budget = createCallBudget({ perMinute: 6_000 });
    const calls = Array.from({ length: 605 }, () => budget.take('read', { waitMs: 60_000 }));
    await expect(Promise.all(calls)).resolves.toHaveLength(605);
  });
});
