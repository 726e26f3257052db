import {
  defaultTypeResolver,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  locatedError,
  responsePathAsArray,
} from 'graphql';
import type { ExecutionContext } from 'graphql/execution/execute.js';
import { inspect } from 'graphql/jsutils/inspect.js';
import { addPath, type Path } from 'graphql/jsutils/Path.js';
import type { Answer } from './blank-answer.ts';
import { isPromise } from './is-promise.ts';
import type { PlannedField, PlannedOutput, PlannedSelection } from './plan.ts';
import { readField } from './read-field.ts';
import { pathOf, ResolveInfo } from './resolve-info.ts';
import { runtimeTypeOf } from './runtime-type.ts';

type Place = Path | undefined;
type Info = GraphQLResolveInfo | undefined;
type OutputOf<Kind> = Extract<PlannedOutput, { readonly kind: Kind }>;

// A function that makes closures takes memory for what they share whenever it is called. What is called for each value
// makes none, and leaves that to functions of their own, for promises and the like.

/** The fields selected of one object. */
export function executeFields(
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
  const names = Object.keys(answer);
  const values = await Promise.all(names.map((name) => answer[name]));
  for (let index = 0; index < names.length; index += 1) answer[names[index] as string] = values[index];
  return answer;
}

export function executeField(
  context: ExecutionContext,
  field: PlannedField,
  source: unknown,
  parentPath: Place,
): unknown {
  const { output } = field;
  const path = field.needsPath ? pathOf(field, parentPath) : undefined;
  try {
    const info = field.needsInfo ? new ResolveInfo(context, field, parentPath, path) : undefined;
    const value = readField(context, field, source, parentPath, info);
    if (typeof value === field.kept && (field.kept !== 'number' || Number.isFinite(value))) return value;
    if ((value === null || value === undefined) && !output.isNonNull) return null;
    const completed = isPromise(value)
      ? completeLater(context, field, output, info, path, value)
      : completeValue(context, field, output, info, path, value);
    if (!isPromise(completed)) return completed;
    return failLater(context, field, output, path ?? pathOf(field, parentPath), completed);
  } catch (error) {
    return failAt(context, field, output, path ?? pathOf(field, parentPath), error);
  }
}

function completeLater(
  context: ExecutionContext,
  field: PlannedField,
  output: PlannedOutput,
  info: Info,
  path: Place,
  promise: Promise<unknown>,
): Promise<unknown> {
  return promise.then((value) => completeValue(context, field, output, info, path, value));
}

function failLater(
  context: ExecutionContext,
  field: PlannedField,
  output: PlannedOutput,
  path: Path,
  promise: Promise<unknown>,
): Promise<unknown> {
  return promise.then(undefined, (error) => failAt(context, field, output, path, error));
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
    const completed = isPromise(value)
      ? completeLater(context, field, output, info, path, value)
      : completeValue(context, field, output, info, path, value);
    if (!isPromise(completed)) return completed;
    return failLater(context, field, output, path ?? addPath(listPath, index, undefined), completed);
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
  field: PlannedField,
  type: GraphQLObjectType,
  selection: PlannedSelection,
  info: Info,
  path: Place,
  value: unknown,
): unknown {
  return type.isTypeOf
    ? completeChecked(context, field, type, selection, info, path, value)
    : executeFields(context, selection, value, path);
}

function completeChecked(
  context: ExecutionContext,
  { nodes }: PlannedField,
  type: GraphQLObjectType,
  selection: PlannedSelection,
  info: Info,
  path: Place,
  value: unknown,
): unknown {
  const complete = (isOfType: unknown) => {
    if (isOfType) return executeFields(context, selection, value, path);
    throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes });
  };
  const isOfType = type.isTypeOf?.(value, context.contextValue, info as GraphQLResolveInfo);
  return isPromise(isOfType) ? isOfType.then(complete) : complete(isOfType);
}

function isIterable(value: object): value is Iterable<unknown> {
  return typeof value === 'object' && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function';
}
