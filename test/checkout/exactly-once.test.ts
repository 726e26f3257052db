import { describe, expect, test } from 'vitest';
import { createExactlyOnce } from '../../src/checkout/exactly-once.ts';
import { type Journal, JournalError } from '../../src/checkout/journal.ts';
import { type Clock, defaultTiming } from '../../src/checkout/timing.ts';
import type { Seen, Sent } from '../../src/checkout/work.ts';
import { EcwidStatusError } from '../../src/ecwid/errors.ts';
import { createLog } from '../../src/log.ts';
import { createMemoryJournal } from './memory-journal.ts';

const order = { key: 'AB1CD', known: { id: 'AB1CD' } };
const lost: Sent<string> = { is: 'lost', cause: new EcwidStatusError(500) };

/** A clock that stands still but for who sleeps, and remembers how long. */
function createClock(): Clock & { at: number; readonly slept: number[] } {
  const clock = {
    at: 1_000_000,
    slept: [] as number[],
    now: () => clock.at,
    monotonic: () => clock.at,
    sleep: async (ms: number) => {
      clock.slept.push(ms);
      clock.at += ms;
    },
  };
  return clock;
}

/** Work that is always ready, and what its requests come to, one after the other; the last for good. */
function run(sent: readonly Sent<string>[], changed: (journal: Journal) => Journal = (journal) => journal) {
  const clock = createClock();
  const journal = createMemoryJournal({ clock });
  const once = createExactlyOnce({
    journal: changed(journal),
    clock,
    log: createLog({ level: 'silent' }),
    timing: defaultTiming,
  });
  const steps: number[] = [];
  let requests = 0;
  const look = async (): Promise<Seen<string>> => ({
    is: 'ready',
    evidence: {},
    async send({ remainingMs }) {
      steps.push(remainingMs());
      // Whatever is sent is written down.
      expect((await journal.read('cart/1')).attempts.length).toBeGreaterThan(0);
      requests += 1;
      return sent[Math.min(requests, sent.length) - 1] ?? lost;
    },
  });
  const result = once.run('cart/1', {
    atWorkMs: defaultTiming.atWorkMs,
    caller: 'guest',
    refuseStranger: () => undefined,
    look,
  });
  return { clock, journal, once, result, steps, requestsMade: () => requests };
}

describe('what is done exactly once', () => {
  test('leaves no attempt behind of which it was not told whether it is written', async () => {
    const { result, journal, requestsMade } = run([lost], (own) => ({
      ...own,
      async intend(...values) {
        await own.intend(...values);
        throw new JournalError();
      },
    }));
    expect(await result).toMatchObject({ outcome: 'unavailable' });
    expect(requestsMade()).toBe(0);
    expect((await journal.read('cart/1')).attempts).toEqual([]);
  });

  test('is looked at ever more rarely while nobody can tell, until time is up', async () => {
    const { result, clock, requestsMade } = run([lost]);
    expect(await result).toMatchObject({ outcome: 'unknown', cause: { status: 500 } });
    expect(clock.slept.slice(0, 6)).toEqual([250, 500, 1000, 2000, 4000, 4000]);
    expect(requestsMade()).toBeLessThan(12);
  });

  test('has all of a step for its request, whatever the look has taken', async () => {
    const { result, steps } = run([{ is: 'made', order }]);
    await result;
    expect(steps).toEqual([defaultTiming.stepMs]);
  });

  test('is told to no stranger when time is up, not even as unknown', async () => {
    const clock = createClock();
    const journal = createMemoryJournal({ clock });
    await journal.intend('cart/1', { id: 'a', sentAt: clock.at, evidence: {}, owner: 'customer/1' }, []);
    const once = createExactlyOnce({
      journal,
      clock,
      log: createLog({ level: 'silent' }),
      timing: defaultTiming,
    });
    const ask = (caller: string) =>
      once.run('cart/1', {
        atWorkMs: defaultTiming.atWorkMs,
        caller,
        refuseStranger: (owner) => (owner === caller ? undefined : 'NOT YOURS'),
        look: async () => ({ is: 'unclear' }),
      });
    expect(await ask('guest')).toEqual({ outcome: 'refused', refused: 'NOT YOURS' });
    expect(await ask('customer/1')).toMatchObject({ outcome: 'unknown' });
  });

  test('is believed to be denied after the second time that Ecwid shows it and does not take it', async () => {
    const denied: Sent<string> = { is: 'denied', refused: 'NOT ACTIVE' };
    const { result, requestsMade, journal } = run([denied]);
    expect(await result).toEqual({ outcome: 'refused', refused: 'NOT ACTIVE' });
    expect(requestsMade()).toBe(2);
    expect((await journal.read('cart/1')).attempts).toEqual([]);
    expect(await run([denied, { is: 'made', order }]).result).toEqual({ outcome: 'made', order });
  });

  test('is not refused while an earlier request for it may be at work', async () => {
    const { result, requestsMade } = run([lost, { is: 'refused', refused: 'NO' }]);
    expect(await result).toMatchObject({ outcome: 'unknown' });
    expect(requestsMade()).toBeGreaterThan(2);
  });

  test('is unavailable, and not unknown, where no request was worked on', async () => {
    const unsent: Sent<string> = { is: 'unsent', cause: new EcwidStatusError(429) };
    const { result, journal } = run([unsent]);
    expect(await result).toMatchObject({ outcome: 'unavailable', cause: { status: 429 } });
    expect((await journal.read('cart/1')).attempts).toEqual([]);
    expect(await run([lost, unsent]).result).toMatchObject({ outcome: 'unknown' });
  });

  test('is not sent by who has stood still since it was written down: others may have given it up', async () => {
    let stalls = 1;
    const { result, requestsMade, clock } = run([{ is: 'made', order }], (journal) => ({
      ...journal,
      async intend(...values) {
        const isWritten = await journal.intend(...values);
        if (stalls-- > 0) {
          clock.at += defaultTiming.stepMs + 1;
          const { attempts } = await journal.read('cart/1');
          await journal.withdraw(
            'cart/1',
            attempts.map(({ id }) => id),
          );
        }
        return isWritten;
      },
    }));
    expect(await result).toEqual({ outcome: 'made', order });
    expect(requestsMade()).toBe(1);
  });

  test('is not begun once it is to end', async () => {
    const clock = createClock();
    const journal = createMemoryJournal({ clock });
    const once = createExactlyOnce({ journal, clock, log: createLog({ level: 'silent' }) });
    let requests = 0;
    const looking = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    const result = once.run<string>('cart/1', {
      atWorkMs: 0,
      caller: 'guest',
      refuseStranger: () => undefined,
      async look() {
        looked.resolve();
        await looking.promise;
        return {
          is: 'ready',
          evidence: {},
          async send() {
            requests += 1;
            return lost;
          },
        };
      },
    });
    await looked.promise;
    const closed = once.close();
    looking.resolve();
    await closed;
    expect(await result).toMatchObject({ outcome: 'unknown' });
    expect(requests).toBe(0);
    expect(await journal.read('cart/1')).toEqual({ outcome: null, attempts: [] });
  });
});
