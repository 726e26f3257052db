import type { IncomingMessage } from 'node:http';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { everyScope, guest, identityOf, type Viewer } from '../viewer.ts';
import { createBudget } from './budget.ts';
import { callerAddress } from './caller-address.ts';
import { errorResponse } from './error-response.ts';
import { countRootFields } from './root-fields.ts';

export interface RateLimitOptions {
  /** Points of a caller. A request costs one, or what its operation weighs. Any number by default. */
  readonly perMinute?: number | null;
  /** What an operation weighs, known before it is executed; parts count as whole. Default 1. */
  readonly weightOf?: (args: ExecutionArgs) => number;
  /** Root fields that have a smaller budget of their own, a point for each of them in an operation. */
  readonly fields?: { readonly names: readonly string[]; readonly perMinute: number | null };
  /** How many proxies stand in front, each of which adds to X-Forwarded-For. Default 0: the header is ignored. */
  readonly trustProxy?: number;
  /** How long the minute is. Default 60. */
  readonly windowSeconds?: number;
}

interface Caller {
  readonly viewer: Viewer;
  readonly req: IncomingMessage;
  /** Kept from the start on: the socket of a caller that has left knows it no more. */
  address: string;
}

/** What many callers are at once: only their addresses tell them apart. */
const shared: ReadonlySet<string> = new Set([guest, everyScope].map(identityOf));

export interface RateLimitPlugins {
  /** Counts requests, before anything but their headers was read. After use-viewer.ts. */
  readonly ofRequests: Plugin<Caller, Caller>;
  /** Counts operations. After whatever else may refuse one, which is then not counted. */
  readonly ofOperations: Plugin<Caller, Caller>;
}

/**
 * Gives each caller so much a minute: customers and staff by who they are, others by where they come from. What
 * is over is answered with 429 before anything is done for it.
 */
export function useRateLimit({
  perMinute = null,
  weightOf = () => 1,
  fields,
  trustProxy = 0,
  windowSeconds = 60,
}: RateLimitOptions): RateLimitPlugins {
  const budgetOf = (points: number | null | undefined) =>
    points == null ? undefined : createBudget(points, windowSeconds);
  const requests = budgetOf(perMinute);
  const refusedTokens = budgetOf(perMinute);
  const ofFields = budgetOf(fields?.perMinute);

  const callerOf = ({ viewer, address }: Caller) => {
    const identity = identityOf(viewer);
    return shared.has(identity) ? address : identity;
  };

  return {
    ofRequests: {
      async onRequest(asked) {
        const { request, serverContext } = asked;
        serverContext.address = callerAddress(serverContext.req, trustProxy);
        if (request.method === 'OPTIONS') return;
        await answerWhereRefused(asked, requests?.spend(callerOf(serverContext)));
      },
      // Not before it is looked at: who shares an address with somebody of wrong tokens still may show a right one.
      async onResponse({ request, response, serverContext, fetchAPI, setResponse }) {
        if (response.status !== 401) return;
        const spent = refusedTokens?.spend(callerAddress(serverContext.req, trustProxy));
        await answerWhereRefused({ request, fetchAPI, endResponse: setResponse }, spent);
      },
    },
    ofOperations: {
      async onExecute({ args }) {
        const caller = callerOf(args.contextValue);
        await requests?.spend(caller, weightOf(args) - 1);
        if (ofFields && fields) await ofFields.spend(caller, countRootFields(args, fields.names));
      },
    },
  };
}

type Asked = Pick<
  Parameters<NonNullable<Plugin<Caller, Caller>['onRequest']>>[0],
  'request' | 'fetchAPI' | 'endResponse'
>;

async function answerWhereRefused(
  { request, fetchAPI, endResponse }: Asked,
  spent: Promise<void> | undefined,
): Promise<void> {
  try {
    await spent;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    endResponse(errorResponse(request, error, fetchAPI));
  }
}
