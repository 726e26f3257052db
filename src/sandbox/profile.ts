import type { Call } from './endpoint.ts';
import type { JsonObject } from './json.ts';

// What a storefront needs. Ecwid documents that the profile is cut down for public tokens, not where.
const publicParts = new Set(['generalInfo', 'formatsAndUnits', 'languages', 'settings']);

/** `GET /profile`: less of it for a public token. */
export function getProfile({ store, token }: Call): JsonObject {
  if (token.kind === 'secret') return store.profile;
  return Object.fromEntries(Object.entries(store.profile).filter(([part]) => publicParts.has(part)));
}
