import { createCheckout } from '../../../src/checkout/checkout.ts';
import type { Journal } from '../../../src/checkout/journal.ts';
import type { Timing } from '../../../src/checkout/timing.ts';
import { createLog } from '../../../src/log.ts';
import { everyScope, type Viewer } from '../../../src/viewer.ts';
import { type Exploration, explore, type Scenario } from './explore.ts';
import type { Caller, Program } from './gateway-process.ts';
import { cartId } from './store.ts';
import type { Faults } from './world.ts';

/** Changes a process's journal, to see that what it changes matters. Made anew for each process. */
export type Plant = (journal: Journal) => Journal;

const viewers: Readonly<Record<Caller, Viewer>> = {
  owner: { kind: 'customer', customerId: '5' },
  stranger: { kind: 'customer', customerId: '6' },
};

const log = createLog({ level: 'silent' });

export function placing(timing: Timing, plant: Plant = (journal) => journal): Program {
  return ({ ecwid, journal, clock }) => {
    const checkout = createCheckout({ ecwid, journal: plant(journal), clock, log, timing, required: [] });
    return (caller) => checkout.placeOrder(cartId, viewers[caller]);
  };
}

export function creating(timing: Timing): Program {
  const details = { email: 'a@b.c', items: [{ name: 'Tea', price: 5, quantity: 2 }] };
  return (surroundings) => {
    const checkout = createCheckout({ ...surroundings, log, timing });
    return () => checkout.createOrder({ details, calculate: true, idempotencyKey: 'KEY' }, everyScope);
  };
}

/** The budget of a scenario, for its test's name. */
export function budgetOf(faults: Partial<Faults>): string {
  const budget = Object.entries(faults).map(([name, count]) => `${count} ${name}`);
  return budget.length > 0 ? budget.join(', ') : 'no fault';
}

/** Explores, and says how much there was. */
export async function exploreAloud(scenario: Scenario): Promise<Exploration> {
  const exploration = await explore(scenario);
  const { states, steps, histories, violation } = exploration;
  const lines = [
    `${scenario.calls.join(' + ')} calls, ${budgetOf(scenario.faults)}:`,
    `${states} states, ${steps} steps, ${histories} histories run on the code`,
    ...(violation ? [`found: ${violation.property}`, ...violation.trace.map((step) => `  ${step}`)] : []),
  ];
  // biome-ignore lint/suspicious/noConsole: what was explored is a result of its own.
  console.info(lines.join('\n'));
  return exploration;
}
