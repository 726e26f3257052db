import { GraphQLError } from 'graphql';
import { LimitError } from '../check-limit.ts';
import type { Limits } from '../limits.ts';
import { badRequest } from './bad-request.ts';
import { checkParams, type Params } from './check-params.ts';
import type { Incoming } from './incoming.ts';
import { jsonNesting } from './nesting.ts';

type RequestLimits = Pick<Limits, 'body' | 'jsonDepth'>;

/**
 * Refuses what is not read: POST in anything but JSON, since any page of any origin can send the other media types
 * without the browser asking first, and with them a mutation (CSRF); and whatever is compressed.
 * @throws GraphQLError UNSUPPORTED_MEDIA_TYPE
 */
export function checkMediaType({ method, headers }: Incoming): void {
  if (method === 'POST' && !isJson(headers['content-type'])) {
    throw unsupported('POST requests must have the content type application/json.', {
      accept: 'application/json',
    });
  }
  if (!isIdentity(headers['content-encoding'])) {
    throw unsupported('Requests must not be compressed.', { 'accept-encoding': 'identity' });
  }
}

/**
 * Reads what a GET or POST request asks for, and no more of a body than the limits allow, counted as it arrives.
 * @param extraNames of parameters that GraphQL over HTTP does not have
 * @throws GraphQLError, LimitError
 */
export async function readRequest(
  request: Incoming,
  limits: RequestLimits,
  extraNames: readonly string[],
): Promise<Params> {
  const params =
    request.method === 'GET'
      ? readQuery(request, limits, extraNames)
      : asOperation(await readValue(request, limits));
  checkParams(params, extraNames);
  return params;
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
}

function isIdentity(contentEncoding: string | undefined): boolean {
  return /^(?:identity)?$/i.test(contentEncoding ?? '');
}

function unsupported(message: string, headers: Readonly<Record<string, string>>): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'UNSUPPORTED_MEDIA_TYPE', http: { status: 415, headers } },
  });
}

function readQuery({ url = '' }: Incoming, limits: RequestLimits, extraNames: readonly string[]): object {
  const parameters = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  const texts = ['query', 'operationName', ...extraNames].map((name) => [
    name,
    parameters.get(name) || undefined,
  ]);
  const values = ['variables', 'extensions'].map((name) => {
    const text = parameters.get(name);
    return [name, text ? parseJson(text, `The parameter "${name}"`, limits) : undefined];
  });
  return Object.fromEntries([...texts, ...values]);
}

function asOperation(value: unknown): object {
  if (Array.isArray(value)) {
    throw badRequest('Only one operation is taken in a request; send each of a list by itself.');
  }
  return asObject(value);
}

/**
 * The JSON object that a request's body is, of whatever media type, and no more of it than the limits allow.
 * @throws GraphQLError, LimitError
 */
export async function readObject(
  request: Incoming,
  limits: RequestLimits,
): Promise<Readonly<Record<string, unknown>>> {
  return asObject(await readValue(request, limits));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(`${bodyName} must be a JSON object.`);
  }
  return value as Readonly<Record<string, unknown>>;
}

async function readValue(request: Incoming, limits: RequestLimits): Promise<unknown> {
  if (request.readableEnded) return readBefore(request, limits);
  if (Number(request.headers['content-length']) > limits.body) throw tooLarge(limits);
  return parseJson(decode(await readBytes(request, limits)), bodyName, limits);
}

const bodyName = 'The body of the request';

/** What a server that this gateway is mounted in has made of the body, by a limit of its own for its bytes. */
function readBefore({ body }: Incoming, limits: RequestLimits): unknown {
  if (body === undefined) throw badRequest(`${bodyName} did not arrive.`);
  checkDepth(body, limits);
  return body;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw badRequest(`${bodyName} must be in UTF-8.`);
  }
}

function readBytes(request: Incoming, limits: RequestLimits): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    // What is over the limit is read and dropped: who is still sending does not hear an answer.
    request.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes <= limits.body) chunks.push(chunk);
      else if (request.mayBeCutShort) reject(tooLarge(limits));
    });
    request.once('end', () => {
      const [first, ...others] = chunks;
      if (bytes > limits.body) reject(tooLarge(limits));
      else resolve(first && others.length === 0 ? first : Buffer.concat(chunks));
    });
    const fail = () => {
      if (!request.readableEnded) reject(badRequest(`${bodyName} did not arrive.`));
    };
    // While it was found out who asks, as it may be.
    if (request.destroyed) fail();
    request.once('error', fail);
    request.once('close', fail);
  });
}

function parseJson(text: string, subject: string, limits: RequestLimits): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest(`${subject} must be JSON.`);
  }
  checkDepth(value, limits);
  return value;
}

function checkDepth(value: unknown, { jsonDepth }: RequestLimits): void {
  const actual = jsonNesting(value);
  if (actual > jsonDepth) throw new LimitError('jsonDepth', jsonDepth, { actual });
}

function tooLarge({ body }: RequestLimits): LimitError {
  return new LimitError('body', body);
}
