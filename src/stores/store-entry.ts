/** One of many stores that a gateway serves: what it needs to read it, and what leads callers to it. */
export interface StoreEntry {
  readonly store: {
    readonly storeId: string;
    readonly token: string;
    readonly apiUrl: URL;
    readonly clientSecret?: string;
  };
  /** In small letters and without ports: who asks at one of these asks for this store. */
  readonly hosts: readonly string[];
  /** Whose tokens are good for this store. */
  readonly auth?: {
    readonly keys: URL | string;
    readonly issuer: string;
    readonly audience: string;
  };
  readonly ecwidRateLimit?: number;
}

/** One of many stores as it is written down. */
export interface StoreOptions {
  /** In digits. */
  readonly id: string;
  /** A secret access token. */
  readonly token: string;
  /** Of the app, by which webhooks are known to be Ecwid's. */
  readonly clientSecret?: string;
  /** Where the API is, without the store. */
  readonly apiUrl?: string;
  /** At which callers ask for this store, without a port. */
  readonly host?: string;
  /** In place of that, where there are several. */
  readonly hosts?: readonly string[];
  /** Whose bearer tokens (JWTs) are believed. */
  readonly auth?: {
    readonly issuer: string;
    readonly audience: string;
  } & ({ readonly jwksUrl: string } | { readonly secret: string });
  /** Default as of the whole gateway. */
  readonly ecwidRateLimit?: number;
}
