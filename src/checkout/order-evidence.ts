import type { EcwidClient } from '../ecwid/client.ts';
import { type OrderFilter, paymentStatuses, searchOrders } from '../ecwid/orders.ts';
import { readInstant } from '../ecwid/read-instant.ts';
import { mergeResponseFields, type ResponseFields, responseFields } from '../ecwid/response-fields.ts';
import { searchRange } from '../ecwid/search-range.ts';
import {
  isAmount,
  isObject,
  isPresentId,
  itemsOf,
  knownOrder,
  readAmount,
  type WrittenOrder,
} from '../ecwid/tolerant.ts';
import type { Cart, Order, OrderDetails } from '../ecwid/wire.ts';
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

function linesOf(details: OrderDetails): readonly string[] {
  return itemsOf(details)
    .map(({ sku, productId, quantity, price }) =>
      JSON.stringify([
        [sku, productId].find(isPresentId) ?? null,
        isAmount(quantity) ? Number(quantity) : null,
        isAmount(price) ? Number(price) : null,
      ]),
    )
    .sort();
}

function createdSeconds({ createDate, createTimestamp }: OrderDetails): readonly number[] {
  const seconds = [createDate, createTimestamp].flatMap((value) => {
    try {
      return [Math.floor(Date.parse(readInstant(value)) / 1000)];
    } catch {
      return [];
    }
  });
  return [...new Set(seconds)];
}

export interface FindOrderOptions {
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
  { ecwid, now, timing, isTaken }: FindOrderOptions,
): Promise<WrittenOrder | null> {
  const evidence = attempts.map((attempt) => attempt.evidence as OrderEvidence).filter(isTelling);
  const sentAt = attempts.map((attempt) => attempt.sentAt);
  const alike: Candidate[] = [];
  for (const [key, item] of await searchCandidates(ecwid, evidence)) {
    const found = evidenceOf(item);
    const same = evidence.filter((one) => isAlike(one, found));
    const order = { key, known: knownOrder(namesOf(item)) };
    if (same.length === 0 || (await isTaken(order))) continue;
    alike.push({
      order,
      hasCartsDate: same.some(({ created }) => created.some((second) => found.created.includes(second))),
      secondsAfter: Math.max(...found.created) - Math.min(...sentAt) / 1000,
      secondsLate: Math.max(...found.created) - (Math.max(...sentAt) + timing.atWorkMs) / 1000,
    });
  }
  const dated = alike.filter(({ hasCartsDate }) => hasCartsDate);
  if (dated.length > 0) return onlyOne(dated);
  const waitedMs = now - Math.max(...sentAt);
  if (waitedMs < timing.settlingMs) return null;
  const within = (skewSeconds: number) =>
    alike.filter(
      ({ secondsAfter, secondsLate }) => secondsAfter >= -skewSeconds && secondsLate <= skewSeconds,
    );
  const placed = within(usualSkewSeconds);
  if (placed.length > 0 || waitedMs <= findableAfterMs(timing)) return onlyOne(placed);
  return onlyOne(within(maxSkewSeconds));
}

interface Candidate {
  readonly order: WrittenOrder;
  readonly hasCartsDate: boolean;
  /** By its own date, after the first attempt by this machine's clock. */
  readonly secondsAfter: number;
  /** After the last attempt can have been at work. */
  readonly secondsLate: number;
}

/** Every order that any of this may be evidence of, by its id. */
async function searchCandidates(
  ecwid: EcwidClient,
  evidence: readonly OrderEvidence[],
): Promise<ReadonlyMap<string, Order>> {
  const fields = new Map([...responseFields('total', 'limit'), ['items', orderFields] as const]);
  // As a rule one: a cart may have changed between two attempts.
  const filters = new Map(evidence.map((one) => [JSON.stringify(filterOf(one)), filterOf(one)]));
  const candidates = new Map<string, Order>();
  for (const filter of filters.values()) {
    const { matches } = await searchRange(
      (offset, limit) => searchOrders(ecwid, filter, { offset, limit, fields }),
      { offset: 0, count: maxCandidates },
    );
    for (const { item } of matches) {
      const { id, orderNumber } = isObject(item) ? namesOf(item) : {};
      const key = id ?? orderNumber;
      if (key !== undefined) candidates.set(String(key), item);
    }
  }
  return candidates;
}

function filterOf({ email, customerId, total, created }: OrderEvidence): OrderFilter {
  const who = email !== null ? { email } : customerId !== null ? { customerId } : null;
  return {
    ...(who ?? { totalFrom: total, totalTo: total }),
    // A cart is INCOMPLETE, and no order is.
    paymentStatus: paymentStatuses.filter((status) => status !== 'INCOMPLETE'),
    createdFrom: created.length > 0 ? new Date((Math.min(...created) - maxSkewSeconds) * 1000) : undefined,
  };
}

/** Without any of these everything in the store would be alike. */
function isTelling({ email, customerId, total }: OrderEvidence): boolean {
  return email !== null || customerId !== null || total !== null;
}

/** What an order is recognised by, and known by. */
export const orderFields = mergeResponseFields(
  evidenceFields,
  responseFields('id', 'publicUid', 'vendorOrderNumber', 'orderNumber', 'internalId'),
);

/** Null for an order that nothing tells from others. */
export function writtenOrderOf(order: Order): WrittenOrder | null {
  const { id, orderNumber } = namesOf(order);
  const key = id ?? orderNumber;
  return key === undefined ? null : { key: String(key), known: knownOrder({ id, orderNumber }) };
}

/** Whether a cart and an order are one record: alike in all that they are recognised by, and of the same second. */
export function isSameOrder(cart: Cart, order: Order): boolean {
  const [one, other] = [evidenceOf(cart), evidenceOf(order)];
  return (
    isTelling(one) && isAlike(one, other) && one.created.some((second) => other.created.includes(second))
  );
}

/** Whether an order is like what one of these attempts was sent for. Its date may be that of its placing. */
export function isMadeBy(attempts: readonly Attempt[], order: Order): boolean {
  const found = evidenceOf(order);
  return attempts.some((attempt) => isAlike(attempt.evidence as OrderEvidence, found));
}

function namesOf({ id, publicUid, orderNumber, internalId }: Order) {
  return {
    id: [id, publicUid].find(isPresentId),
    orderNumber: [orderNumber, internalId].find(isPresentId),
  };
}

function isAlike(a: OrderEvidence, b: OrderEvidence): boolean {
  const isSameCustomer = a.customerId !== null && a.customerId === b.customerId;
  // Placing may attach a guest's order to a customer, or take the e-mail that a customer is known by.
  const isSamePerson =
    (a.email === b.email && (isSameCustomer || a.customerId === null || b.customerId === null)) ||
    (isSameCustomer && (a.email === null || b.email === null));
  return isSamePerson && a.total === b.total && a.items.join() === b.items.join();
}

function onlyOne(found: readonly Candidate[]): WrittenOrder | null {
  const [only, ...others] = found;
  return only && others.length === 0 ? only.order : null;
}
