import { type ExecutionArgs, type ExecutionResult, type GraphQLError, parse } from 'graphql';
// Not of its public interface, but the very functions that `execute` begins with.
import {
  assertValidExecutionArguments,
  buildExecutionContext,
  type ExecutionContext,
} from 'graphql/execution/execute.js';
import type { Answer } from './blank-answer.ts';
import { executeField, executeFields } from './execute-fields.ts';
import { isPromise } from './is-promise.ts';
import type { Plan, PlannedField, PlannedSelection } from './plan.ts';

/**
 * Does with a plan what graphql-js's `execute` does with its operation, to the letter and in the same turns of the
 * event loop; only the order of errors may differ. What it saves is to find out, for each value, what is the same
 * for all of them. The objects of the answer are plain ones, which JSON.stringify is quick with.
 */
export function runPlan(plan: Plan, args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  assertValidExecutionArguments(args.schema, args.document, args.variableValues);
  const context = contextOf(plan, args);
  if (!('schema' in context)) return { errors: context };
  const { collectedErrors } = context;
  const succeed = (data: Answer): ExecutionResult => {
    const { errors } = collectedErrors;
    return errors.length === 0 ? { data } : { errors, data };
  };
  const fail = (error: unknown): ExecutionResult => {
    collectedErrors.add(error as GraphQLError, undefined);
    return { errors: collectedErrors.errors, data: null };
  };
  try {
    const executeRoot = plan.isSerial ? executeSerially : executeFields;
    const data = executeRoot(context, plan.selection, args.rootValue, undefined);
    return isPromise(data) ? data.then(succeed, fail) : succeed(data);
  } catch (error) {
    return fail(error);
  }
}

/** As graphql-js makes it, with less to find out where the variables are without a mistake. */
function contextOf(plan: Plan, args: ExecutionArgs): ReturnType<typeof buildExecutionContext> {
  const variableValues = plan.coerceVariables(args.variableValues ?? {});
  if (variableValues === undefined) return buildExecutionContext(args);
  const { schema, rootValue, contextValue } = args;
  const { operation, fragments } = plan;
  const context = buildExecutionContext({ schema, document: bareDocument, rootValue, contextValue });
  return { ...(context as ExecutionContext), operation, fragments, variableValues };
}

// Of what a context is made of, only graphql-js can make what gathers the errors.
const bareDocument = parse('{ __typename }');

function executeSerially(
  context: ExecutionContext,
  { fields }: PlannedSelection,
  source: unknown,
): Answer | Promise<Answer> {
  const add = (answer: Answer, field: PlannedField): Answer | Promise<Answer> => {
    const value = executeField(context, field, source, undefined);
    if (!isPromise(value)) {
      answer[field.responseName] = value;
      return answer;
    }
    return value.then((settled) => {
      answer[field.responseName] = settled;
      return answer;
    });
  };
  let answer: Answer | Promise<Answer> = {};
  for (const field of fields) {
    answer = isPromise(answer) ? answer.then((before) => add(before, field)) : add(answer, field);
  }
  return answer;
}
