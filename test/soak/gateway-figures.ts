/**
 * Loaded before main.ts, by `--import` and with `--expose-gc`: has a gateway tell its figures to the process that has
 * forked it, and changes nothing else of it.
 */
export interface GatewayFigures {
  /** Bytes, of what is in use. */
  readonly heap: number;
  readonly sockets: number;
  readonly timers: number;
  /** Such as of listeners that add up. */
  readonly warnings: readonly string[];
}

const warnings: string[] = [];
process.on('warning', ({ name }) => warnings.push(name));

process.on('message', async () => {
  // What the first collection lets go of may hold what only the second one finds.
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  const resources = process.getActiveResourcesInfo();
  const figures: GatewayFigures = {
    heap: process.memoryUsage().heapUsed,
    sockets: resources.filter((name) => name === 'TCPSocketWrap').length,
    timers: resources.filter((name) => name === 'Timeout').length,
    warnings,
  };
  process.send?.(figures);
});
process.once('disconnect', () => process.exit());
// A listener would keep it from ending.
process.channel?.unref();
