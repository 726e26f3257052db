import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { Log } from '../log.ts';
import { guest, type Scope, scopes, type Viewer } from '../viewer.ts';
import { fetchKeySet, publicKeyAlgorithms } from './key-set.ts';

export interface AuthenticateOptions {
  /** Where the public keys are, as a JSON Web Key Set; or the secret that tokens are signed with. */
  readonly keys: URL | string;
  readonly issuer: string;
  readonly audience: string;
  /** What else has to be so of a token that is good. Default nothing. */
  readonly isFor?: (claims: JWTPayload) => boolean;
  readonly log: Log;
  /** How long the keys are not asked for again, after they were had and a token names another, or could not be had. */
  readonly cooldownMs?: number;
  /** How old the keys may get before they are asked for anew, without anybody waiting for that. */
  readonly maxAgeMs?: number;
}

/** Tells from the Authorization header who is asking. */
export type Authenticate = (authorization: string | null) => Promise<Viewer>;

/** Nobody knows who is asking: by the caller's fault, or because the keys of tokens cannot be had. Safe to show. */
export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError';
  readonly code: 'UNAUTHENTICATED' | 'AUTHENTICATION_UNAVAILABLE';

  constructor(code: AuthenticationError['code'] = 'UNAUTHENTICATED', options?: ErrorOptions) {
    super(
      code === 'UNAUTHENTICATED'
        ? 'The Authorization header must hold a valid and current bearer token, or be left out.'
        : 'Bearer tokens cannot be checked at the moment.',
      options,
    );
    this.code = code;
  }
}

const secretAlgorithms = ['HS256'];

// Clocks of two machines differ by so much at most.
const skewSeconds = 30;

// Characters of tokens, thousands of them.
const mostRemembered = 4_000_000;

/**
 * Checks bearer tokens: JWTs of one issuer, for one audience. Without a token the caller is a guest. Whom a token names
 * is remembered for a minute, or until other keys are had: checking a signature takes longer than answering a query.
 */
export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { keys, issuer, audience, isFor = () => true, log, maxAgeMs = 600_000 } = options;
  const known = new LRUCache<string, { readonly viewer: Viewer; readonly goodUntil: number }>({
    // The age of the keys is looked at where a token is checked.
    ttl: Math.max(1, maxAgeMs / 10),
    maxSize: mostRemembered,
    sizeCalculation: (_known, token) => token.length,
  });
  const [algorithms, getKey] =
    keys instanceof URL
      ? [publicKeyAlgorithms, remoteKeys(keys, { ...options, maxAgeMs }, () => known.clear())]
      : [secretAlgorithms, async () => new TextEncoder().encode(keys)];

  return async (authorization) => {
    if (authorization === null) return guest;
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new AuthenticationError();
    const remembered = known.get(token);
    // By the clock, which is right again where it was not.
    if (remembered && Date.now() < remembered.goodUntil) return remembered.viewer;
    try {
      const { payload } = await jwtVerify(token, getKey, {
        algorithms,
        issuer,
        audience,
        clockTolerance: skewSeconds,
        requiredClaims: ['exp'],
      });
      if (!isFor(payload)) throw new AuthenticationError();
      const goodUntil = (Number(payload.exp) + skewSeconds) * 1_000;
      const viewer = viewerOf(payload, goodUntil);
      known.set(token, { viewer, goodUntil });
      return viewer;
    } catch (error) {
      if (error instanceof AuthenticationError) throw error;
      // That a key set is invalid is told of a single key too.
      const isOfToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
      if (isOfToken) log.debug({ code: error.code }, 'a bearer token was refused');
      else
        log.error(
          { error: error instanceof Error ? error.name : typeof error },
          'a key of tokens is of no use',
        );
      throw new AuthenticationError(isOfToken ? 'UNAUTHENTICATED' : 'AUTHENTICATION_UNAVAILABLE', {
        cause: error,
      });
    }
  };
}

/** Staff by their scopes, else a customer by the id that `sub` is. @throws AuthenticationError for neither */
function viewerOf({ sub: subject, scope = '' }: JWTPayload, expiresAt: number): Viewer {
  // Whatever their types say, claims are any JSON; and who has scopes in another form is no customer.
  if (typeof subject !== 'string' || subject === '' || typeof scope !== 'string')
    throw new AuthenticationError();
  const words = scope.split(' ');
  const granted = scopes.filter((one) => words.includes(one));
  if (granted.length > 0) return { kind: 'staff', subject, scopes: new Set<Scope>(granted), expiresAt };
  if (/^[1-9]\d{0,17}$/.test(subject)) return { kind: 'customer', customerId: subject, expiresAt };
  throw new AuthenticationError();
}

/**
 * Keys that are asked for when the first token comes, and again when a token names one that is not among them.
 * Those once had are good however long their server is away.
 */
function remoteKeys(
  url: URL,
  { log, cooldownMs = 30_000, maxAgeMs }: AuthenticateOptions & { readonly maxAgeMs: number },
  onKeys: () => void,
): JWTVerifyGetKey {
  let failedAt = Number.NEGATIVE_INFINITY;
  let refreshedAt = performance.now();

  const keys = createRemoteJWKSet(url, {
    cooldownDuration: cooldownMs,
    // Else old keys would be waited for, and be useless where their server is away.
    cacheMaxAge: Number.POSITIVE_INFINITY,
    // A server that is away would otherwise be asked once for each token with an unknown key.
    [customFetch]: async (...request) => {
      if (performance.now() - failedAt < cooldownMs)
        throw new AuthenticationError('AUTHENTICATION_UNAVAILABLE');
      try {
        const keySet = await fetchKeySet(...request);
        // Some may be gone.
        onKeys();
        return Response.json(keySet);
      } catch (error) {
        failedAt = performance.now();
        log.warn(
          { error: error instanceof Error ? error.name : typeof error },
          'the keys of tokens cannot be had',
        );
        throw new AuthenticationError('AUTHENTICATION_UNAVAILABLE', { cause: error });
      }
    },
  });

  return (header, token) => {
    if (performance.now() - refreshedAt > maxAgeMs) {
      refreshedAt = performance.now();
      // Logged already, and the keys that are there stay good.
      keys.reload().catch(() => {});
    }
    return keys(header, token);
  };
}
