import type { Journal } from '../../../src/checkout/journal.ts';
import type { Timing } from '../../../src/checkout/timing.ts';
import { createMemoryJournal } from '../memory-journal.ts';
import type { Action, Reply, Wish } from './gateway-process.ts';
import { carryOut, cartId, isWrite, type StoreOptions, toldOrder } from './store.ts';
import type { Faults, Seat, World } from './world.ts';

/** One thing that can happen next. */
export interface Step {
  readonly name: string;
  take(): Promise<World>;
}

export interface Rules {
  readonly store: StoreOptions;
  readonly timing: Timing;
  readonly faults: Faults;
}

type WishOf<Of extends Wish['of']> = Extract<Wish, { readonly of: Of }>;

/** Everything that can happen next, the way without faults first. */
export function stepsFrom(world: World, rules: Rules): readonly Step[] {
  const steps: Step[] = [];
  const add = (name: string, take: () => Promise<World> | World) =>
    steps.push({ name, take: async () => take() });
  const addFault = (fault: keyof Faults, name: string, take: (world: World) => Promise<World> | World) => {
    const left = world.faults[fault];
    if (left > 0) add(name, () => take({ ...world, faults: { ...world.faults, [fault]: left - 1 } }));
  };

  for (const seat of world.seats) {
    if (!seat.state) continue;
    const { name } = seat;
    for (const action of seat.state.actions) addStepsOf(seat, action);
    if (seat.calls > 0) {
      add(`${name} is called`, () => change(world, name, { calls: seat.calls - 1 }, { call: seat.calls }));
    }
    if (seat.state.actions.length > 0 && !seat.isStalled) {
      addFault('stall', `${name} stands still`, (next) => change(next, name, { isStalled: true }));
    }
    if (seat.calls > 0 || seat.state.actions.length > 0) {
      addFault('crash', `${name} crashes`, (next) => crash(next, seat));
    }
  }
  for (const request of world.underway) {
    const rest = { ...world, underway: world.underway.filter((other) => other !== request) };
    add(`the late request of ${request.by} arrives`, () => {
      const { store } = carryOut(world.store, request.request, world.now, rules.store);
      return { ...rest, store };
    });
    add(`the late request of ${request.by} never arrives`, () => rest);
  }
  const { store } = world;
  if (store.indexed < store.orders.length) {
    add('the search catches up', () => ({ ...world, store: { ...store, indexed: store.orders.length } }));
  }
  for (const [key, record] of world.journal) {
    if (!record.claim) continue;
    addFault('lapse', `the claim of ${record.claim.holder} lapses`, (next) => ({
      ...next,
      journal: new Map(next.journal).set(key, { ...record, claim: null }),
    }));
  }
  if (store.cart === 'active' && rules.store.isTold && !world.isTaught) {
    add('a webhook tells of the cart', () => ({ ...world, isTaught: true }));
  }
  if (store.cart === 'active') {
    addFault('deletion', 'the merchant deletes the cart', (next) => ({
      ...next,
      store: { ...store, cart: 'deleted' },
    }));
  }
  return steps;

  function addStepsOf(seat: Seat, action: Action): void {
    const answer = seat.coming.find(({ action: id }) => id === action.id);
    if (answer) {
      const coming = seat.coming.filter((other) => other !== answer);
      const event = { action: action.id, reply: answer.reply };
      const at = Math.max(world.now, answer.at ?? 0);
      if (mayTurn(world, at, rules)) {
        add(`${seat.name} gets its late answer`, () =>
          change({ ...world, now: at }, seat.name, { coming }, event),
        );
      }
      return;
    }
    const { wish } = action;
    if (wish.of === 'clock') addWaking(seat, action, wish);
    else if (wish.of === 'journal') addJournalSteps(seat, action, wish);
    else addStoreSteps(seat, action, wish);
  }

  function addWaking(seat: Seat, { id, since }: Action, { ms }: WishOf<'clock'>): void {
    const now = Math.max(world.now, since + ms);
    if (!mayTurn(world, now, rules)) return;
    const event = { action: id, reply: { value: undefined } };
    add(`${seat.name} wakes`, () => change({ ...world, now }, seat.name, {}, event));
  }

  function addJournalSteps({ name }: Seat, { id }: Action, { method, values }: WishOf<'journal'>): void {
    const work = async (before: World): Promise<{ readonly after: World; readonly value: unknown }> => {
      const records = new Map(before.journal);
      const learnt = new Map(before.isTaught ? [[cartId, toldOrder]] : []);
      const journal = createMemoryJournal({ records, learnt, clock: { now: () => before.now } });
      const value = await (journal[method] as (...all: readonly unknown[]) => Promise<unknown>)(...values);
      return { after: { ...before, journal: records }, value };
    };
    const failure: Reply = { failure: 'journal' };
    const what = `the journal's ${method} for ${name}`;
    add(what, async () => {
      const { after, value } = await work(world);
      return change(after, name, {}, { action: id, reply: { value } });
    });
    addFault('slowAnswer', `${what} is answered late`, async (next) => {
      const { after, value } = await work(next);
      return change(after, name, { coming: [{ action: id, reply: { value }, at: null }] });
    });
    addFault('journal', `${what} fails`, (next) => change(next, name, {}, { action: id, reply: failure }));
    addFault('journal', `${what} succeeds and seems to fail`, async (next) => {
      const { after } = await work(next);
      return change(after, name, {}, { action: id, reply: failure });
    });
  }

  function addStoreSteps(seat: Seat, { id, since }: Action, { request }: WishOf<'ecwid'>): void {
    const { name } = seat;
    const what = `${name}'s ${request.method ?? 'GET'} ${request.path.join('/')}`;
    const work = (before: World) => {
      const { store: changed, reply } = carryOut(before.store, request, before.now, rules.store);
      return { after: { ...before, store: changed }, reply };
    };
    const meet = (before: World, reply: Reply) => change(before, name, {}, { action: id, reply });
    const reset: Reply = { failure: 'reset' };
    add(what, () => {
      const { after, reply } = work(world);
      return meet(after, reply);
    });
    addFault('slowAnswer', `${what} is answered late`, (next) => {
      const { after, reply } = work(next);
      return change(after, name, { coming: [{ action: id, reply, at: null }] });
    });
    if (!isWrite(request)) {
      addFault('failedRead', `${what} fails`, (next) => meet(next, reset));
      return;
    }
    addFault('lostWrite', `${what} is lost on its way`, (next) => meet(next, reset));
    addFault('lostWrite', `the answer to ${what} is lost`, (next) => meet(work(next).after, reset));
    addFault('lostWrite', `${what} times out, and is underway`, (next) => {
      const underway = [...next.underway, { by: name, request, sentAt: seat.attemptedAt }];
      const at = since + (request.deadlineMs ?? 0);
      return change({ ...next, underway }, name, {
        coming: [{ action: id, reply: { failure: 'timeout' }, at }],
      });
    });
    addFault('refusedWrite', `${what} is refused`, (next) =>
      meet(next, { status: 422, errorCode: 'SHIPPING_METHOD_UNAVAILABLE' }),
    );
    addFault('unsentWrite', `${what} is turned away`, (next) =>
      meet(next, { status: 429, errorCode: 'TOO_MANY_REQUESTS' }),
    );
  }

  function crash(next: World, seat: Seat): World {
    const sent = (seat.state?.actions ?? []).flatMap(({ id, wish }) =>
      wish.of === 'ecwid' && isWrite(wish.request) && seat.coming.every(({ action }) => action !== id)
        ? [{ by: seat.name, request: wish.request, sentAt: seat.attemptedAt }]
        : [],
    );
    return {
      ...next,
      underway: [...next.underway, ...sent],
      seats: next.seats.map((other) =>
        other.name === seat.name ? { ...seat, state: null, coming: [] } : other,
      ),
    };
  }
}

