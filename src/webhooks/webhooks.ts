import type { Change, Changes } from '../changes/changes.ts';
import { isCartId } from '../ecwid/carts.ts';
import { isOrderId } from '../ecwid/orders.ts';
import type { Log } from '../log.ts';
import { type Event, readSignedEvent, textOf } from './event.ts';
import type { SeenEvents } from './seen-events.ts';
import { createWorkQueue } from './work-queue.ts';

export interface WebhooksOptions {
  readonly storeId: string;
  readonly clientSecret: string;
  readonly seen: SeenEvents;
  readonly changes: Pick<Changes, 'publish'>;
  /** Looks whether a cart is going to be that order, and remembers it where it is. */
  readonly learn: (pair: CartAndOrder, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
  /** Told what came of each that arrived. */
  readonly onEvent?: (event: string, outcome: Outcome) => void;
  /** How many carts may wait to be looked at. Default 1,000. */
  readonly most?: number;
  readonly now?: () => number;
}

export interface CartAndOrder {
  readonly cartId: string;
  readonly orderId: string;
}

/** What came of an event. */
export type Outcome = 'taken' | 'ignored' | 'repeated' | 'unsigned' | 'early' | 'refused';

/** What Ecwid tells of a store, by POSTs that anybody could send. */
export interface Webhooks {
  /** Takes one, tells of the change at once, and looks at what it tells later. Never rejects. */
  receive(
    body: Readonly<Record<string, unknown>>,
    signature: string | readonly string[] | undefined,
  ): Promise<Outcome>;
  /** Takes no more, and is done when what was begun is, or two seconds later. */
  close(): Promise<void>;
}

/** Ecwid tries for a day, and then no more. */
const oldestMs = 26 * 3_600_000;
const aheadMs = 5 * 60_000;

/** Longer than an event is taken for, so that none is taken twice. */
export const rememberedMs = oldestMs + aheadMs + 60_000;

/** Ecwid's own names of those that are of interest, by how they are compared. */
const names: ReadonlyMap<string, string> = new Map(
  ['created', 'updated', 'deleted'].flatMap((what) => [
    [`unfinishedorder.${what}`, `unfinished_order.${what}`],
    [`order.${what}`, `order.${what}`],
  ]),
);

const closeWithinMs = 2_000;

/** At once, of the calls that Ecwid is asked for what was told. */
const atOnce = 4;

export function createWebhooks({
  storeId,
  clientSecret,
  seen,
  changes,
  learn,
  log,
  onEvent = () => {},
  most = 1_000,
  now = Date.now,
}: WebhooksOptions): Webhooks {
  const queue = createWorkQueue<CartAndOrder>({ most, atOnce, work });
  /** Between being looked at and being in the queue. */
  let arriving = 0;
  const end = new AbortController();
  let isClosed = false;

  async function work(pair: CartAndOrder): Promise<void> {
    try {
      await learn(pair, end.signal);
    } catch (error) {
      // The next event of the cart is another chance, and without one its order is looked for by a search.
      const { name, code } = error as { readonly name?: string; readonly code?: string };
      log.warn({ code: code ?? name }, 'what a webhook told could not be looked at');
    }
  }

  async function take(event: Event | null): Promise<Outcome> {
    if (isClosed) return 'refused';
    if (!event) return 'unsigned';
    const ageMs = now() - event.createdAt;
    // Whoever tries again is not younger then, but a clock that is wrong may be set right by then.
    if (ageMs < -aheadMs) return 'early';
    if (ageMs > oldestMs) return 'ignored';
    const told = event.storeId === storeId ? readTold(event) : null;
    if (!told) return 'ignored';
    const { change, pair } = told;
    // Asked before it is remembered, or what is sent again for want of room would be no news.
    if (pair && (arriving >= most || !queue.hasRoom(pair.cartId))) return 'refused';
    arriving += 1;
    try {
      if (!(await seen.add(event.id))) return 'repeated';
    } finally {
      arriving -= 1;
    }
    changes.publish(change);
    if (pair) queue.add(pair.cartId, pair);
    return 'taken';
  }

  return {
    async receive(body, signature) {
      const event = readSignedEvent(body, signature, clientSecret);
      const outcome = await take(event);
      onEvent((event && names.get(event.type)) ?? 'other', outcome);
      tell(outcome, event);
      return outcome;
    },
    async close() {
      isClosed = true;
      const patience = setTimeout(() => end.abort(), closeWithinMs);
      const left = await queue.close();
      clearTimeout(patience);
      if (left > 0) log.warn({ left }, 'what webhooks told was not looked at any more');
    },
  };

  function tell(outcome: Outcome, event: Event | null): void {
    if (outcome === 'unsigned') log.warn('a webhook was not signed with the client secret');
    if (outcome === 'early') log.warn('a webhook is from the future: a clock is wrong');
    if (outcome === 'refused' && !isClosed) log.warn('a webhook was refused: too many are waiting');
    if (outcome === 'ignored' && event && event.storeId !== storeId) {
      log.warn('a webhook of another store was ignored');
    }
  }
}

/** What is believed of an event: nothing but where to look. */
interface Told {
  readonly change: Change;
  /** What may be learnt of it. */
  readonly pair?: CartAndOrder;
}

/** Null for what is of no interest here, or cannot be what it says. */
function readTold({ type, data }: Event): Told | null {
  const name = names.get(type);
  const [orderId, cartId] = [textOf(data.orderId), textOf(data.cartId)];
  if (name === undefined) return null;
  if (name.startsWith('order.')) {
    return isOrderId(orderId) ? { change: { kind: 'order', id: orderId } } : null;
  }
  if (!isCartId(cartId)) return null;
  const change: Change = { kind: 'cart', id: cartId };
  const mayBecomeOne = isOrderId(orderId) && !name.endsWith('.deleted');
  return mayBecomeOne ? { change, pair: { cartId, orderId } } : { change };
}
