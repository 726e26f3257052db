/**
 * Loaded before a program: from SIGUSR2 on it blocks its event loop, as often and as long as it was told to, or until
 * there is another.
 */
const { BLOCKED_TIMES = '1', BLOCKED_MS = '1500' } = process.env;

let left = 0;
process.on('SIGUSR2', async () => {
  for (left = left > 0 ? 0 : Number(BLOCKED_TIMES); left > 0; left -= 1) {
    const end = performance.now() + Number(BLOCKED_MS);
    while (performance.now() < end);
    // Whatever waits has a turn.
    await new Promise(setImmediate);
  }
});
