import type { CheckoutOptions } from '../../../src/checkout/checkout.ts';
import { type Journal, JournalError } from '../../../src/checkout/journal.ts';
import {
  EcwidConnectionError,
  type EcwidError,
  EcwidStatusError,
  EcwidTimeoutError,
} from '../../../src/ecwid/errors.ts';
import type { EcwidRequest } from '../../../src/ecwid/request.ts';

/** What the code wants of the world around it. */
export type Wish =
  | { readonly of: 'journal'; readonly method: keyof Journal; readonly values: readonly unknown[] }
  | { readonly of: 'ecwid'; readonly request: EcwidRequest }
  | { readonly of: 'clock'; readonly ms: number };

/** A wish that has not come true yet. */
export interface Action {
  readonly id: number;
  /** When it was wished for. */
  readonly since: number;
  readonly wish: Wish;
}

export type Reply =
  | { readonly value: unknown }
  | { readonly status: number; readonly errorCode: string }
  | { readonly failure: 'timeout' | 'reset' | 'journal' };

type Event = { readonly at: number } & (
  | { readonly call: number }
  | { readonly action: number; readonly reply: Reply }
);

/** How a call has ended: `made`, `unavailable` with its cause, or the codes of its refusals. */
export interface Answer {
  readonly call: number;
  readonly ending: string;
  /** The order's key, where there is one. */
  readonly order: string | undefined;
}

/** A process, as far as anything outside it can tell: what it has seen so far leads to what it wants next. */
export interface ProcessState {
  readonly id: number;
  readonly actions: readonly Action[];
  readonly answers: readonly Answer[];
}

export type Surroundings = Pick<CheckoutOptions, 'ecwid' | 'journal' | 'clock'>;

/** Who calls: whose cart it is, or anybody else who knows its id. */
export type Caller = 'owner' | 'stranger';

/** Starts the code under test: the function that calls it. */
export type Program = (surroundings: Required<Surroundings>) => (caller: Caller) => Promise<Ending>;

interface Ending {
  readonly outcome: string;
  readonly order?: { readonly key: string };
  readonly refusals?: readonly { readonly code: string }[];
  readonly cause?: { readonly code: string };
}

interface Node extends ProcessState {
  readonly before: { readonly node: Node; readonly event: Event } | null;
  readonly next: Map<string, Node>;
}

export interface GatewayProcess {
  readonly start: ProcessState;
  /** What it comes to when one more thing happens to it. */
  after(state: ProcessState, event: Event): Promise<ProcessState>;
  /** How many different histories the code was run with. */
  readonly histories: number;
}

/**
 * The real code as a function from what has happened to a process to what it does next. The code sees nothing but
 * its arguments, so the same history always leads to the same state: each is run once, on the code itself, and
 * is looked up from then on. Calls of these numbers are a stranger's.
 */
export function createGatewayProcess(
  name: string,
  program: Program,
  strangers: readonly number[] = [],
): GatewayProcess {
  const root: Node = { id: 0, actions: [], answers: [], before: null, next: new Map() };
  let histories = 0;
  const start = () => startRun(name, program, strangers);
  let live: { readonly run: Run; at: Node } = { run: start(), at: root };

  async function replay(node: Node): Promise<Run> {
    const events: Event[] = [];
    for (let { before } = node; before; before = before.node.before) events.unshift(before.event);
    const run = start();
    for (const event of events) await run.meet(event);
    if (JSON.stringify(run.observe()) !== JSON.stringify(observationOf(node))) {
      throw new Error('The same history has led to two states: the code depends on more than its arguments.');
    }
    return run;
  }

  return {
    start: root,
    get histories() {
      return histories;
    },
    async after(state, event) {
      const node = state as Node;
      const name = JSON.stringify(event);
      const known = node.next.get(name);
      if (known) return known;
      const run = live.at === node ? live.run : await replay(node);
      await run.meet(event);
      histories += 1;
      const next: Node = { id: histories, ...run.observe(), before: { node, event }, next: new Map() };
      node.next.set(name, next);
      live = { run, at: next };
      return next;
    },
  };
}

