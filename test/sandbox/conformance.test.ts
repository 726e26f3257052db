import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { createApi } from './api.ts';
import { behaviours } from './behaviours/behaviours.ts';

describe('the sandbox behaves as Ecwid does', () => {
  test.each(behaviours)('$id: $says', async ({ options, check }) => {
    const sandbox = await createSandbox(options);
    try {
      await check(createApi(sandbox));
    } finally {
      await sandbox.close();
    }
  });

  test('every behaviour has an id of its own', () => {
    const ids = behaviours.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a behaviour that needs options is for the sandbox alone', () => {
    expect(behaviours.filter(({ options, sandboxOnly }) => options && !sandboxOnly)).toEqual([]);
  });
});
