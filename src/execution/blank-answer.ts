export type Answer = Record<string, unknown>;

/**
 * An object that has all the names of an answer, to begin one with as a copy of it. Undefined where it is as well to
 * begin with none. Given more than 16 names one after another, V8 makes a dictionary of an object, which JSON.stringify
 * takes three times as long for; what JSON.parse has made stays as it is, and so do copies
 * of up to 128 names.
 */
export function blankAnswer(names: readonly string[]): Readonly<Answer> | undefined {
  if (names.length <= 16 || names.length > 128) return undefined;
  return JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))));
}
