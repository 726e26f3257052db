import type { Config } from '../config.ts';
import { countUsableKeys, fetchKeySet, KeySetError } from '../server/key-set.ts';
import { type Finding, ill, open, patienceMs, well } from './finding.ts';
import { codeOf, whyUnreachable } from './why-unreachable.ts';

const subject = 'Callers';

/** Whether callers' tokens can be checked. */
export async function examineCallers({ auth, isOpen }: Pick<Config, 'auth' | 'isOpen'>): Promise<Finding> {
  if (!auth) return open(subject, `no tokens are configured: everybody is ${isOpen ? 'staff' : 'a guest'}`);
  if (typeof auth.keys === 'string') return well(subject, 'tokens signed with AUTH_JWT_SECRET (HS256)');
  try {
    // As jose asks for it.
    const keySet = await fetchKeySet(auth.keys.href, {
      method: 'GET',
      headers: new Headers({ accept: 'application/json' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    const count = await countUsableKeys(keySet);
    if (count > 0)
      return well(
        subject,
        `tokens signed with ${count === 1 ? 'the key' : `one of ${count} keys`} at AUTH_JWKS_URL`,
      );
    return ill(subject, {
      found: 'AUTH_JWKS_URL has no key that tokens can be checked by',
      mend: 'Have it serve public keys: RSA of 2048 bits or more, EC, or Ed25519.',
    });
  } catch (error) {
    if (error instanceof KeySetError) {
      return ill(subject, {
        found: `AUTH_JWKS_URL ${error.message}`,
        mend: 'Set it to the jwks_uri of whoever issues the tokens, as /.well-known/openid-configuration tells it.',
      });
    }
    const { found, mend } = whyUnreachable(codeOf(error), 'AUTH_JWKS_URL');
    return ill(subject, { found: `AUTH_JWKS_URL: ${found}`, mend });
  }
}
