import type { EcwidClient, ReadOptions } from './client.ts';
import { firstSecond, lastSecond } from './date-bounds.ts';
import { EcwidAnswerError, nullIfMissing } from './errors.ts';
import { mergeResponseFields, responseFields } from './response-fields.ts';
import { isObject, isPresentId } from './tolerant.ts';
import type { CalculatedOrder, CreatedOrder, Order, SearchResult } from './wire.ts';

/** What `GET /orders` can be narrowed by; null and undefined leave a filter out. */
export interface OrderFilter {
  readonly keywords?: string | null | undefined;
  readonly totalFrom?: number | null | undefined;
  readonly totalTo?: number | null | undefined;
  readonly createdFrom?: Date | null | undefined;
  readonly createdTo?: Date | null | undefined;
  readonly updatedFrom?: Date | null | undefined;
  readonly updatedTo?: Date | null | undefined;
  readonly pickupTimeFrom?: Date | null | undefined;
  readonly pickupTimeTo?: Date | null | undefined;
  readonly couponCode?: string | null | undefined;
  readonly customer?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly customerIdOrEmail?: string | null | undefined;
  readonly orderNumber?: string | null | undefined;
  readonly vendorOrderNumber?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly paymentMethod?: string | null | undefined;
  readonly paymentModule?: string | null | undefined;
  readonly paymentReference?: string | null | undefined;
  readonly shippingMethod?: string | null | undefined;
  /** Without it, or without INCOMPLETE in it, abandoned carts are left out. */
  readonly paymentStatus?: readonly string[] | null | undefined;
  readonly fulfillmentStatus?: readonly string[] | null | undefined;
  readonly productIds?: readonly string[] | null | undefined;
  readonly subscriptionId?: string | null | undefined;
  readonly refererId?: string | null | undefined;
  readonly acceptMarketing?: boolean | null | undefined;
  readonly containsPreorderItems?: boolean | null | undefined;
}

/**
 * Order ids carry a prefix and suffix of the merchant's choice, so nearly any text may be one. What cannot be
 * a path segment safely is none: slashes and percent signs are decoded twice by some servers on the way. Nor
 * is what would be two in a list, nor the words that are addresses of their own beside the orders.
 */
export function isOrderId(id: string): boolean {
  return /^(?!(?:\.{1,2}|last|deleted)$)[^\p{Cc}\p{Cs}/\\%,]{1,128}$/iu.test(id);
}

/** Every status of a payment: a search without them leaves out what is INCOMPLETE. */
export const paymentStatuses = [
  'AWAITING_PAYMENT',
  'PAID',
  'CANCELLED',
  'REFUNDED',
  'PARTIALLY_REFUNDED',
  'INCOMPLETE',
  'CUSTOM_PAYMENT_STATUS_1',
  'CUSTOM_PAYMENT_STATUS_2',
  'CUSTOM_PAYMENT_STATUS_3',
] as const;

/**
 * `GET /orders/{orderId}`, by the public id or the internal number; null where there is none. Unlike a search
 * it knows what was written a moment ago.
 */
export function findOrder(
  ecwid: EcwidClient,
  orderId: string,
  { fields, signal }: ReadOptions,
): Promise<Order | null> {
  if (!isOrderId(orderId)) return Promise.resolve(null);
  return ecwid.send<Order>({ path: ['orders', orderId], fields, signal }).catch(nullIfMissing);
}

/** How many ids `GET /orders?ids=` takes: as many as it answers with orders. */
export const maxIdsPerCall = 100;

// What an order goes by, the weakest first: where the names of two orders meet, the public id decides.
const names = ['internalId', 'orderNumber', 'vendorOrderNumber', 'publicUid', 'id'] as const;

/**
 * `GET /orders?ids=`, by public ids or internal numbers, at most 100 of them: what was found, by each name it
 * goes by. Ids that are not found are missing.
 */
export async function findOrdersByIds(
  ecwid: EcwidClient,
  ids: readonly string[],
  { fields, signal }: ReadOptions,
): Promise<ReadonlyMap<string, Order>> {
  // The answer's order is not that of the ids, so the names are asked for too, to tell which is which.
  const items = mergeResponseFields(fields, responseFields(...names));
  const query = {
    ids: ids.join(','),
    paymentStatus: paymentStatuses.join(','),
    limit: maxIdsPerCall,
  };
  const answer = await ecwid.send<SearchResult<Order>>({
    path: ['orders'],
    query,
    fields: new Map([['items', items]]),
    signal,
  });
  if (!Array.isArray(answer.items)) throw new EcwidAnswerError();
  const found = new Map<string, Order>();
  for (const name of names) {
    for (const order of answer.items.filter(isObject)) {
      const value = order[name];
      if (isPresentId(value)) found.set(String(value), order);
    }
  }
  return found;
}

/** `GET /orders`: one page, newest first; `limit` is at most 100. */
export function searchOrders(
  ecwid: EcwidClient,
  filter: OrderFilter,
  { offset, limit, fields, signal }: ReadOptions & { readonly offset: number; readonly limit: number },
): Promise<SearchResult<Order>> {
  const { productIds, paymentStatus, fulfillmentStatus, ...rest } = filter;
  const { createdFrom, createdTo, updatedFrom, updatedTo, pickupTimeFrom, pickupTimeTo, ...plain } = rest;
  return ecwid.send({
    path: ['orders'],
    query: {
      ...plain,
      paymentStatus: paymentStatus?.join(','),
      fulfillmentStatus: fulfillmentStatus?.join(','),
      productId: productIds?.join(','),
      createdFrom: firstSecond(createdFrom),
      createdTo: lastSecond(createdTo),
      updatedFrom: firstSecond(updatedFrom),
      updatedTo: lastSecond(updatedTo),
      pickupTimeFrom: firstSecond(pickupTimeFrom),
      pickupTimeTo: lastSecond(pickupTimeTo),
      offset,
      limit,
    },
    fields,
    signal,
  });
}

/** `POST /order/calculate`: what these items, addresses and coupon would come to. Creates nothing. */
export function calculateOrder(
  ecwid: EcwidClient,
  request: object,
  { signal }: Pick<ReadOptions, 'signal'> = {},
): Promise<CalculatedOrder> {
  return ecwid.send({ method: 'POST', path: ['order', 'calculate'], body: request, signal });
}

/** `POST /orders`: stores what is sent and computes nothing. Never cancelled: a write that left is one to know of. */
export function createOrder(ecwid: EcwidClient, order: object): Promise<CreatedOrder> {
  return ecwid.send({ method: 'POST', path: ['orders'], body: order });
}
