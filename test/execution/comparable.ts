import type { ExecutionResult, GraphQLError } from 'graphql';

/** All that can be told of an answer, as what `toEqual` and isDeepStrictEqual compare; the order of errors aside. */
export function comparable(result: ExecutionResult): object {
  return {
    parts: Object.keys(result),
    data: inOrder(result.data),
    errors: result.errors?.map(comparableError).sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

/** A copy with the order of keys, and nothing of plain objects' prototypes, in which executors may differ. */
export function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, inOrder);
  // Scalars may let them through; no two are the same.
  if (typeof value === 'function' || value instanceof Promise) return String(value);
  if (!isPlain(value)) return value;
  return { fields: Object.entries(value).map(([name, field]) => [name, inOrder(field)]) };
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function comparableError(error: GraphQLError) {
  const { message, path, locations, nodes, source, positions, extensions, originalError } = error;
  return {
    key: JSON.stringify([path, message]),
    type: error.constructor.name,
    message,
    path,
    locations,
    nodes: nodes?.map(({ kind, loc }) => `${kind} at ${loc?.start}`),
    source: source?.body,
    positions,
    extensions: { ...extensions },
    originalError: originalError && {
      type: originalError.constructor.name,
      message: originalError.message,
      own: Object.entries(originalError),
    },
  };
}
