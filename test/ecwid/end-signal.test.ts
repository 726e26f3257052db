import { describe, expect, test } from 'vitest';
import { EndController, throwIfAborted } from '../../src/ecwid/end-signal.ts';

describe('EndController', () => {
  test('tells each listener once, and of the first reason', () => {
    const end = new EndController();
    const told: (Error | undefined)[] = [];
    for (const _ of [1, 2]) end.addEventListener('abort', () => told.push(end.reason));
    expect(end.aborted).toBe(false);
    const first = new Error('first');
    end.abort(first);
    end.abort(new Error('second'));
    expect(end.aborted).toBe(true);
    expect(told).toEqual([first, first]);
  });

  test.each([0, 1, 2])('tells no more who listens no more, be it the one at %i', (gone) => {
    const end = new EndController();
    const told: number[] = [];
    const listeners = [0, 1, 2].map((index) => () => void told.push(index));
    for (const listener of listeners) end.addEventListener('abort', listener);
    const [leaving = () => {}] = listeners.slice(gone);
    end.removeEventListener('abort', leaving);
    end.removeEventListener('abort', leaving);
    end.removeEventListener('abort', () => {});
    end.abort();
    expect(told.toSorted()).toEqual([0, 1, 2].filter((index) => index !== gone));
  });

  test('tells none whom another has stopped from listening meanwhile', () => {
    const end = new EndController();
    const told: number[] = [];
    const listeners = [0, 1, 2].map((index) => () => {
      for (const listener of listeners) end.removeEventListener('abort', listener);
      told.push(index);
    });
    for (const listener of listeners) end.addEventListener('abort', listener);
    end.abort();
    expect(told).toEqual([0]);
  });

  test('gives a reason as an AbortController does where there is none', () => {
    const end = new EndController();
    end.abort();
    expect(() => throwIfAborted(end)).toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(() => throwIfAborted(new EndController())).not.toThrow();
    expect(() => throwIfAborted(undefined)).not.toThrow();
  });
});
