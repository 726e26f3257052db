import { expect } from 'vitest';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { expectBackTo, expectHonestAnswer, type HonestAnswer, openResources } from './honest-answer.ts';

/** The cart that is well in any weather. */
export const fineId = 'F14E0000-0000-0000-0000-000000000001';
/** Any other will do. */
export const badId = 'BAD00000-0000-0000-0000-000000000002';

export const fineCart = { cartId: fineId, total: 12.5, email: 'ann@example.com' };
const fine = { query: `{ cart(id: "${fineId}") { total } }`, data: { cart: { total: 12.5 } } };

/** A store with one fine cart, whatever else it does, and a gateway over it that gives a query a second. */
export interface StoreInBadWeather {
  readonly origin: ScriptedOrigin;
  readonly gateway: RunningGateway;
  /** Sends an operation while the store meets each call but those for the fine cart with a fault. */
  ask(
    query: string,
    fault: ScriptedOrigin['script'],
    options?: { readonly isLasting?: boolean },
  ): Promise<HonestAnswer & { readonly calls: readonly string[] }>;
  close(): Promise<void>;
}

export async function openStoreInBadWeather(
  settings: Parameters<typeof startGatewayOver>[1] = {},
): Promise<StoreInBadWeather> {
  const origin = await startScriptedOrigin();
  const gateway = await startGatewayOver(origin.url, {
    // A call alone would take as long as it likes.
    deadlineMs: 60_000,
    limits: { querySeconds: 1 },
    retries: true,
    ...settings,
  });
  return {
    origin,
    gateway,
    async ask(query, fault, { isLasting = false } = {}) {
      const before = openResources();
      const begun = Promise.withResolvers<void>();
      const calls: string[] = [];
      origin.script = (request, response) => {
        if (request.url?.includes(fineId)) return answerJson(fineCart)(request, response);
        calls.push(`${request.method} ${request.url}`);
        fault(request, response);
        begun.resolve();
      };
      const answer = await expectHonestAnswer(gateway, query, {
        url: origin.url,
        begun: begun.promise,
        isLasting,
        fine,
      });
      await expect.poll(() => origin.pending).toBe(0);
      origin.closeIdle();
      await expectBackTo(before);
      return { ...answer, calls };
    },
    async close() {
      await gateway.close();
      await origin.close();
    },
  };
}

/** A script that has a fault so often, and then answers. */
export function faultFirst(
  times: number,
  fault: ScriptedOrigin['script'],
  answer: object,
): ScriptedOrigin['script'] {
  let left = times;
  return (request, response) => {
    left -= 1;
    (left >= 0 ? fault : answerJson(answer))(request, response);
  };
}
