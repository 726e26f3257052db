import { describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createLoadLimit, createSharedPlaces } from '../../src/server/load-limit.ts';

const silent = createLog({ level: 'silent' });

/** Stores that share this many places, and how many each of them gets that takes all it can in turn with the others. */
function takeAll(places: number, stores: number) {
  const shared = createSharedPlaces(places);
  const limits = Array.from({ length: stores + 1 }, () =>
    createLoadLimit({ inFlight: places, shared, lagMs: () => 0, log: silent }),
  );
  const quiet = limits.pop();
  const releases = limits.map((): (() => void)[] => []);
  for (let round = 0; round < places; round += 1) {
    for (const [index, limit] of limits.entries()) {
      try {
        releases[index]?.push(limit.takePlace());
      } catch {}
    }
  }
  return { taken: releases.map(({ length }) => length), releases, shared, quiet };
}

describe('places that stores share', () => {
  test.each([
    [200, 1, [100]],
    [200, 2, [67, 67]],
    [200, 3, [50, 50, 50]],
    [10, 4, [2, 2, 2, 2]],
    [1, 1, [1]],
  ])('of %i get %i who want them all so many each: %j', (places, stores, expected) => {
    expect(takeAll(places, stores).taken).toEqual(expected);
  });

  test('are left for a store that has none, and are free again when they are given back', () => {
    for (const stores of [1, 2, 50, 150, 199]) {
      const { quiet, releases, shared } = takeAll(200, stores);
      const release = quiet?.takePlace();
      release?.();
      for (const one of releases.flat()) one();
      expect(shared.free).toBe(200);
    }
  });
});

describe('a log that stores share', () => {
  test('leaves out lines of one that are many, and none of another', () => {
    const lines: string[] = [];
    const log = createLog({
      level: 'info',
      secrets: ['of one', 'of another', 'of'],
      destination: { write: (line) => lines.push(line) },
    });
    const [first, second] = ['1001', '1002'].map((store) => log.child({ store }));
    for (let count = 0; count < 50; count += 1) first?.warn('a call failed');
    second?.warn({ words: 'of one, of another, of none' }, 'a call failed');
    const told = lines.map((line) => JSON.parse(line));
    expect(told.filter(({ store }) => store === '1001')).toHaveLength(10);
    expect(told.filter(({ store }) => store === '1002')).toMatchObject([
      { words: '[redacted], [redacted], [redacted] none' },
    ]);
  });
});

describe('metrics that stores share', () => {
  const budget = { left: 5, waiting: 0 };
  const gauges = async (metrics: ReturnType<typeof createMetrics>) =>
    (await metrics.print()).split('\n').filter((line) => line.startsWith('ecwid_graphql_budget_left'));

  test('tell of each that is open, and of none that was closed', async () => {
    const metrics = createMetrics();
    const unwatch = metrics.ofStore('1001').watch({ budget, breaker: { isTripped: false } });
    metrics.ofStore('1002').watch({ budget: { left: 7, waiting: 0 }, breaker: { isTripped: true } });
    expect(await gauges(metrics)).toEqual([
      'ecwid_graphql_budget_left{store="1001"} 5',
      'ecwid_graphql_budget_left{store="1002"} 7',
    ]);
    unwatch();
    expect(await gauges(metrics)).toEqual(['ecwid_graphql_budget_left{store="1002"} 7']);
    expect(await metrics.print()).toContain('ecwid_graphql_breaker_open{store="1002"} 1\n');
    metrics.ofStore('1001').watch({ budget, breaker: { isTripped: false } });
    expect(await gauges(metrics)).toHaveLength(2);
  });

  test('have no label where there is one', async () => {
    const metrics = createMetrics();
    metrics.watch({ budget, breaker: { isTripped: false } });
    expect(await gauges(metrics)).toEqual(['ecwid_graphql_budget_left 5']);
  });
});
