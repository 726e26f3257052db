import { createLocalJWKSet, errors, type FetchImplementation, type JSONWebKeySet } from 'jose';

// None that a public key could be mistaken for a secret with, and no `none`.
export const publicKeyAlgorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

// Of a key set, unpacked: thousands of keys.
const maxKeySetBytes = 1_000_000;

// Of the modulus of an RSA key: of fewer, jose checks no signature.
const fewestBits = 2_048;

/** What is had in place of a key set, in a sentence that goes on from what names it. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}

/**
 * All that can be wrong with a key set but for its single keys is found here.
 * @throws KeySetError for an answer that is none; else what fetch throws
 */
export async function fetchKeySet(...request: Parameters<FetchImplementation>): Promise<JSONWebKeySet> {
  const { status, body } = await fetch(...request);
  if (status !== 200) throw new KeySetError(`answers with ${status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxKeySetBytes) throw new KeySetError('answers with more than a key set may be');
    chunks.push(chunk);
  }
  try {
    const keySet = JSON.parse(new TextDecoder().decode(Buffer.concat(chunks)));
    // Throws where it is none.
    createLocalJWKSet(keySet);
    return keySet;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof errors.JWKSInvalid)) throw error;
    // The parser's own words quote the answer, so they are not kept.
    throw new KeySetError('answers with what is no JSON Web Key Set');
  }
}

/** How many keys of a set tokens can be checked by. */
export async function countUsableKeys({ keys }: JSONWebKeySet): Promise<number> {
  const isUsable = await Promise.all(
    keys.map(async (key) => {
      const find = createLocalJWKSet({ keys: [key] });
      const found = await Promise.all(
        publicKeyAlgorithms.map((alg) =>
          find({ alg, ...(key.kid !== undefined && { kid: key.kid }) }).catch(() => null),
        ),
      );
      return found.some((one) => one !== null && isLongEnough(one));
    }),
  );
  return isUsable.filter(Boolean).length;
}

function isLongEnough({ algorithm }: CryptoKey): boolean {
  return !('modulusLength' in algorithm) || Number(algorithm.modulusLength) >= fewestBits;
}
