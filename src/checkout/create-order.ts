import { createHash } from 'node:crypto';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { EcwidClient } from '../ecwid/client.ts';
import { EcwidConnectionError, EcwidError, EcwidStatusError } from '../ecwid/errors.ts';
import { calculateOrder, paymentStatuses, createOrder as postOrder, searchOrders } from '../ecwid/orders.ts';
import { responseFields } from '../ecwid/response-fields.ts';
import { isRawNumber, type WireObject } from '../ecwid/to-wire.ts';
import { readCreatedOrder } from '../ecwid/tolerant.ts';
import { calculationOf, orderOf, withCalculation } from './calculated-details.ts';
import type { Creation, CreationRefusal, CreationRefusalCode } from './creation.ts';
import type { OrderKeys } from './order-keys.ts';

export interface OrderRequest {
  /** As Ecwid takes it: `POST /orders`. */
  readonly details: WireObject;
  /** Whether Ecwid calculates first, since its create computes nothing. */
  readonly calculate: boolean;
  /** A second request with the same key is answered with the first one's order. */
  readonly idempotencyKey?: string | null | undefined;
}

export interface CreateOrderOptions {
  readonly ecwid: EcwidClient;
  readonly keys: OrderKeys;
  /** Ends the calculation; never the creation. */
  readonly signal?: AbortSignal | undefined;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/**
 * Creates an order from all its details; with a key, once for that key.
 * @throws EcwidError where the request to create cannot have been sent
 */
export async function createOrder(request: OrderRequest, options: CreateOrderOptions): Promise<Creation> {
  const [first, ...others] = refusalsOf(request);
  if (first) return { outcome: 'refused', refusals: [first, ...others] };
  const { idempotencyKey } = request;
  if (typeof idempotencyKey !== 'string') return create(request, options);

  const fingerprint = hash(
    JSON.stringify(sorted({ calculate: request.calculate, details: request.details })),
  );
  const creation = await options.keys.once(idempotencyKey, fingerprint, (mayExist) =>
    createWithKey(request, options, `key-${hash(idempotencyKey).slice(0, 32)}`, mayExist),
  );
  return (
    creation ?? refused('INVALID_INPUT', 'The idempotencyKey was used before, for an order of other details.')
  );
}

function refusalsOf({ details, idempotencyKey }: OrderRequest): readonly CreationRefusal[] {
  const refusals: CreationRefusal[] = [];
  const refuse = (code: CreationRefusalCode, message: string) => refusals.push({ code, message });
  const items: readonly WireObject[] = Array.isArray(details.items) ? details.items : [];
  if (items.length === 0) refuse('ITEMS_MISSING', 'An order needs at least one item.');
  for (const [index, { quantity }] of items.entries()) {
    if (!(Number(quantity) >= 1)) refuse('INVALID_INPUT', `The quantity of item ${index} must be 1 or more.`);
  }
  if (typeof idempotencyKey === 'string') {
    if (idempotencyKey.trim() === '' || idempotencyKey.length > 255 || !idempotencyKey.isWellFormed()) {
      refuse('INVALID_INPUT', 'The idempotencyKey must hold 1 to 255 characters.');
    }
    if ('refererId' in details) {
      refuse('INVALID_INPUT', 'The idempotencyKey is kept in refererId, so give only one of them.');
    }
  }
  return refusals;
}

// The key is written where Ecwid can be searched for it (refererId has a filter of its own), so that the order
// is found again after a lost answer and by another process.
async function createWithKey(
  request: OrderRequest,
  options: CreateOrderOptions,
  refererId: string,
  mayExist: boolean,
): Promise<Creation> {
  const before = await findByReferer(options.ecwid, refererId);
  if (before) return before;
  if (mayExist) return (await awaitByReferer(options, refererId)) ?? unknown();
  // Another caller may wait for the same: it does not end with the first one's leaving.
  const creation = await create(
    { ...request, details: { ...request.details, refererId } },
    { ...options, signal: undefined },
  );
  return creation.outcome === 'unknown' ? ((await awaitByReferer(options, refererId)) ?? creation) : creation;
}

async function create({ details, calculate }: OrderRequest, options: CreateOrderOptions): Promise<Creation> {
  let order = details;
  if (calculate) {
    try {
      const { ecwid, signal } = options;
      order = withCalculation(details, await calculateOrder(ecwid, calculationOf(details), { signal }));
    } catch (error) {
      // What a calculation is refused for: its error table. Nothing was created by it, whatever went wrong.
      const isRefused = error instanceof EcwidStatusError && (error.status === 400 || error.status === 422);
      if (isRefused)
        return refused('INVALID_INPUT', 'Ecwid cannot calculate an order with these details.', error);
      throw error;
    }
  }
  try {
    const created = readCreatedOrder(
      await postOrder(options.ecwid, {
        paymentStatus: 'AWAITING_PAYMENT',
        fulfillmentStatus: 'AWAITING_PROCESSING',
        ...orderOf(order),
      }),
    );
    return created ? { outcome: 'created', order: created } : unknown();
  } catch (error) {
    return afterFailure(error);
  }
}

// A fault of the server (5xx, 408) or of the connection may have come after the order was made.
function afterFailure(error: unknown): Creation {
  if (!(error instanceof EcwidError)) throw error;
  if (error instanceof EcwidConnectionError && !error.mayHaveBeenSent) throw error;
  if (!(error instanceof EcwidStatusError)) return unknown(error);
  // The gateway's own settings are at fault, and would be for every order.
  if (error.errorCode === 'INVALID_API_TOKEN' || error.errorCode === 'STORE_NOT_FOUND') throw error;
  switch (error.status) {
    case 400:
    case 404:
    case 409:
    case 422:
      return refused('INVALID_INPUT', 'Ecwid does not take an order with these details.', error);
    default:
      return error.status < 500 && error.status >= 400 && error.status !== 408
        ? refused('UNABLE_TO_CREATE_ORDER', 'The store refused, and no order was made.', error)
        : unknown(error);
  }
}

async function findByReferer(ecwid: EcwidClient, refererId: string): Promise<Creation | null> {
  const { items } = await searchOrders(
    ecwid,
    { refererId, paymentStatus: paymentStatuses },
    {
      offset: 0,
      limit: 1,
      fields: new Map([['items', responseFields('id', 'orderNumber', 'refererId')]]),
    },
  );
  // A server that does not know the filter answers with any order.
  const order = Array.isArray(items) ? items.find((item) => item?.refererId === refererId) : undefined;
  const created = order && readCreatedOrder({ orderId: order.id ?? null, id: order.orderNumber ?? null });
  return created ? { outcome: 'created', order: created } : null;
}

// The official client's own tests allow a search to lag behind a creation by several seconds.
const pausesMs = [500, 1000, 2000, 4000];

async function awaitByReferer(
  { ecwid, sleep = sleepFor }: CreateOrderOptions,
  refererId: string,
): Promise<Creation | null> {
  for (const pause of pausesMs) {
    await sleep(pause);
    const creation = await findByReferer(ecwid, refererId).catch(() => null);
    if (creation) return creation;
  }
  return null;
}

function refused(code: CreationRefusalCode, message: string, cause?: EcwidError): Creation {
  return { outcome: 'refused', refusals: [{ code, message }], ...(cause && { cause }) };
}

function unknown(cause?: EcwidError): Creation {
  const message =
    'The store did not say whether it created the order. With an idempotencyKey it is safe to try again.';
  return { outcome: 'unknown', refusals: [{ code: 'OUTCOME_UNKNOWN', message }], ...(cause && { cause }) };
}

// The same details are the same in whatever order a caller writes their names.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inside]) => [name, sorted(inside)]),
  );
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
