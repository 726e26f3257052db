import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** What is looked at of a request. Those of node:http are such; those of `fetch` are put into this form. */
export interface Incoming extends Readable {
  readonly method?: string | undefined;
  /** Path and query. */
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. Empty where several of one name came as one. */
  readonly rawHeaders: readonly string[];
  readonly socket: { readonly remoteAddress?: string | undefined };
  /** Whether an answer is heard while the body is still on its way, which then need not be read to its end. */
  readonly mayBeCutShort?: boolean;
  /** What was made of the body by whoever has read it before. */
  readonly body?: unknown;
}

/** What is looked at of its answer: whether somebody waits for that. */
export interface Outgoing {
  readonly req: Pick<Incoming, 'method' | 'headers'>;
  readonly closed: boolean;
  readonly writableEnded: boolean;
  once(event: 'close', listener: () => void): unknown;
}
