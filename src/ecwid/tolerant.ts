import { UnreadableValueError } from './errors.ts';
import type { Cart, CreatedOrder, Order, OrderDetails, PlacedCart } from './wire.ts';
import type { OrderItem } from './wire-item.ts';
import type { ShippingOptionInfo } from './wire-parts.ts';
import type { Amount, DateText, Id } from './wire-values.ts';

/**
 * An amount as a number, digits as a string included.
 * @throws UnreadableValueError
 */
export function readAmount(value: unknown): number {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isFinite(amount)) throw new UnreadableValueError('an amount');
  return amount;
}

/**
 * A nested object, or null.
 * @throws UnreadableValueError
 */
export function readObject<Value extends object>(value: unknown): Value | null {
  if (value === null || value === undefined) return null;
  if (!isObject(value)) throw new UnreadableValueError('an object');
  return value as Value;
}

/**
 * A list, where nothing may blank what it belongs to: absent is empty, one alone is a list of one, and what
 * cannot be an element is left out, which `tell` is called for.
 */
export function readList<Element>(
  value: readonly Element[] | null | undefined,
  isElement: (element: unknown) => boolean,
  tell: () => void,
): readonly Element[] {
  if (value === null || value === undefined) return [];
  const elements: readonly Element[] = Array.isArray(value) ? value : [value as unknown as Element];
  if (elements.every(isElement)) return elements;
  tell();
  return elements.filter(isElement);
}

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What ID can hold. */
export function isId(value: unknown): boolean {
  return typeof value === 'string' || Number.isInteger(value);
}

/** What `readAmount` reads. */
export function isAmount(value: unknown): boolean {
  const isText = typeof value === 'string' && value.trim() !== '';
  return (isText || typeof value === 'number') && Number.isFinite(Number(value));
}

export function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

/**
 * A map of texts, or null. Values that are none are turned into text, since clients index it as a map of texts.
 * @throws UnreadableValueError
 */
export function readTextMap(value: unknown): Record<string, unknown> | null {
  const map = readObject<Record<string, unknown>>(value);
  if (!map || Object.values(map).every((text) => typeof text === 'string' || text === null)) return map;
  return Object.fromEntries(
    Object.entries(map).map(([name, text]) => [
      name,
      typeof text === 'string' || text === null ? text : JSON.stringify(text),
    ]),
  );
}

/** A flag that may be absent: only a plain true, or its text, is true. */
export function readFlag(value: unknown): boolean {
  return value === true || value === 'true';
}

/**
 * One of an enum's values in whatever case Ecwid writes it; anything new is UNKNOWN, null stays null.
 * `aliases` are other spellings of known values.
 */
export function readEnum<Value extends string>(
  value: unknown,
  known: readonly Value[],
  aliases: Readonly<Record<string, Value>> = {},
): Value | 'UNKNOWN' | null {
  if (value === null || value === undefined || value === '') return null;
  // A text made of anything else may not even be one.
  if (!isScalar(value)) return 'UNKNOWN';
  const name = String(value).toUpperCase();
  if (Object.hasOwn(aliases, name)) return aliases[name] as Value;
  return known.find((candidate) => candidate === name) ?? 'UNKNOWN';
}

/** The items of a cart or an order; one alone is a list of one. */
export function itemsOf({ items }: OrderDetails): readonly OrderItem[] {
  return (Array.isArray(items) ? items : [items]).filter(isObject) as OrderItem[];
}

/**
 * The price that a customer named: inside an object, as documented, or plain, as all other amounts.
 * @throws UnreadableValueError
 */
export function readSelectedPrice({ selectedPrice }: OrderItem): Amount | null {
  if (typeof selectedPrice === 'number' || typeof selectedPrice === 'string')
    return readAmount(selectedPrice);
  return readObject<{ readonly value?: Amount | null }>(selectedPrice)?.value ?? null;
}

/** @throws UnreadableValueError */
export function readCartId({ cartId }: Cart): string {
  if (!isPresentId(cartId)) throw new UnreadableValueError('a cart id');
  return String(cartId);
}

/**
 * The id that customers see: newer answers name it `id` and `publicUid`, older ones `vendorOrderNumber`.
 * @throws UnreadableValueError
 */
export function readOrderId({ id, publicUid, vendorOrderNumber }: Order): string {
  const present = [id, publicUid, vendorOrderNumber].find(isPresentId);
  if (present === undefined) throw new UnreadableValueError('an order id');
  return String(present);
}

/** An order of which only ids are known, each under every name that asks for it. */
export function knownOrder({
  id,
  orderNumber,
}: {
  readonly id?: unknown;
  readonly orderNumber?: unknown;
}): Order {
  return {
    ...(isPresentId(id) ? { id: String(id), publicUid: String(id), vendorOrderNumber: String(id) } : {}),
    ...(isPresentId(orderNumber) ? { orderNumber, internalId: orderNumber } : {}),
  };
}

/** An order as a write has told it: what is known, and the key to find the rest by. */
export interface WrittenOrder {
  readonly key: string;
  readonly known: Order;
}

/**
 * The order that `POST /carts/{cartId}/place` has made. The older answer has no id, and the public one is its
 * vendorOrderNumber; in newer ones that may be the internal number. Null where the answer names no order.
 */
export function readPlacedOrder({ id, vendorOrderNumber, orderNumber }: PlacedCart): WrittenOrder | null {
  return writtenOrder([id, vendorOrderNumber].find(isPresentId), orderNumber);
}

function writtenOrder(id: unknown, orderNumber: unknown): WrittenOrder | null {
  const key = [id, orderNumber].find(isPresentId);
  return key === undefined ? null : { key: String(key), known: knownOrder({ id, orderNumber }) };
}

/** The order that `POST /orders` has made, from any generation of its answer; null where it names none. */
export function readCreatedOrder({ id, orderId, orderid }: CreatedOrder): WrittenOrder | null {
  return writtenOrder([orderId, orderid].find(isPresentId), id);
}

/** The order that a cart became, in either spelling; null for a cart that became none. */
export function readRecoveredOrder(cart: Cart): WrittenOrder | null {
  return writtenOrder(
    cart.recoveredPublicUid,
    [cart.recoveredOrderId, cart.recovered_order_id].find(isPresentId),
  );
}

/** An id that stands for something: Ecwid writes 0 or an empty text where there is nothing to point at. */
export function isPresentId(id: unknown): id is Id {
  return (
    isScalar(id) &&
    String(id).trim() !== '' &&
    id !== 0 &&
    id !== '0' &&
    !(typeof id === 'number' && !Number.isFinite(id))
  );
}

/** When the recovery e-mail went out, under its newer or its older name. */
export function readRecoveryEmailSentDate(cart: Cart): DateText | Id | null {
  return cart.recoveryEmailSentTimestamp ?? cart.recovery_email_sent_timestamp ?? null;
}

/** Whether the customer fetches the goods, by either of the fields that tell it; null where neither does. */
export function readIsPickup({
  isPickup,
  fulfillmentType,
  fulfilmentType,
}: ShippingOptionInfo): boolean | null {
  const type = readEnum(fulfillmentType ?? fulfilmentType, ['PICKUP', 'SHIPPING', 'DELIVERY']);
  if (isPickup === true || type === 'PICKUP') return true;
  return isPickup === false || type === 'SHIPPING' || type === 'DELIVERY' ? false : null;
}
