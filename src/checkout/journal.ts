import type { WrittenOrder } from '../ecwid/tolerant.ts';
import type { Owner } from '../viewer.ts';

/** One request to Ecwid that may have made an order. It stays until an outcome is known, or that it made none. */
export interface Attempt {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** What the order is recognised by when its answer was lost: JSON. It may hold an e-mail address. */
  readonly evidence: object;
  /** A hash of what was asked for, where one key could be used for two requests. */
  readonly request?: string | undefined;
  /** Whose the cart was when it was sent; nobody's where that was not written down. */
  readonly owner?: Owner | undefined;
  /** Ecwid has said that this very request made nothing, though it may not have said what did. */
  readonly isDenied?: boolean;
}

/** The order that a key stands for, for good. */
export interface Outcome {
  readonly order: WrittenOrder;
  /** As in the attempt. */
  readonly request?: string | undefined;
  readonly owner?: Owner | undefined;
}

export interface Entry {
  readonly outcome: Outcome | null;
  /** Together they are the intent; empty where nothing can have been made. */
  readonly attempts: readonly Attempt[];
}

export interface Claimed extends Entry {
  readonly isHeld: boolean;
  /**
   * When the journal is known to have lost all that it held, in milliseconds since 1970: what is not in it from before
   * may have been sent all the same. Absent where it never did, as far as is known.
   */
  readonly lostAt?: number;
  /** Which memory this was told from, where it can be lost under a process that lives on. */
  readonly epoch?: string;
}

/**
 * What is remembered of each order that was asked for: who is at work on it (a claim), what may have been sent
 * (attempts), and which order it became (an outcome). Several processes may share one. Each method is atomic,
 * durable once it resolves, and rejects with a JournalError.
 */
export interface Journal {
  read(key: string): Promise<Entry>;
  /**
   * Takes the claim where it is free, has lapsed, or is this holder's already, for so long from now on. A claim
   * only saves needless work: nothing else may depend on it, since it can lapse under a living holder.
   */
  claim(key: string, holder: string, leaseMs: number): Promise<Claimed>;
  /** Gives the claim back, if this holder still has it. */
  release(key: string, holder: string): Promise<void>;
  /**
   * Writes an attempt down, or over, if no outcome and no other attempts than the known ones are there by now, and
   * tells whether it did: of two who have seen the same only one goes on. Of another epoch than the one that was seen
   * nothing is known, and so nothing is written.
   */
  intend(key: string, attempt: Attempt, knownIds: readonly string[], epoch?: string): Promise<boolean>;
  /** Marks an attempt as denied. */
  deny(key: string, attemptId: string): Promise<void>;
  /** Strikes attempts that are known to have made nothing. */
  withdraw(key: string, attemptIds: readonly string[]): Promise<void>;
  /** Writes the outcome, unless there is one, and strikes the attempts; the outcome that stands. */
  settle(key: string, outcome: Outcome): Promise<Outcome>;
  /** The key whose outcome this order is. */
  keyOf(order: WrittenOrder): Promise<string | null>;
  /** Remembers which order a cart is going to be, as a webhook tells before it is placed. The last word counts. */
  learn(cartId: string, order: WrittenOrder): Promise<void>;
  /** The order that a cart was said to become; null where nobody has said. */
  learnt(cartId: string): Promise<WrittenOrder | null>;
  close(): Promise<void>;
}

/** Whose all of these were; nobody's where they differ. */
export function ownerOfAttempts(attempts: readonly Attempt[]): Owner {
  const [owner = 'nobody', ...others] = new Set(attempts.map((attempt) => attempt.owner ?? 'nobody'));
  return others.length === 0 ? owner : 'nobody';
}

/** What was to be remembered could not be: without that, nothing may be sent. Safe to show. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code = 'JOURNAL_ERROR';

  constructor(options?: ErrorOptions) {
    super('The gateway could not keep its journal.', options);
  }
}
