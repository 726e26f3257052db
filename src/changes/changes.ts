import { EventEmitter } from 'node:events';

/**
 * Something at the store is not what it was, as a webhook or a write of this gateway tells. It says where to look and
 * nothing of what is there: that is read anew, by whoever may read it.
 */
export interface Change {
  readonly kind: 'cart' | 'order';
  /** Of the cart, or the public one of the order. */
  readonly id: string;
}

/** Who has changed something tells who wants to know, in this process and in those that share it. */
export interface Changes {
  /** Never fails: what is not heard of is only seen later. */
  publish(change: Change): void;
  /** Calls back for each change, whoever has published it; returns what ends that. */
  listen(listener: (change: Change) => void): () => void;
  /** Calls back where changes may have been missed: what is remembered is to be forgotten. */
  onMissed(listener: () => void): () => void;
  /** Hears of no more. */
  close(): Promise<void>;
}

/** For one process, which misses nothing. */
export function createChanges(): Changes {
  const emitter = new EventEmitter<{ change: [Change] }>();
  emitter.setMaxListeners(0);
  return {
    publish: (change) => void emitter.emit('change', change),
    listen(listener) {
      emitter.on('change', listener);
      return () => void emitter.off('change', listener);
    },
    onMissed: () => () => {},
    close: async () => void emitter.removeAllListeners(),
  };
}
