import {
  defaultTypeResolver,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  locatedError,
  parse,
  responsePathAsArray,
} from 'graphql';
// Not of its public interface, but the very functions that `execute` begins with.
import {
  assertValidExecutionArguments,
  buildExecutionContext,
  type ExecutionContext,
} from 'graphql/execution/execute.js';
import { inspect } from 'graphql/jsutils/inspect.js';
import { addPath, type Path } from 'graphql/jsutils/Path.js';
import type { Answer } from './blank-answer.ts';
import { isPromise } from './is-promise.ts';
import type { Plan, PlannedField, PlannedOutput, PlannedSelection } from './plan.ts';
import { infoOf, pathOf, readField } from './read-field.ts';
import { runtimeTypeOf } from './runtime-type.ts';

type Place = Path | undefined;
type Info = GraphQLResolveInfo | undefined;
type OutputOf<Kind> = Extract<PlannedOutput, { readonly kind: Kind }>;

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

function executeFields(
  context: ExecutionContext,
  { fields, blank }: PlannedSelection,
  source: unknown,
  path: Place,
): Answer | Promise<Answer> {
  const answer: Answer = blank ? { ...blank } : {};
  let hasPromise = false;
  try {
    for (const field of fields) {
      const value = executeField(context, field, source, path);
      answer[field.responseName] = value;
      if (isPromise(value)) hasPromise = true;
    }
  } catch (error) {
    if (!hasPromise) throw error;
    // Those before it may fail as well, and are to be waited for.
    return settleFields(answer).finally(() => {
      throw error;
    });
  }
  return hasPromise ? settleFields(answer) : answer;
}

async function settleFields(answer: Answer): Promise<Answer> {
  const values = await Promise.all(Object.values(answer));
  for (const [index, responseName] of Object.keys(answer).entries()) answer[responseName] = values[index];
  return answer;
}

function executeField(
  context: ExecutionContext,
  field: PlannedField,
  source: unknown,
  parentPath: Place,
): unknown {
  const { output } = field;
  const path = field.needsPath ? pathOf(field, parentPath) : undefined;
  try {
    const info = field.needsInfo && path ? infoOf(context, field, path) : undefined;
    const value = readField(context, field, source, parentPath, info);
    if (typeof value === field.kept && (field.kept !== 'number' || Number.isFinite(value))) return value;
    if ((value === null || value === undefined) && !field.isNonNull) return null;
    const completed = isPromise(value) ? value : completeValue(context, field, output, info, path, value);
    if (!isPromise(completed)) return completed;
    const complete = (settled: unknown) => completeValue(context, field, output, info, path, settled);
    return settle(completed, completed === value ? complete : undefined, (error) =>
      failAt(context, field, output, path ?? pathOf(field, parentPath), error),
    );
  } catch (error) {
    return failAt(context, field, output, path ?? pathOf(field, parentPath), error);
  }
}

/** What a promise comes to in its place, in one step where it can be had at once: graphql-js takes two. */
function settle(
  promise: Promise<unknown>,
  complete: ((settled: unknown) => unknown) | undefined,
  fail: (error: unknown) => null,
): Promise<unknown> {
  if (!complete) return promise.then(undefined, fail);
  return promise.then((settled) => {
    try {
      const completed = complete(settled);
      return isPromise(completed) ? completed.then(undefined, fail) : completed;
    } catch (error) {
      return fail(error);
    }
  }, fail);
}

/** Where the place may be null, it is; else whatever holds the field fails. */
function failAt(
  { collectedErrors }: ExecutionContext,
  { nodes }: PlannedField,
  { isNonNull }: PlannedOutput,
  path: Path,
  thrown: unknown,
): null {
  const error = locatedError(thrown, nodes, responsePathAsArray(path));
  if (isNonNull) throw error;
  collectedErrors.add(error, path);
  return null;
}

function completeValue(
  context: ExecutionContext,
  field: PlannedField,
  output: PlannedOutput,
  info: Info,
  path: Place,
  value: unknown,
): unknown {
  if (value instanceof Error) throw value;
  if (value === null || value === undefined) {
    if (!output.isNonNull) return null;
    throw new Error(
      `Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`,
    );
  }
  switch (output.kind) {
    case 'leaf':
      return completeLeaf(output, value);
    case 'list':
      return completeList(context, field, output, info, path, value);
    case 'object':
      return completeObject(context, field, output.type, output.selection, info, path, value);
    case 'abstract':
      return completeAbstract(context, field, output, info, path, value);
  }
}

function completeLeaf({ type }: OutputOf<'leaf'>, value: unknown): unknown {
  const serialized: unknown = type.serialize(value);
  if (serialized !== null && serialized !== undefined) return serialized;
  throw new Error(
    `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to ` +
      `return non-nullable value, returned: ${inspect(serialized)}`,
  );
}

function completeList(
  context: ExecutionContext,
  field: PlannedField,
  { item }: OutputOf<'list'>,
  info: Info,
  path: Place,
  value: object,
): unknown {
  if (!isIterable(value)) {
    throw new GraphQLError(
      `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.definition.name}".`,
    );
  }
  const completed: unknown[] = [];
  let hasPromise = false;
  for (const element of value) {
    const completedItem = completeItem(context, field, item, info, path, completed.length, element);
    if (isPromise(completedItem)) hasPromise = true;
    completed.push(completedItem);
  }
  return hasPromise ? Promise.all(completed) : completed;
}

function completeItem(
  context: ExecutionContext,
  field: PlannedField,
  output: PlannedOutput,
  info: Info,
  listPath: Place,
  index: number,
  value: unknown,
): unknown {
  const path = output.kind === 'leaf' ? undefined : addPath(listPath, index, undefined);
  try {
    const completed = isPromise(value) ? value : completeValue(context, field, output, info, path, value);
    if (!isPromise(completed)) return completed;
    const complete = (settled: unknown) => completeValue(context, field, output, info, path, settled);
    return settle(completed, completed === value ? complete : undefined, (error) =>
      failAt(context, field, output, path ?? addPath(listPath, index, undefined), error),
    );
  } catch (error) {
    return failAt(context, field, output, path ?? addPath(listPath, index, undefined), error);
  }
}

function completeAbstract(
  context: ExecutionContext,
  field: PlannedField,
  output: OutputOf<'abstract'>,
  info: Info,
  path: Place,
  value: unknown,
): unknown {
  const { type, selectionsByType } = output;
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const complete = (name: unknown) => {
    const runtimeType = runtimeTypeOf(name, output, field, context.schema, value);
    const selection = selectionsByType.get(runtimeType) as PlannedSelection;
    return completeObject(context, field, runtimeType, selection, info, path, value);
  };
  const name: unknown = resolveType(value, context.contextValue, info as GraphQLResolveInfo, type);
  return isPromise(name) ? name.then(complete) : complete(name);
}

function completeObject(
  context: ExecutionContext,
  { nodes }: PlannedField,
  type: GraphQLObjectType,
  selection: PlannedSelection,
  info: Info,
  path: Place,
  value: unknown,
): unknown {
  if (!type.isTypeOf) return executeFields(context, selection, value, path);
  const complete = (isOfType: unknown) => {
    if (isOfType) return executeFields(context, selection, value, path);
    throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes });
  };
  const isOfType = type.isTypeOf(value, context.contextValue, info as GraphQLResolveInfo);
  return isPromise(isOfType) ? isOfType.then(complete) : complete(isOfType);
}

function isIterable(value: object): value is Iterable<unknown> {
  return typeof value === 'object' && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function';
}
