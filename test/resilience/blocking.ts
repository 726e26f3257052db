/** Loaded before a program: from SIGUSR2 on it blocks its event loop, as often and as long as it was told to. */
const { BLOCKED_TIMES = '1', BLOCKED_MS = '1500' } = process.env;

process.on('SIGUSR2', async () => {
  for (let n = 0; n < Number(BLOCKED_TIMES); n += 1) {
    const end = performance.now() + Number(BLOCKED_MS);
    while (performance.now() < end);
    // Whatever waits has a turn.
    await new Promise(setImmediate);
  }
});
