import type { IncomingMessage } from 'node:http';
import { authenticate, authorize, type Token } from './access.ts';
import { ApiError } from './api-error.ts';
import { calculateOrder } from './calculate-order.ts';
import { getCart, placeCart, searchCarts, updateCart } from './carts.ts';
import { createOrder } from './create-order.ts';
import type { Endpoint } from './endpoint.ts';
import { deleteOrder, getLastOrder, getOrder, searchDeletedOrders, searchOrders } from './orders.ts';
import { getProfile } from './profile.ts';
import { decodePath, readBody, type Target } from './read-request.ts';
import type { Answer } from './respond.ts';
import { parseResponseFields, selectFields } from './response-fields.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';

export const basePath = '/api/v3';

const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/carts', scope: 'read_orders', handle: searchCarts },
  { method: 'GET', path: '/carts/:cartId', scope: 'read_orders', handle: getCart },
  { method: 'PUT', path: '/carts/:cartId', scope: 'update_orders', handle: updateCart },
  { method: 'POST', path: '/carts/:cartId/place', scope: 'create_orders', handle: placeCart },
  {
    method: 'POST',
    path: '/order/calculate',
    scope: 'read_store_profile',
    isPublic: true,
    handle: calculateOrder,
  },
  { method: 'GET', path: '/orders', scope: 'read_orders', handle: searchOrders },
  { method: 'POST', path: '/orders', scope: 'create_orders', isPublic: true, handle: createOrder },
  // Before the path with an id, which these would match too.
  { method: 'GET', path: '/orders/last', scope: 'read_orders', handle: getLastOrder },
  { method: 'GET', path: '/orders/deleted', scope: 'read_orders', handle: searchDeletedOrders },
  { method: 'GET', path: '/orders/:orderId', scope: 'read_orders', handle: getOrder },
  { method: 'DELETE', path: '/orders/:orderId', scope: 'update_orders', handle: deleteOrder },
  { method: 'GET', path: '/profile', scope: 'read_store_profile', isPublic: true, handle: getProfile },
];

/** What stands behind the table. */
export interface Service {
  readonly storeId: string;
  readonly tokens: readonly Token[];
  readonly store: Store;
  readonly switches: Switches;
  readonly now: () => Date;
}

/**
 * From a request to its answer: store, token, path, method, scope, body, in this order.
 * @throws ApiError for every refusal
 */
export async function route(request: IncomingMessage, target: Target, service: Service): Promise<Answer> {
  const [empty, api, version, storeId, ...segments] = decodePath(target.path);
  if (`${empty}/${api}/${version}` !== basePath) throw notFound(target.path);
  if (storeId !== service.storeId) throw new ApiError(404, 'STORE_NOT_FOUND', 'Store not found');
  const token = authenticate(service.tokens, target.token);
  const { endpoint, params } = findEndpoint(request.method ?? '', segments);
  authorize(token, endpoint);
  const body = await readBody(request);
  const { query } = target;
  // Read before the work is done: what is refused has changed nothing.
  const responseFields = endpoint.method === 'GET' ? query.get('responseFields') : null;
  const fields = responseFields === null ? null : parseResponseFields(responseFields);
  const answer = endpoint.handle({ ...service, params, query, body, token });
  return { status: 200, body: fields && typeof answer !== 'string' ? selectFields(answer, fields) : answer };
}

function findEndpoint(
  method: string,
  segments: readonly string[],
): { endpoint: Endpoint; params: Record<string, string> } {
  const matches = endpoints.flatMap((endpoint) => {
    const params = matchPath(endpoint.path, segments);
    return params ? [{ endpoint, params }] : [];
  });
  if (matches.length === 0) throw notFound(`/${segments.join('/')}`);
  const match = matches.find(({ endpoint }) => endpoint.method === method);
  if (!match) throw new ApiError(405, 'METHOD_NOT_ALLOWED', `Method ${method} is not allowed here`);
  return match;
}

function matchPath(path: string, segments: readonly string[]): Record<string, string> | null {
  const names = path.split('/').slice(1);
  if (names.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const segment = segments[index] ?? '';
    if (name.startsWith(':') && segment !== '') params[name.slice(1)] = segment;
    else if (name !== segment) return null;
  }
  return params;
}

// Ecwid lists no code for an address that is none of its own.
function notFound(path: string): ApiError {
  return new ApiError(404, 'NOT_FOUND', `The sandbox has nothing at ${path.slice(0, 100)}`);
}
