import type { ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { CheckLimit } from '../check-limit.ts';

/** What an operation comes to at most. */
export interface OperationCost {
  /** To what is behind this server. */
  readonly calls: number;
  readonly points: number;
}

/** What a plugin that comes later finds in the context. */
export interface CostContext {
  readonly cost: OperationCost;
}

/** Weighs the operation before any of it runs. */
export function useCost(
  costOf: (args: ExecutionArgs) => OperationCost,
  checkLimit: CheckLimit,
): Plugin<CostContext> {
  return {
    onExecute({ args, extendContext }) {
      const cost = costOf(args);
      checkLimit('cost', cost.points);
      extendContext({ cost });
    },
  };
}
