import type { ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { CheckLimit } from '../check-limit.ts';

/** What a plugin that comes later finds in the context. */
export interface CostContext {
  /** Points of the operation that is about to run. */
  readonly cost: number;
}

/** Weighs the operation before any of it runs. */
export function useCost(
  costOf: (args: ExecutionArgs) => number,
  checkLimit: CheckLimit,
): Plugin<CostContext> {
  return {
    onExecute({ args, extendContext }) {
      const cost = costOf(args);
      checkLimit('cost', cost);
      extendContext({ cost });
    },
  };
}
