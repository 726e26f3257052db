import type { EcwidError } from '../ecwid/errors.ts';
import type { WrittenOrder } from '../ecwid/tolerant.ts';

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
  | { readonly outcome: 'created'; readonly order: WrittenOrder }
  | {
      /** `unknown` where a request to create was sent and nobody knows what it did. */
      readonly outcome: 'refused' | 'unknown';
      readonly refusals: readonly [CreationRefusal, ...CreationRefusal[]];
      /** What Ecwid did, where that is the reason: for the log. */
      readonly cause?: EcwidError;
    };
