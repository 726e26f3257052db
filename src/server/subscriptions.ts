import type { ExecutionResult } from 'graphql';
import { LimitError } from '../check-limit.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { currentRequest, runInScope } from '../request-scope.ts';
import { overloaded } from './overloaded.ts';
import { type Caller, nameOf } from './rate-limit.ts';

export interface SubscriptionsOptions {
  readonly limits: Pick<Limits, 'subscriptions' | 'subscriptionsPerCaller'>;
  readonly log: Log;
  /** Aborts when this process takes no more requests: subscriptions would go on without end. */
  readonly draining?: AbortSignal | undefined;
  readonly onSubscription?: ((happening: SubscriptionHappening) => void) | undefined;
}

export type SubscriptionHappening = 'opened' | 'told' | 'ended';

/** What came of wanting a subscription: its answers as they come, or why there is none. */
export type Answers = AsyncIterableIterator<ExecutionResult, undefined>;

export interface OpenedSubscription {
  readonly events: AsyncIterator<unknown>;
  /** What a listener is told of an event; undefined for nothing. Never rejects. */
  readonly answer: (event: unknown) => Promise<ExecutionResult | undefined>;
}

/** Counts those that are open, and ends each of them in time. */
export interface Subscriptions {
  /**
   * Counts one to its caller, and ends it when that one is not known any more.
   * @throws GraphQLError OVERLOADED, LimitError, and whatever `open` rejects with
   */
  open(
    caller: Caller,
    open: () => Promise<OpenedSubscription | ExecutionResult>,
  ): Promise<Answers | ExecutionResult>;
}

/** Why one has ended, in the log. Whoever is `slow` has let too many changes wait. */
type Ending = 'left' | 'token expired' | 'shutting down' | 'slow';

/** Longer timers would be over at once. */
const longestTimerMs = 2 ** 31 - 1;

export function createSubscriptions({
  limits,
  log,
  draining,
  onSubscription = () => {},
}: SubscriptionsOptions): Subscriptions {
  const perCaller = new Map<string, number>();
  let taken = 0;

  function takePlace(caller: string): () => void {
    if (draining?.aborted || taken >= limits.subscriptions) {
      log.warn({ code: 'OVERLOADED', subscriptions: taken }, 'a subscription was refused');
      throw overloaded();
    }
    const own = perCaller.get(caller) ?? 0;
    const { subscriptionsPerCaller: most } = limits;
    if (own >= most) throw new LimitError('subscriptionsPerCaller', most);
    taken += 1;
    perCaller.set(caller, own + 1);
    return () => {
      taken -= 1;
      const left = (perCaller.get(caller) ?? 1) - 1;
      if (left > 0) perCaller.set(caller, left);
      else perCaller.delete(caller);
    };
  }

  function begin(
    { events, answer }: OpenedSubscription,
    expiresAt: number | undefined,
    leavePlace: () => void,
  ): Answers {
    // Whoever pulls the answers is not of the request that they are for.
    const scope = currentRequest();
    const answerInScope = (event: unknown) =>
      scope ? runInScope(scope, () => answer(event)) : answer(event);
    const startedAt = performance.now();
    let told = 0;
    let hasEnded = false;

    const end = (ending: Ending) => {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(timer);
      draining?.removeEventListener('abort', drain);
      leavePlace();
      void events.return?.();
      onSubscription('ended');
      const durationMs = Math.round(performance.now() - startedAt);
      log.info({ requestId: scope?.id, ending, durationMs, told }, 'a subscription has ended');
    };
    const timer =
      expiresAt === undefined
        ? undefined
        : setTimeout(() => end('token expired'), Math.min(expiresAt - Date.now(), longestTimerMs));
    timer?.unref();
    // By each that is open: the signal is the process's, and would keep all of a store that is closed.
    const drain = () => end('shutting down');
    draining?.addEventListener('abort', drain);
    onSubscription('opened');
    if (draining?.aborted) drain();

    async function* answers(): AsyncGenerator<ExecutionResult, undefined> {
      for (;;) {
        const { done, value: event } = await events.next();
        if (done) {
          end('slow');
          return undefined;
        }
        const result = await answerInScope(event);
        if (result === undefined || hasEnded) continue;
        told += 1;
        onSubscription('told');
        yield result;
      }
    }
    const generated = answers();
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => generated.next(),
      // While the next one is waited for, the generator would end once that has come.
      return: () => {
        end('left');
        return generated.return(undefined);
      },
    };
  }

  return {
    async open(caller, open) {
      const leavePlace = takePlace(nameOf(caller));
      const { viewer } = caller;
      let isBegun = false;
      try {
        const opened = await open();
        if (!('events' in opened)) return opened;
        isBegun = true;
        return begin(opened, viewer.kind === 'guest' ? undefined : viewer.expiresAt, leavePlace);
      } finally {
        if (!isBegun) leavePlace();
      }
    },
  };
}
