import type { EcwidClient } from '../ecwid/client.ts';
import { paymentStatuses, searchOrders } from '../ecwid/orders.ts';
import { mergeResponseFields, type ResponseFields, responseFields } from '../ecwid/response-fields.ts';
import { searchRange } from '../ecwid/search-range.ts';
import {
  isAmount,
  isObject,
  isPresentId,
  knownOrder,
  readAmount,
  readDate,
  type WrittenOrder,
} from '../ecwid/tolerant.ts';
import type { Cart, Order, OrderDetails } from '../ecwid/wire.ts';
import type { StepOptions } from './exactly-once.ts';
import type { Attempt } from './journal.ts';
import { findableAfterMs, type Timing } from './timing.ts';

/**
 * What a cart's order is recognised by, since Ecwid's orders do not name the cart that they came from:
 * section 5.2 of the API's facts, "Finding the order from the cart id".
 */
export interface OrderEvidence {
  readonly email: string | null;
  readonly customerId: string | null;
  readonly total: number | null;
  /** A line each, in an order of their own. */
  readonly items: readonly string[];
  /** UNIX seconds: by the date and by the timestamp, which the oldest answers contradict each other in. */
  readonly created: readonly number[];
}

/** What evidence is made of. */
export const evidenceFields: ResponseFields = new Map([
  ...responseFields('email', 'customerId', 'total', 'createDate', 'createTimestamp'),
  ['items', responseFields('sku', 'productId', 'quantity', 'price')],
]);

export function evidenceOf(details: Cart | Order): OrderEvidence {
  const { email, customerId, total } = details;
  return {
    email: typeof email === 'string' && email.trim() !== '' ? email.trim().toLowerCase() : null,
    customerId: isPresentId(customerId) ? String(customerId) : null,
    total: isAmount(total) ? readAmount(total) : null,
    items: linesOf(details),
    created: createdSeconds(details),
  };
}

function linesOf({ items }: OrderDetails): readonly string[] {
  if (!Array.isArray(items)) return [];
  return items
    .filter(isObject)
    .map(({ sku, productId, quantity, price }) =>
      JSON.stringify([
        sku || String(productId ?? ''),
        Number(quantity),
        isAmount(price) ? Number(price) : null,
      ]),
    )
    .sort();
}

function createdSeconds({ createDate, createTimestamp }: OrderDetails): readonly number[] {
  const seconds = [createDate, createTimestamp].flatMap((value) => {
    try {
      return [Math.floor(readDate(value).getTime() / 1000)];
    } catch {
      return [];
    }
  });
  return [...new Set(seconds)];
}

export interface FindOrderOptions extends StepOptions {
  readonly ecwid: EcwidClient;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timing: Timing;
  /** Whether an order is what another cart became. */
  readonly isTaken: (order: WrittenOrder) => Promise<boolean>;
}

// Clocks of two machines differ by so much at most, and as a rule by next to nothing.
const maxSkewSeconds = 300;
const usualSkewSeconds = 5;
// Newer than the cart: more than anybody orders between filling a cart and placing it.
const maxCandidates = 500;

/**
 * The one order that these attempts can have made, or null where there is none to be seen yet, or more than one.
 * An order has the cart's own date, or else that of its placing. The latter tells less, since the same customer may
 * have bought the same things again: it is believed after a while, and where it is from before the first attempt,
 * as if by another clock, only when every order must be there to be found.
 */
export async function findOrder(
  attempts: readonly Attempt[],
  { ecwid, now, timing, isTaken, deadlineMs }: FindOrderOptions,
): Promise<WrittenOrder | null> {
  const evidence = attempts.map((attempt) => attempt.evidence as OrderEvidence);
  const [first] = evidence;
  if (!first || !isTelling(first)) return null;
  const oldest = Math.min(...evidence.flatMap(({ created }) => created), Number.POSITIVE_INFINITY);
  const filter = {
    ...(first.email !== null
      ? { email: first.email }
      : first.customerId !== null
        ? { customerId: first.customerId }
        : { totalFrom: first.total, totalTo: first.total }),
    // A cart is INCOMPLETE, and no order is.
    paymentStatus: paymentStatuses.filter((status) => status !== 'INCOMPLETE'),
    createdFrom: Number.isFinite(oldest) ? new Date((oldest - maxSkewSeconds) * 1000) : undefined,
  };
  const fields = new Map([...responseFields('total', 'limit'), ['items', orderFields] as const]);
  const { matches } = await searchRange(
    (offset, limit) => searchOrders(ecwid, filter, { offset, limit, fields, deadlineMs }),
    { offset: 0, count: maxCandidates },
  );

  const alike: Candidate[] = [];
  const sentAt = attempts.map((attempt) => attempt.sentAt);
  for (const { item } of matches) {
    const order = isObject(item) ? toWritten(item) : null;
    if (!order) continue;
    const found = evidenceOf(item);
    const same = evidence.filter((one) => isAlike(one, found));
    if (same.length === 0 || (await isTaken(order))) continue;
    alike.push({
      order,
      hasCartsDate: same.some(({ created }) => created.some((second) => found.created.includes(second))),
      secondsAfter: Math.max(...found.created) - Math.min(...sentAt) / 1000,
    });
  }
  const dated = alike.filter(({ hasCartsDate }) => hasCartsDate);
  if (dated.length > 0) return onlyOne(dated);
  const waitedMs = now - Math.max(...sentAt);
  if (waitedMs < timing.settlingMs) return null;
  const placed = alike.filter(({ secondsAfter }) => secondsAfter >= -usualSkewSeconds);
  if (placed.length > 0 || waitedMs <= findableAfterMs(timing)) return onlyOne(placed);
  return onlyOne(alike.filter(({ secondsAfter }) => secondsAfter >= -maxSkewSeconds));
}

interface Candidate {
  readonly order: WrittenOrder;
  readonly hasCartsDate: boolean;
  /** By its own date, after the first attempt by this machine's clock. */
  readonly secondsAfter: number;
}

/** Without any of these everything in the store would be alike. */
function isTelling({ email, customerId, total }: OrderEvidence): boolean {
  return email !== null || customerId !== null || total !== null;
}

const orderFields = mergeResponseFields(
  evidenceFields,
  responseFields('id', 'publicUid', 'vendorOrderNumber', 'orderNumber', 'internalId'),
);

function toWritten(order: Order): WrittenOrder | null {
  const id = [order.id, order.publicUid].find(isPresentId);
  const orderNumber = [order.orderNumber, order.internalId].find(isPresentId);
  const key = id ?? orderNumber;
  return key === undefined ? null : { key: String(key), known: knownOrder({ id, orderNumber }) };
}

function isAlike(a: OrderEvidence, b: OrderEvidence): boolean {
  return (
    a.email === b.email &&
    // Placing may attach a guest's order to a customer.
    (a.customerId === null || b.customerId === null || a.customerId === b.customerId) &&
    a.total === b.total &&
    a.items.join() === b.items.join()
  );
}

function onlyOne(found: readonly Candidate[]): WrittenOrder | null {
  const [only, ...others] = found;
  return only && others.length === 0 ? only.order : null;
}
