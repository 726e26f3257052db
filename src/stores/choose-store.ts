import { decodeJwt, type JWTPayload } from 'jose';
import type { StoreEntry } from './store-entry.ts';

/** What of a request tells which store is meant. */
export interface Named {
  /** As `hostOf` reads it. */
  readonly host: string | undefined;
  readonly authorization: string | undefined;
}

export interface StoreChoice {
  /**
   * By the host at which it is asked, else by a token. What a token says of itself is not believed here: it is a guess
   * whose keys to check it by, and the store that is chosen refuses whatever is not its own.
   */
  choose(named: Named): StoreEntry | undefined;
  find(storeId: string): StoreEntry | undefined;
  /**
   * Whether claims that were found true are of a token for this store. A token that names a store is for no other; and
   * where several stores have one issuer, a token that names none is for none of them.
   */
  isFor(entry: StoreEntry, claims: JWTPayload): boolean;
}

export function createStoreChoice(entries: readonly StoreEntry[]): StoreChoice {
  const byId = new Map(entries.map((entry) => [entry.store.storeId, entry]));
  const byHost = new Map(entries.flatMap((entry) => entry.hosts.map((host) => [host, entry] as const)));
  const byIssuer = Map.groupBy(entries, ({ auth }) => auth?.issuer);

  const isFor = ({ store, auth }: StoreEntry, { store_id: named }: JWTPayload) => {
    if (named === undefined) return byIssuer.get(auth?.issuer)?.length === 1;
    return idOf(named) === store.storeId;
  };

  return {
    choose({ host, authorization }) {
      const atHost = host === undefined ? undefined : byHost.get(host);
      if (atHost || authorization === undefined) return atHost;
      const claims = claimsOf(authorization);
      if (typeof claims?.iss !== 'string') return undefined;
      const { store_id: named } = claims;
      const [candidate] =
        named === undefined
          ? (byIssuer.get(claims.iss) ?? [])
          : [byId.get(idOf(named) ?? '')].flatMap((one) => one ?? []);
      return candidate?.auth?.issuer === claims.iss && isFor(candidate, claims) ? candidate : undefined;
    },
    find: (storeId) => byId.get(storeId),
    isFor,
  };
}

/** A claim is any JSON, and wide numbers are not what was written. */
function idOf(named: unknown): string | undefined {
  return typeof named === 'string' || Number.isSafeInteger(named) ? String(named) : undefined;
}

function claimsOf(authorization: string): JWTPayload | undefined {
  const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
  if (token === undefined) return undefined;
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/**
 * The name at which it is asked, in small letters and without a port. Behind proxies it is what they say it was, where
 * they say so: that many entries of X-Forwarded-Host are theirs, counted from the right.
 */
export function hostOf(
  { host, 'x-forwarded-host': forwarded }: { readonly [name: string]: string | string[] | undefined },
  trustProxy: number,
): string | undefined {
  const entries = trustProxy > 0 && forwarded !== undefined ? String(forwarded).split(',') : [];
  const asked = entries.at(-trustProxy) ?? entries[0] ?? host;
  return /^([a-z0-9.-]+?)\.?(?::\d{1,5})?$/.exec(
    String(asked ?? '')
      .trim()
      .toLowerCase(),
  )?.[1];
}
