import type { EcwidClient } from './client.ts';
import type { EndSignal } from './end-signal.ts';
import { responseFields } from './response-fields.ts';
import type { Profile } from './wire.ts';

/** `GET /profile`: of all the settings of a store, those that tell which store it is. */
export function getProfile(
  ecwid: EcwidClient,
  { signal }: { readonly signal?: EndSignal | undefined } = {},
): Promise<Profile> {
  return ecwid.send({
    path: ['profile'],
    fields: new Map([
      ['generalInfo', responseFields('storeId', 'storeUrl')],
      ['settings', responseFields('storeName')],
      ['formatsAndUnits', responseFields('currency')],
    ]),
    signal,
  });
}
