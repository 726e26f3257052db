import type { Order } from '../ecwid/wire.ts';

export type CreationRefusalCode =
  | 'ITEMS_MISSING'
  | 'INVALID_INPUT'
  | 'NOT_PERMITTED'
  | 'UNABLE_TO_CREATE_ORDER'
  | 'OUTCOME_UNKNOWN'
  | 'UNDEFINED';

export interface CreationRefusal {
  readonly code: CreationRefusalCode;
  readonly message: string;
}

/** What came of trying to create an order. */
export type Creation =
  | { readonly outcome: 'created'; readonly order: Order }
  | { readonly outcome: 'refused'; readonly refusals: readonly CreationRefusal[] }
  /** A request to create was sent and nobody knows what it did. */
  | { readonly outcome: 'unknown'; readonly refusals: readonly CreationRefusal[] };
