import { type Close, closeInReverse } from '../closing.ts';
import type { Log } from '../log.ts';
import type { HttpGateway } from '../server/http-gateway.ts';
import type { StoreEntry } from './store-entry.ts';

export interface StorePoolOptions {
  /** Opens all that is one store's. How to close each thing is put on the pile as soon as the thing is open. */
  readonly open: (entry: StoreEntry, opened: Close[]) => HttpGateway;
  /** Beyond so many, those that nobody asks for are closed. Default 100. */
  readonly mostOpen?: number;
  /**
   * For how long nobody has asked for a store that is closed. Default two minutes: by then the windows of rate limits
   * and of the token's calls are over, and nothing is forgotten that still counts.
   */
  readonly idleMs?: number;
  readonly log: Log;
}

/** Stores that are open: each from its first request on, for as long as it is asked for. */
export interface StorePool {
  /**
   * The store, open until what is returned with it is called.
   * @throws whatever `open` throws
   */
  take(entry: StoreEntry): { readonly gateway: HttpGateway; readonly release: () => void };
  readonly size: number;
  close(): Promise<void>;
}

interface OpenStore {
  readonly gateway: HttpGateway;
  readonly opened: readonly Close[];
  inFlight: number;
  /** Of `performance.now`. */
  usedAt: number;
}

export function createStorePool({
  open,
  mostOpen = 100,
  idleMs = 120_000,
  log,
}: StorePoolOptions): StorePool {
  /** The one that was asked for last is the last. */
  const stores = new Map<string, OpenStore>();
  const closings = new Set<Promise<void>>();

  const close = (storeId: string, { opened }: OpenStore) => {
    stores.delete(storeId);
    const closing = closeInReverse(opened)
      .catch((error: unknown) => {
        log.error({ store: storeId, err: error }, 'a store could not be closed');
      })
      .finally(() => closings.delete(closing));
    closings.add(closing);
  };

  const closeIdle = () => {
    for (const [storeId, store] of stores) {
      if (stores.size <= mostOpen) return;
      const isIdle = store.inFlight === 0 && performance.now() - store.usedAt >= idleMs;
      if (isIdle) close(storeId, store);
    }
  };
  const timer = setInterval(closeIdle, idleMs / 2).unref();

  const openNow = (entry: StoreEntry): OpenStore => {
    const opened: Close[] = [];
    try {
      return { gateway: open(entry, opened), opened, inFlight: 0, usedAt: 0 };
    } catch (error) {
      void closeInReverse(opened).catch(() => {});
      throw error;
    }
  };

  return {
    take(entry) {
      const { storeId } = entry.store;
      const store = stores.get(storeId) ?? openNow(entry);
      stores.delete(storeId);
      stores.set(storeId, store);
      store.inFlight += 1;
      return {
        gateway: store.gateway,
        release() {
          store.inFlight -= 1;
          store.usedAt = performance.now();
        },
      };
    },
    get size() {
      return stores.size;
    },
    async close() {
      clearInterval(timer);
      // Side by side: what one of them has to end holds up no other.
      for (const [storeId, store] of stores) close(storeId, store);
      await Promise.all(closings);
    },
  };
}
