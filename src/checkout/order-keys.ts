import type { Creation } from './creation.ts';

/** Which keys orders were created by, in this process. */
export interface OrderKeys {
  /**
   * What `create` came to for this key, which runs once: who asks meanwhile or later gets the same. Null where
   * the key was used with another fingerprint. What was refused or thrown is forgotten, since it created
   * nothing. What is unknown is tried again, and told that an order may exist until searches must know it.
   */
  once(
    key: string,
    fingerprint: string,
    create: (mayExist: boolean) => Promise<Creation>,
  ): Promise<Creation | null>;
}

export interface OrderKeysOptions {
  /** How many keys are remembered; the oldest go first. Default 10,000. */
  readonly capacity?: number;
  /** How long after an unknown outcome a search may still miss the order. Default two minutes. */
  readonly searchLagMs?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

interface Use {
  readonly fingerprint: string;
  readonly creation: Promise<Creation>;
  /** When its outcome turned out to be unknown. */
  unknownSince?: number;
}

export function createOrderKeys({
  capacity = 10_000,
  searchLagMs = 120_000,
  now = () => performance.now(),
}: OrderKeysOptions = {}): OrderKeys {
  const uses = new Map<string, Use>();

  return {
    async once(key, fingerprint, create) {
      const before = uses.get(key);
      if (before) {
        if (before.fingerprint !== fingerprint) return null;
        if (before.unknownSince === undefined) return before.creation;
      }
      const unknownSince = before?.unknownSince;
      const creation = create(unknownSince !== undefined && now() - unknownSince < searchLagMs);
      const use: Use = { fingerprint, creation };
      uses.delete(key);
      uses.set(key, use);
      for (const oldest of uses.keys()) {
        if (uses.size <= capacity) break;
        uses.delete(oldest);
      }
      const forget = () => {
        if (uses.get(key) === use) uses.delete(key);
      };
      try {
        const { outcome } = await creation;
        if (outcome === 'refused') forget();
        if (outcome === 'unknown') use.unknownSince = unknownSince ?? now();
      } catch (error) {
        if (unknownSince === undefined) forget();
        else use.unknownSince = unknownSince;
        throw error;
      }
      return creation;
    },
  };
}
