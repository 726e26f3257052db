import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { type Plan, planOperation } from './plan.ts';
import { runPlan } from './run-plan.ts';

export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/** Fields that are planned of one document, all its operations together: some hundreds of bytes each. */
export const mostPlanned = 1_000;

/** What is known of a document, for as long as somebody remembers it. */
interface KnownDocument {
  readonly schema: GraphQLSchema;
  readonly runs: Map<OperationDefinitionNode, number>;
  /** Undefined for operations that are not to be planned. */
  readonly plans: Map<OperationDefinitionNode, Plan | undefined>;
  left: number;
}

/**
 * In place of graphql-js's `execute`, for documents that passed validation: plans the operations that come more than
 * once, so that one which comes once costs no more than it did.
 */
export function createExecutor({
  planAfter = 1,
}: {
  /** How often an operation has run before it is planned. */
  readonly planAfter?: number;
} = {}): Execute {
  const documents = new WeakMap<DocumentNode, KnownDocument>();

  const planOf = ({ schema, document, operationName }: ExecutionArgs): Plan | undefined => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const known = documents.get(document) ?? { schema, runs: new Map(), plans: new Map(), left: mostPlanned };
    documents.set(document, known);
    if (known.schema !== schema) return undefined;
    const { runs, plans } = known;
    if (plans.has(operation)) return plans.get(operation);
    const run = runs.get(operation) ?? 0;
    runs.set(operation, run + 1);
    if (run < planAfter) return undefined;
    const plan = planOperation(schema, document, operation, known.left);
    known.left -= plan?.size ?? 0;
    plans.set(operation, plan);
    return plan;
  };

  return (args) => {
    // Resolvers of somebody else's are not the schema's, which plans are made of.
    const isOfSchema = !args.fieldResolver && !args.typeResolver;
    const plan = isOfSchema ? planOf(args) : undefined;
    return plan ? runPlan(plan, args) : execute(args);
  };
}
