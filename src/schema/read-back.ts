import { EcwidStatusError } from '../ecwid/errors.ts';
import type { ResponseFields } from '../ecwid/response-fields.ts';

/**
 * What a write has left behind: `known` is certain from the write's own answer, the rest of `fields` is read
 * from Ecwid, and only where there is a rest. Where that reading fails, or finds nothing yet, the write has
 * happened all the same, so what is known stands and each other field fails alone.
 */
export async function readBack<Entity extends object>(
  known: Entity,
  fields: ResponseFields,
  load: (fields: ResponseFields) => Promise<Entity | null>,
): Promise<Entity> {
  const missing = [...fields.keys()].filter((name) => !Object.hasOwn(known, name));
  if (missing.length === 0) return known;
  try {
    const entity = await load(fields);
    if (!entity) throw new EcwidStatusError(404);
    return { ...entity, ...known };
  } catch (error) {
    const entity = { ...known };
    for (const name of missing) {
      Object.defineProperty(entity, name, {
        get() {
          throw error;
        },
      });
    }
    return entity;
  }
}
