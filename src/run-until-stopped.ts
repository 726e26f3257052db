import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { type Close, closeInReverse } from './closing.ts';
import { type Config, readConfig } from './config.ts';
import { abandonLog, createLog, finishLog } from './log.ts';
import { describeUnexpected } from './server/describe-unexpected.ts';

/** Starts one thing, puts how to close it on the pile as soon as it is open, and resolves with a text for people. */
export type Start = (config: Config, opened: Close[], stopping: AbortSignal) => Promise<string>;

/** Starts what is configured by the environment, and closes it once the process is told to end. */
export async function runUntilStopped(start: Start, port: Parameters<typeof readConfig>[0]): Promise<void> {
  const opened: Close[] = [];
  const stopping = new AbortController();
  const stopped = once(stopping.signal, 'abort');
  const stop = () => {
    // Somebody is in a hurry.
    if (stopping.signal.aborted) exitNow(1);
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  try {
    const config = readConfig(port);
    const log = createLog({ level: config.logLevel });
    // Rejections that nobody handles come here as well.
    process.on('uncaughtException', (error) => {
      // What fails while it ends is no news.
      if (process.exitCode === 1) return;
      process.exitCode = 1;
      log.fatal(describeUnexpected(error), 'an uncaught error ends the process');
      // What is left of it is not to be trusted for long.
      setTimeout(() => process.exit(), 1_000).unref();
      stopping.abort();
    });
    const greeting = await start(config, opened, stopping.signal);
    if (stopping.signal.aborted) return;
    process.stdout.write(`${greeting}\n`);
    // It is written at exit otherwise, which a process that is killed does not come to.
    flushCompileCache();
    keepYoungObjectsYoung();
    await stopped;
  } finally {
    await closeInReverse(opened);
    // A log that nobody reads would keep it from ending by itself.
    const fuse = setTimeout(exitNow, 2_000);
    await finishLog();
    clearTimeout(fuse);
  }
}

/**
 * What V8 has seen to outlive a young collection, as all of a request may while Ecwid is slow or a page is large, it makes
 * among the old objects from then on: there each is in the way until all are collected. Not sooner, as the code that Node
 * keeps, of its own modules as well, is good for the flags alone that it was made under, and a start would take longer.
 */
function keepYoungObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

function exitNow(code?: number): void {
  abandonLog();
  process.exit(code);
}
