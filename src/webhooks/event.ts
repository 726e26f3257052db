import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a webhook says has happened. Its sender is known; what it says is not, but for its id and its time. */
export interface Event {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly storeId: string;
  /** In lower case and without underscores, as sources disagree about both. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The event of a body whose signature is good; null for any other. The signature is made of the event's time and id
 * alone: whoever has seen one event may have the rest of the body say anything.
 * @param signature the header: base64 of HMAC-SHA256
 */
export function readSignedEvent(
  body: Readonly<Record<string, unknown>>,
  signature: string | readonly string[] | undefined,
  clientSecret: string,
): Event | null {
  const { eventId, eventCreated, storeId, eventType, data } = body;
  if (typeof signature !== 'string' || typeof eventId !== 'string') return null;
  if (!/^[\w-]{1,64}$/.test(eventId) || !/^\d{1,12}$/.test(textOf(eventCreated))) return null;
  const message = `${textOf(eventCreated)}.${eventId}`;
  if (!isEqual(signature, createHmac('sha256', clientSecret).update(message).digest('base64'))) return null;
  return {
    id: eventId,
    createdAt: Number(eventCreated) * 1_000,
    storeId: textOf(storeId),
    type: textOf(eventType).toLowerCase().replaceAll('_', ''),
    data: typeof data === 'object' && data !== null ? (data as Event['data']) : {},
  };
}

/** Takes as long for any text of the right length, which is no secret. */
function isEqual(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
