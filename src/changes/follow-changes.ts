import type { Change, Changes } from './changes.ts';

/** Ids that may wait for one reader. */
export const mostWaiting = 1_000;

/**
 * Changes of one kind, and of one id alone where it is given, for one reader. Several of an id that wait to be read are
 * one. It ends by `return`, also while somebody waits for the next; and where so many wait that its reader will not
 * catch up.
 */
export function followChanges(
  changes: Changes,
  { kind, id }: { readonly kind: Change['kind']; readonly id?: string | undefined },
): AsyncIterableIterator<Change, undefined> {
  type Result = IteratorResult<Change, undefined>;
  const ended: Result = { done: true, value: undefined };
  const waiting = new Map<string, Change>();
  let tell: ((result: Result) => void) | undefined;
  let hasEnded = false;

  const stopListening = changes.listen((change) => {
    if (change.kind !== kind || (id !== undefined && change.id !== id)) return;
    if (tell) {
      tell({ done: false, value: change });
      tell = undefined;
      return;
    }
    waiting.set(change.id, change);
    if (waiting.size > mostWaiting) end();
  });

  function end(): void {
    hasEnded = true;
    stopListening();
    waiting.clear();
    tell?.(ended);
    tell = undefined;
  }

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const [first] = waiting.values();
      if (first) {
        waiting.delete(first.id);
        return { done: false, value: first };
      }
      if (hasEnded) return ended;
      return new Promise((resolve) => {
        tell = resolve;
      });
    },
    async return() {
      end();
      return ended;
    },
  };
}
