import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { GatewayOptions } from '../../src/create-gateway.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { StoreOptions } from '../../src/stores/store-entry.ts';
import { mountGateway } from '../mounted-gateway.ts';
import { claims, sign } from '../tokens.ts';

/** An Ecwid with one store, and how often it was asked. */
export interface CountedStore {
  readonly sandbox: Sandbox;
  readonly calls: string[];
  /** As an entry of a file, but for who asks for it. */
  readonly entry: Pick<StoreOptions, 'id' | 'token' | 'apiUrl'>;
}

export async function startStore(storeId: string, options: SandboxOptions = {}): Promise<CountedStore> {
  const calls: string[] = [];
  const sandbox = await createSandbox({
    requestsPerMinute: Number.POSITIVE_INFINITY,
    ...options,
    storeId,
    onRequest: ({ method, path }) => calls.push(`${method} ${path}`),
  });
  return { sandbox, calls, entry: { id: storeId, token: sandbox.secretToken, apiUrl: sandbox.url } };
}

export interface Told {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: what it answers with is the test's own to know.
  readonly answer: any;
}

export interface Asking {
  /** What the Host header holds. */
  readonly host?: string | undefined;
  readonly jwt?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks as `fetch` cannot, which names no other host than it asks. */
export function askAt(
  origin: string,
  query: string,
  { host, jwt, headers }: Asking = {},
  path = '/graphql',
): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = request(`${origin}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(host !== undefined && { host }),
        ...(jwt !== undefined && { authorization: `Bearer ${jwt}` }),
        ...headers,
      },
    });
    asked.once('error', reject);
    asked.once('response', (response) => {
      json(response).then((answer) => {
        const code = (answer as Told['answer']).errors?.[0]?.extensions?.code;
        resolve({ status: response.statusCode ?? 0, code, headers: response.headers, answer });
      }, reject);
    });
    asked.end(JSON.stringify({ query }));
  });
}

/** Of staff who may read, but for what is changed. */
export function tokenOf(secret: string, changes: Parameters<typeof claims>[0]): Promise<string> {
  return sign(claims({ sub: 'ann', scope: 'read_orders', ...changes }), 'HS256', secret);
}

export function mountStores(stores: readonly StoreOptions[], options: GatewayOptions = {}) {
  return mountGateway({ stores, ...options });
}
