/** How much one request may ask for. What each of them bounds, and why, is told in docs/limits.md. */
export const defaultLimits = {
  /** Bytes of a request's body. */
  body: 100_000,
  /** Levels of the JSON in a request. */
  jsonDepth: 64,
  /** Bytes of a request's line and headers. */
  headers: 16_384,
  /** Connections at once, whatever comes on them. */
  connections: 2_000,
  /** Seconds until the last header has come. */
  headersSeconds: 5,
  /** Seconds until the last byte of a request has come. */
  requestSeconds: 10,
  /** Seconds in which nothing of a request or its answer moves, but for those in which the answer is made. */
  idleSeconds: 60,
  /** Bytes of answers that wait to be read, on all connections together. */
  unsent: 64_000_000,
  /** Requests that are being answered at once, whoever asks. */
  inFlight: 200,
  /** Subscriptions that are open at once. */
  subscriptions: 1_000,
  /** Those of one caller. */
  subscriptionsPerCaller: 20,
  /** Seconds in which a query is answered: what is not there by then fails alone. A mutation ends what it has begun. */
  querySeconds: 10,
  tokens: 2_000,
  /** Levels of brackets in a document, counted before it is parsed. */
  nesting: 100,
  /** Levels of fields in an operation. */
  depth: 10,
  /** Fields of an operation under another name than their own, fragments spread. */
  aliases: 60,
  /** Fields of an operation, fragments spread. */
  fields: 400,
  /** Directives of an operation, fragments spread. */
  directives: 9,
  /** How often an operation asks for `__schema`, `__type`, `_service` or `_sdl`. */
  introspections: 1,
  /** Points of an operation: `pointsOfCall` for a call to Ecwid, 1 for an object of the answer. */
  cost: 150_000,
  /** Items of a page. */
  first: 1_000,
  /** Ids of one list. */
  ids: 100,
  /** Mistakes of a document that are told. */
  validationErrors: 5,
  /** Bytes of documents that are remembered as parsed. */
  documentCache: 4_000_000,
} as const;

export const pointsOfCall = 1_000;

export type LimitName = keyof typeof defaultLimits;
export type Limits = Readonly<Record<LimitName, number>>;

/** Whether a request over a limit is refused, or let pass with a line in the log. */
export const limitsModes = ['enforce', 'measure'] as const;
export type LimitsMode = (typeof limitsModes)[number];

/**
 * Deeper than that the parser, or what reads the values, may run out of stack. Timers last 24 days at most, and what is
 * meant to be longer would be over at once.
 */
const ceilings: Partial<Limits> = {
  nesting: 500,
  jsonDepth: 500,
  headersSeconds: 3_600,
  requestSeconds: 3_600,
  idleSeconds: 3_600,
  querySeconds: 3_600,
};

/**
 * The limits with what a text such as `depth=12,aliases=100` changes of them.
 * @throws RangeError that says what cannot be read
 */
export function parseLimits(text: string): Limits {
  const changes = text.split(',').map((pair): [LimitName, number] => {
    const [, name = '', value = ''] = /^\s*(\w+)\s*=\s*(\d{1,9})\s*$/.exec(pair) ?? [];
    if (!isLimitName(name) || Number(value) < 1) {
      throw new RangeError(
        `must be pairs such as depth=12 with commas between them, of ${Object.keys(defaultLimits).join(', ')}`,
      );
    }
    const most = ceilings[name] ?? Number.POSITIVE_INFINITY;
    if (Number(value) > most) throw new RangeError(`must have no more than ${most} for ${name}`);
    return [name, Number(value)];
  });
  return { ...defaultLimits, ...Object.fromEntries(changes) };
}

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(defaultLimits, name);
}
