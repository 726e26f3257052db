import { type Connection, openConnection } from './connection.ts';
import type { NextRequest } from './requests.ts';

export interface ClosedLoop {
  /** So far. */
  completed(): number;
  /** Of these, other than a success of the expected length. */
  wrong(): number;
  /** In ms, of what has been completed since this was last asked. */
  takeLatencies(): readonly number[];
  stop(): void;
}

/** So many callers, each of whom asks again as soon as it is answered. */
export function startClosedLoop(
  port: number,
  nextRequest: NextRequest,
  { callers, bytes }: { readonly callers: number; readonly bytes: number },
): ClosedLoop {
  let completed = 0;
  let wrong = 0;
  let latencies: number[] = [];
  const connections: Connection[] = [];
  for (let n = 0; n < callers; n += 1) {
    let sentAt = 0;
    const ask = () => {
      sentAt = performance.now();
      connection.send(nextRequest());
    };
    const connection = openConnection(
      port,
      (answer) => {
        completed += 1;
        latencies.push(performance.now() - sentAt);
        if (answer.status !== 200 || answer.bytes !== bytes) wrong += 1;
        ask();
      },
      () => {
        wrong += 1;
      },
    );
    connections.push(connection);
    ask();
  }
  return {
    completed: () => completed,
    wrong: () => wrong,
    takeLatencies() {
      const taken = latencies;
      latencies = [];
      return taken;
    },
    stop() {
      for (const connection of connections) connection.close();
    },
  };
}
