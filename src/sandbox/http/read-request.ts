import type { IncomingMessage } from 'node:http';
import { ApiError, wrongParameter } from './api-error.ts';

/** What a request line asks for, still encoded. */
export interface Target {
  readonly path: string;
  /** Without the token. */
  readonly query: URLSearchParams;
  /** From the header, or else from the query; the header wins. */
  readonly token: string | null;
}

export function readTarget({ url = '/', headers }: IncomingMessage): Target {
  // A client that takes the sandbox for a proxy writes the whole address.
  const [path = '', ...query] = url
    .replace(/^https?:\/\/[^/?#]*/i, '')
    .replace(/#.*/s, '')
    .split('?');
  const parameters = new URLSearchParams(query.join('?'));
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const token = bearer ?? parameters.get('token');
  parameters.delete('token');
  return { path, query: parameters, token };
}

/**
 * Ecwid decodes the segments of a path like form data, so a plus is a space.
 * @throws ApiError 400 where an escape is broken
 */
export function decodePath(path: string): string[] {
  return path.split('/').map((segment) => {
    try {
      return decodeURIComponent(segment.replaceAll('+', ' '));
    } catch {
      throw wrongParameter('path', segment);
    }
  });
}

const maxBodyBytes = 1_000_000;
const maxFileBytes = 20_000_000;

/**
 * The body's bytes, whatever they say they are.
 * @throws ApiError 413
 */
export async function readFile(request: IncomingMessage): Promise<Buffer> {
  return readBytes(request, maxFileBytes);
}

/**
 * The body's JSON; undefined where there is none.
 * @throws ApiError 400, 413, 415
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request, maxBodyBytes);
  if (bytes.length === 0) return undefined;
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'text/json') {
    throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Expected application/json or text/json');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError(400, 'WRONG_PARAMETER', 'The request body is not JSON');
  }
}

async function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // What is too much is still read, or the client would not get to read the answer; it is not kept.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  if (size > most) throw new ApiError(413, 'REQUEST_TOO_LARGE', 'The request body is too large');
  return Buffer.concat(chunks);
}
