import { ApiError } from './api-error.ts';

export type Scope =
  | 'read_orders'
  | 'update_orders'
  | 'create_orders'
  | 'read_store_profile'
  | 'update_store_profile'
  | 'read_catalog'
  | 'read_customers';

export interface Token {
  readonly value: string;
  /** A public token may do what its endpoints allow it, whatever its scopes. */
  readonly kind: 'secret' | 'public';
  readonly scopes: readonly Scope[];
}

/** May do everything. */
export const secretToken: Token = {
  value: 'secret_sandbox4870020',
  kind: 'secret',
  scopes: [
    'read_orders',
    'update_orders',
    'create_orders',
    'read_store_profile',
    'update_store_profile',
    'read_catalog',
    'read_customers',
  ],
};

/** May read the cut-down profile and products, calculate, and create orders that are not paid. */
export const publicToken: Token = { value: 'public_sandbox4870020', kind: 'public', scopes: [] };

/** What an endpoint asks of a token. */
export interface Access {
  /** Null where any token will do. */
  readonly scope: Scope | null;
  /** Whether a public token may call it too. */
  readonly isPublic?: boolean;
}

/** @throws ApiError 403 where the token is missing or unknown; Ecwid lists no 401. */
export function authenticate(tokens: readonly Token[], value: string | null): Token {
  const token = tokens.find((candidate) => candidate.value === value);
  if (!token) throw new ApiError(403, 'INVALID_API_TOKEN', 'The access token is missing or not valid');
  return token;
}

/** @throws ApiError 403 where the token does not reach as far as the endpoint. */
export function authorize(token: Token, { scope, isPublic = false }: Access): void {
  if (scope === null) return;
  const mayCall = token.kind === 'public' ? isPublic : token.scopes.includes(scope);
  if (mayCall) return;
  throw new ApiError(403, 'INSUFFICIENT_APP_SCOPE', `This call needs the access scope ${scope}`);
}
