import type { EcwidClient } from './client.ts';
import type { Profile } from './wire.ts';

/** `GET /profile`: of all the settings of a store, those that tell which store it is. */
export function getProfile(
  ecwid: EcwidClient,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Profile> {
  return ecwid.send({
    path: ['profile'],
    query: {
      responseFields: 'generalInfo(storeId,storeUrl),settings(storeName),formatsAndUnits(currency)',
    },
    signal,
  });
}
