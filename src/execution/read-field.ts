import type { GraphQLResolveInfo } from 'graphql';
import type { ExecutionContext } from 'graphql/execution/execute.js';
import type { Path } from 'graphql/jsutils/Path.js';
import { hasProperties } from './is-promise.ts';
import type { PlannedField } from './plan.ts';
import { ResolveInfo } from './resolve-info.ts';

type Method = (args: object, context: unknown, info: GraphQLResolveInfo) => unknown;

/** What the source has for a field, or its resolver answers with; `info` is there where the field needs it. */
export function readField(
  context: ExecutionContext,
  field: PlannedField,
  source: unknown,
  parentPath: Path | undefined,
  info: GraphQLResolveInfo | undefined,
): unknown {
  const { resolve, definition, args } = field;
  const { contextValue, variableValues } = context;
  if (resolve !== undefined) {
    return resolve(source, args.make(variableValues), contextValue, info as GraphQLResolveInfo);
  }
  if (!hasProperties(source)) return undefined;
  const value = source[definition.name];
  if (typeof value !== 'function') return value;
  const told = info ?? new ResolveInfo(context, field, parentPath, undefined);
  // Read anew, since it is the source's method.
  return (source[definition.name] as Method)(args.make(variableValues), contextValue, told);
}