type Happening = { readonly call: number } | { readonly action: number; readonly reply: Reply };

/** The world when something has changed about a process, and something has happened to it. */
async function change(world: World, name: string, changes: Partial<Seat>, event?: Happening): Promise<World> {
  const at = world.seats.findIndex((seat) => seat.name === name);
  const seat = { ...world.seats[at], ...changes } as Seat;
  if (event && seat.state) {
    const state = await seat.process.after(seat.state, { ...event, at: world.now });
    Object.assign(seat, { state, isStalled: false, ...whatIsToBeKnownOf(state.actions, world) });
  }
  return { ...world, seats: world.seats.with(at, seat) };
}

function whatIsToBeKnownOf(actions: readonly Action[], { store }: World): Partial<Seat> {
  const known: { attemptedAt?: number; ordersWhenDecided?: number } = {};
  for (const { wish } of actions) {
    if (wish.of !== 'journal') continue;
    const attempt = newAttemptOf(wish);
    if (attempt) known.attemptedAt = attempt.sentAt;
    // Nothing but giving back the claim is left to do.
    if (wish.method === 'release') known.ordersWhenDecided = store.orders.length;
  }
  return known;
}

function newAttemptOf({ method, values }: WishOf<'journal'>): { readonly sentAt: number } | undefined {
  if (method !== 'intend') return undefined;
  return values[1] as Parameters<Journal['intend']>[1];
}

/** Whether it may become this late before this process does something: nothing else is due before. */
function mayTurn(world: World, time: number, rules: Rules): boolean {
  if (time === world.now) return true;
  if (time > latestTime(world, rules)) return false;
  return world.seats.every((seat) => {
    if (seat.isStalled) return true;
    return (seat.state?.actions ?? []).every((action) => dueTime(action, seat, world) >= time);
  });
}

function dueTime({ id, since, wish }: Action, { coming }: Seat, { now }: World): number {
  const answer = coming.find(({ action }) => action === id);
  if (answer) return answer.at ?? Number.POSITIVE_INFINITY;
  return wish.of === 'clock' ? since + wish.ms : now;
}

/** How far the clock may go before something else has to happen: what the assumptions say takes no longer. */
function latestTime({ underway, seats, store }: World, rules: Rules): number {
  const { atWorkMs, searchLagMs } = rules.timing;
  const limits = underway.map(({ sentAt }) => sentAt + atWorkMs);
  const unseen = store.orders[store.indexed];
  if (unseen) limits.push(unseen.madeAt + searchLagMs);
  for (const seat of seats) {
    for (const { id, wish } of seat.state?.actions ?? []) {
      if (seat.coming.some(({ action }) => action === id)) continue;
      const isSending = wish.of === 'ecwid' && isWrite(wish.request);
      const isAnnouncing = wish.of === 'journal' && newAttemptOf(wish) !== undefined;
      if (isSending || isAnnouncing) limits.push(seat.attemptedAt + atWorkMs);
    }
  }
  return Math.min(...limits);
}
