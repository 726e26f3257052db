import type { Close } from './closing.ts';
import type { Config } from './config.ts';
import type { RedisConnection } from './redis/connect-redis.ts';
import { createRedisSeenEvents } from './redis/seen-events.ts';
import type { WebhookReceiver } from './server/webhook-door.ts';
import { createSeenEvents } from './webhooks/seen-events.ts';
import { createWebhooks, rememberedMs, type WebhooksOptions } from './webhooks/webhooks.ts';

/** Where Ecwid sends them, and how it signs. */
export const webhookAddress = {
  path: '/webhooks/ecwid',
  signatureHeader: 'x-ecwid-webhook-signature',
} as const satisfies Partial<WebhookReceiver>;

export interface OpenWebhooksOptions extends Pick<WebhooksOptions, 'changes' | 'learn' | 'log' | 'onEvent'> {
  readonly redis?: RedisConnection | undefined;
}

/**
 * Takes a store's webhooks, where there is a secret to know them by.
 * @param opened how to close it is put on this pile
 */
export function openWebhooks(
  { storeId, clientSecret }: Pick<NonNullable<Config['store']>, 'storeId' | 'clientSecret'>,
  opened: Close[],
  { redis, ...options }: OpenWebhooksOptions,
): WebhookReceiver | undefined {
  if (clientSecret === undefined) return undefined;
  const own = createSeenEvents({ rememberedMs });
  const seen = redis ? createRedisSeenEvents({ redis, storeId, rememberedMs, own, log: options.log }) : own;
  const { receive, close } = createWebhooks({ ...options, storeId, clientSecret, seen });
  opened.push(close);
  return { ...webhookAddress, receive };
}
