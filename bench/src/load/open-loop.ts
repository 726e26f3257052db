import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, openConnection } from './connection.ts';
import type { NextRequest } from './requests.ts';

/** How long each of the answers took, in ms, where `rate` are asked for a second, whether they come or not. */
export async function pace(
  port: number,
  nextRequest: NextRequest,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<readonly number[]> {
  const latencies: number[] = [];
  const idle: Caller[] = [];
  const callers: Caller[] = [];
  const total = Math.max(1, Math.round(rate * seconds));
  const finished = Promise.withResolvers<void>();

  function createCaller(): Caller {
    const caller: Caller = { sentAt: 0, connection: openConnection(port, onAnswer, finished.reject) };
    callers.push(caller);
    return caller;

    function onAnswer({ status }: { readonly status: number }): void {
      if (status !== 200) finished.reject(new Error(`An answer has status ${status}.`));
      latencies.push(performance.now() - caller.sentAt);
      idle.push(caller);
      if (latencies.length === total) finished.resolve();
    }
  }

  async function sendAll(): Promise<void> {
    const begin = performance.now();
    for (let n = 0; n < total; n += 1) {
      const waitMs = begin + (n * 1_000) / rate - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      const caller = idle.pop() ?? createCaller();
      caller.sentAt = performance.now();
      caller.connection.send(nextRequest());
    }
  }

  try {
    await Promise.all([sendAll(), finished.promise]);
  } finally {
    for (const { connection } of callers) connection.close();
  }
  return latencies;
}

interface Caller {
  sentAt: number;
  readonly connection: Connection;
}
