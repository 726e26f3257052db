/** A JSON value that nobody changes: a record is replaced, never written to. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Each `as` answers undefined where the value is of another kind.

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

/** What of a list is an object; nothing where it is no list. */
export function objectsIn(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** One of the values, or undefined. */
export function oneOf<Text extends string>(values: readonly Text[]): (value: Json) => Text | undefined {
  return (value) => values.find((known) => known === value);
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
