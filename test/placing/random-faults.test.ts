import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, type TestContext, test } from 'vitest';
import { createRandom, type Random } from '../../src/sandbox/random.ts';
import {
  breakOffAfter,
  type Fault,
  failAfter,
  failBefore,
  hangAfter,
  hangBefore,
  pageAfter,
  type RequestKind,
  resetAfter,
  resetBefore,
  slow,
  tooMany,
  truncateAfter,
} from '../faults.ts';
import type { RunningGateway } from '../running-gateway.ts';
import {
  another,
  digital,
  type FaultyStore,
  greta,
  made,
  openFaultyStore,
  pickup,
  place,
  readme,
  safeToTryAgain,
  type Told,
} from './faulty-store.ts';

const runs = 200;
const runsOfOneTest = 10;

// Steps so short that claims lapse under living holders, and that requests arrive after they were given up.
const settlingMs = 50;
const hasty = { deadlineMs: 900, stepMs: 150, pauseMs: 10, pollMs: 10, settlingMs };

// A socket's timing is nobody's to repeat, but the faults of each kind of request come in the same order again.
const replayed = process.env.FAULT_SEED;
const seeds = replayed ? [Number(replayed)] : Array.from({ length: runs }, (_, index) => index + 1);
const groups = Array.from({ length: Math.ceil(seeds.length / runsOfOneTest) }, (_, index) =>
  seeds.slice(index * runsOfOneTest, (index + 1) * runsOfOneTest),
).map((group) => [`${group[0]} to ${group.at(-1)}`, group] as const);

describe.concurrent('whatever goes wrong, a cart makes one order, and nobody is told otherwise', () => {
  test.for(groups)('with the seeds %s', { timeout: 120_000 }, async ([, group], context) => {
    for (const seed of group) {
      try {
        await placeThroughFaults(seed, context);
      } catch (cause) {
        throw new Error(`FAULT_SEED=${seed} shows it again.`, { cause });
      }
    }
  });
});

// Of tests that run side by side, each has an `expect` of its own.
async function placeThroughFaults(seed: number, { expect }: TestContext): Promise<void> {
  const random = createRandom(seed);
  const cart = random.pick([readme, another, greta, digital, pickup]);
  const store = await openFaultyStore({
    afterPlacing: random.pick(['gone', 'kept']),
    placingStampsCreateDate: random.chance(0.3),
    batchCallMs: random.pick([0, 100, 300]),
    searchLagMs: random.pick([0, 0, 400]),
  });
  const via = random.pick(['direct', 'direct', 'batch'] as const);
  try {
    const gateways = [await store.startGateway({ timing: hasty, via })];
    if (random.chance(0.5)) gateways.push(await store.startGateway({ timing: hasty, via }));
    store.proxy.choose = chooseFaults(seed);

    const callers = random.chance(0.3) ? 1 : random.integer(2, 20);
    const told =
      callers === 1
        ? await callInTurn(store, cart, gateways, random)
        : await callAtOnce(cart.cartId, gateways, random, callers);

    store.proxy.choose = () => undefined;
    // Requests of before may still be on their way.
    told.push(await place(await store.startGateway({ timing: { settlingMs }, via }), cart.cartId));
    await store.proxy.settled();

    expect(told.at(-1)).toEqual(made(cart.orderNumber));
    const isKnown = (code: string) =>
      [
        'OUTCOME_UNKNOWN',
        'UPSTREAM_ERROR',
        'UPSTREAM_TIMEOUT',
        'UPSTREAM_UNAVAILABLE',
        'RATE_LIMITED',
      ].includes(code);
    for (const { orderNumber, codes } of told) {
      expect(orderNumber ?? cart.orderNumber).toBe(cart.orderNumber);
      expect(codes.filter((code) => !isKnown(code))).toEqual([]);
    }
    expect(store.placings(cart.cartId).made).toBe(via === 'direct' ? 1 : 0);
    // A search that lags does not show it yet.
    await expect.poll(() => store.newOrders()).toBe(1);
  } finally {
    await store.close();
  }
}

async function callAtOnce(
  cartId: string,
  gateways: readonly RunningGateway[],
  random: Random,
  callers: number,
): Promise<Told[]> {
  const calls = Array.from({ length: callers }, async () => {
    const told: Told[] = [];
    for (let times = random.integer(1, 3); times > 0; times--) {
      await sleep(random.integer(0, 200));
      told.push(await place(random.pick(gateways), cartId));
    }
    return told;
  });
  return (await Promise.all(calls)).flat();
}

/** Where nobody else calls, to be told that no order was made is to be sure that none will come. */
async function callInTurn(
  store: FaultyStore,
  { cartId, orderNumber }: typeof readme,
  gateways: readonly RunningGateway[],
  random: Random,
): Promise<Told[]> {
  const told: Told[] = [];
  for (let calls = random.integer(1, 3); calls > 0; calls--) {
    const one = await place(random.pick(gateways), cartId);
    told.push(one);
    if (!one.messages.some((message) => safeToTryAgain.test(message))) continue;
    await store.proxy.settled();
    expect(await store.isOrder(orderNumber)).toBe(false);
  }
  return told;
}

function chooseFaults(seed: number): (kind: RequestKind) => Fault | undefined {
  const planOf = (stream: number, shares: readonly number[]) => {
    const random = createRandom(seed * 1_000 + stream);
    return { random, share: random.pick(shares) };
  };
  // What is to go wrong late has to go well before.
  const plans = {
    cart: planOf(1, [0, 0.2, 0.4]),
    place: planOf(2, [0.3, 0.7, 0.95]),
    batch: planOf(3, [0.3, 0.7]),
    search: planOf(4, [0, 0.5, 0.9]),
  };
  return (kind) => {
    const plan = kind in plans ? plans[kind as keyof typeof plans] : undefined;
    return plan?.random.chance(plan.share) ? faultOf(plan.random) : undefined;
  };
}

function faultOf(random: Random): Fault {
  const status = random.pick([500, 502, 503, 504]);
  const delay = () => random.integer(0, 400);
  return random.pick([
    resetBefore,
    resetAfter,
    hangBefore,
    hangAfter,
    failBefore(status),
    failAfter(status),
    tooMany,
    slow(delay(), 0),
    slow(0, delay()),
    slow(delay(), delay()),
    truncateAfter,
    breakOffAfter,
    pageAfter,
  ]);
}
