import { connect } from 'node:net';
import { withoutRequestId } from './request-id.ts';

/** What came of a request, as far as tests of refusals look. */
export interface Refusal {
  readonly status: number;
  readonly code: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: what it answers with is the test's own to know.
  readonly answer: any;
}

/** Posts a body as it stands, or a value as JSON. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Refusal> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...headers,
    },
    body: (isRaw ? body : JSON.stringify(body)) as BodyInit,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });
  return read(response);
}

export async function read(response: Response): Promise<Refusal> {
  const answer = withoutRequestId(JSON.parse((await response.text()) || '{}'), response);
  return { status: response.status, code: answer.errors?.[0]?.extensions?.code, answer };
}

/** Sends a text as it stands, on a connection of its own. */
export function raw(sent: string): (url: string) => Promise<Refusal> {
  return (url) =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(sent));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        const [head = '', text = ''] = answer.split('\r\n\r\n');
        const [, id] = /^x-request-id: (.+)$/im.exec(head) ?? [];
        const headers = { ...(id !== undefined && { 'x-request-id': id }) };
        read(new Response(text, { status: Number(head.split(' ')[1]), headers })).then(resolve, reject);
      });
    });
}
