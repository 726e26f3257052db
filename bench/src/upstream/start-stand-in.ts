import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StandInOrder, StandInReport } from './stand-in.ts';

export interface StandIn {
  readonly port: number;
  /** What it was asked for since the last time; from now on it takes so long for each answer. */
  restart(order?: StandInOrder): Promise<Pick<StandInReport, 'calls' | 'bytes'>>;
  close(): void;
}

/** The upstream, in a process of its own. */
export async function startStandIn(): Promise<StandIn> {
  const child = fork(fileURLToPath(new URL('stand-in.ts', import.meta.url)));
  const ended = once(child, 'exit').then(() => {
    throw new Error('The stand-in has ended.');
  });
  // Told to whoever waits for it.
  ended.catch(() => {});
  const nextReport = async (): Promise<StandInReport> => {
    const [report] = await Promise.race([once(child, 'message'), ended]);
    return report;
  };
  const { port } = await nextReport();
  return {
    port,
    async restart(order = { latencyMs: 0 }) {
      const report = nextReport();
      child.send(order);
      return report;
    },
    close: () => child.disconnect(),
  };
}
