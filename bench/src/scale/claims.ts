import type { RedisConnection } from '../../../src/redis/connect-redis.ts';
import { type Call, type Load, simulate, type World } from './simulate.ts';

export interface Claim {
  readonly says: string;
  check(redis: RedisConnection): Promise<{ readonly holds: boolean; readonly measured: string }>;
}

const perMinute = 600;
/** What flows in, in a second. */
const flow = (perMinute * 0.88) / 60;

function each(count: number, load: (replica: number) => Partial<Load>): Load[] {
  return Array.from({ length: count }, (_, replica) => ({
    store: 0,
    replica,
    priority: 'read' as const,
    perSecond: 0,
    ...load(replica),
  }));
}
const worldOf = (replicas: number, loads: readonly Load[], world: Partial<World> = {}): World => ({
  stores: 1,
  replicas,
  perMinute,
  minutes: 5,
  loads,
  ...world,
});

const begun = (calls: readonly Call[]) => calls.filter(({ begunAt }) => begunAt !== undefined);

/** The most calls that began in any minute. */
function mostInAMinute(calls: readonly Call[]): number {
  const times = begun(calls)
    .map(({ begunAt = 0 }) => begunAt)
    .sort((a, b) => a - b);
  let first = 0;
  return Math.max(
    ...times.map((time, index) => {
      while ((times[first] ?? 0) <= time - 60_000) first += 1;
      return index - first + 1;
    }),
  );
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

function budgetHolds(replicas: number): Claim {
  return {
    says: `${replicas === 1 ? '1 replica' : `${replicas} replicas`} asked for twice the rate, and for 300 more at once each minute, ${replicas === 1 ? 'sends' : 'send'} at most 600 in any minute, and 95 % of what flows in, or more`,
    async check(redis) {
      const loads = each(replicas, () => ({ perSecond: 20 / replicas, burst: Math.round(300 / replicas) }));
      const calls = await simulate(redis, worldOf(replicas, loads));
      const most = mostInAMinute(calls);
      const used = begun(calls).length / (perMinute / 10 + flow * 300);
      return {
        holds: most <= perMinute && used >= 0.95,
        measured: `${most} in a minute, ${percent(used)} used`,
      };
    },
  };
}

const smallRate: Claim = {
  says: 'three replicas of a rate of 10 a minute send at most 10 in any minute',
  async check(redis) {
    const loads = each(3, () => ({ perSecond: 1 }));
    const calls = await simulate(redis, worldOf(3, loads, { perMinute: 10, minutes: 20 }));
    return { holds: mostInAMinute(calls) <= 10, measured: `${mostInAMinute(calls)} in a minute` };
  },
};

function outageHolds(minutes: number): Claim {
  return {
    says: `three replicas asked for twice the rate, of whom Redis is gone for ${minutes * 60} seconds and then has forgotten everything, send at most 600 in any minute, and in that time half of what flows in, or more`,
    async check(redis) {
      const outage = { from: 2, to: 2 + minutes };
      const loads = each(3, () => ({ perSecond: (2 * flow) / 3, burst: 50 }));
      const calls = await simulate(redis, worldOf(3, loads, { outage }));
      const most = mostInAMinute(calls);
      const alone = begun(calls).filter(
        ({ begunAt = 0 }) => begunAt >= outage.from * 60_000 && begunAt < outage.to * 60_000,
      );
      const used = alone.length / (flow * 60 * minutes);
      return {
        holds: most <= perMinute && used >= 0.5,
        measured: `${most} in a minute, ${percent(used)} used without Redis`,
      };
    },
  };
}

const fairShares: Claim = {
  says: 'of three replicas, one of which is asked for ten times as much as it can get, the others get nine tenths of what they ask for, where that is a fifth of the rate each',
  async check(redis) {
    const loads = each(3, (replica) => ({ perSecond: replica === 0 ? 10 * flow : flow / 5 }));
    const calls = await simulate(redis, worldOf(3, loads));
    const shareOf = (one: number) => {
      const of = calls.filter(({ replica }) => replica === one);
      return begun(of).length / of.length;
    };
    const shares = [1, 2].map(shareOf);
    return { holds: Math.min(...shares) >= 0.9, measured: shares.map(percent).join(' and ') };
  },
};

const evenShares: Claim = {
  says: 'ten replicas asked for three times the rate, each for as much, get a tenth each, within a quarter of that',
  async check(redis) {
    const calls = await simulate(
      redis,
      worldOf(
        10,
        each(10, () => ({ perSecond: 3 * (flow / 10) })),
      ),
    );
    const all = begun(calls).length;
    const parts = Array.from(
      { length: 10 },
      (_, one) => begun(calls.filter(({ replica }) => replica === one)).length / all,
    );
    const [least, most] = [Math.min(...parts), Math.max(...parts)];
    return { holds: least >= 0.075 && most <= 0.125, measured: `${percent(least)} to ${percent(most)}` };
  },
};

const placingFirst: Claim = {
  says: 'three replicas asked for three times the rate in reads begin every call of an order a second within 2 seconds, at any of them',
  async check(redis) {
    const reads = each(3, () => ({ perSecond: flow }));
    const placing = each(3, () => ({ priority: 'placing', perSecond: 1 / 3 }));
    const calls = (await simulate(redis, worldOf(3, [...reads, ...placing]))).filter(
      ({ priority }) => priority === 'placing',
    );
    const waits = begun(calls).map(({ askedAt, begunAt = 0 }) => begunAt - askedAt);
    const longest = Math.max(...waits);
    const all = begun(calls).length === calls.length;
    return {
      holds: all && longest <= 2_000,
      measured: `${calls.length} calls, ${seconds(longest)} at most, ${seconds(quantile(waits, 0.5))} the median`,
    };
  },
};

const refusedEarly: Claim = {
  says: 'of what three replicas refuse while they are asked for three times the rate nine in ten are refused within 2 of the 8 seconds that they would wait',
  async check(redis) {
    const calls = await simulate(
      redis,
      worldOf(
        3,
        each(3, () => ({ perSecond: flow })),
      ),
    );
    const waits = calls.flatMap(({ askedAt, refusedAt }) =>
      refusedAt === undefined ? [] : [refusedAt - askedAt],
    );
    return {
      holds: quantile(waits, 0.9) <= 2_000,
      measured: `${waits.length} refused, half within ${seconds(quantile(waits, 0.5))}, nine in ten within ${seconds(quantile(waits, 0.9))}, the last after ${seconds(Math.max(...waits))}`,
    };
  },
};

const fewQuestions: Claim = {
  says: 'three replicas asked for three times the rate ask Redis at most three times for each call that they send',
  async check(redis) {
    let questions = 0;
    const loads = each(3, () => ({ perSecond: flow }));
    const calls = await simulate(redis, worldOf(3, loads, { onQuestion: () => (questions += 1) }));
    const ofCall = questions / begun(calls).length;
    return { holds: ofCall <= 3, measured: `${ofCall.toFixed(1)} times` };
  },
};

const bulkheads: Claim = {
  says: 'of 50 stores over three replicas, one of which is flooded, the others wait for nothing',
  async check(redis) {
    const stores = 50;
    const loads = Array.from({ length: stores }, (_, store) =>
      each(3, () => ({ store, perSecond: store === 0 ? 3 * flow : 0.2 })),
    ).flat();
    const calls = await simulate(redis, worldOf(3, loads, { stores, minutes: 2 }));
    const others = calls.filter(({ store }) => store !== 0);
    const waits = begun(others).map(({ askedAt, begunAt = 0 }) => begunAt - askedAt);
    return {
      holds: begun(others).length === others.length && Math.max(...waits) <= 10,
      measured: `${others.length} calls of the others, none refused, ${Math.max(...waits).toFixed(0)} ms at most for Redis and all`,
    };
  },
};

export const claims: readonly Claim[] = [
  ...[1, 3, 10].map(budgetHolds),
  smallRate,
  ...[0.2, 1.5].map(outageHolds),
  evenShares,
  fairShares,
  placingFirst,
  refusedEarly,
  fewQuestions,
  bulkheads,
];
