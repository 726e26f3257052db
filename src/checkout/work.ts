import type { EcwidError } from '../ecwid/errors.ts';
import type { WrittenOrder } from '../ecwid/tolerant.ts';
import type { Owner } from '../viewer.ts';
import type { Attempt, JournalError } from './journal.ts';

export interface StepOptions {
  /** What is left of the step's time, in milliseconds: a step may be several calls. */
  remainingMs(): number;
}

export interface LookOptions extends StepOptions {
  /** When attempts of before were lost, if they were: there may be orders of theirs. Milliseconds since 1970. */
  readonly lostAt?: number | undefined;
}

/** What there is to see of an order before another request is sent for it. */
export type Seen<Refused> =
  | { readonly is: 'made'; readonly order: WrittenOrder; readonly owner?: Owner }
  /** It is not this caller's, whatever there is to it. */
  | { readonly is: 'forbidden'; readonly refused: Refused }
  /** It was not made, and may not be. */
  | { readonly is: 'refused'; readonly refused: Refused }
  /** It was not made, and may be. */
  | {
      readonly is: 'ready';
      /** What the order can be recognised by. */
      readonly evidence: object;
      readonly owner?: Owner;
      /** The attempt that sending would only repeat, where Ecwid can tell a repetition by the attempt's id. */
      readonly repeats?: string | undefined;
      send(options: StepOptions & { readonly attemptId: string }): Promise<Sent<Refused>>;
    }
  /** It may have been made; `isFinal` where waiting would not tell. */
  | { readonly is: 'unclear'; readonly cause?: EcwidError; readonly isFinal?: boolean };

/** What came of a request to make an order. */
export type Sent<Refused> =
  | { readonly is: 'made'; readonly order: WrittenOrder }
  /** Ecwid has said why it made none. */
  | { readonly is: 'refused'; readonly refused: Refused }
  /** This request made none; whether another has is to be seen. `refused` is for when none has. */
  | { readonly is: 'denied'; readonly refused: Refused }
  /** Ecwid has not worked on it, for sure. */
  | { readonly is: 'unsent'; readonly cause: EcwidError }
  /** Nobody knows. */
  | { readonly is: 'lost'; readonly cause?: EcwidError };

/** What is to be done once. */
export interface Work<Refused> {
  /** A hash of what is asked for, where one key could be used for two requests. */
  readonly request?: string;
  /** Who asks, as `identityOf` writes viewers: what is in flight is shared with nobody else. */
  readonly caller: string;
  /** What a caller is told who must not know of what is this owner's; undefined for who may. */
  refuseStranger(owner: Owner): Refused | undefined;
  /** For how long Ecwid may still carry out a request whose answer was lost, in milliseconds. */
  readonly atWorkMs: number;
  /**
   * What there is, given the requests that may have been carried out. Rejects with an EcwidError where that
   * cannot be seen.
   */
  look(attempts: readonly Attempt[], options: LookOptions): Promise<Seen<Refused>>;
}

export type Result<Refused> =
  | { readonly outcome: 'made'; readonly order: WrittenOrder }
  | { readonly outcome: 'refused'; readonly refused: Refused }
  /** It may have been made. Asking again is safe. */
  | { readonly outcome: 'unknown'; readonly cause?: EcwidError | JournalError | undefined }
  /** It was not made, for no fault of its own. Asking again is safe. */
  | { readonly outcome: 'unavailable'; readonly cause: EcwidError | JournalError }
  /** The key stands for another request. */
  | { readonly outcome: 'mismatch' };
