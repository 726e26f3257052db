import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  readonly level: LogLevel;
  /** Values that must never stand in a line, such as the store's token and the API's host. */
  readonly secrets?: readonly string[];
  /** Where lines go; by default the error stream, since standard output is for people. */
  readonly destination?: DestinationStream;
}

/** JSON lines, one per event. Whatever a line was made from, no secret is in it when it is written. */
export function createLog({ level, secrets = [], destination = pino.destination(2) }: LogOptions): Log {
  const scrub = createScrubber(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // No stacks: where an error comes from is said by whoever logs it.
      serializers: { err: (error: unknown) => (error instanceof Error ? error.name : typeof error) },
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => destination.write(scrub(line)) },
  );
}

// Ecwid's tokens by their prefixes, the query form of authentication, any bearer credential, and JWTs.
const credentials =
  /\b(?:secret|secure|public)_[\w-]{4,}|\btoken=[^&"\s]+|\bBearer [\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

function createScrubber(secrets: readonly string[]): (line: string) => string {
  // As they would stand inside a JSON string, and the longest first: one secret may contain another.
  const literal = secrets
    .filter((secret) => secret.length > 0)
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .sort((a, b) => b.length - a.length);
  return (line) =>
    literal
      .reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line)
      .replace(credentials, '[redacted]');
}