function observationOf({ actions, answers }: ProcessState): Omit<ProcessState, 'id'> {
  return { actions, answers };
}

interface Run {
  /** Lets something happen, and the code do all that it can do by itself. */
  meet(event: Event): Promise<void>;
  observe(): Omit<ProcessState, 'id'>;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function startRun(process: string, program: Program, strangers: readonly number[]): Run {
  let now = 0;
  let count = 0;
  const actions = new Map<number, Action & { readonly settle: PromiseWithResolvers<unknown> }>();
  const answers: Answer[] = [];
  // Random ids are known to the world by the order in which they turn up, or no two runs would be alike.
  const names = new Map<string, string>();
  const nameOf = (id: string) => {
    if (!names.has(id)) names.set(id, `${process}#${names.size + 1}`);
    return names.get(id) as string;
  };

  const want = <Value>(wish: Wish): Promise<Value> => {
    const told: Wish = JSON.parse(JSON.stringify(wish).replace(uuid, nameOf));
    const settle = Promise.withResolvers<unknown>();
    actions.set(count, { id: count, since: now, wish: told, settle });
    count += 1;
    return settle.promise as Promise<Value>;
  };
  const ofJournal =
    (method: keyof Journal) =>
    <Value>(...values: unknown[]) =>
      want<Value>({ of: 'journal', method, values });

  const call = program({
    clock: { now: () => now, monotonic: () => now, sleep: (ms) => want({ of: 'clock', ms }) },
    ecwid: { storeId: '1', send: (request) => want({ of: 'ecwid', request }) },
    journal: {
      read: ofJournal('read'),
      claim: ofJournal('claim'),
      release: ofJournal('release'),
      intend: ofJournal('intend'),
      deny: ofJournal('deny'),
      withdraw: ofJournal('withdraw'),
      settle: ofJournal('settle'),
      keyOf: ofJournal('keyOf'),
      learn: ofJournal('learn'),
      learnt: ofJournal('learnt'),
      close: ofJournal('close'),
    },
  });

  return {
    async meet(event) {
      now = event.at;
      if ('call' in event) {
        call(strangers.includes(event.call) ? 'stranger' : 'owner').then(
          (ending) => answers.push(answerOf(event.call, ending)),
          (error) => answers.push({ call: event.call, ending: `threw ${error}`, order: undefined }),
        );
      } else {
        const action = actions.get(event.action);
        if (!action) throw new Error('There is no such action.');
        actions.delete(event.action);
        const { reply } = event;
        if ('value' in reply) action.settle.resolve(withIds(reply.value, names));
        else action.settle.reject(errorOf(reply));
      }
      // Every promise that needs nothing from outside is settled before this comes back.
      await new Promise(setImmediate);
    },
    observe: () => ({
      actions: [...actions.values()].map(({ id, since, wish }) => ({ id, since, wish })),
      answers: [...answers],
    }),
  };
}

function withIds(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (value === undefined) return undefined;
  let text = JSON.stringify(value);
  for (const [id, name] of names) text = text.replaceAll(`"${name}"`, `"${id}"`);
  return JSON.parse(text);
}

function errorOf(reply: Exclude<Reply, { value: unknown }>): EcwidError | JournalError {
  if ('status' in reply) return new EcwidStatusError(reply.status, reply.errorCode);
  switch (reply.failure) {
    case 'timeout':
      return new EcwidTimeoutError();
    case 'reset':
      return new EcwidConnectionError(true);
    case 'journal':
      return new JournalError();
  }
}

function answerOf(call: number, { outcome, order, refusals, cause }: Ending): Answer {
  const ending = refusals
    ? refusals.map(({ code }) => code).join()
    : [outcome, cause?.code ?? []].flat().join(' ');
  return { call, ending, order: order?.key };
}
