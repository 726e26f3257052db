import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of one request while it is answered. Everything that is done for it finds it, however deep. */
export interface RequestScope {
  /** Joins the answer, every line of the log, and the calls to Ecwid. */
  readonly id: string;
  /** Of `performance.now`. */
  readonly startedAt: number;
  /** Who asks, once that is known. */
  viewer?: 'guest' | 'customer' | 'staff';
  /** What runs, once that is known. */
  operation?: {
    readonly type: 'query' | 'mutation' | 'subscription';
    /** Of the caller's choosing. */
    readonly name?: string | undefined;
  };
  /** Of a trusted document. */
  documentId?: string;
  /** Codes of the errors that the caller is told. */
  readonly codes: Set<string>;
  /** Calls to Ecwid that it began; those of others that it waited for are theirs. */
  readonly upstream: { calls: number; bytes: number; ms: number };
}

const storage = new AsyncLocalStorage<RequestScope>();

/** The request that this is done for; undefined where it is for none. */
export function currentRequest(): RequestScope | undefined {
  return storage.getStore();
}

export function runInScope<Result>(scope: RequestScope, run: () => Result): Result {
  return storage.run(scope, run);
}

/** Counts a call to Ecwid to the request that it was made for. */
export function countUpstream({ ms, bytes }: { readonly ms: number; readonly bytes: number }): void {
  const upstream = currentRequest()?.upstream;
  if (!upstream) return;
  upstream.calls += 1;
  upstream.bytes += bytes;
  upstream.ms += ms;
}
