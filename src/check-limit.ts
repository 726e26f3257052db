import type { LimitName, Limits, LimitsMode } from './limits.ts';
import type { Log } from './log.ts';

/** What is said of a request over each limit that has a code; # is where the number stands. */
const sentences = {
  body: 'The body of the request has # bytes',
  jsonDepth: 'The JSON of the request is # levels deep',
  headers: 'The headers of the request have # bytes',
  subscriptionsPerCaller: 'The caller has # subscriptions',
  tokens: 'The document has # tokens',
  nesting: 'The brackets of the document are # levels deep',
  depth: 'The operation is # levels deep',
  aliases: 'The operation has # aliases',
  fields: 'The operation has # fields',
  directives: 'The operation has # directives',
  introspections: 'The operation asks # times for its schema',
  cost: 'The operation costs # points',
  first: 'A page asks for # items',
  ids: 'A list holds # ids',
} as const satisfies Partial<Record<LimitName, string>>;

export type CodedLimit = keyof typeof sentences;

// Past these the process itself is at stake, so they hold in either mode.
const alwaysHeld = ['body', 'jsonDepth', 'headers', 'subscriptionsPerCaller', 'nesting'] as const;
export type MeasuredLimit = Exclude<CodedLimit, (typeof alwaysHeld)[number]>;

const statuses: Partial<Record<CodedLimit, number>> = {
  body: 413,
  headers: 431,
  subscriptionsPerCaller: 429,
};

interface Excess {
  /** Absent where counting ended at the limit. */
  readonly actual?: number;
  readonly [extension: string]: unknown;
}

/** A request, or a field of it, is over a limit, which its code names. Safe to show. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
  readonly code: string;
  /** Of HTTP, where the whole request is over it. */
  readonly status: number;
  readonly extensions: Excess & { readonly limit: number };

  constructor(name: CodedLimit, limit: number, excess: Excess = {}) {
    const sentence = sentences[name].replace('#', String(excess.actual ?? `more than ${limit}`));
    super(`${sentence}; the limit is ${limit}.`);
    this.code = codeOf(name);
    this.status = statuses[name] ?? 400;
    this.extensions = { limit, ...excess };
  }
}

/**
 * Lets pass what is within the limit, and what is over it where limits are only measured.
 * @throws LimitError
 */
export type CheckLimit = (name: MeasuredLimit, actual: number, extensions?: Omit<Excess, 'actual'>) => void;

export function createLimitCheck({
  limits,
  limitsMode,
  log,
}: {
  readonly limits: Limits;
  readonly limitsMode: LimitsMode;
  readonly log: Log;
}): CheckLimit {
  return (name, actual, extensions) => {
    const limit = limits[name];
    if (actual <= limit) return;
    if (limitsMode === 'enforce') throw new LimitError(name, limit, { ...extensions, actual });
    log.warn({ code: codeOf(name), limit, actual }, 'a request over a limit was let pass');
  };
}

function codeOf(name: CodedLimit): string {
  return `${name.replace(/[A-Z]/g, '_$&').toUpperCase()}_LIMIT_EXCEEDED`;
}
