import type { EcwidError } from '../ecwid/errors.ts';

/** Why an order was not created, by cause. */
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

export interface CreationRefused {
  readonly refusals: readonly [CreationRefusal, ...CreationRefusal[]];
  /** What Ecwid did, where that is the reason: for the log. */
  readonly cause?: EcwidError;
}

export function refuseCreation(
  code: CreationRefusalCode,
  message: string,
  cause?: EcwidError,
): CreationRefused {
  return { refusals: [{ code, message }], ...(cause && { cause }) };
}
