import { hash } from 'node:crypto';
import type { EcwidRequest } from '../../../src/ecwid/request.ts';
import type { JournalRecord } from '../memory-journal.ts';
import type { GatewayProcess, ProcessState, Reply } from './gateway-process.ts';
import type { Store } from './store.ts';

/** What may go wrong, and how often in one run. */
export interface Faults {
  /** A process ends at once, with all its calls. What it has sent may still arrive. */
  readonly crash: number;
  /** A claim lapses under a living holder. */
  readonly lapse: number;
  /** A write is lost on its way, or its answer is, or it times out and may arrive later. */
  readonly lostWrite: number;
  /** A write is refused for a reason that passes. */
  readonly refusedWrite: number;
  /** A write is turned away before any work was done. */
  readonly unsentWrite: number;
  /** A request that reads fails. */
  readonly failedRead: number;
  /** An answer is on its way for any time, while others go on. */
  readonly slowAnswer: number;
  /** A process does nothing for any time, while others go on. */
  readonly stall: number;
  /** The journal cannot be used, before or after it has done what was asked for. */
  readonly journal: number;
  /** The merchant deletes the cart. */
  readonly deletion: number;
}

export const noFaults: Faults = {
  crash: 0,
  lapse: 0,
  lostWrite: 0,
  refusedWrite: 0,
  unsentWrite: 0,
  failedRead: 0,
  slowAnswer: 0,
  stall: 0,
  journal: 0,
  deletion: 0,
};

/** A request that writes, between the gateway and Ecwid. */
export interface Underway {
  readonly by: string;
  readonly request: EcwidRequest;
  /** The time in the attempt that announces it. */
  readonly sentAt: number;
}

export interface Coming {
  readonly action: number;
  readonly reply: Reply;
  /** Null for any time from now on. */
  readonly at: number | null;
}

export interface Seat {
  readonly name: string;
  readonly process: GatewayProcess;
  /** Null after a crash. */
  readonly state: ProcessState | null;
  /** How many more calls it will get. */
  readonly calls: number;
  /** Answers that are on their way to it, by action. */
  readonly coming: readonly Coming[];
  /** Whether time passes without it until it does something. */
  readonly isStalled: boolean;
  /** The time in its newest attempt. */
  readonly attemptedAt: number;
  /** How many orders there were when its call had made up its mind. */
  readonly ordersWhenDecided: number;
}

/** Everything there is at one moment. Never changed, only replaced. */
export interface World {
  readonly now: number;
  readonly journal: ReadonlyMap<string, JournalRecord>;
  readonly store: Store;
  /** Whether a webhook has taught which order the cart is going to be. */
  readonly isTaught: boolean;
  readonly seats: readonly Seat[];
  readonly underway: readonly Underway[];
  readonly faults: Faults;
}

/** The same text for worlds with the same future. */
export function nameOf({ now, journal, store, isTaught, seats, underway, faults }: World): string {
  const of = ({ state, calls, coming, isStalled, attemptedAt, ordersWhenDecided }: Seat) => {
    if (!state) return 'crashed';
    return isDone(state, calls)
      ? 'done'
      : [state.id, calls, coming, isStalled, attemptedAt, ordersWhenDecided];
  };
  const text = JSON.stringify([
    ...[now, [...journal], store, isTaught],
    ...[seats.map(of), underway, Object.values(faults)],
  ]);
  return hash('sha1', text, 'base64');
}

function isDone({ actions }: ProcessState, calls: number): boolean {
  return calls === 0 && actions.length === 0;
}

/** Nobody is at work any more, and nobody will be. */
export function isAtRest({ seats, underway }: World): boolean {
  return underway.length === 0 && seats.every(({ state, calls }) => !state || isDone(state, calls));
}
