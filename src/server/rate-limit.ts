import type { ExecutionArgs } from 'graphql';
import { pointsOfCall } from '../limits.ts';
import { everyScope, guest, identityOf, type Viewer } from '../viewer.ts';
import { type Counter, createBudget } from './budget.ts';
import { countRootFields } from './root-fields.ts';

export interface RateLimitOptions {
  /** Points of a caller. A request costs one, or what its operation weighs. Any number by default. */
  readonly perMinute?: number | null;
  /**
   * What an operation weighs by its cost, in calls: of these the store's token has so many a minute, and enough objects
   * take as much of this process. Parts count as whole. Default what its cost is in calls, parts left out.
   */
  readonly weightOf?: (cost: number, args: ExecutionArgs) => number;
  /** Root fields that have a smaller budget of their own, a point for each of them in an operation. */
  readonly fields?: { readonly names: readonly string[]; readonly perMinute: number | null };
  /** How many proxies stand in front, each of which adds to X-Forwarded-For. Default 0: the header is ignored. */
  readonly trustProxy?: number;
  /** How long the minute is. Default 60. */
  readonly windowSeconds?: number;
  /** What counts for other processes too, for each budget by its name. Default none: memory counts. */
  readonly counterOf?: ((budget: string, points: number, windowSeconds: number) => Counter) | undefined;
}

/** Who asks, and from where. */
export interface Caller {
  readonly viewer: Viewer;
  /** As `callerAddress` writes it. */
  readonly address: string;
}

/**
 * Gives each caller so much a minute: customers and staff by who they are, others by where they come from. What is
 * over is refused before anything is done for it.
 */
export interface RateLimit {
  /**
   * Counts a request, before anything but its headers was read.
   * @throws GraphQLError RATE_LIMITED
   */
  spendRequest(caller: Caller): Promise<void> | undefined;
  /**
   * Counts a token that was refused. Not before it is looked at: who shares an address with somebody of wrong tokens
   * still may show a right one.
   * @throws GraphQLError RATE_LIMITED
   */
  spendRefusedToken(address: string): Promise<void> | undefined;
  /**
   * Counts an operation that is about to run, and costs so much.
   * @throws GraphQLError RATE_LIMITED
   */
  spendOperation(caller: Caller, args: ExecutionArgs, cost: number): Promise<void>;
}

/** What many callers are at once: only their addresses tell them apart. */
const shared: ReadonlySet<string> = new Set([guest, everyScope].map(identityOf));

/** What a caller is counted by: who they are, or where they come from. */
export function nameOf({ viewer, address }: Caller): string {
  const identity = identityOf(viewer);
  return shared.has(identity) ? address : identity;
}

export function createRateLimit({
  perMinute,
  weightOf = (cost) => Math.floor(cost / pointsOfCall),
  fields,
  windowSeconds = 60,
  counterOf,
}: RateLimitOptions): RateLimit {
  const budgetOf = (name: string, points: number | null | undefined) =>
    points == null
      ? undefined
      : createBudget(points, windowSeconds, counterOf?.(name, points, windowSeconds));
  const requests = budgetOf('requests', perMinute);
  const refusedTokens = budgetOf('refused', perMinute);
  const ofFields = budgetOf('orders', fields?.perMinute);

  return {
    spendRequest: (caller) => requests?.spend(nameOf(caller)),
    spendRefusedToken: (address) => refusedTokens?.spend(address),
    async spendOperation(caller, args, cost) {
      const name = nameOf(caller);
      // One was spent when the request came.
      await requests?.spend(name, weightOf(cost, args) - 1);
      if (ofFields && fields) await ofFields.spend(name, countRootFields(args, fields.names));
    },
  };
}
