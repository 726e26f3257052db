/** Loaded before a program: what is to wait for ten seconds, as the end does for requests, waits for one. */
const start = globalThis.setTimeout;

globalThis.setTimeout = Object.assign(
  (run: () => void, ms?: number) => start(run, ms === 10_000 ? 1_000 : ms),
  start,
) as typeof setTimeout;
