import type { Call } from './endpoint.ts';
import { readObject } from './http/body-fields.ts';
import { isJsonObject, type JsonObject } from './json.ts';

// What a storefront needs. Ecwid documents that the profile is cut down for public tokens, not where.
const publicParts = new Set(['generalInfo', 'formatsAndUnits', 'languages', 'settings']);

/** `GET /profile`: less of it for a public token. */
export function getProfile({ store, token }: Call): JsonObject {
  if (token.kind === 'secret') return store.profile;
  return Object.fromEntries(Object.entries(store.profile).filter(([part]) => publicParts.has(part)));
}

/** `PUT /profile`: what is left out stays; a list is replaced as a whole. */
export function updateProfile({ body, store }: Call): JsonObject {
  store.replaceProfile(merge(store.profile, readObject(body)));
  return { updateCount: 1, success: true };
}

function merge(old: JsonObject, changes: JsonObject): JsonObject {
  const merged = Object.entries(changes).map(([name, value]) => {
    const before = Object.hasOwn(old, name) ? (old[name] ?? null) : null;
    return [name, isJsonObject(value) && isJsonObject(before) ? merge(before, value) : value] as const;
  });
  return { ...old, ...Object.fromEntries(merged) };
}
