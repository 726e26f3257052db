import { readFileSync } from 'node:fs';
import { type Scope, scopes } from '../../src/viewer.ts';

export const docs = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');

/** The table of docs/access.md: a row by its first cell, without the marks. */
const table = new Map(
  [...docs.matchAll(/^\| +(\S[^|]*?) +\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].map(([, name = '', ...cells]) => [
    name.replaceAll('`', ''),
    cells.map((cell) => cell.trim().replaceAll('`', '')),
  ]),
);

export function cellsOf(row: string): { guest: string; customer: string; staff: string } {
  const [guest, customer, staff] = table.get(row) ?? [];
  if (guest === undefined || customer === undefined || staff === undefined) throw new Error(`No row ${row}.`);
  return { guest, customer, staff };
}

export const staff = (...granted: readonly Scope[]) => ['staff', ...granted].join(' ');
export const everyScope = staff(...scopes);
export const without = (scope: string) => staff(...scopes.filter((one) => one !== scope));

/** Whose a cart and an order are, seen from the customer who asks. */
export type Owner = 'guest' | 'own' | 'other';
export const owners: readonly Owner[] = ['guest', 'own', 'other'];

/** What a cell comes to: which viewers, and what of whom each of them may do. */
export function verdicts(row: string): readonly (readonly [viewer: string, allowed: readonly Owner[]])[] {
  const { guest, customer, staff: scope } = cellsOf(row);
  return [
    ['guest', ownersOf(guest)],
    [`customer ${own}`, ownersOf(customer)],
    ...(scope === 'yes' || scope === 'whole'
      ? [[staff(), owners] as const]
      : [[staff(scope as Scope), owners] as const, [without(scope), []] as const]),
  ];
}

function ownersOf(cell: string): readonly Owner[] {
  if (cell === 'no') return [];
  if (cell === 'yes' || cell === 'whole') return owners;
  return cell.split(', ').map((word) => {
    if (word === 'own') return 'own';
    if (word === "a guest's") return 'guest';
    throw new Error(`Nobody knows what ${word} means.`);
  });
}

// A customer of the seed, who has a cart, and another cart that became an order.
export const own = '15319427';
// Another customer with the same.
export const other = '15319443';
