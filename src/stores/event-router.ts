import type { Log } from '../log.ts';
import { describeUnexpected } from '../server/describe-unexpected.ts';
import type { WebhookReceiver } from '../server/webhook-door.ts';
import { readSignedEvent, textOf } from '../webhooks/event.ts';
import type { Outcome } from '../webhooks/webhooks.ts';
import type { StoreEntry } from './store-entry.ts';
import type { StorePool } from './store-pool.ts';

export interface EventRouterOptions {
  readonly entries: readonly StoreEntry[];
  readonly pool: StorePool;
  readonly log: Log;
  /** Told of each that led to no store. */
  readonly onEvent: (event: string, outcome: Outcome) => void;
}

/**
 * Leads webhooks to their stores by what they say, as an app has one address for all of its stores. Whose they say they
 * are is a guess of whose secret to try; without a signature that is right nothing is opened, and the store looks again.
 * Undefined where no store takes any.
 */
export function createEventRouter({
  entries,
  pool,
  log,
  onEvent,
}: EventRouterOptions): WebhookReceiver['receive'] | undefined {
  const takers = new Map<string, { readonly entry: StoreEntry; readonly secret: string }>();
  for (const entry of entries) {
    const { storeId, clientSecret: secret } = entry.store;
    if (secret !== undefined) takers.set(storeId, { entry, secret });
  }
  // Of as many apps as there are, and of nearly all files that is one.
  const secrets = [...new Set(takers.values().map(({ secret }) => secret))];
  if (secrets.length === 0) return undefined;

  return async (body, signature) => {
    const taker = takers.get(textOf(body.storeId));
    const candidates = taker ? [taker.secret] : secrets;
    if (!candidates.some((secret) => readSignedEvent(body, signature, secret))) {
      log.warn('a webhook was not signed with the client secret');
      onEvent('other', 'unsigned');
      return 'unsigned';
    }
    if (!taker) {
      // The app's other stores are told of here too.
      log.warn('a webhook of another store was ignored');
      onEvent('other', 'ignored');
      return 'ignored';
    }
    return hand(taker.entry, body, signature);
  };

  async function hand(entry: StoreEntry, ...event: Parameters<WebhookReceiver['receive']>): Promise<string> {
    let taken: ReturnType<StorePool['take']>;
    try {
      taken = pool.take(entry);
    } catch (error) {
      log.error({ store: entry.store.storeId, ...describeUnexpected(error) }, 'a store could not be opened');
      return 'refused';
    }
    try {
      return (await taken.gateway.webhooks?.receive(...event)) ?? 'refused';
    } finally {
      taken.release();
    }
  }
}
