import { LRUCache } from 'lru-cache';

/** Which events have come before: Ecwid may send one twice, and who has seen one may send it again. */
export interface SeenEvents {
  /** Remembers an event, and tells whether it is new. Never rejects. */
  add(eventId: string): Promise<boolean>;
}

/** Some 15 MB, if a store should ever have so many events in a day. */
const mostRemembered = 100_000;

/** For one process. */
export function createSeenEvents({ rememberedMs }: { readonly rememberedMs: number }): SeenEvents {
  const seen = new LRUCache<string, true>({ max: mostRemembered, ttl: rememberedMs });
  return {
    async add(eventId) {
      if (seen.has(eventId)) return false;
      seen.set(eventId, true);
      return true;
    },
  };
}
