import type { GraphQLError } from 'graphql';
import { type CheckLimit, createLimitCheck } from '../check-limit.ts';
import type { Checkout } from '../checkout/checkout.ts';
import type { EcwidClient } from '../ecwid/client.ts';
import { createLoaders, type Loaders } from '../ecwid/loaders.ts';
import type { Limits, LimitsMode } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Viewer } from '../viewer.ts';
import { visibleLoaders } from './visible-loaders.ts';

/** What resolvers share for the length of one GraphQL request. */
export interface Context {
  readonly ecwid: EcwidClient;
  /** They find what the viewer may see. */
  readonly loaders: Loaders;
  /** They find everything: for reading back what the viewer has just written. */
  readonly unguardedLoaders: Loaders;
  /** Unlike the rest it lasts as long as the process. */
  readonly checkout: Checkout;
  readonly viewer: Viewer;
  readonly limits: Pick<Limits, 'first' | 'ids'>;
  readonly checkLimit: CheckLimit;
  /** Aborts when the caller has gone; reads end with it, writes do not. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Errors of fields that have a value nonetheless; they join those of the answer. */
  readonly fieldErrors: GraphQLError[];
}

/** The context of each request to a gateway over one store. */
export function createContextFactory({
  ecwid,
  checkout,
  limits,
  limitsMode,
  log,
}: Pick<Context, 'ecwid' | 'checkout' | 'log'> & {
  readonly limits: Limits;
  readonly limitsMode: LimitsMode;
}): (initial: { readonly request: { readonly signal: AbortSignal }; readonly viewer: Viewer }) => Context {
  const checkLimit = createLimitCheck({ limits, limitsMode, log });
  return ({ request, viewer }) => {
    const signal = toAbortSignal(request.signal);
    const unguardedLoaders = createLoaders(ecwid, signal);
    const loaders = visibleLoaders(unguardedLoaders, viewer);
    const guarded = { loaders, unguardedLoaders, viewer };
    return { ecwid, ...guarded, checkout, limits, checkLimit, signal, log, fieldErrors: [] };
  };
}

// Yoga's requests carry a signal of its own making, which Node's AbortSignal.any does not take.
function toAbortSignal(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  if (signal.aborted) controller.abort(signal.reason);
  else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  return controller.signal;
}
