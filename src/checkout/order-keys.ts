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
  isCreated?: boolean;
  /** When a request whose outcome nobody knows was last sent. */
  unknownSince?: number;
}

export function createOrderKeys({
  capacity = 10_000,
  searchLagMs = 120_000,
  now = () => performance.now(),
}: OrderKeysOptions = {}): OrderKeys {
  const uses = new Map<string, Use>();

  const remember = (key: string, use: Use) => {
    uses.delete(key);
    uses.set(key, use);
    if (uses.size <= capacity) return;
    // Only what Ecwid's search finds again may go: not what is at work, nor what is unknown.
    const oldest = uses.entries().find(([, { isCreated }]) => isCreated);
    if (oldest) uses.delete(oldest[0]);
  };

  return {
    async once(key, fingerprint, create) {
      const before = uses.get(key);
      if (before) {
        if (before.fingerprint !== fingerprint) return null;
        if (before.unknownSince === undefined) {
          remember(key, before);
          return before.creation;
        }
      }
      const since = before?.unknownSince;
      const mayExist = since !== undefined && now() - since < searchLagMs;
      const creation = create(mayExist);
      const use: Use = { fingerprint, creation };
      remember(key, use);
      try {
        const { outcome } = await creation;
        if (outcome === 'created') use.isCreated = true;
        // While nothing is sent anew the window does not move; a new request opens a new one.
        else if (outcome === 'unknown') use.unknownSince = mayExist ? since : now();
        else uses.delete(key);
      } catch (error) {
        if (since === undefined) uses.delete(key);
        else use.unknownSince = since;
        throw error;
      }
      return creation;
    },
  };
}
