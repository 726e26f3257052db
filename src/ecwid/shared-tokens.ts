import { capacityAt, createTokenBucket, type Tokens, tokensPerMs, type Wanted } from './token-bucket.ts';

/** What gives tokens to all processes of a store. Rejects soon where it is away, and at once where that is known. */
export interface TokenSource {
  take(asked: AskedTokens): Promise<GivenTokens>;
  /** Nobody is given one for so long, and fewer from then on. */
  throttled(pauseMs: number): Promise<void>;
}

export interface AskedTokens extends Wanted {
  /**
   * What this process knows of what is there. Of one whose answer was of the last minute, a bucket that nobody
   * remembers was forgotten, and is empty. One that is back has sent calls that the bucket knows nothing of.
   */
  readonly standing: 'new' | 'known' | 'back';
}

export interface GivenTokens {
  readonly granted: number;
  /** How many are left, and how long until there are any where Ecwid has refused. */
  readonly left: number;
  readonly pauseMs: number;
  /** Of the full rate, as learnt from what Ecwid has refused. */
  readonly share: number;
  /** When the next one may be this process's. */
  readonly nextMs: number;
  /** Processes that have asked within the last minute, and how many calls wait in the others. */
  readonly processes: number;
  readonly othersWaitFor: number;
}

export interface SharedTokensOptions {
  readonly perMinute: number;
  readonly source: TokenSource;
  /** Milliseconds that only ever grow. */
  readonly clock: { monotonic(): number };
  /** Called when there may be tokens that were asked for: those that nobody takes then are gone. */
  readonly onTold: () => void;
}

/** Whoever was not told within the last minute how many processes there are supposes so many at least. */
const supposedProcesses = 3;

const none: Wanted = { placing: 0, others: 0, waiting: 0 };

/**
 * Tokens of a bucket that other processes take from too: as many are asked for at once as are waited for, by one
 * question at a time. While the bucket is away this process has one of its own, filled by the clock with its share of
 * the rate: an equal one of each process that was there, as far as that was told of late. It begins empty, as nobody knows what was sent just before.
 */
export function createSharedTokens({ perMinute, source, clock, onTold }: SharedTokensOptions): Tokens {
  /** Granted, and for whoever waits now alone: who holds on to tokens sends more in some minute than they stand for. */
  let hand = 0;
  let isAsking = false;
  let told = { left: capacityAt(perMinute), share: 1, othersWaitFor: 0, processes: supposedProcesses };
  let toldAt = clock.monotonic();
  /** Whether there has been an answer. */
  let isKnown = false;
  let pausedUntil = toldAt;
  let nextAt = toldAt;
  let wanted = none;
  /** Of what was asked for last. */
  let unmetPlacing = 0;
  /** In place of the shared ones. */
  let own: Tokens | undefined;
  let hasSentAlone = false;

  const rate = () => perMinute * told.share;

  function estimate(now: number): number {
    const ms = Math.max(now - Math.max(toldAt, pausedUntil), 0);
    return Math.min(told.left + ms * tokensPerMs(rate()), capacityAt(rate()));
  }

  function standing(now: number): AskedTokens['standing'] {
    if (hasSentAlone) return 'back';
    return isKnown && now - toldAt < 60_000 ? 'known' : 'new';
  }

  async function ask(now: number): Promise<void> {
    isAsking = true;
    // All that is asked for at this moment is asked for together.
    await Promise.resolve();
    const wasAway = own !== undefined;
    const asked = wasAway ? none : wanted;
    const given = await source.take({ ...asked, standing: standing(now) }).catch(() => undefined);
    isAsking = false;
    if (given) take(given, asked, clock.monotonic());
    else leave(clock.monotonic());
    // That it is still away is no news, and asked about often.
    if (given || !wasAway) onTold();
    hand = 0;
  }

  function take(given: GivenTokens, { placing }: Wanted, now: number): void {
    const isBack = own !== undefined;
    own = undefined;
    hasSentAlone = false;
    isKnown = true;
    told = given;
    unmetPlacing = Math.max(placing - given.granted, 0);
    toldAt = now;
    // A pause that began while the answer was on its way is not told of by it.
    hand = now < pausedUntil ? 0 : given.granted;
    pausedUntil = Math.max(pausedUntil, now + given.pauseMs);
    nextAt = isBack ? now : now + given.nextMs;
  }

  function leave(now: number): void {
    // Those that hardly ever ask are told of no others, and all of them may have much to send now.
    const isRecent = now - toldAt < 60_000;
    const processes = isRecent ? told.processes : Math.max(told.processes, supposedProcesses);
    own ??= createTokenBucket({ perMinute: rate() / processes, now, isEmpty: true });
    if (now < pausedUntil) own.throttled(pausedUntil - now, now);
  }

  /** How many go to others before this process has so many: each gets as many as this one, or all it waits for. */
  function toOthers(count: number, now: number): number {
    if (now > nextAt + 1_000) return 0;
    return Math.min(told.othersWaitFor, count * (told.processes - 1));
  }

  /** Whether the shared ones are back; nobody waits for the answer. */
  function probe(now: number): void {
    if (!isAsking) void ask(now);
  }

  return {
    take(now) {
      if (own) {
        probe(now);
        const isTaken = own.take(now);
        hasSentAlone ||= isTaken;
        return isTaken;
      }
      if (hand < 1) return false;
      hand -= 1;
      return true;
    },

    left(now) {
      return own ? own.left(now) : Math.floor(hand + estimate(now));
    },

    msUntil(count, now) {
      if (own) return own.msUntil(count, now);
      const missing = count - hand;
      if (missing <= 0) return 0;
      const pauseMs = Math.max(pausedUntil - now, 0);
      const short = Math.max(missing - estimate(now), 0);
      // When the first may come is told, and it is asked for then.
      const before = toOthers(Math.max(short - 1, 0), now);
      const ms = (short + before) / tokensPerMs(rate());
      return Math.max(pauseMs + ms, nextAt - now);
    },

    throttled(pauseMs, now) {
      own?.throttled(pauseMs, now);
      pausedUntil = Math.max(pausedUntil, now + pauseMs);
      told = { ...told, left: 0 };
      hand = 0;
      source.throttled(pauseMs).catch(() => {});
    },

    want(wantedNow, now) {
      wanted = wantedNow;
      // Others hold back for placing, and have to be told.
      const isNews = now >= nextAt || wanted.placing > unmetPlacing;
      if (!own && !isAsking && isNews) void ask(now);
    },
  };
}
