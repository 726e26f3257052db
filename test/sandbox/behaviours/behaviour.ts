import { expect } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import type { Api, Reply } from '../api.ts';

/** One thing that the API does: what it is, who says so, and how to see it. */
export interface Behaviour {
  /** Stays the same when the wording changes. */
  readonly id: string;
  /** Who says so, as docs/sandbox.md explains. */
  readonly source: string;
  /** A fact in the present tense. */
  readonly says: string;
  /** A check needs the seed or a switch, so no real store can take it. */
  readonly sandboxOnly?: true;
  /** How the sandbox has to be made for the check. */
  readonly options?: SandboxOptions;
  readonly check: (api: Api) => Promise<void>;
}

/** Carts of the seed, by the id of what they show. */
export const cartOfThePages = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
export const cartOfToday = '0B299518-FB54-491A-A6E0-5B6BA6E20868';

/** The newest cart of a store that has become no order yet. */
export async function findOpenCart(api: Api): Promise<string> {
  const { json } = await api.get('/carts');
  const open = json.items.find(
    (cart: Record<string, unknown>) => !cart.recoveredOrderId && !cart.recovered_order_id,
  );
  return open.cartId;
}

export function expectRefusal(reply: Reply, status: number, errorCode: string): void {
  expect({ status: reply.status, ...reply.json }).toEqual({
    status,
    errorCode,
    errorMessage: expect.any(String),
  });
}
