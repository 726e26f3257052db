import { createHmac, randomUUID } from 'node:crypto';

export const clientSecret = 'client_secret_of_a_test';

/** The body of a webhook, by default one of a cart that there is, from just now. */
export function eventOf(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    eventId: randomUUID(),
    eventCreated: Math.floor(Date.now() / 1_000),
    storeId: 4870020,
    entityId: 108394551,
    eventType: 'unfinished_order.updated',
    data: { orderId: 'AB1CD', cartId: '6626E60A-A6F9-4CD5-8230-43D5F162E0CD' },
    ...changes,
  };
}

export function signatureOf(
  { eventCreated, eventId }: Readonly<Record<string, unknown>>,
  secret = clientSecret,
): string {
  return createHmac('sha256', secret).update(`${eventCreated}.${eventId}`).digest('base64');
}

/** Sends it as Ecwid does. */
export function sendEvent(
  origin: string,
  event: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = { 'x-ecwid-webhook-signature': signatureOf(event) },
): Promise<Response> {
  return fetch(`${origin}/webhooks/ecwid?eventtype=${event.eventType}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
    body: JSON.stringify(event),
  });
}
