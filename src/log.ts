import { createRequire } from 'node:module';
import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequest } from './request-scope.ts';

export type Log = Logger;

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  readonly level: LogLevel;
  /** Values that must never stand in a line, such as the store's token and the API's host. */
  readonly secrets?: readonly string[];
  /** How many warnings of a kind are written in a second, and how many errors of one. Default 10. */
  readonly repeats?: number;
  /** Where lines go; by default the error stream, since standard output is for people. */
  readonly destination?: Destination;
}

/** What no line is meant to have under these names; `createScrubber` sees to what stands in other texts. */
const sensitive: ReadonlySet<string> = new Set([
  ...['token', 'authorization', 'headers', 'variables', 'email', 'body'],
]);

// Of pino's own way to do that a line takes as long as answering a query.
function withoutSensitive(details: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(details)) {
    const value = details[name];
    const isPlain = value?.constructor === Object && depth < 2;
    if (sensitive.has(name)) kept[name] = '[redacted]';
    else kept[name] = isPlain ? withoutSensitive(value as Record<string, unknown>, depth + 1) : value;
  }
  return kept;
}

type Destination = DestinationStream & {
  flush?(done: (error?: Error) => void): void;
  flushSync?(): void;
  destroy?(): unknown;
};

/** Writes what is still to be written, as the end of a process would, but for one who does not read: it would hang. */
export function finishLog(): Promise<void> {
  return new Promise((resolve) => {
    if (opened?.flush) opened.flush(() => resolve());
    else resolve();
  });
}

/** Leaves unwritten what is still to be written: whoever should have read it has not for too long, and would never. */
export function abandonLog(): void {
  opened?.destroy?.();
}

/**
 * JSON lines, one per event, but for warnings and errors that repeat. Whatever a line was made from, no secret is in
 * it when it is written.
 */
export function createLog({
  level,
  secrets = [],
  repeats = 10,
  destination = errorStream(),
}: LogOptions): Log {
  const scrub = createScrubber(secrets);
  // What one store's lines are many of hides none of another's.
  const repeatLimits = new WeakMap<object, ReturnType<typeof createRepeatLimit>>();
  const countLeftOut = (logger: object, message: string) => {
    const limit = repeatLimits.get(logger) ?? createRepeatLimit(repeats);
    repeatLimits.set(logger, limit);
    return limit(message);
  };
  return pino(
    {
      level,
      base: null,
      timestamp: createTimestamp(),
      // No stacks: where an error comes from is said by whoever logs it.
      serializers: { err: (error: unknown) => (error instanceof Error ? error.name : typeof error) },
      formatters: { level: (label) => ({ level: label }), log: (details) => withoutSensitive(details) },
      mixin: () => ({ requestId: currentRequest()?.id }),
      hooks: {
        logMethod(args, method, level) {
          const [first, second] = args as [unknown, unknown];
          const [details, message] =
            typeof first === 'string' ? [{}, first] : [Object(first), String(second)];
          const leftOut = mayRepeat(level) ? 0 : countLeftOut(this, message);
          if (leftOut === 0) method.apply(this, args);
          else if (leftOut !== undefined) method.call(this, { ...details, suppressed: leftOut }, message);
        },
      },
    },
    {
      write: (line) => destination.write(scrub(line)),
      // What is fatal has to be out before the process is.
      flushSync: () => destination.flushSync?.(),
    } as DestinationStream,
  );
}

/** Made anew once in a millisecond, in which a busy process writes many lines. */
function createTimestamp(): () => string {
  let at = Number.NaN;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== at) {
      at = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}

let opened: Destination | undefined;

function errorStream(): Destination {
  opened ??= process.stderr.isTTY ? terminal() : fileOrPipe();
  return opened;
}

// Who is slow to read it holds up nobody: beyond so many bytes lines are dropped. Lines are written together, as a write
// for each takes longer than what it tells of; what is left is written at exit, and what waits is never older than the
// time between two flushes.
function fileOrPipe(): Destination {
  const stream = pino.destination({
    dest: 2,
    sync: false,
    maxLength: 16_000_000,
    minLength: 65_536,
    maxWrite: 131_072,
    periodicFlush: 100,
    contentMode: 'buffer',
  });
  return {
    // As texts, all that wait would be copied with each line that joins them.
    write: (line) => void stream.write(Buffer.from(line) as never),
    flush: (done) => stream.flush(done),
    flushSync: () => stream.flushSync(),
    destroy: () => stream.destroy(),
  };
}

function terminal(): Destination {
  // Read only where somebody looks, and there at once, so that nothing that is logged has to wait for it.
  const { build } = createRequire(import.meta.url)('pino-pretty') as typeof import('pino-pretty');
  const colorize = process.stderr.hasColors();
  return build({ destination: 2, sync: true, colorize, singleLine: true, translateTime: 'SYS:HH:MM:ss.l' });
}

function mayRepeat(level: number): boolean {
  return !['warn', 'error'].includes(pino.levels.labels[level] ?? '');
}

/**
 * Lets so many of equal lines pass in a second: during an outage each request would write several. Tells how many were
 * left out before one that passes; undefined has it left out itself. What is said is a sentence of this program, so
 * that there are few to remember.
 */
export function createRepeatLimit(
  repeats: number,
  now: () => number = () => performance.now(),
): (message: string) => number | undefined {
  const seconds = new Map<string, { startedAt: number; written: number; leftOut: number }>();
  return (message) => {
    const second = seconds.get(message) ?? { startedAt: now(), written: 0, leftOut: 0 };
    seconds.set(message, second);
    if (now() - second.startedAt >= 1_000) Object.assign(second, { startedAt: now(), written: 0 });
    if (second.written >= repeats) {
      second.leftOut += 1;
      return undefined;
    }
    const { leftOut } = second;
    Object.assign(second, { written: second.written + 1, leftOut: 0 });
    return leftOut;
  };
}

// Ecwid's tokens by their prefixes, the query form of authentication, any bearer credential, and JWTs.
const credentials =
  /\b(?:secret|secure|public)_[\w-]{4,}|\btoken=[^&"\s]+|\bBearer [\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** Takes what must not be seen out of a text: these, and whatever looks like a credential. */
export function createScrubber(secrets: readonly string[]): (line: string) => string {
  // As they would stand inside a JSON string. One may begin with another, which then comes after it.
  const literals = secrets
    .filter((secret) => secret.length > 0)
    .map((secret) => RegExp.escape(JSON.stringify(secret).slice(1, -1)))
    .sort()
    .reverse();
  if (literals.length === 0) return (line) => line.replace(credentials, '[redacted]');
  // One expression: a thousand stores have thousands, and to look for each by itself would take longer than answering.
  const known = new RegExp(literals.join('|'), 'g');
  return (line) => line.replace(known, '[redacted]').replace(credentials, '[redacted]');
}
