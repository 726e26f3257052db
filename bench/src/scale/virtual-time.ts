import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TimerClock } from '../../../src/ecwid/call-budget.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callBack: () => void;
}

/** Time that passes as fast as what happens in it can be worked out. */
export interface VirtualTime extends TimerClock {
  sleep(ms: number): Promise<void>;
  /** Stands still until something real is done. */
  standStillFor<Value>(work: () => Promise<Value>): Promise<Value>;
  pass(ms: number): Promise<void>;
}

export function createVirtualTime(): VirtualTime {
  let now = 0;
  let order = 0;
  let underWay = 0;
  // The next one is last.
  const timers: Timer[] = [];

  function setTimer(ms: number, callBack: () => void): () => void {
    order += 1;
    const timer = { at: now + Math.max(ms, 0), order, callBack };
    let low = 0;
    let high = timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = timers[middle];
      if (other && (other.at > timer.at || (other.at === timer.at && other.order > timer.order)))
        low = middle + 1;
      else high = middle;
    }
    timers.splice(low, 0, timer);
    return () => {
      const index = timers.indexOf(timer);
      if (index >= 0) timers.splice(index, 1);
    };
  }

  /** Until all that follows from what has happened has happened too. */
  async function settled(): Promise<void> {
    do await nextTurn();
    while (underWay > 0);
  }

  return {
    monotonic: () => now,
    setTimer,
    sleep: (ms) => new Promise((resolve) => void setTimer(ms, resolve)),
    async standStillFor(work) {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
      }
    },
    async pass(ms) {
      const end = now + ms;
      await settled();
      for (let next = timers.at(-1); next && next.at <= end; next = timers.at(-1)) {
        timers.pop();
        now = next.at;
        next.callBack();
        await settled();
      }
      now = end;
    },
  };
}
