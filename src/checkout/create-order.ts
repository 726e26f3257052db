import { createHash } from 'node:crypto';
import { type EcwidClient, withDeadline } from '../ecwid/client.ts';
import type { EndSignal } from '../ecwid/end-signal.ts';
import { EcwidAnswerError, EcwidError, EcwidStatusError, fateOfWrite } from '../ecwid/errors.ts';
import { calculateOrder, paymentStatuses, createOrder as postOrder, searchOrders } from '../ecwid/orders.ts';
import { responseFields } from '../ecwid/response-fields.ts';
import { isRawNumber, type WireObject } from '../ecwid/to-wire.ts';
import { readCreatedOrder, type WrittenOrder } from '../ecwid/tolerant.ts';
import { identityOf, type Viewer } from '../viewer.ts';
import { calculationOf, orderOf, withCalculation } from './calculated-details.ts';
import { permitCreation } from './creation-permission.ts';
import {
  type CreationRefusal,
  type CreationRefusalCode,
  type CreationRefused,
  refuseCreation,
} from './creation-refusal.ts';
import type { ExactlyOnce } from './exactly-once.ts';
import type { Attempt } from './journal.ts';
import { type Clock, findableAfterMs, type Timing } from './timing.ts';
import type { LookOptions, Result, Seen, Sent } from './work.ts';

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
  readonly once: ExactlyOnce;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly viewer: Viewer;
  /** Ends the calculation; never the creation. */
  readonly signal?: EndSignal | undefined;
}

/** Creates an order from all its details; with a key, once for that key of this viewer's. */
export async function createOrder(
  asked: OrderRequest,
  options: CreateOrderOptions,
): Promise<Result<CreationRefused>> {
  const permitted = permitCreation(asked.details, options.viewer);
  if ('refused' in permitted) return { outcome: 'refused', refused: permitted.refused };
  const request = { ...asked, details: permitted.details };
  const [first, ...others] = refusalsOf(request);
  if (first) return { outcome: 'refused', refused: { refusals: [first, ...others] } };
  const { idempotencyKey } = request;
  if (typeof idempotencyKey !== 'string') return createWithoutKey(request, options);
  const caller = identityOf(options.viewer);
  // The same key of another viewer is another key.
  const key = hash(JSON.stringify([caller, idempotencyKey]));
  // The key is written where Ecwid can be searched for it (refererId has a filter of its own), so that the order
  // is found again after a lost answer.
  const refererId = `key-${key.slice(0, 32)}`;
  return options.once.run(`order/${key}`, {
    atWorkMs: options.timing.atWorkMs,
    caller,
    // Whoever asks with this key is this caller.
    refuseStranger: () => undefined,
    request: hash(JSON.stringify(sorted({ calculate: request.calculate, details: request.details }))),
    look: (attempts, step) => look(request, refererId, attempts, { ...options, ...step }),
  });
}

