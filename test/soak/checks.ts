import type { Soak, SoakOptions } from './soak.ts';
import { judge, type Verdict } from './verdicts.ts';

export interface Check {
  readonly says: string;
  readonly holds: boolean;
  readonly figures: string;
}

const mostGrowth = 1.2;
const placingMs = 30_000;
/** What has to be true of a soak, in words and with its figures. */
export function checksOf(
  soak: Soak,
  { querySeconds, perMinute, leeway }: Pick<SoakOptions, 'querySeconds' | 'perMinute' | 'leeway'>,
): readonly Check[] {
  const { origin, gateway, books, told } = soak;
  const verdicts = told.map((one) => judge(one, books));
  const wrong = verdicts.filter(({ isAcceptable }) => !isAcceptable);
  const right = verdicts.filter(({ is }) => is === 'right');
  const queryMs = timesOf(verdicts, false);
  const orderMs = timesOf(verdicts, true);
  const { fresh, warm, after } = gateway;
  const orders = ordersOf(soak);
  return [
    {
      says: 'no call is beyond the budget',
      holds: origin.mostInAMinute <= perMinute && origin.throttled === 0,
      figures: `${origin.calls} calls, at most ${origin.mostInAMinute} of ${perMinute} in a minute, ${origin.throttled} answered with 429`,
    },
    {
      says: 'nothing goes unhandled, and the process lives',
      holds: soak.isAlive && soak.complaints.length === 0 && after.warnings.length === 0,
      figures: `${soak.isAlive ? 'alive' : 'ended'}, ${soak.complaints.length} errors in its log, ${after.warnings.length} warnings`,
    },
    {
      says: 'every answer is right or a typed error',
      holds: wrong.length === 0 && right.length > 0,
      figures: `${verdicts.length} requests, ${right.length} answered in full, ${wrong.length} wrongly`,
    },
    {
      says: 'queries are answered by their deadline',
      holds: percentile(queryMs, 99) < querySeconds * 1_000 * (1 + leeway),
      figures: `${told.length - orderMs.length} queries, p50 ${ms(queryMs, 50)}, p95 ${ms(queryMs, 95)}, p99 ${ms(queryMs, 99)}, deadline ${querySeconds} s`,
    },
    {
      says: 'orders are answered by their deadline',
      holds: percentile(orderMs, 99) < placingMs * (1 + leeway),
      figures: `p50 ${ms(orderMs, 50)}, p95 ${ms(orderMs, 95)}, p99 ${ms(orderMs, 99)}, deadline ${placingMs / 1_000} s`,
    },
    {
      says: 'nothing becomes two orders, and no order that was told is lost',
      holds: orders.twice.length === 0 && orders.lost.length === 0 && orders.made > 0,
      figures: `${orders.made} carts and keys became orders, ${orders.told} answers named them, ${orders.twice.length} made two, ${orders.lost.length} are lost`,
    },
    {
      says: 'memory is flat',
      holds: after.heap < warm.heap * mostGrowth,
      figures: `heap after collection ${megabytes(warm.heap)} before and ${megabytes(after.heap)} after, ${Math.round((after.heap / warm.heap - 1) * 100)} %`,
    },
    {
      says: 'sockets and timers are what they were',
      holds: after.sockets <= fresh.sockets && after.timers <= fresh.timers,
      figures: `${fresh.sockets} sockets and ${fresh.timers} timers before, ${after.sockets} and ${after.timers} after`,
    },
  ];
}

/** Answers that are none of what they may be. */
export function wrongOf({ told, books }: Soak): readonly Verdict[] {
  return told.map((one) => judge(one, books)).filter(({ isAcceptable }) => !isAcceptable);
}

function ordersOf({ told, books, origin }: Soak) {
  const numbers = new Map<string, Set<string>>();
  let answers = 0;
  for (const { operation, answer } of told) {
    const payload = operation.placed && answer?.body.data?.[operation.name];
    if (!payload?.order) continue;
    answers += 1;
    const known = numbers.get(operation.placed ?? '') ?? new Set();
    numbers.set(operation.placed ?? '', known.add(payload.order.id));
  }
  const created = [...books.after.created.values()];
  const placed = Object.values(origin.placings);
  const named = [...numbers.values()].flatMap((known) => [...known]);
  return {
    made: placed.length + created.length,
    told: answers,
    lost: named.filter((number) => !books.after.orders.has(number)),
    twice: [
      ...placed.filter((times) => times > 1),
      ...created.filter((orders) => orders.length > 1),
      ...[...numbers.values()].filter(({ size }) => size > 1),
    ],
  };
}

function timesOf(verdicts: readonly Verdict[], isPlacing: boolean): readonly number[] {
  return verdicts
    .filter(({ told }) => told.answer && (told.operation.placed !== undefined) === isPlacing)
    .map(({ told }) => told.ms);
}

export function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
}

function ms(times: readonly number[], percent: number): string {
  return `${Math.round(percentile(times, percent))} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
