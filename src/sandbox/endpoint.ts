import type { BatchedRequest, BatchQueue } from './batch/batch-queue.ts';
import type { Access, Token } from './http/access.ts';
import type { JsonObject } from './json.ts';
import type { Store } from './store/store.ts';
import type { Switches } from './switches.ts';

/** One call, understood and let in. */
export interface Call {
  /** The named segments of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body's JSON, or its bytes where the endpoint takes a file; undefined where there was none. */
  readonly body: unknown;
  readonly token: Token;
  readonly store: Store;
  readonly switches: Switches;
  readonly now: () => Date;
  /** For the one call that is about other calls. */
  readonly api: {
    readonly batches: BatchQueue;
    /** @throws ApiError 403 where the token does not reach as far as the request. */
    authorize(token: Token, request: BatchedRequest): void;
  };
}

/** One line of the method-and-path table. Its handler is synchronous, so that each call is atomic. */
export interface Endpoint extends Access {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the store, such as `/carts/:cartId`. */
  readonly path: string;
  /** Whether the body is a file's bytes, of whatever type. */
  readonly takesFile?: boolean;
  /** A text is a page of HTML. */
  readonly handle: (call: Call) => JsonObject | string;
}
