import type { GraphQLError } from 'graphql';
import type { Changes } from '../changes/changes.ts';
import { type CheckLimit, createLimitCheck } from '../check-limit.ts';
import type { Checkout } from '../checkout/checkout.ts';
import { type EcwidClient, withLastBegin } from '../ecwid/client.ts';
import { EndController, type EndSignal } from '../ecwid/end-signal.ts';
import { EcwidTimeoutError } from '../ecwid/errors.ts';
import { createLoaders, type Loaders } from '../ecwid/loaders.ts';
import type { Limits, LimitsMode } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Viewer } from '../viewer.ts';
import { visibleLoaders } from './visible-loaders.ts';

/** What resolvers share for the length of one GraphQL request. */
export interface Context {
  readonly ecwid: EcwidClient;
  /** The same, for reads that may be one with those of other requests. */
  readonly sharedEcwid: EcwidClient;
  /** They find what the viewer may see. */
  readonly loaders: Loaders;
  /** They find everything: for reading back what the viewer has just written. */
  readonly unguardedLoaders: Loaders;
  /** Unlike the rest it lasts as long as the process. */
  readonly checkout: Checkout;
  /** Likewise. What a resolver has written, it publishes. */
  readonly changes: Changes;
  readonly viewer: Viewer;
  readonly limits: Pick<Limits, 'first' | 'ids'>;
  readonly checkLimit: CheckLimit;
  /** Aborts when the caller has gone, or time is up; reads end with it, writes do not. */
  readonly signal: EndSignal;
  /** Ends reads after so many milliseconds. Returns what is to be called when nobody waits for them any more. */
  readonly limitTime: (ms: number) => () => void;
  readonly log: Log;
  /** Errors of fields that have a value nonetheless; they join those of the answer. */
  readonly fieldErrors: GraphQLError[];
  /** Of a subscription: whether its listener is not told of it at all, and what charges them for what they are told. */
  readonly event: { isPassedOver: boolean; readonly charge: () => Promise<void> };
}

/** The context of each request to a gateway over one store. */
export function createContextFactory({
  ecwid,
  sharedEcwid,
  checkout,
  changes,
  limits,
  limitsMode,
  log,
}: Pick<Context, 'ecwid' | 'sharedEcwid' | 'checkout' | 'changes' | 'log'> & {
  readonly limits: Limits;
  readonly limitsMode: LimitsMode;
}): (request: {
  readonly viewer: Viewer;
  /** Calls back once nobody waits for the answer any more. */
  readonly whenLeft: (listener: () => void) => void;
  readonly chargeEvent?: () => Promise<void>;
}) => Context {
  const checkLimit = createLimitCheck({ limits, limitsMode, log });
  return ({ viewer, whenLeft, chargeEvent = async () => {} }) => {
    const end = new EndController();
    whenLeft(() => end.abort());
    let endsAt = Number.POSITIVE_INFINITY;
    const limitTime = (ms: number) => {
      endsAt = performance.now() + ms;
      const timer = setTimeout(() => end.abort(new EcwidTimeoutError()), ms);
      return () => clearTimeout(timer);
    };
    let unguarded: Loaders | undefined;
    const inTime = (client: EcwidClient) => withLastBegin(client, () => endsAt - performance.now());
    const shared = inTime(sharedEcwid);
    const loaders = visibleLoaders(createLoaders(shared, end), viewer);
    return {
      ecwid: inTime(ecwid),
      sharedEcwid: shared,
      loaders,
      // Few need them. What was just written has to be seen, so it is not read together with others.
      get unguardedLoaders() {
        unguarded ??= createLoaders(ecwid, end);
        return unguarded;
      },
      viewer,
      checkout,
      changes,
      limits,
      checkLimit,
      signal: end,
      limitTime,
      log,
      fieldErrors: [],
      event: { isPassedOver: false, charge: chargeEvent },
    };
  };
}
