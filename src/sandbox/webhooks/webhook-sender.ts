import { createHmac, randomUUID } from 'node:crypto';
import type { StoreEvent } from './events.ts';
import { postEvent } from './post-event.ts';

/** Where an app has its webhooks sent. */
export interface WebhookSettings {
  readonly url: string;
  /** Of the app. Default that of the sandbox, which is no secret. */
  readonly clientSecret?: string;
  /** By what the times between two tries are multiplied. Default 1: a quarter of an hour, up to an hour. */
  readonly retryScale?: number;
}

export const defaultClientSecret = 'client_secret_of_the_sandbox';

export interface WebhookSenderOptions {
  readonly storeId: string;
  readonly now: () => Date;
}

export interface WebhookSender {
  /** From now on to there; null for nowhere. What is to be tried again is tried where it was. */
  sendTo(settings: WebhookSettings | null): void;
  /** Tells of it soon. */
  send(event: StoreEvent): void;
  /** Forgets what has not arrived. */
  reset(): void;
  /** Tries each event once that was not tried yet, for so long at most, and none again. */
  close(withinMs: number): Promise<void>;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** After the first try: at 15, 30 and 45 minutes, at an hour, and each hour until a day has passed. */
export const retriesAfterMs: readonly number[] = [
  ...[15, 30, 45].map((minutes) => minutes * minuteMs),
  ...Array.from({ length: 24 }, (_, index) => (index + 1) * hourMs),
];

/** Sends events in the order in which they happened, each once, and those that have not arrived again and again. */
export function createWebhookSender({ storeId, now }: WebhookSenderOptions): WebhookSender {
  let target: Target | null = null;
  let tried: Promise<unknown> = Promise.resolve();
  let end = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  let isClosing = false;

  function forget(): void {
    end.abort();
    end = new AbortController();
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  }

  async function deliver(letter: Letter, tries: number): Promise<void> {
    const { signal, retryScale } = letter;
    if (signal.aborted || (await postEvent(letter)) || signal.aborted || isClosing) return;
    const [before = 0, after] = [retriesAfterMs[tries - 1], retriesAfterMs[tries]];
    if (after === undefined) return;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void deliver(letter, tries + 1);
      },
      (after - before) * retryScale,
    );
    timers.add(timer);
  }

  return {
    sendTo(settings) {
      target = settings && readSettings(settings);
    },
    send(event) {
      if (!target || isClosing) return;
      const letter = write(event, target, { storeId, now: now(), signal: end.signal });
      tried = tried.then(() => deliver(letter, 0));
    },
    reset: forget,
    async close(withinMs) {
      isClosing = true;
      const patience = setTimeout(forget, withinMs);
      for (const timer of timers) clearTimeout(timer);
      await tried;
      clearTimeout(patience);
      forget();
    },
  };
}

interface Target {
  readonly url: URL;
  readonly clientSecret: string;
  readonly retryScale: number;
}

/** @throws TypeError */
function readSettings({
  url: text,
  clientSecret = defaultClientSecret,
  retryScale = 1,
}: WebhookSettings): Target {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError('webhooks.url is no address of http or https.');
  }
  if (clientSecret === '') throw new TypeError('webhooks.clientSecret is empty.');
  if (!(retryScale > 0)) throw new TypeError(`webhooks.retryScale is ${retryScale}; it is more than 0.`);
  return { url, clientSecret, retryScale };
}

interface Letter {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly retryScale: number;
}

/** The same however often it is sent. */
function write(
  { eventType, entityId, data }: StoreEvent,
  { url, clientSecret, retryScale }: Target,
  { storeId, now, signal }: { readonly storeId: string; readonly now: Date; readonly signal: AbortSignal },
): Letter {
  const eventId = randomUUID();
  const eventCreated = Math.floor(now.getTime() / 1_000);
  const addressed = new URL(url);
  addressed.searchParams.set('eventtype', eventType);
  const body = { eventId, eventCreated, storeId: Number(storeId), entityId, eventType, data };
  return {
    url: addressed,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-ecwid-webhook-signature': createHmac('sha256', clientSecret)
        .update(`${eventCreated}.${eventId}`)
        .digest('base64'),
    },
    body: JSON.stringify(body),
    signal,
    retryScale,
  };
}
