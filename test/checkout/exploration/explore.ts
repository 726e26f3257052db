import { defaultTiming, type Timing } from '../../../src/checkout/timing.ts';
import { createGatewayProcess, type Program } from './gateway-process.ts';
import { type Property, violationOf } from './properties.ts';
import { type Rules, type Step, stepsFrom } from './steps.ts';
import { type StoreOptions, startOfTime } from './store.ts';
import { type Faults, isAtRest, nameOf, noFaults, type Seat, type World } from './world.ts';

export interface Scenario extends StoreOptions {
  readonly program: Program;
  /** How many calls each process gets. */
  readonly calls: readonly number[];
  /** Which of each process's calls are a stranger's: they count down to 1. */
  readonly strangers?: readonly number[];
  readonly faults: Partial<Faults>;
  readonly timing: Timing;
  /** Default true; without one, orders are created from their details. */
  readonly hasCart?: boolean;
  /** Properties that are not asked for. */
  readonly except?: readonly Property[];
}

export interface Exploration {
  readonly states: number;
  readonly steps: number;
  /** How many histories of a process the code was run with. */
  readonly histories: number;
  /** Every way in which a call has ended. */
  readonly endings: ReadonlySet<string>;
  readonly violation: { readonly property: Property; readonly trace: readonly string[] } | undefined;
}

/** Long enough for every look, and short enough for few of them. */
export const shortTiming: Timing = {
  ...defaultTiming,
  deadlineMs: 30_000,
  stepMs: 10_000,
  pauseMs: 5_000,
  pollMs: 15_000,
  atWorkMs: 20_000,
  searchLagMs: 40_000,
  settlingMs: 10_000,
};

interface Origin {
  readonly of: string | null;
  readonly step: string;
}

/**
 * Visits every state that the scenario can come to, those of the shortest ways first. Two ways to the same state
 * have the same future, so only one of them is followed.
 */
export async function explore(scenario: Scenario): Promise<Exploration> {
  const { program, calls, strangers = [], faults, hasCart = true, except = [] } = scenario;
  const rules: Rules = { ...scenario, store: scenario, faults: { ...noFaults, ...faults } };
  const processes = calls.map((_, index) => createGatewayProcess(`P${index + 1}`, program, strangers));
  const probe = createGatewayProcess('probe', program);
  const probed = new Set<string>();
  const seats = processes.map((process, index) => seatOf(`P${index + 1}`, process, calls[index] ?? 0));
  const first: World = {
    now: startOfTime,
    journal: new Map(),
    store: { cart: hasCart ? 'active' : 'none', orders: [], indexed: 0 },
    isTaught: scenario.isTold === 'before',
    seats,
    underway: [],
    faults: rules.faults,
  };

  const origins = new Map<string, Origin>([[nameOf(first), { of: null, step: '' }]]);
  const endings = new Set<string>();
  let steps = 0;
  const report = (violation?: Exploration['violation']): Exploration => ({
    states: origins.size,
    steps,
    histories: processes.reduce((sum, { histories }) => sum + histories, probe.histories),
    endings,
    violation,
  });
  const isAskedFor = (property: Property | undefined): property is Property =>
    property !== undefined && !except.includes(property);

  let layer = [first];
  while (layer.length > 0) {
    const following: World[] = [];
    for (const world of layer) {
      const name = nameOf(world);
      const ways = stepsFrom(world, rules);
      if (isAtRest(world)) {
        const found = await violationAtRest(world, rules, probe, probed);
        if (isAskedFor(found?.property)) {
          return report({ property: found.property, trace: [...traceTo(name), ...found.trace] });
        }
      } else if (ways.length === 0) {
        throw new Error(`Nothing can happen any more:\n${traceTo(name).join('\n')}`);
      }
      for (const step of ways) {
        const after = await step.take();
        steps += 1;
        const property = violationOf(world, after, { calls, strangers });
        if (isAskedFor(property))
          return report({ property, trace: [...traceTo(name), step.name, ...endOf(after)] });
        noteEndings(after, endings);
        const nextName = nameOf(after);
        if (origins.has(nextName)) continue;
        origins.set(nextName, { of: name, step: step.name });
        following.push(after);
      }
    }
    layer = following;
  }
  return report();

  function traceTo(name: string): string[] {
    const trace: string[] = [];
    for (let origin = origins.get(name); origin?.of; origin = origins.get(origin.of))
      trace.unshift(origin.step);
    return trace;
  }
}

function seatOf(name: string, process: Seat['process'], calls: number): Seat {
  return {
    name,
    process,
    state: process.start,
    calls,
    coming: [],
    isStalled: false,
    attemptedAt: 0,
    ordersWhenDecided: 0,
  };
}

function noteEndings({ seats }: World, endings: Set<string>): void {
  for (const { state } of seats) for (const { ending } of state?.answers ?? []) endings.add(ending);
}

function endOf({ seats }: World): string[] {
  return seats.flatMap(({ name, state }) =>
    (state?.answers ?? []).map(({ ending, order }) => `${name} answers ${order ?? ending}`),
  );
}

/** What is wrong where everybody has finished: something left behind, or nothing that one more call can do. */
async function violationAtRest(
  world: World,
  rules: Rules,
  probe: Seat['process'],
  probed: Set<string>,
): Promise<{ readonly property: Property; readonly trace: readonly string[] } | undefined> {
  const { seats, faults, journal, store, now } = world;
  const isUndisturbed = seats.every(({ state }) => state) && faults.journal === rules.faults.journal;
  if (isUndisturbed && [...journal.values()].some(({ claim }) => claim)) {
    return { property: 'every claim is given back', trace: [] };
  }

  const { atWorkMs, searchLagMs, deadlineMs } = rules.timing;
  // Where nothing but a search can tell that there is no order, it is not known before it must have found one.
  const isToBeSearched = store.cart !== 'active' && store.orders.length === 0;
  const start = isToBeSearched ? now + atWorkMs + searchLagMs + 1 : now;
  let after: World = {
    ...world,
    now: start,
    faults: noFaults,
    store: { ...store, indexed: store.orders.length },
    seats: [seatOf('probe', probe, 1)],
  };
  const name = nameOf(after);
  if (probed.has(name)) return undefined;
  probed.add(name);

  const trace = ['--- one more call'];
  while (!isAtRest(after)) {
    const [step] = stepsFrom(after, rules) as [Step];
    after = await step.take();
    trace.push(step.name);
  }
  const answer = after.seats[0]?.state?.answers[0];
  const [order] = after.store.orders;
  // A deleted cart is like a placed one, as long as Ecwid has not denied each of the requests.
  const isDoubtful = [...journal.values()].some(({ attempts }) => attempts.some(({ isDenied }) => !isDenied));
  const isRight = order
    ? answer?.order === order.id
    : answer?.ending === (isDoubtful ? 'OUTCOME_UNKNOWN' : 'CART_NOT_FOUND');
  const isInTime = after.now - start <= deadlineMs;
  if (isRight && isInTime && after.store.orders.length < 2) return undefined;
  return { property: 'one more call ends in the order', trace: [...trace, ...endOf(after)] };
}
