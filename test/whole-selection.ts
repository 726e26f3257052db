import { getNamedType, isObjectType } from 'graphql';
import { schema } from '../src/schema/schema.ts';

/** Every field of a type, down to the last leaf, as a selection set; what is deprecated included. */
export function wholeSelection(name: string, leaveOut: readonly string[] = []): string {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`There is no object type ${name}.`);
  const fields = Object.values(type.getFields())
    .filter((field) => !leaveOut.includes(field.name))
    .map((field) => {
      const below = getNamedType(field.type);
      return isObjectType(below) ? `${field.name} ${wholeSelection(below.name)}` : field.name;
    });
  return `{ ${fields.join(' ')} }`;
}

/** Which leaves an answer to such a selection has something in, as dotted paths without list indices. */
export function filledPaths(value: unknown, path = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((element) => [...filledPaths(element, path)]));
  if (typeof value !== 'object' || value === null) return new Set(value === null ? [] : [path]);
  return new Set(
    Object.entries(value).flatMap(([name, inside]) => [
      ...filledPaths(inside, path ? `${path}.${name}` : name),
    ]),
  );
}

/** All leaves that such a selection asks for, in the same manner. */
export function leafPaths(name: string, leaveOut: readonly string[] = [], path = ''): string[] {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`There is no object type ${name}.`);
  return Object.values(type.getFields())
    .filter((field) => !leaveOut.includes(field.name))
    .flatMap((field) => {
      const here = path ? `${path}.${field.name}` : field.name;
      const below = getNamedType(field.type);
      return isObjectType(below) ? leafPaths(below.name, [], here) : [here];
    });
}
