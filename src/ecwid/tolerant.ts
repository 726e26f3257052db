import type { Log } from '../log.ts';
import { UnreadableValueError } from './errors.ts';
import type { Cart, CreatedOrder, Order, PlacedCart } from './wire.ts';
import type { DateText, Id } from './wire-values.ts';

/**
 * An amount as a number, digits as a string included.
 * @throws UnreadableValueError
 */
export function readAmount(value: unknown): number {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isFinite(amount)) throw new UnreadableValueError('an amount');
  return amount;
}

const dateText =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?$/;

/**
 * An instant: `2014-09-20 19:59:43 +0000` with whatever offset, the same without one (UTC), a day alone
 * (midnight UTC), RFC 3339, or UNIX seconds as a number or digits.
 * @throws UnreadableValueError
 */
export function readDate(value: unknown): Date {
  if (value instanceof Date) return value;
  const date = new Date(typeof value === 'string' ? millisecondsOf(value.trim()) : secondsOf(value));
  if (Number.isNaN(date.getTime())) throw new UnreadableValueError('a date');
  return date;
}

function millisecondsOf(text: string): number {
  if (/^\d{1,12}$/.test(text)) return secondsOf(Number(text));
  const [, day, time = '00:00:00', zone = 'Z'] = dateText.exec(text) ?? [];
  const offset = /^[+-]/.test(zone) ? zone.replace(/(\d{2}):?(\d{2})$/, '$1:$2') : 'Z';
  return Date.parse(`${day}T${time}${offset}`);
}

function secondsOf(value: unknown): number {
  return typeof value === 'number' ? value * 1000 : Number.NaN;
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
 * cannot be an element is left out with a line in the log that names the `field`.
 */
export function readList<Element>(
  value: readonly Element[] | null | undefined,
  isElement: (element: unknown) => boolean,
  field: string,
  log: Log,
): readonly Element[] {
  if (value === null || value === undefined) return [];
  const elements: readonly Element[] = Array.isArray(value) ? value : [value as unknown as Element];
  if (elements.every(isElement)) return elements;
  log.warn({ field }, 'Ecwid sent list elements that cannot be read; they are left out');
  return elements.filter(isElement);
}

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  const name = String(value).toUpperCase();
  if (Object.hasOwn(aliases, name)) return aliases[name] as Value;
  return known.find((candidate) => candidate === name) ?? 'UNKNOWN';
}

/**
 * The id that customers see: newer answers name it `id`, older ones `vendorOrderNumber`, and where both are
 * missing the internal number finds the order as well.
 */
export function readOrderId(order: PlacedCart & Pick<Order, 'publicUid'>): string | null {
  const { id: newest, publicUid, vendorOrderNumber, orderNumber } = order;
  const id = [newest, publicUid, vendorOrderNumber, orderNumber].find(isPresentId);
  return id === undefined ? null : String(id);
}

/** An order of which only the ids are known, under every name that asks for them. */
export function knownOrder(id: string, { orderNumber, vendorOrderNumber }: PlacedCart): Order {
  const number = orderNumber ?? null;
  return {
    id,
    publicUid: id,
    vendorOrderNumber: vendorOrderNumber ?? null,
    orderNumber: number,
    internalId: number,
  };
}

/** The order that `POST /orders` has made, from either generation of its answer; null where it names none. */
export function readCreatedOrder({ id, orderId, orderid }: CreatedOrder): Order | null {
  const key = [orderId, orderid, id].find(isPresentId);
  return key === undefined
    ? null
    : knownOrder(String(key), { orderNumber: id ?? null, vendorOrderNumber: String(key) });
}

/**
 * The order that a cart became: what the cart tells of it, and the key to find the rest by, which is the public
 * id where Ecwid tells it, else the internal number. Null for a cart that became none.
 */
export function readRecoveredOrder(cart: Cart): { readonly key: string; readonly order: Order } | null {
  const number = [cart.recoveredOrderId, cart.recovered_order_id].find(isPresentId);
  const order: Order = number === undefined ? {} : { orderNumber: number, internalId: number };
  if (isPresentId(cart.recoveredPublicUid)) {
    const id = String(cart.recoveredPublicUid);
    return { key: id, order: { ...order, id, publicUid: id, vendorOrderNumber: id } };
  }
  return number === undefined ? null : { key: String(number), order };
}

/** An id that stands for something: Ecwid writes 0 or an empty text where there is nothing to point at. */
export function isPresentId(id: unknown): id is Id {
  return isScalar(id) && id !== '' && id !== 0 && id !== '0';
}

/** When the recovery e-mail went out, under its newer or its older name. */
export function readRecoveryEmailSentDate(cart: Cart): DateText | Id | null {
  return cart.recoveryEmailSentTimestamp ?? cart.recovery_email_sent_timestamp ?? null;
}
