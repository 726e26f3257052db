import { describe, expect, test } from 'vitest';
import type { Creation } from '../../src/checkout/creation.ts';
import { createOrderKeys } from '../../src/checkout/order-keys.ts';

const created: Creation = { outcome: 'created', order: { key: 'A', known: { id: 'A' } } };
const refused: Creation = { outcome: 'refused', refusals: [{ code: 'INVALID_INPUT', message: 'No.' }] };
const unknown: Creation = { outcome: 'unknown', refusals: [{ code: 'OUTCOME_UNKNOWN', message: '?' }] };

function recorder(...outcomes: (Creation | Error)[]) {
  const calls: boolean[] = [];
  const create = async (mayExist: boolean) => {
    calls.push(mayExist);
    const outcome = outcomes[calls.length - 1];
    if (!outcome || outcome instanceof Error) throw outcome ?? new Error('called too often');
    return outcome;
  };
  return { calls, create };
}

describe('order keys', () => {
  test('run a creation once for all who ask at once or later', async () => {
    const keys = createOrderKeys();
    const { calls, create } = recorder(created);
    expect(await Promise.all([keys.once('k', 'f', create), keys.once('k', 'f', create)])).toEqual([
      created,
      created,
    ]);
    expect(await keys.once('k', 'f', create)).toBe(created);
    expect(calls).toEqual([false]);
  });

  test('know a key that was used with another fingerprint, also while it is at work', async () => {
    const keys = createOrderKeys();
    const first = keys.once('k', 'f', recorder(created).create);
    expect(await keys.once('k', 'g', recorder().create)).toBeNull();
    await first;
    expect(await keys.once('k', 'g', recorder().create)).toBeNull();
  });

  test('forget what was refused, and what failed before anything was sent', async () => {
    const keys = createOrderKeys();
    const { calls, create } = recorder(refused, new Error('down'), created);
    expect(await keys.once('k', 'f', create)).toBe(refused);
    await expect(keys.once('k', 'f', create)).rejects.toThrow('down');
    expect(await keys.once('k', 'other', create)).toBe(created);
    expect(calls).toEqual([false, false, false]);
  });

  test('tell of an order that may exist until searches must know it', async () => {
    let time = 0;
    const keys = createOrderKeys({ searchLagMs: 1000, now: () => time });
    const { calls, create } = recorder(unknown, unknown, new Error('down'), created);
    expect(await keys.once('k', 'f', create)).toBe(unknown);
    time = 500;
    expect(await keys.once('k', 'f', create)).toBe(unknown);
    time = 999;
    await expect(keys.once('k', 'f', create)).rejects.toThrow('down');
    time = 1000;
    expect(await keys.once('k', 'f', create)).toBe(created);
    expect(calls).toEqual([false, true, true, false]);
  });

  test('open a new window with each request that may have been carried out', async () => {
    let time = 0;
    const keys = createOrderKeys({ searchLagMs: 1000, now: () => time });
    const { calls, create } = recorder(unknown, unknown, unknown, created);
    await keys.once('k', 'f', create);
    time = 1100;
    await keys.once('k', 'f', create);
    // A second after the first request, and far less after the second.
    time = 1200;
    await keys.once('k', 'f', create);
    time = 2100;
    await keys.once('k', 'f', create);
    expect(calls).toEqual([false, false, true, false]);
  });

  test('let no key go that is at work or unknown', async () => {
    const keys = createOrderKeys({ capacity: 1 });
    const work = Promise.withResolvers<Creation>();
    const working = keys.once('working', 'f', () => work.promise);
    await keys.once('unknown', 'f', recorder(unknown).create);
    await keys.once('other', 'f', recorder(created).create);
    expect(await keys.once('working', 'g', recorder().create)).toBeNull();
    expect(await keys.once('unknown', 'g', recorder().create)).toBeNull();
    work.resolve(created);
    await working;
  });

  test('keep no more keys than they may', async () => {
    const keys = createOrderKeys({ capacity: 2 });
    for (const key of ['a', 'b', 'c']) await keys.once(key, 'f', recorder(created).create);
    const { calls, create } = recorder(created, created);
    await keys.once('c', 'f', create);
    expect(calls).toEqual([]);
    await keys.once('a', 'f', create);
    expect(calls).toEqual([false]);
  });
});
