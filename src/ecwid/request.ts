import type { Priority } from './call-budget.ts';
import type { EndSignal } from './end-signal.ts';
import { printResponseFields, type ResponseFields } from './response-fields.ts';

export interface EcwidRequest {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Segments below the store, each encoded on its own: an id cannot become another path. */
  readonly path: readonly string[];
  /** Undefined and null are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** What is wanted of the answer, which may hold more. Default everything. */
  readonly fields?: ResponseFields;
  readonly body?: unknown;
  /** Ends the exchange when the caller has no more use for it. */
  readonly signal?: EndSignal | undefined;
  /** Where not every call can go. Default by what the request does. */
  readonly priority?: Priority;
  /** A shorter deadline than the client's own. */
  readonly deadlineMs?: number | undefined;
  /** In which an attempt has to begin, the last one of several as well. Default the deadline. */
  readonly beginWithinMs?: number | undefined;
}

/** Whether it changes something in the store. A calculation creates nothing. */
export function isWrite({ method = 'GET', path }: EcwidRequest): boolean {
  return method !== 'GET' && path.join('/') !== 'order/calculate';
}

/** What kind of request it is, without an id, such as `/carts/{id}/place`: there are few of them. */
export function routeOf({ path }: EcwidRequest): string {
  const [resource, id, action] = path;
  // Of all it alone has no id.
  if (resource === 'order') return '/order/calculate';
  if (id === undefined) return `/${resource}`;
  return action === undefined ? `/${resource}/{id}` : `/${resource}/{id}/${action}`;
}

/** The path below the store and the query, as they are sent. */
export function targetOf({ path, query, fields }: EcwidRequest): string {
  let target = '';
  for (const segment of path) {
    // Encoding leaves these as they are, and servers resolve them: the endpoint functions let none through.
    if (segment === '' || segment === '.' || segment === '..') throw new TypeError('Not a path segment.');
    target += `/${encodeURIComponent(segment)}`;
  }
  const filter = query ? printQuery(query) : '';
  if (filter !== '') target += `?${filter}`;
  if (fields) target += `${filter === '' ? '?' : '&'}${printFields(fields)}`;
  return target;
}

function printQuery(query: NonNullable<EcwidRequest['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) {
      parameters.set(name, typeof value === 'number' ? withoutExponent(value) : String(value));
    }
  }
  return parameters.toString();
}

function printFields(fields: ResponseFields): string {
  const known = printed.get(fields);
  if (known !== undefined) return known;
  const text = `responseFields=${encodeURIComponent(printResponseFields(fields))}`;
  printed.set(fields, text);
  return text;
}

/** Those of an operation are the same objects in each request for it. */
const printed = new WeakMap<ResponseFields, string>();

// Ecwid reads `0.0000001`, and not `1e-7`.
function withoutExponent(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
}
