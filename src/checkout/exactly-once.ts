import { randomUUID } from 'node:crypto';
import { describeFailure, EcwidError, EcwidStatusError } from '../ecwid/errors.ts';
import type { WrittenOrder } from '../ecwid/tolerant.ts';
import type { Log } from '../log.ts';
import { inSpan } from '../tracing.ts';
import type { Owner } from '../viewer.ts';
import {
  type Attempt,
  type Claimed,
  type Entry,
  type Journal,
  JournalError,
  ownerOfAttempts,
} from './journal.ts';
import { type Clock, defaultTiming, systemClock, type Timing } from './timing.ts';
import type { Result, Seen, StepOptions, Work } from './work.ts';

export interface ExactlyOnceOptions {
  readonly journal: Journal;
  readonly log: Log;
  readonly clock?: Clock;
  readonly timing?: Timing;
}

export interface ExactlyOnce {
  /** Does the work unless it was done: every call with the same key ends in the same order. */
  run<Refused>(key: string, work: Work<Refused>): Promise<Result<Refused>>;
  /** Begins no further step, and is done when those under way are and the journal knows. */
  close(): Promise<void>;
}

/**
 * The one way to an order. Each turn takes the claim, looks what there is, writes down what it is about to send,
 * sends, and writes down what came of it; what nobody can tell is looked for in the next turn.
 *
 * What holds whatever fails, and what test/checkout/exploration*.test.ts try every interleaving of:
 * 1. An attempt is durable before its request leaves.
 * 2. It is struck when it is known to have made nothing, and by nothing else: no deadline, no refusal of another.
 * 3. That there is no order is believed after the journal was read again: somebody may have made one by now.
 * 4. Nothing but needless work depends on the claim, so it may lapse at any time: of two who looked at once, only
 *    the first to write an attempt down sends it.
 * 5. Who must not know of an order is told of none, however it came to be known, and has nothing sent.
 */
