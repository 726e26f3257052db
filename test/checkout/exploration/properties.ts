import { isWrite } from './store.ts';
import type { Seat, World } from './world.ts';

/** What holds in every state. */
export type Property =
  | 'there is one order at most'
  | 'the order that is answered is the one that was made'
  | 'no refusal of what was made'
  | 'no failure of what was made'
  | 'no request leaves before its attempt is written down'
  | 'no order is made of which the journal knows nothing'
  | 'every call is answered'
  | 'every claim is given back'
  | 'one more call ends in the order'
  | 'a stranger is told of no order'
  | 'a stranger has nothing sent'
  | 'no owner is taken for a stranger';

/** How many calls each process gets, and which of them are a stranger's. */
export interface Callers {
  readonly calls: readonly number[];
  readonly strangers: readonly number[];
}

// Of a journal that cannot be read, nobody can say more than that.
const saysNothing: readonly string[] = ['OUTCOME_UNKNOWN', 'unavailable JOURNAL_ERROR'];

/** The property that one step has broken. */
export function violationOf(before: World, after: World, callers: Callers): Property | undefined {
  const { orders } = after.store;
  if (orders.length > 1) return 'there is one order at most';
  for (const [index, seat] of after.seats.entries()) {
    const broken = violationBy(before.seats[index] as Seat, seat, after, {
      ...callers,
      calls: callers.calls[index] ?? 0,
    });
    if (broken) return broken;
  }
  const isNew = orders.length > before.store.orders.length;
  return isNew && !isKnown(before) ? 'no order is made of which the journal knows nothing' : undefined;
}

function violationBy(
  before: Seat,
  { name, state, calls: callsLeft, ordersWhenDecided }: Seat,
  world: World,
  { calls, strangers }: { readonly calls: number; readonly strangers: readonly number[] },
): Property | undefined {
  const [order] = world.store.orders;
  for (const answer of state?.answers.slice(before.state?.answers.length) ?? []) {
    if (answer.ending.startsWith('threw')) return 'every call is answered';
    if (strangers.includes(answer.call)) {
      const isUntold = answer.ending === 'NOT_PERMITTED' || answer.ending.startsWith('unavailable');
      if (!isUntold && !saysNothing.includes(answer.ending)) return 'a stranger is told of no order';
    } else if (answer.ending === 'NOT_PERMITTED') {
      return 'no owner is taken for a stranger';
    } else if (answer.ending === 'made') {
      if (answer.order !== order?.id) return 'the order that is answered is the one that was made';
    } else if (!saysNothing.includes(answer.ending) && ordersWhenDecided > 0) {
      return answer.ending.startsWith('unavailable')
        ? 'no failure of what was made'
        : 'no refusal of what was made';
    }
  }
  const known = new Set(before.state?.actions.map(({ id }) => id));
  const isSending = state?.actions.some(
    ({ id, wish }) => !known.has(id) && wish.of === 'ecwid' && isWrite(wish.request),
  );
  if (!isSending) return undefined;
  if (!isKnown(world, name)) return 'no request leaves before its attempt is written down';
  // Calls count down.
  const callsMade = Array.from({ length: calls - callsLeft }, (_, index) => calls - index);
  return callsMade.every((call) => strangers.includes(call)) ? 'a stranger has nothing sent' : undefined;
}

/** Whether the journal tells of an attempt of this process, or of the order. */
function isKnown({ journal }: World, process = ''): boolean {
  return [...journal.values()].some(
    ({ attempts, outcome }) => outcome || attempts.some(({ id }) => id.startsWith(process)),
  );
}
