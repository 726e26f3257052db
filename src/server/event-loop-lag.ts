import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 20;

export interface EventLoopLag {
  readonly lagMs: () => number;
  /** Ends the watch. */
  readonly close: () => void;
}

/**
 * Watches from now on how late timers are in this process: the mean of a second, in ms, and the smaller one of the
 * last two. One halt is over when it is seen, be it of seconds, or of a machine that slept.
 */
export function watchEventLoopLag(): EventLoopLag {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  let before = 0;
  let latest = 0;
  let count = 0;
  let total = 0;
  const timer = setInterval(() => {
    // By what was added since, not by a reset: that forgets when the monitor was last on time, and a halt with it.
    const added = delays.count - count;
    const addedMs = added > 0 ? (delays.count * delays.mean) / 1e6 - total : 0;
    count += added;
    total += addedMs;
    before = latest;
    // What it is the mean of is the time between two of the monitor's own timers.
    latest = added > 0 ? addedMs / added - resolutionMs : 0;
  }, 1_000);
  timer.unref();
  return {
    lagMs: () => Math.max(Math.min(before, latest), 0),
    close() {
      clearInterval(timer);
      delays.disable();
    },
  };
}