export function createExactlyOnce({
  journal,
  log,
  clock = systemClock,
  timing = defaultTiming,
}: ExactlyOnceOptions): ExactlyOnce {
  const inFlight = new Map<string, { readonly request: string | undefined; result: Promise<unknown> }>();
  let isClosing = false;

  return {
    run<Refused>(key: string, work: Work<Refused>): Promise<Result<Refused>> {
      // Two callers at once are as two processes that share the journal.
      const call = JSON.stringify([key, work.caller]);
      const before = inFlight.get(call);
      if (before) {
        if (before.request !== work.request) return Promise.resolve({ outcome: 'mismatch' });
        return before.result as Promise<Result<Refused>>;
      }
      const result = perform(key, work).finally(() => inFlight.delete(call));
      inFlight.set(call, { request: work.request, result });
      return result;
    },
    async close() {
      isClosing = true;
      await Promise.allSettled([...inFlight.values()].map(({ result }) => result));
    },
  };

  async function perform<Refused>(key: string, work: Work<Refused>): Promise<Result<Refused>> {
    const holder = randomUUID();
    const end = clock.monotonic() + timing.deadlineMs;
    const remainingMs = () => end - clock.monotonic();
    const startStep = (): StepOptions => {
      const stepEnd = Math.min(clock.monotonic() + timing.stepMs, end);
      return { remainingMs: () => Math.max(1, stepEnd - clock.monotonic()) };
    };
    // Longer than a step: two slow ones may outlast it, which costs no more than a second look.
    const leaseMs = Math.ceil(timing.stepMs * 1.2);
    let pauseMs = timing.pauseMs;
    /** What Ecwid's denials come to where nothing else was made. */
    const denials: Refused[] = [];
    /** The answer for when time is up. At first somebody else may be at work. */
    let last: Result<Refused> = { outcome: 'unknown' };
    let mayExist = false;
    let wasHeld = false;

    try {
      for (;;) {
        const claimed = await journal.claim(key, holder, leaseMs);
        const { outcome, attempts, isHeld } = claimed;
        wasHeld ||= isHeld;
        const requests = outcome ? [outcome] : attempts;
        if (requests.some(({ request }) => request !== work.request)) return { outcome: 'mismatch' };
        const estranged = estrangement({ outcome, attempts });
        if (outcome) return estranged ?? { outcome: 'made', order: outcome.order };
        mayExist ||= attempts.length > 0;
        if (mayExist) stayUnknown();
        // A request with too little time to be answered would only be one more that is lost.
        if (isClosing || remainingMs() < timing.stepMs / 10) return estranged ?? last;
        // Whose it was may have changed since, which only a look can tell.
        const result = isHeld ? await takeTurn(claimed) : estranged;
        if (result) return result;
        await clock.sleep(Math.max(0, Math.min(isHeld ? pauseMs : timing.pollMs, remainingMs())));
        if (isHeld) pauseMs = Math.min(pauseMs * 2, timing.pauseMs * 16);
      }
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      // It may have been taken all the same.
      wasHeld = true;
      const proven = await findProven();
      return proven ?? { outcome: mayExist ? 'unknown' : 'unavailable', cause: error };
    } finally {
      if (wasHeld) await journal.release(key, holder).catch(warnOfJournal);
    }

    /** How it ended, or undefined where another turn has to tell. */
    async function takeTurn({ attempts, lostAt, epoch }: Claimed): Promise<Result<Refused> | undefined> {
      const lookedAt = clock.now();
      let seen: Seen<Refused>;
      try {
        seen = await inSpan('order.look', {}, () => work.look(attempts, { ...startStep(), lostAt }));
      } catch (error) {
        if (!(error instanceof EcwidError)) throw error;
        if (attempts.length === 0) return believe({ outcome: 'unavailable', cause: error }, attempts);
        const estranged = estrangement({ outcome: null, attempts });
        if (estranged) return estranged;
        last = { outcome: 'unknown', cause: error };
        return isHopeless(error) ? last : undefined;
      }
      if (seen.is === 'made') return settle(seen.order, seen.owner);
      if (seen.is === 'forbidden') return refusal(seen.refused);
      if (seen.is === 'unclear') {
        stayUnknown();
        return seen.isFinal ? last : undefined;
      }
      // What was seen tells what these have come to, if nothing of them can be at work any more.
      const isOver = ({ isDenied, sentAt }: Attempt) => isDenied || lookedAt - sentAt > work.atWorkMs;
      const over = attempts.filter(isOver);
      if (over.length > 0) await journal.withdraw(key, idsOf(over));
      const live = attempts.filter((attempt) => !isOver(attempt));
      if (seen.is === 'refused') return believe(refusal(seen.refused), live);
      // Ecwid shows it and does not take it, time and again.
      const [, denied] = denials;
      if (denied !== undefined) return believe(refusal(denied), live);
      return send(seen, { live, knownIds: idsOf(attempts), epoch });
    }

    async function send(
      ready: Extract<Seen<Refused>, { is: 'ready' }>,
      { live, knownIds, epoch }: Seeing,
    ): Promise<Result<Refused> | undefined> {
      const { evidence, owner, repeats } = ready;
      const { request } = work;
      const attempt = { id: repeats ?? randomUUID(), sentAt: clock.now(), evidence, request, owner };
      const others = live.filter(({ id }) => id !== repeats);
      if (isClosing) return undefined;
      // Somebody who held the claim meanwhile has seen as little: the next turn sees what came of it.
      const isWritten = await journal.intend(key, attempt, knownIds, epoch).catch(async (error: unknown) => {
        // It may be written yet, or be written later. It was not sent, so that nobody has to look for its order.
        if (repeats === undefined) await journal.withdraw(key, [attempt.id]).catch(() => {});
        throw error;
      });
      if (!isWritten) return undefined;
      // Who has stood still in between must not send what others may have given up by now.
      if (clock.now() - attempt.sentAt > timing.stepMs) {
        if (repeats === undefined) await journal.withdraw(key, [attempt.id]);
        return undefined;
      }
      mayExist = true;
      last = { outcome: 'unknown' };
      const sent = await inSpan('order.send', {}, async (span) => {
        const sent = await ready.send({ ...startStep(), attemptId: attempt.id });
        span.setAttribute('order.outcome', sent.is);
        return sent;
      });
      switch (sent.is) {
        case 'made':
          return settle(sent.order, owner);
        case 'refused':
          await journal.withdraw(key, [attempt.id]);
          return believe(refusal(sent.refused), others);
        case 'denied':
          await journal.deny(key, attempt.id);
          denials.push(sent.refused);
          return undefined;
        case 'unsent':
          // What it would have repeated may have been carried out all the same.
          if (repeats === undefined) await journal.withdraw(key, [attempt.id]);
          mayExist = live.length > 0;
          if (mayExist) return undefined;
          if (isHopeless(sent.cause)) return believe({ outcome: 'unavailable', cause: sent.cause }, others);
          last = { outcome: 'unavailable', cause: sent.cause };
          return undefined;
        case 'lost':
          last = { outcome: 'unknown', cause: sent.cause };
          return undefined;
      }
    }

    /**
     * The order that Ecwid itself shows, where the journal cannot be asked; nothing is sent. Where a key could stand
     * for another request, nobody but the journal knows for which.
     */
    async function findProven(): Promise<Result<Refused> | undefined> {
      if (work.request !== undefined || isClosing || remainingMs() < timing.stepMs / 10) return undefined;
      try {
        const seen = await work.look([], startStep());
        return seen.is === 'made' ? { outcome: 'made', order: seen.order } : undefined;
      } catch (error) {
        if (error instanceof EcwidError || error instanceof JournalError) return undefined;
        throw error;
      }
    }

    /** That there is none is the answer where no order can have come, or still come, of another request. */
    async function believe(
      none: Result<Refused>,
      live: readonly Attempt[],
    ): Promise<Result<Refused> | undefined> {
      stayUnknown();
      if (live.length > 0) return undefined;
      const { outcome, attempts } = await journal.read(key);
      return outcome || attempts.length > 0 ? undefined : none;
    }

    /** The answer to a caller to whom what the journal tells is somebody else's. */
    function estrangement({ outcome, attempts }: Entry): Result<Refused> | undefined {
      if (!outcome && attempts.length === 0) return undefined;
      const refused = work.refuseStranger(outcome ? (outcome.owner ?? 'nobody') : ownerOfAttempts(attempts));
      return refused === undefined ? undefined : refusal(refused);
    }

    /** What made it unknown in the first place is the cause to tell. */
    function stayUnknown(): void {
      if (last.outcome !== 'unknown') last = { outcome: 'unknown' };
    }

    async function settle(order: WrittenOrder, owner: Owner | undefined): Promise<Result<Refused>> {
      try {
        const standing = await journal.settle(key, { order, request: work.request, owner });
        return { outcome: 'made', order: standing.order };
      } catch (error) {
        if (!(error instanceof JournalError)) throw error;
        // It was made all the same, and the attempt leads the next call to it.
        warnOfJournal(error);
        return { outcome: 'made', order };
      }
    }
  }

  function warnOfJournal(error: JournalError): void {
    log.error(describeFailure(error), 'the journal could not be written');
  }
}

/** What the journal has told of a key before something is sent for it. */
interface Seeing {
  readonly live: readonly Attempt[];
  readonly knownIds: readonly string[];
  readonly epoch: string | undefined;
}

function refusal<Refused>(refused: Refused): Result<Refused> {
  return { outcome: 'refused', refused };
}

function idsOf(attempts: readonly Attempt[]): readonly string[] {
  return attempts.map(({ id }) => id);
}

/** A refusal of the gateway's own settings: another look would be one more knock at a closed door. */
function isHopeless(error: EcwidError): boolean {
  return error instanceof EcwidStatusError && [401, 402, 403, 404, 405, 415].includes(error.status);
}
