import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { isApiUrl, isKeysUrl } from '../addresses.ts';
import type { StoreEntry } from './store-entry.ts';

/** Stores that cannot be served, each problem named by its path. Values are left out, since any may be a secret. */
export class StoresError extends Error {
  override readonly name = 'StoresError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export interface StoresFile {
  readonly entries: readonly StoreEntry[];
  /** Whether it holds secrets, and every user of this machine may read them. */
  readonly isExposed: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const readableByOthers = 0o004;

/**
 * Reads `{ "stores": [ … ] }`. A secret is a text, or `{ "env": "NAME" }` for what this variable holds.
 * @throws StoresError
 */
export function readStoresFile(path: string, environment: Environment, defaultApiUrl: string): StoresFile {
  let text: string;
  let mode: number;
  try {
    text = readFileSync(path, 'utf8');
    ({ mode } = statSync(path));
  } catch {
    throw new StoresError(['STORES_FILE names no file that can be read']);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own words quote the file.
    throw new StoresError(['STORES_FILE is not JSON']);
  }
  let hasSecrets = false;
  const onSecret = () => {
    hasSecrets = true;
  };
  const entries = parse(value, { environment, defaultApiUrl, onSecret, prefix: 'STORES_FILE: ' });
  return { entries, isExposed: hasSecrets && (mode & readableByOthers) !== 0 };
}

/** @throws StoresError */
export function parseStores(stores: unknown, defaultApiUrl: string): readonly StoreEntry[] {
  return parse({ stores }, { environment: {}, defaultApiUrl, onSecret: () => {}, prefix: '' });
}

function parse(
  value: unknown,
  {
    environment,
    defaultApiUrl,
    onSecret,
    prefix,
  }: {
    readonly environment: Environment;
    readonly defaultApiUrl: string;
    readonly onSecret: () => void;
    readonly prefix: string;
  },
): readonly StoreEntry[] {
  const { data, error } = shapeOf(environment, onSecret).safeParse(value);
  if (error) {
    throw new StoresError(
      error.issues.map(({ path, message }) => prefix + [path.join('.'), message].filter(Boolean).join(' ')),
    );
  }
  const entries = data.stores.map(
    ({ id, token, clientSecret, apiUrl, host, hosts, auth, ecwidRateLimit }) => ({
      store: {
        storeId: id,
        token,
        apiUrl: new URL(apiUrl ?? defaultApiUrl),
        ...(clientSecret !== undefined && { clientSecret }),
      },
      hosts: hosts ?? (host === undefined ? [] : [host]),
      ...(auth && {
        auth: {
          issuer: auth.issuer,
          audience: auth.audience,
          keys: auth.jwksUrl === undefined ? (auth.secret ?? '') : new URL(auth.jwksUrl),
        },
      }),
      ...(ecwidRateLimit !== undefined && { ecwidRateLimit }),
    }),
  );
  const problems = conflictsOf(entries);
  if (problems.length > 0) throw new StoresError(problems.map((problem) => prefix + problem));
  return entries;
}

const text = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text') })
  .min(1, 'must not be empty');
const printable = (what: string) =>
  text.regex(/^[\x21-\x7e]+$/, `must be ${what} without spaces or line breaks`);
const hostName = text
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'must be the name of a host, without a port');

const asObject = {
  error: ({ code }: { readonly code?: string }) =>
    code === 'invalid_type' ? 'must be an object' : undefined,
};

/** What the stores have to look like, one by one. */
function shapeOf(environment: Environment, onSecret: () => void) {
  const secret = (shape: z.ZodType<string>) =>
    z
      .unknown()
      .transform((value, context) => {
        const variable = z.strictObject({ env: z.string() }).safeParse(value).data?.env;
        if (variable === undefined) {
          onSecret();
          return value;
        }
        const found = environment[variable]?.trim();
        if (found) return found;
        context.addIssue('names a variable of the environment that is not set');
        return z.NEVER;
      })
      .pipe(shape);
  const keys = text.refine((value) => Buffer.byteLength(value) >= 32, 'must be of 32 bytes or more');
  const auth = z
    .strictObject(
      {
        issuer: text,
        audience: text,
        jwksUrl: text.refine(isKeysUrl, 'must be an https URL, or an http one of this machine').optional(),
        secret: secret(keys).optional(),
      },
      asObject,
    )
    .refine(
      ({ jwksUrl, secret }) => (jwksUrl === undefined) !== (secret === undefined),
      'must have either a jwksUrl or a secret',
    );
  const store = z
    .strictObject(
      {
        id: text.regex(/^\d{1,18}$/, 'must be the digits of a store id'),
        token: secret(printable('an access token')),
        clientSecret: secret(printable('a client secret')).optional(),
        apiUrl: text
          .refine(isApiUrl, 'must be an http or https URL without credentials, query and fragment')
          .optional(),
        host: hostName.optional(),
        hosts: z.array(hostName).min(1, 'must have one host or more').optional(),
        auth: auth.optional(),
        ecwidRateLimit: z
          .int('must be a whole number')
          .min(1, 'must be 1 or more')
          .max(999_999, 'must be 999999 or less')
          .optional(),
      },
      asObject,
    )
    .refine(({ host, hosts }) => !(host && hosts), 'must not have both host and hosts')
    .refine(
      ({ host, hosts, auth }) => host ?? hosts ?? auth,
      'must have a host or auth: nothing would lead to it',
    );
  return z.strictObject(
    { stores: z.array(store, 'must be a list of stores').min(1, 'must have one store or more') },
    asObject,
  );
}

/** What only one of the stores may have. */
function conflictsOf(entries: readonly StoreEntry[]): string[] {
  const owners = new Map<string, number>();
  return entries.flatMap(({ store, hosts }, index) =>
    [`id ${store.storeId}`, ...hosts.map((host) => `host ${host}`)].flatMap((name) => {
      const owner = owners.get(name);
      owners.set(name, owner ?? index);
      const [kind] = name.split(' ');
      return owner === undefined ? [] : [`stores.${index} has the same ${kind} as stores.${owner}`];
    }),
  );
}
