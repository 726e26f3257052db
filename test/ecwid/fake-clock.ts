import { expect } from 'vitest';

/** Stands still until it is moved, and holds one timer. */
export function createFakeClock() {
  let now = 1_000_000;
  let timer: { readonly at: number; readonly callBack: () => void } | undefined;
  return {
    monotonic: () => now,
    setTimer(ms: number, callBack: () => void) {
      expect(timer, 'a second timer').toBeUndefined();
      const set = { at: now + ms, callBack };
      timer = set;
      return () => {
        if (timer === set) timer = undefined;
      };
    },
    get hasTimer() {
      return timer !== undefined;
    },
    async pass(ms: number) {
      const end = now + ms;
      await settled();
      while (timer && timer.at <= end) {
        const { at, callBack } = timer;
        timer = undefined;
        now = at;
        callBack();
        await settled();
      }
      now = end;
    },
  };
}

/** After whatever follows at once from what has happened. */
export async function settled() {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}
