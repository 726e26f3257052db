import { LRUCache } from 'lru-cache';
import type { EcwidClient } from './client.ts';
import { EndController, type EndSignal } from './end-signal.ts';
import { type EcwidRequest, isWrite } from './request.ts';
import { coversResponseFields, type ResponseFields } from './response-fields.ts';

/** Two clients of one store with one token, for whoever may see an answer of a moment ago and whoever may not. */
export interface SharedReads {
  /** Sends each call for itself. What was read before it has written is shared no more. */
  readonly ecwid: EcwidClient;
  /**
   * Whose equal reads at one moment are one call: whoever asks while it is under way, for the same fields or some of
   * them, gets its answer, and it ends early when all of them have left. Answers are Ecwid's own, as yet without a
   * viewer: who may see what of them is for the caller to decide. Carts are remembered for as long as is configured.
   */
  readonly sharedEcwid: EcwidClient;
  /** What was read before something has changed is shared no more. All of it, where it is not known what has. */
  forget(changed?: Changed): void;
}

/** One thing, where its address begins as that of all its kind does. */
export interface Changed {
  readonly kind: 'carts' | 'orders';
  readonly id: string;
}

export interface SharedReadsOptions {
  /** For how long carts that were read are remembered, in milliseconds. Default 0: they are not. */
  readonly cartTtlMs?: number;
  /** Told of each read that needed no call of its own. */
  readonly onShared?: () => void;
  /** Milliseconds that only ever grow; an argument, so that a test can be its master. */
  readonly monotonic?: () => number;
}

interface Read {
  readonly path: readonly string[];
  readonly fields: ResponseFields | undefined;
  readonly answer: Promise<object>;
}

/** A call under way, and who waits for it. */
interface ReadUnderWay extends Read {
  readonly begunAt: number;
  readonly end: EndController;
  waiting: readonly Waiting[];
  /** Whether somebody waits who cannot leave. */
  isHeld: boolean;
}

/** Who waits for a read, and may leave. */
interface Waiting {
  readonly signal: EndSignal;
  hangUp(): void;
  resolve(answer: object): void;
  reject(reason: unknown): void;
}

/** What hangs for longer may hang to its end, and who comes later would with it. */
const mostSharedMs = 1_000;

/** As JSON: some thousands of carts. */
const mostRememberedBytes = 16_000_000;

export function shareReads(
  ecwid: EcwidClient,
  { cartTtlMs = 0, onShared = () => {}, monotonic = () => performance.now() }: SharedReadsOptions = {},
): SharedReads {
  /** By what is read, whatever of it is wanted. */
  const underWay = new Map<string, ReadUnderWay[]>();
  const remembered =
    cartTtlMs > 0
      ? new LRUCache<string, Read & { readonly bytes: number }>({
          ttl: cartTtlMs,
          ttlResolution: 0,
          perf: { now: monotonic },
          maxSize: mostRememberedBytes,
          sizeCalculation: ({ bytes }) => bytes,
        })
      : undefined;

  return {
    forget,
    ecwid: {
      storeId: ecwid.storeId,
      async send(request) {
        if (!isWrite(request) && !isOfBatch(request)) return ecwid.send(request);
        try {
          return await ecwid.send(request);
        } finally {
          forget();
        }
      },
    },
    sharedEcwid: {
      storeId: ecwid.storeId,
      send<Answer extends object>(request: EcwidRequest): Promise<Answer> {
        const { method = 'GET', path, query, deadlineMs, fields, signal } = request;
        if (method !== 'GET') return ecwid.send<Answer>(request);
        if (signal?.aborted) return Promise.reject(signal.reason);
        const key = JSON.stringify([path, query, deadlineMs]);
        const known = remembered?.get(key);
        if (known && covers(known.fields, fields)) {
          onShared();
          return known.answer as Promise<Answer>;
        }
        const now = monotonic();
        const youngest = now - mostSharedMs;
        const others = underWay.get(key);
        const read = others?.find((other) => other.begunAt >= youngest && covers(other.fields, fields));
        if (read) onShared();
        return wait(read ?? begin(key, request, now), key, signal) as Promise<Answer>;
      },
    },
  };

  // Also what is being read: it may have been there before the change.
  function forget(changed?: Changed): void {
    for (const [key, reads] of underWay) {
      const [read] = reads;
      if (changed && read && !mayHold(read, changed)) continue;
      reads.length = 0;
      underWay.delete(key);
    }
    if (!changed) {
      remembered?.clear();
      return;
    }
    for (const [key, read] of remembered ?? []) if (mayHold(read, changed)) remembered?.delete(key);
  }

  function begin(key: string, request: EcwidRequest, begunAt: number): ReadUnderWay {
    const end = new EndController();
    const answer = ecwid.send<object>({ ...request, signal: end });
    const { path, fields } = request;
    const read: ReadUnderWay = { path, fields, answer, begunAt, end, waiting: [], isHeld: false };
    // Also where nobody waits for it any more.
    answer.then(
      (value) => {
        const isCurrent = underWay.get(key)?.includes(read);
        leave(read, key);
        if (isCurrent && path[0] === 'carts') {
          remembered?.set(key, { path, fields, answer, bytes: JSON.stringify(value).length });
        }
        for (const { resolve } of dismiss(read)) resolve(value);
      },
      (error) => {
        leave(read, key);
        for (const { reject } of dismiss(read)) reject(error);
      },
    );
    const others = underWay.get(key);
    if (others) others.push(read);
    else underWay.set(key, [read]);
    return read;
  }

  function wait(read: ReadUnderWay, key: string, signal: EndSignal | undefined): Promise<object> {
    // Stays to the end, and so the read does.
    if (!signal) {
      read.isHeld = true;
      return read.answer;
    }
    return new Promise((resolve, reject) => {
      const hangUp = () => {
        read.waiting = read.waiting.filter((other) => other !== waiting);
        reject(signal.reason);
        if (read.waiting.length > 0 || read.isHeld) return;
        leave(read, key);
        read.end.abort(signal.reason);
      };
      const waiting: Waiting = { signal, hangUp, resolve, reject };
      read.waiting = [...read.waiting, waiting];
      signal.addEventListener('abort', hangUp);
    });
  }

  /** Nobody else joins it. */
  function leave(read: ReadUnderWay, key: string): void {
    const reads = underWay.get(key);
    const at = reads?.indexOf(read) ?? -1;
    if (!reads || at < 0) return;
    // A Map that grows and shrinks leaves tables behind with what was in it, and so far as they are old, that outlives
    // all young collections: a list that is empty by then, and neither the read nor what was read.
    reads.splice(at, 1);
    if (reads.length === 0) underWay.delete(key);
  }
}

/** Those who waited for it, and cannot leave any more. */
function dismiss({ waiting }: ReadUnderWay): readonly Waiting[] {
  for (const { signal, hangUp } of waiting) signal.removeEventListener('abort', hangUp);
  return waiting;
}

/** Pages of a search are of many things, and an order has several ids. */
function mayHold({ path: [kind, id] }: Read, changed: Changed): boolean {
  return kind === changed.kind && (kind === 'orders' || id === undefined || id === changed.id);
}

// What a batch writes is written at some time before it is asked about.
function isOfBatch({ path }: EcwidRequest): boolean {
  return path[0] === 'batch';
}

/** Without any, everything was read, or is wanted. */
function covers(read: ResponseFields | undefined, wanted: ResponseFields | undefined): boolean {
  if (!read) return true;
  return wanted !== undefined && coversResponseFields(read, wanted);
}
