/**
 * What tells a call that nobody waits for it any more, be it on its way or not yet. An AbortSignal is one; those of
 * requests and of reads are made by `EndController`, since each is listened to several times.
 */
export interface EndSignal {
  readonly aborted: boolean;
  /** Once it has aborted. */
  readonly reason: Error | undefined;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * As far as they are needed here an AbortController and its signal in one, for a tenth of the work. Its listeners must not
 * throw: those after one that does would not be told.
 */
export class EndController implements EndSignal {
  aborted = false;
  reason: Error | undefined;
  #listeners: readonly (() => void)[] = [];

  /** The first reason counts. */
  abort(reason: Error = new DOMException('Nobody waits any more.', 'AbortError')): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners) if (this.#listeners.includes(listener)) listener();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = [...this.#listeners, listener];
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = this.#listeners.filter((other) => other !== listener);
  }
}

/** @throws the reason of a signal that has aborted */
export function throwIfAborted(signal: EndSignal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}
