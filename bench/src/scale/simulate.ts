import { randomUUID } from 'node:crypto';
import { createCallBudget, type Priority } from '../../../src/ecwid/call-budget.ts';
import type { TokenSource } from '../../../src/ecwid/shared-tokens.ts';
import { createLog } from '../../../src/log.ts';
import type { RedisConnection } from '../../../src/redis/connect-redis.ts';
import { createPatience } from '../../../src/redis/patience.ts';
import { createSharedCallBudget } from '../../../src/redis/shared-call-budget.ts';
import { createRandom } from '../../../src/sandbox/random.ts';
import { createVirtualTime } from './virtual-time.ts';

/** What is asked of one replica for one store. */
export interface Load {
  readonly store: number;
  readonly replica: number;
  readonly priority: Priority;
  /** By chance, so many a second. */
  readonly perSecond: number;
  /** At the beginning of each minute besides. Default none. */
  readonly burst?: number;
}

export interface World {
  readonly stores: number;
  readonly replicas: number;
  readonly perMinute: number;
  readonly minutes: number;
  readonly loads: readonly Load[];
  /** From when to when Redis is away, in minutes, and empty afterwards. */
  readonly outage?: { readonly from: number; readonly to: number };
  /** Called once for each question that a replica has for Redis. */
  readonly onQuestion?: () => void;
}

/** What came of one call, in milliseconds from the beginning. */
export interface Call extends Load {
  readonly askedAt: number;
  readonly begunAt: number | undefined;
  readonly refusedAt: number | undefined;
}

const log = createLog({ level: 'silent' });

/** How long Ecwid takes, how long a call may wait for its turn, and how long Redis takes there and back. */
const times = {
  callMs: 300,
  waitMs: { placing: 25_000, read: 8_000, search: 8_000 },
  leastMs: 0.3,
  mostMs: 3,
};

/**
 * The budget of calls as it is, in as many replicas for as many stores, over the script as it is in a real Redis; only
 * time is not: it passes as fast as that can be worked out, and Redis counts by it.
 */
export async function simulate(redis: RedisConnection, world: World, seed = 1): Promise<Call[]> {
  const time = createVirtualTime();
  const random = createRandom(seed);
  const epoch = 1_700_000_000_000;
  const patience = createPatience(log);
  const name = randomUUID();
  const between = (least: number, most: number) =>
    least + (random.integer(0, 1_000) / 1_000) * (most - least);

  const isAway = () => {
    const { from, to } = world.outage ?? { from: 0, to: 0 };
    return time.monotonic() >= from * 60_000 && time.monotonic() < to * 60_000;
  };
  const overTheNet = (source: TokenSource): TokenSource => ({
    async take(asked) {
      world.onQuestion?.();
      if (isAway()) throw new Error('Away.');
      await time.sleep(between(times.leastMs, times.mostMs) / 2);
      const given = await time.standStillFor(() => source.take(asked));
      await time.sleep(between(times.leastMs, times.mostMs) / 2);
      return given;
    },
    throttled: (pauseMs) => time.standStillFor(() => source.throttled(pauseMs)),
  });
  const budgets = Array.from({ length: world.stores }, (_, store) =>
    Array.from({ length: world.replicas }, () => {
      const { perMinute } = world;
      const storeId = `${name}-${store}`;
      const now = () => epoch + time.monotonic();
      const source = createSharedCallBudget(redis, { storeId, perMinute, patience, now });
      return createCallBudget({ perMinute, atOnce: 20, clock: time, source: overTheNet(source) });
    }),
  );

  const calls: Call[] = [];
  async function call(load: Load): Promise<void> {
    const askedAt = time.monotonic();
    const budget = budgets[load.store]?.[load.replica];
    const tell = (end: Partial<Call>) =>
      calls.push({ begunAt: undefined, refusedAt: undefined, ...load, askedAt, ...end });
    try {
      const release = await budget?.take(load.priority, { waitMs: times.waitMs[load.priority] });
      tell({ begunAt: time.monotonic() });
      await time.sleep(times.callMs);
      release?.();
    } catch {
      tell({ refusedAt: time.monotonic() });
    }
  }
  async function comeByChance(load: Load): Promise<void> {
    if (load.perSecond === 0) return;
    for (;;) {
      await time.sleep((-Math.log(1 - between(0, 0.999)) / load.perSecond) * 1_000);
      void call(load);
    }
  }
  async function comeAtOnce(load: Load): Promise<void> {
    for (;;) {
      for (let n = 0; n < (load.burst ?? 0); n += 1) void call(load);
      await time.sleep(60_000);
    }
  }
  for (const load of world.loads) {
    void comeByChance(load);
    void comeAtOnce(load);
  }
  if (world.outage)
    time.setTimer(world.outage.to * 60_000 - 1, () => {
      void time.standStillFor(() => redis.commands.flushdb());
    });
  await time.pass(world.minutes * 60_000);
  return calls;
}
