export interface PathedError {
  readonly path?: readonly (string | number)[];
}

/**
 * Whether data are what they should be, but for what is said to have failed: there is null, or an empty list, where
 * an error has its place, or where its place was in what is null.
 */
export function agrees(
  actual: unknown,
  expected: unknown,
  errors: readonly PathedError[],
  path: readonly (string | number)[] = [],
): boolean {
  if (actual === expected) return true;
  if (isNothing(actual) && errors.some((error) => error.path && isWithin(error.path, path))) return true;
  if (typeof actual !== 'object' || typeof expected !== 'object' || !actual || !expected) return false;
  const names = Object.keys(actual);
  return (
    names.length === Object.keys(expected).length &&
    names.every(
      (name) =>
        name in expected &&
        agrees(actual[name as keyof typeof actual], expected[name as keyof typeof expected], errors, [
          ...path,
          Array.isArray(actual) ? Number(name) : name,
        ]),
    )
  );
}

function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function isWithin(path: readonly (string | number)[], place: readonly (string | number)[]): boolean {
  return place.every((step, index) => path[index] === step);
}
