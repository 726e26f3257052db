import { fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { ApiError, wrongParameter } from './api-error.ts';

// The counterpart of parameters.ts for bodies. Each reader answers undefined where the field is absent or null,
// as the official client writes nulls for what it was not given, and refuses what it cannot read.

/**
 * An object of any depth, for those who keep only parts of a known shape.
 * @throws ApiError 400
 */
export function readDeepObject(body: unknown): JsonObject {
  if (!isJsonObject(body)) {
    throw new ApiError(400, 'WRONG_PARAMETER', 'The request body is not a JSON object');
  }
  return body;
}

/** @throws ApiError 400 */
export function readObject(sent: unknown): JsonObject {
  const body = readDeepObject(sent);
  if (!isShallow(body, maxDepth)) {
    throw new ApiError(400, 'WRONG_PARAMETER', 'The request body is nested too deeply');
  }
  return body;
}

// Deeper than anything documented, and shallow enough for the stack.
const maxDepth = 20;

function isShallow(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner: Json) => isShallow(inner, depth - 1));
}

/** Of a body the fields that there is a reader for, as far as they were sent. */
export function readFields(
  body: JsonObject,
  readers: Readonly<Record<string, (value: Json) => Json | undefined>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(readers).flatMap(([name, parse]) => {
      const value = readField(body, name, parse);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export function readField<Value>(
  object: JsonObject,
  name: string,
  parse: (value: Json) => Value | undefined,
): Value | undefined {
  const sent = fieldOf(object, name);
  if (sent === null) return undefined;
  const value = parse(sent);
  if (value === undefined) throw wrongParameter(name, sent);
  return value;
}
