import { setTimeout as sleep } from 'node:timers/promises';
import { startClosedLoop } from './load/closed-loop.ts';
import { pace } from './load/open-loop.ts';
import { createRequests, type NextRequest } from './load/requests.ts';
import { cpuMs } from './process-cost.ts';
import type { Scenario } from './scenarios.ts';
import type { Running } from './start-contender.ts';
import { percentile } from './statistics.ts';
import type { Workplace } from './workplace.ts';

export interface Saturation {
  /** Of one operation. */
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Operations a second. */
  readonly rate: number;
  /** Which share of a core it took; well below 1, something else was what held it up. */
  readonly busy: number;
}

/** Until what is hot is compiled: the quicker the operations are, the sooner. */
const warmUp = { leastSeconds: 4, operations: 40_000, mostSeconds: 12 };

/** CPU time of one operation while `callers` ask as fast as they are answered. */
export async function saturate(
  { name, pid, port }: Running,
  nextRequest: NextRequest,
  { callers = 16, seconds, bytes }: { callers?: number; readonly seconds: number; readonly bytes: number },
): Promise<Saturation> {
  const load = startClosedLoop(port, nextRequest, { callers, bytes });
  try {
    const begunAt = performance.now();
    const warmFor = () => (performance.now() - begunAt) / 1_000;
    while (
      warmFor() < warmUp.leastSeconds ||
      (warmFor() < warmUp.mostSeconds && load.completed() < warmUp.operations)
    )
      await sleep(100);
    load.takeLatencies();
    const before = { at: performance.now(), cpu: cpuMs(pid), completed: load.completed() };
    await sleep(seconds * 1_000);
    const cpu = cpuMs(pid) - before.cpu;
    const completed = load.completed() - before.completed;
    const elapsedMs = performance.now() - before.at;
    if (load.wrong() > 0) throw new Error(`${name} has answered ${load.wrong()} times other than expected.`);
    const latencies = load.takeLatencies();
    return {
      cpuUs: (cpu * 1_000) / completed,
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
      rate: (completed * 1_000) / elapsedMs,
      busy: cpu / elapsedMs,
    };
  } finally {
    load.stop();
  }
}

export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How soon answers come at the scenario's rate, from an upstream that takes `latencyMs` for its own. */
export async function measureLatency(
  { port }: Running,
  scenario: Scenario,
  { workplace, latencyMs, seconds }: { readonly workplace: Workplace; latencyMs: number; seconds: number },
): Promise<Latency> {
  const { standIn, token } = workplace;
  await standIn.restart({ latencyMs });
  const latencies = await pace(port, createRequests(scenario, token), { rate: scenario.rate, seconds });
  await standIn.restart();
  return { p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99) };
}

/** How soon the upstream itself answers, asked directly: one turn. */
export async function measureTurn(
  { standIn }: Workplace,
  latencyMs: number,
  seconds: number,
): Promise<number> {
  const request = 'GET /api/v3/1/carts/1?responseFields=total HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';
  await standIn.restart({ latencyMs });
  const latencies = await pace(standIn.port, () => request, { rate: 100, seconds });
  await standIn.restart();
  return percentile(latencies, 0.5);
}
