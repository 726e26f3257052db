import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { ApiError, wrongParameter } from './api-error.ts';

// The counterpart of parameters.ts for bodies. Each reader answers undefined where the field is absent or null,
// as the official client writes nulls for what it was not given, and refuses what it cannot read.

/** @throws ApiError 400 */
export function readObject(body: unknown): JsonObject {
  if (!isJsonObject(body)) {
    throw new ApiError(400, 'WRONG_PARAMETER', 'The request body is not a JSON object');
  }
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

// Ids have up to 64 bits and come as numbers; beyond this one neither an id nor an amount is what was written.
const maxNumber = Number.MAX_SAFE_INTEGER;

export function asNumber(value: Json): number | undefined {
  return typeof value === 'number' && Math.abs(value) <= maxNumber ? value : undefined;
}

export function asText(value: Json): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asBoolean(value: Json): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function asObject(value: Json): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

export function asObjects(value: Json): readonly JsonObject[] | undefined {
  return Array.isArray(value) && value.every(isJsonObject) ? value : undefined;
}

/** The field's value; null where there is none, and never what every object inherits. */
export function fieldOf(object: JsonObject, name: string): Json {
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}

/** The named fields, as far as there are any. */
export function echo(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = fieldOf(object, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
