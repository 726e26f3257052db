import { EcwidStatusError } from '../ecwid/errors.ts';
import type { ResponseFields } from '../ecwid/response-fields.ts';

interface ReadBackOptions<Entity> {
  /** What the write's own answer, or the thing's past, tells for certain. */
  readonly known: Entity;
  /** Good enough where the rest cannot be read, and only then. */
  readonly fallback?: Entity;
  readonly load: (fields: ResponseFields) => Promise<Entity | null>;
}

/**
 * What a write has left behind: what is known, and the rest of `fields` from Ecwid, where there is a rest.
 * Where that reading fails, or finds nothing yet, the write has happened all the same, so what is known stands
 * and each other field fails alone.
 */
export async function readBack<Entity extends object>(
  fields: ResponseFields,
  { known, fallback, load }: ReadBackOptions<Entity>,
): Promise<Entity> {
  const missing = [...fields.keys()].filter((name) => !Object.hasOwn(known, name));
  if (missing.length === 0) return known;
  try {
    const entity = await load(fields);
    if (!entity) throw new EcwidStatusError(404);
    return { ...known, ...entity };
  } catch (error) {
    const entity = { ...fallback, ...known };
    for (const name of missing) {
      if (Object.hasOwn(entity, name)) continue;
      Object.defineProperty(entity, name, {
        get() {
          throw error;
        },
      });
    }
    return entity as Entity;
  }
}
