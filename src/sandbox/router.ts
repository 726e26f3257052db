import type { IncomingMessage } from 'node:http';
import type { BatchedReply, BatchedRequest, BatchQueue } from './batch/batch-queue.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { authenticate, authorize, type Token } from './http/access.ts';
import { ApiError } from './http/api-error.ts';
import type { RateLimit } from './http/rate-limit.ts';
import { decodePath, readBody, readFile, type Target } from './http/read-request.ts';
import { type Answer, toErrorAnswer } from './http/respond.ts';
import { parseResponseFields, selectFields } from './http/response-fields.ts';
import type { Store } from './store/store.ts';
import type { Switches } from './switches.ts';

export const basePath = '/api/v3';

/** What stands behind the table. */
export interface Service {
  readonly storeId: string;
  readonly tokens: readonly Token[];
  readonly store: Store;
  readonly batches: BatchQueue;
  readonly rateLimit: RateLimit;
  readonly switches: Switches;
  readonly now: () => Date;
}

interface Match {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * From a request to its answer: store, token, rate, path, method, scope, body, in this order.
 * @throws ApiError for every refusal
 */
export async function route(request: IncomingMessage, target: Target, service: Service): Promise<Answer> {
  const [empty, api, version, storeId, ...segments] = decodePath(target.path);
  if (`${empty}/${api}/${version}` !== basePath) throw notFound(target.path);
  if (storeId !== service.storeId) throw new ApiError(404, 'STORE_NOT_FOUND', 'Store not found');
  const token = authenticate(service.tokens, target.token);
  service.rateLimit.take(token.value);
  const match = findEndpoint(request.method ?? '', segments);
  authorize(token, match.endpoint);
  const body = await (match.endpoint.takesFile ? readFile(request) : readBody(request));
  // What a batch has come to by now is done before anything that asks for it, and a new one's part right away.
  runBatches(service);
  const answer = perform(match, { token, query: target.query, body }, service);
  runBatches(service);
  return answer;
}

interface Sent {
  readonly token: Token;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

function perform({ endpoint, params }: Match, sent: Sent, service: Service): Answer {
  // Read before the work is done: what is refused has changed nothing.
  const responseFields = endpoint.method === 'GET' ? sent.query.get('responseFields') : null;
  const fields = responseFields === null ? null : parseResponseFields(responseFields);
  const api = { batches: service.batches, authorize: authorizeBatched };
  const answer = endpoint.handle({ ...service, ...sent, params, api });
  return { status: 200, body: fields && typeof answer !== 'string' ? selectFields(answer, fields) : answer };
}

function runBatches(service: Service): void {
  service.batches.run((token, request) => {
    try {
      const { match, query } = matchBatched(request);
      if (match.endpoint.takesFile) throw new ApiError(400, 'WRONG_PARAMETER', 'A batch takes no files');
      authorize(token, match.endpoint);
      return toReply(perform(match, { token, query, body: request.body }, service));
    } catch (error) {
      return toReply(toErrorAnswer(error));
    }
  });
}

function toReply({ status, body }: Answer): BatchedReply {
  return { status, body };
}

// Where there is nothing, no scope is missing either: the request fails in its turn.
function authorizeBatched(token: Token, request: BatchedRequest): void {
  let match: Match;
  try {
    match = matchBatched(request).match;
  } catch {
    return;
  }
  authorize(token, match.endpoint);
}

function matchBatched({ method, path }: BatchedRequest): { match: Match; query: URLSearchParams } {
  const [address = '', ...query] = path.split('?');
  return {
    match: findEndpoint(method, decodePath(address).slice(1)),
    query: new URLSearchParams(query.join('?')),
  };
}

function findEndpoint(method: string, segments: readonly string[]): Match {
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
