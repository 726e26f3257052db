import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { LimitError } from '../check-limit.ts';
import type { Limits } from '../limits.ts';
import { badRequest } from './bad-request.ts';
import { errorResponse } from './error-response.ts';
import { jsonNesting } from './nesting.ts';

type RequestLimits = Pick<Limits, 'body' | 'jsonDepth'>;

/**
 * Reads requests, in place of the server's own parsers: POST in JSON alone, since any page of any origin can send
 * the other media types without the browser asking first, and with them a mutation (CSRF); and no more of a body
 * than the limits allow, counted as it arrives and never unpacked.
 */
export function useGraphqlRequest(limits: RequestLimits): Plugin {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      const { method, headers } = request;
      if (method === 'POST' && !isJson(headers.get('content-type'))) {
        const error = unsupported('POST requests must have the content type application/json.', {
          accept: 'application/json',
        });
        endResponse(errorResponse(request, error, fetchAPI));
      } else if (!isIdentity(headers.get('content-encoding'))) {
        const error = unsupported('Requests must not be compressed.', { 'accept-encoding': 'identity' });
        endResponse(errorResponse(request, error, fetchAPI));
      }
    },
    onRequestParse({ request: { method }, setRequestParser }) {
      if (method === 'GET') setRequestParser((request) => readQuery(request, limits));
      else if (method === 'POST') setRequestParser((request) => readBody(request, limits));
    },
  };
}

function isJson(contentType: string | null): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
}

function isIdentity(contentEncoding: string | null): boolean {
  return /^(?:identity)?$/i.test(contentEncoding ?? '');
}

function unsupported(message: string, headers: Readonly<Record<string, string>>): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'UNSUPPORTED_MEDIA_TYPE', http: { status: 415, headers } },
  });
}

function readQuery({ url }: Request, limits: RequestLimits): GraphQLParams {
  const parameters = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  const texts = ['query', 'operationName'].map((name) => [name, parameters.get(name) || undefined]);
  const values = ['variables', 'extensions'].map((name) => {
    const text = parameters.get(name);
    return [name, text ? parseJson(text, `The parameter "${name}"`, limits) : undefined];
  });
  return Object.fromEntries([...texts, ...values]);
}

async function readBody(request: Request, limits: RequestLimits): Promise<GraphQLParams> {
  const value = parseJson(await readText(request, limits), 'The body of the request', limits);
  if (Array.isArray(value)) {
    throw badRequest('Only one operation is taken in a request; send each of a list by itself.');
  }
  if (typeof value !== 'object' || value === null) {
    throw badRequest('The body of the request must be a JSON object.');
  }
  return value;
}

async function readText({ headers, body }: Request, limits: RequestLimits): Promise<string> {
  if (Number(headers.get('content-length')) > limits.body) throw tooLarge(limits);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    // What is over the limit is read and dropped: who is still sending does not hear an answer.
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength;
      if (bytes <= limits.body) chunks.push(chunk);
    }
  } catch {
    throw badRequest('The body of the request did not arrive.');
  }
  if (bytes > limits.body) throw tooLarge(limits);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw badRequest('The body of the request must be in UTF-8.');
  }
}

function parseJson(text: string, subject: string, { jsonDepth }: RequestLimits): unknown {
  const actual = jsonNesting(text);
  if (actual > jsonDepth) throw new LimitError('jsonDepth', jsonDepth, { actual });
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`${subject} must be JSON.`);
  }
}

function tooLarge({ body }: RequestLimits): LimitError {
  return new LimitError('body', body);
}
