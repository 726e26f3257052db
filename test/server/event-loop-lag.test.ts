import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchEventLoopLag } from '../../src/server/event-loop-lag.ts';

// Its seconds end when a test says so; what it measures in them is real.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const endSecond = () => vi.advanceTimersByTime(1_000);

async function haltForASecond(): Promise<void> {
  const end = performance.now() + 800;
  while (performance.now() < end);
  // What was due meanwhile has a turn.
  await turn();
  await turn();
  endSecond();
}

describe('the lag of the event loop', () => {
  test('is that of halts which go on, however calm it was before', async () => {
    const { lagMs } = watchEventLoopLag();
    await sleep(400);
    endSecond();
    let seconds = 0;
    while (lagMs() <= 500 && seconds < 6) {
      await haltForASecond();
      seconds += 1;
    }
    expect(lagMs()).toBeGreaterThan(500);
  });

  test('is none of one halt, and none of those that are over', async () => {
    const { lagMs } = watchEventLoopLag();
    await sleep(100);
    endSecond();
    expect(lagMs()).toBeLessThan(400);
    await haltForASecond();
    expect(lagMs()).toBeLessThan(400);
    await haltForASecond();
    await sleep(100);
    endSecond();
    expect(lagMs()).toBeLessThan(400);
  });
});