async function createWithoutKey(
  request: OrderRequest,
  { ecwid, signal }: CreateOrderOptions,
): Promise<Result<CreationRefused>> {
  try {
    const prepared = await prepare(request, ecwid, signal);
    if ('refused' in prepared) return { outcome: 'refused', refused: prepared.refused };
    const sent = await send(ecwid, prepared.order);
    switch (sent.is) {
      case 'made':
        return { outcome: 'made', order: sent.order };
      case 'refused':
      case 'denied':
        return { outcome: 'refused', refused: sent.refused };
      case 'unsent':
        return { outcome: 'unavailable', cause: sent.cause };
      case 'lost':
        return { outcome: 'unknown', cause: sent.cause };
    }
  } catch (error) {
    // Nothing but the calculation throws.
    if (error instanceof EcwidError) return { outcome: 'unavailable', cause: error };
    throw error;
  }
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

async function look(
  request: OrderRequest,
  refererId: string,
  attempts: readonly Attempt[],
  { ecwid, clock, timing, remainingMs, lostAt }: CreateOrderOptions & LookOptions,
): Promise<Seen<CreationRefused>> {
  const now = clock.now();
  const inTime = withDeadline(ecwid, remainingMs);
  const { order, isWhole } = await findByReferer(inTime, refererId);
  if (order) return { is: 'made', order };
  // Unlike a cart, which is gone once it was placed, nothing but the search tells that an order was made.
  const isRecent = (time: number) => now - time <= findableAfterMs(timing);
  const mayBeMissed = attempts.some(({ sentAt }) => isRecent(sentAt));
  if (mayBeMissed || (attempts.length > 0 && !isWhole)) return { is: 'unclear' };
  // Of what was sent before that and forgotten, the same is true; waiting for as long would help few.
  if (lostAt !== undefined && isRecent(lostAt)) return { is: 'unclear', isFinal: true };
  const details = { ...request.details, refererId };
  // Another caller may wait for the same: it does not end with the first one's leaving.
  const prepared = await prepare({ ...request, details }, inTime);
  if ('refused' in prepared) return { is: 'refused', refused: prepared.refused };
  return {
    is: 'ready',
    evidence: {},
    send: (step) => send(withDeadline(ecwid, step.remainingMs), prepared.order),
  };
}

type Prepared = { readonly order: WireObject } | { readonly refused: CreationRefused };

/** @throws EcwidError where the calculation fails for no fault of the details */
async function prepare(
  { details, calculate }: OrderRequest,
  ecwid: EcwidClient,
  signal?: EndSignal,
): Promise<Prepared> {
  let order = details;
  if (calculate) {
    try {
      const calculated = await calculateOrder(ecwid, calculationOf(details), { signal });
      order = withCalculation(details, calculated);
    } catch (error) {
      // What a calculation is refused for: its error table. Nothing was created by it, whatever went wrong.
      const isRefused = error instanceof EcwidStatusError && (error.status === 400 || error.status === 422);
      if (!isRefused) throw error;
      const message = 'Ecwid cannot calculate an order with these details.';
      return { refused: refuseCreation('INVALID_INPUT', message, error) };
    }
  }
  return { order };
}

async function send(ecwid: EcwidClient, order: WireObject): Promise<Sent<CreationRefused>> {
  const statuses = { paymentStatus: 'AWAITING_PAYMENT', fulfillmentStatus: 'AWAITING_PROCESSING' };
  try {
    const created = readCreatedOrder(await postOrder(ecwid, { ...statuses, ...orderOf(order) }));
    return created ? { is: 'made', order: created } : { is: 'lost' };
  } catch (error) {
    if (!(error instanceof EcwidError)) throw error;
    return afterFailure(error);
  }
}

function afterFailure(error: EcwidError): Sent<CreationRefused> {
  const fate = fateOfWrite(error);
  if (fate !== 'refused') return { is: fate, cause: error };
  const isOfDetails = error instanceof EcwidStatusError && [400, 404, 409, 422].includes(error.status);
  const refused = isOfDetails
    ? refuseCreation('INVALID_INPUT', 'Ecwid does not take an order with these details.', error)
    : refuseCreation('UNABLE_TO_CREATE_ORDER', 'The store refused, and no order was made.', error);
  return { is: 'refused', refused };
}

/** The order of a key, and whether the search was narrowed to it: older servers may not know the filter. */
async function findByReferer(
  ecwid: EcwidClient,
  refererId: string,
): Promise<{ readonly order: WrittenOrder | null; readonly isWhole: boolean }> {
  const { items } = await searchOrders(
    ecwid,
    { refererId, paymentStatus: paymentStatuses },
    {
      offset: 0,
      limit: 100,
      fields: new Map([
        ['items', responseFields('id', 'publicUid', 'orderNumber', 'internalId', 'refererId')],
      ]),
    },
  );
  if (!Array.isArray(items)) throw new EcwidAnswerError();
  const found = items.filter((item) => item?.refererId === refererId);
  const [order = null] = found.map(({ id, publicUid, orderNumber, internalId }) =>
    readCreatedOrder({ orderId: id ?? publicUid ?? null, id: orderNumber ?? internalId ?? null }),
  );
  // It is there, and cannot be told.
  if (found.length > 0 && !order) throw new EcwidAnswerError();
  return { order, isWhole: found.length === items.length };
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
